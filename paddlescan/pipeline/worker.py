"""One worker: takes pages from the store, has its engine read them, saves, tells. The same loop in the
window's threads and on the command line."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from paddlescan.document import EngineOptions, PageResult, ScanOptions
from paddlescan.errors import (
    DiskFull,
    EngineStops,
    PaddleScanError,
    PageStopsEngine,
    StoreBusy,
)
from paddlescan.pipeline.claimed import ClaimReader, failed
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import (
    EngineCalm,
    EngineTrouble,
    Event,
    PageStarted,
)
from paddlescan.pipeline.fates import Fates
from paddlescan.pipeline.gpu_record import GpuRecord
from paddlescan.pipeline.keeping import open_store
from paddlescan.pipeline.lost_engines import MOST_STARTS, LostEngines
from paddlescan.pipeline.page_engine import PageEngine
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.patience import patiently
from paddlescan.pipeline.starting import EngineStarts
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.store import Claim

log = logging.getLogger(__name__)
T = TypeVar("T")
Emit = Callable[[Event], None]
ShouldStop = Callable[[], bool]

LAST_START = 20
"""A page begun more often is set aside unread."""
LOOK_EVERY_S = 0.1


class PageWorker:
    """Owns one engine process. `run` belongs to one thread; `kill` may come from any. Used once.

    The caller holds the batch's lease. engine: one that is ready made, for tests and for other limits; else
    one is made of engine_options, log_file and scratch_root. crew: shared by the workers of a batch that wait for
    each other's files to be looked at; alone, a worker ends as soon as no page waits. gpu: of the machine on which the
    engine runs; the crew's is this one's.
    """

    def __init__(
        self,
        store_path: Path,
        batch: int,
        engine_options: EngineOptions,
        scan_options: ScanOptions,
        passwords: Passwords | None = None,
        *,
        log_file: Path | None = None,
        scratch_root: Path | None = None,
        engine: PageEngine | None = None,
        crew: Crew | None = None,
        gpu: GpuRecord | None = None,
    ) -> None:
        self._store_path = store_path
        self._batch = batch
        self.engine: PageEngine = engine or EngineProcess(engine_options, log_file=log_file, scratch_root=scratch_root)
        self._reader = ClaimReader(self.engine, scan_options.limits, passwords or Passwords(), self._patiently)
        self._crew = crew or Crew()
        self.engine.errands = self._crew.errands
        self._killed = threading.Event()
        self._busy = False
        self._starts = EngineStarts(self.engine, engine_options, gpu or self._crew.gpu)
        self._lost = LostEngines(self._crew, self._starts, self._reader, self.engine.limits.request_s)

    def kill(self) -> None:
        """End the engine and the loop; returns at once. The page in hand waits again, its attempt not counted."""
        self._killed.set()
        self.engine.kill()

    def run(self, emit: Emit, should_stop: ShouldStop) -> None:
        """Read pages until none waits, `should_stop` says so, `kill` is called, or something stands still.

        emit is called in this thread, each time after the store has it. What a person must see to (no model, a
        full disk) is told as EngineTrouble, and ends the loop. Any other exception is a bug and passes.
        """
        self._crew.came(self)
        try:
            with open_store(self._store_path) as store:
                fates = Fates(store, self._batch, self._crew, emit, self._killed.wait)
                self._crew.open(lambda: None if self._crew.errands_only else fates.recover())
                try:
                    self._loop(fates, lambda: self._killed.is_set() or should_stop())
                except PaddleScanError as error:
                    fates.note("trouble", error.code)
                    raise
                finally:
                    for claim in self._reader.let_go():
                        with suppress(PaddleScanError):
                            fates.let_go(claim.page_id, claim.token)
                    self._end_turn(found=True)
        except PaddleScanError as error:
            log.warning("batch %s: a worker ends: %s", self._batch, error.code)
            others = self._crew.gone(self)  # memory for one engine, say, and two are wanted: it goes on, one fewer
            if not (others and isinstance(error, EngineStops)):
                emit(EngineTrouble(error.failure))
        finally:
            self._crew.gone(self)
            self.engine.stop()

    def _loop(self, fates: Fates, should_stop: ShouldStop) -> None:
        prefer: int | None = None
        while not should_stop():
            go = self._crew.storm.may_go(LOOK_EVERY_S)
            if not go and not self._crew.errands:
                continue
            claim, begun, idle = None, False, False
            self._begin_turn()
            try:
                self._run_errands(fates)
                fates.give_back()
                if go:
                    self._look_at_the_disk()
                    claim = self._claim(fates, prefer)
                    prefer = self._one_page(fates, claim) if claim else None
                    if begun := bool(self._reader.begun) and (claim is None or self._reader.has_enough):
                        self._read_begun(fates)
                    idle = claim is None and not begun
            finally:
                if not self._reader.begun:
                    self._end_turn(found=not idle)
                self._crew.storm.came_back(go)
            if idle and not self._crew.wait_for_more(0.5):
                return
        if self._reader.begun:
            self._read_begun(fates)

    def _begin_turn(self) -> None:
        """Be busy, for the others: until there is nothing begun, as what is may have to wait again."""
        if not self._busy:
            self._crew.begin()
            self._busy = True

    def _end_turn(self, found: bool) -> None:
        if self._busy:
            self._busy = False
            self._crew.end(self, found=found)

    def _claim(self, fates: Fates, prefer: int | None) -> Claim | None:
        """The next page: the preferred one, one that is to go ahead, any that waits.

        In a storm the last one: most likely it is of another file than those that took the engines down.
        """
        if self._crew.errands_only:
            return None
        storm = self._crew.storm.rages
        wanted = self._crew.take_ahead() if prefer is None or storm else prefer
        claim = fates.patiently(lambda: fates.store.claim_page(self._batch, wanted, storm, MOST_STARTS))
        if claim is None and self._crew.begin_alone(self):
            claim = fates.patiently(lambda: fates.store.claim_page(self._batch))
        if claim is None and self._crew.storm.over():
            log.info("batch %s: no page is left that might stop engines", self._batch)
        return claim

    def _look_at_the_disk(self) -> None:
        """Raises DiskFull in good order, while the store can still be written."""
        if not self._crew.errands_only and self._crew.disk_is_short(self._store_path.parent):
            raise DiskFull(detail="the list of receipts", file=str(self._store_path.parent))

    def _run_errands(self, fates: Fates) -> None:
        """What a person waits for, before any page. An engine that is lost with one is not tried with it again."""
        while not self._killed.is_set() and (errand := self._crew.errands.take()) is not None:
            try:
                self.engine.run(errand)
                self._start_engine(fates)  # it is; this tells so
            except EngineLost as lost:
                log.info("an errand: engine lost, %s", lost.cause)
                self._lost.over_errand(fates, lost)

    def _one_page(self, fates: Fates, claim: Claim) -> int | None:
        """From the claim to the result in the store. Returns the page if it should be tried again at once."""
        try:
            return self._attempt(fates, claim)
        except BaseException:  # a full disk, a missing model, a busy store, a bug: the page waits for better times
            with suppress(PaddleScanError):
                fates.let_go(claim.page_id, claim.token)
            raise

    def _attempt(self, fates: Fates, claim: Claim) -> int | None:
        losses = self._crew.storm.losses
        if claim.attempts > LAST_START:
            fates.finish(claim, failed(claim, PageStopsEngine(file=claim.ref.source.name).failure))
            return None
        fates.emit(PageStarted(claim.page_id))
        asked, alone = False, self._crew.storm.rages or self._lost.too_often_together
        try:
            self._start_engine(fates)
            asked = True
            result = self._reader.read(fates.store, claim, fates.emit, alone)
            if result is not None:
                self._finish(fates, claim, result)
        except EngineLost as lost:
            if lost.cause == "stopped":
                with suppress(StoreBusy):  # then it is kept, and given back later
                    fates.let_go(claim.page_id, claim.token)
                return None
            log.info("page %s: engine lost, %s, attempt %d", claim.page_id, lost.cause, claim.attempts)
            return self._lost.over_page(fates, claim, losses, lost, asked)
        return None

    def _read_begun(self, fates: Fates) -> None:
        """The pages that the engine has begun, read together."""
        losses = self._crew.storm.losses
        try:
            for claim, result in self._reader.read_begun(fates.store, fates.emit):
                self._finish(fates, claim, result)
        except EngineLost as lost:
            if lost.cause != "stopped":
                log.info("%d pages: engine lost, %s", len(self._reader.begun), lost.cause)
                self._lost.over_begun(fates, losses, lost)
        else:
            self._lost.read_together()

    def _finish(self, fates: Fates, claim: Claim, result: PageResult) -> None:
        """Keep what was read, and tell of what read it."""
        self._note_replaced(fates, self._starts.tell(fates.emit))  # between looking at the file and reading it, maybe
        if (short := self._starts.read_by(result.engine, fates.emit)) is not None:
            fates.note("gpu_memory", short, claim.page_id)
        fates.finish(claim, result, self.engine.distrust)
        self._starts.works()
        if self._crew.storm.over():
            log.info("batch %s: engines read again", self._batch)
            fates.emit(EngineCalm())

    def _start_engine(self, fates: Fates) -> None:
        self._note_replaced(fates, self._starts.start(fates.emit))

    def _note_replaced(self, fates: Fates, why: str | None) -> None:
        if why is not None:
            fates.note("recycled", why)

    def _patiently(self, act: Callable[[], T]) -> T:
        return patiently(act, self._killed.wait)
