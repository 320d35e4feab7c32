"""What a worker of a cluster does for us: fetches files, and has them read by one engine process, which it keeps.

The engine is supervised and jailed as on one machine. It is kept between pages, and ends with the worker, when the
last page was read, or after a while without any.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from multiprocessing import util

import paddlescan
from paddlescan.document import EngineOptions, SourceFile
from paddlescan.errors import DiskFull, Failure, FolderUnwritable, PaddleScanError
from paddlescan.held import HeldFolder
from paddlescan.ocr.cards import cards
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.cluster.helpers import Helpers
from paddlescan.pipeline.cluster.looking import look_at
from paddlescan.pipeline.cluster.own_words import KnownWords, OwnWords, lay_out
from paddlescan.pipeline.cluster.shelf import Shelf
from paddlescan.pipeline.cluster.talk import (
    Ask,
    Begin,
    Forgot,
    Introduce,
    Introduced,
    Lost,
    Order,
    Reply,
    Rest,
    See,
    Seen,
    Sight,
    Unable,
)
from paddlescan.pipeline.countdown import Countdown
from paddlescan.pipeline.messages import Inspect, Inspected, Refused, Scanned
from paddlescan.pipeline.scratch import child_scratch
from paddlescan.pipeline.supervisor import EngineLost

IDLE_S = 900.0
"""An engine that nobody asked for so long is ended: its memory is others'."""
LOOK_S = 45.0
"""For the files to be seen that a worker is asked to look at."""


class Service:
    """Holds the one engine of this process and what was fetched for it. Any thread may call; one page is read at a
    time, while the file of the next one is fetched."""

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self._idle_s = idle_s
        self._reading = threading.Lock()
        self._engine: EngineProcess | None = None
        self._wanted: tuple[EngineOptions, str] | None = None
        self._known = KnownWords()
        self._helpers = Helpers()
        self._shelf = Shelf(self._helpers)
        self._notes: HeldFolder | None = None
        self._alarm: threading.Timer | None = None
        self._will_end = False

    def answer(self, order: Order) -> Reply:
        """Never raises for what is wrong with a file, an engine or this machine."""
        match order:
            case Introduce(cards=asked):
                marks = tuple(card.mark for card in cards()) if asked else ()
                return Introduced(bool(multiprocessing.current_process().daemon), paddlescan.__version__, marks)
            case See(sources=sources):
                return self._see(sources)
            case Rest():
                self.end()
                return Seen()
            case Begin():
                return self._begin(order)
            case Ask():
                return self._ask(order)

    def end(self) -> None:
        """The engine leaves, and what was fetched goes. The next order starts anew."""
        with self._reading:
            if self._alarm is not None:
                self._alarm.cancel()
                self._alarm = None
            if self._engine is not None:
                self._engine.stop()
                self._engine = None
            if self._notes is not None:
                self._notes.remove()
                self._notes = None
        self._shelf.clear()

    def _see(self, sources: Sequence[SourceFile]) -> Seen:
        left, sights = Countdown(LOOK_S), []
        for source in sources:
            try:
                sights.append(Sight(self._helpers.do(partial(look_at, source), left, source.name)))
            except PaddleScanError as error:
                sights.append(Sight(failure=error.failure))
                break
        return Seen(tuple(sights))

    def _begin(self, order: Begin) -> Reply:
        with self._reading:
            self._known.keep(order.words)
            try:
                return self._engine_for(order.engine, order.words).ensure_started()
            except EngineLost as lost:
                return Lost.of(lost)
            except PaddleScanError as error:
                return Unable(error.failure)
            finally:
                self._wind()

    def _ask(self, order: Ask) -> Reply:
        request = order.request
        source, limits = (
            (request.source, request.limits)
            if isinstance(request, Inspect)
            else (request.page.source, request.options.limits)
        )
        try:
            with self._shelf.at_hand(source, limits) as here:
                return self._read(order, here)
        except (DiskFull, FolderUnwritable) as error:  # of this machine
            return Unable(error.failure)
        except PaddleScanError as error:  # it could not be fetched
            return Refused(error.failure)

    def _read(self, order: Ask, here: SourceFile) -> Reply:
        request = order.request
        with self._reading:
            words = self._known.find(order.words)
            if words is None:
                return Forgot()
            try:
                engine = self._engine_for(self._as_it_is(order.engine, words), words)
                engine.ensure_started()
                if isinstance(request, Inspect):
                    info = engine.inspect(here, request.limits, request.password)
                    return Refused(info) if isinstance(info, Failure) else Inspected(info)
                page = replace(request.page, source=here)
                result = engine.scan(page, request.options, request.password)
                return Scanned(replace(result, page=request.page))
            except EngineLost as lost:
                return Lost.of(lost)
            except PaddleScanError as error:  # for which no engine starts
                return Unable(error.failure)
            finally:
                self._wind()

    def _as_it_is(self, options: EngineOptions, words: OwnWords) -> EngineOptions:
        """Those of the present engine, where a page leaves open on what it is read and wants nothing else: it may have
        been sent before the card was given up."""
        if self._engine is None or self._wanted is None or options.device != "auto":
            return options
        same = replace(options, device=self._wanted[0].device)
        return same if self._wanted == _wanted(same, words) else options

    def _engine_for(self, options: EngineOptions, words: OwnWords) -> EngineProcess:
        """The engine with these options and words; one with others ends."""
        wanted = _wanted(options, words)
        if self._engine is not None and self._wanted != wanted:
            self._engine.stop()
            self._engine = None
        if self._engine is None:
            if self._notes is None:
                self._notes = child_scratch(None)
            # What is the quickest on this machine is found out here, and holds until it rests.
            here = replace(options, runtimes_file=str(self._notes.folder / "runtimes.json"))
            if words.files:
                folder = self._notes.folder / f"patterns-{words.key}"
                if not folder.exists():
                    lay_out(words, folder)
                here = replace(here, patterns_dir=str(folder))
            self._engine, self._wanted = EngineProcess(here), wanted
            if not self._will_end:
                # Not atexit: a worker under a nanny ends as a child of multiprocessing, which does not run that.
                util.Finalize(None, self.end, exitpriority=10)
                self._will_end = True
        return self._engine

    def _wind(self) -> None:
        """The engine was used just now."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = threading.Timer(self._idle_s, self.end)
        self._alarm.daemon = True
        self._alarm.start()


def _wanted(options: EngineOptions, words: OwnWords) -> tuple[EngineOptions, str]:
    """What makes it another engine. Its place on the cards it keeps, as another program may deal them otherwise."""
    return replace(options, worker=0, workers=1), words.key
