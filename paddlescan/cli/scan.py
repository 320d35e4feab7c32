"""`paddlescan scan`: a batch without a window, over the same store, queue and engine processes."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from types import FrameType

from paddlescan.cli import unfinished
from paddlescan.cli.cluster import check_cluster, joined
from paddlescan.cli.counts import blank_among, scanned
from paddlescan.cli.engine import engine_of, workers_of
from paddlescan.cli.listing import Listing
from paddlescan.cli.named_paths import refuse_missing
from paddlescan.cli.noting import note
from paddlescan.cli.opening import open_batch, scan_options
from paddlescan.cli.outcome import Outcome
from paddlescan.cli.outputs import Outputs
from paddlescan.cli.seen_before import seen_words
from paddlescan.cli.terminal import Terminal
from paddlescan.cli.work import Work
from paddlescan.desktop.discretion import ending_politely
from paddlescan.desktop.packed import packed_left
from paddlescan.document import BLANK, EngineOptions, Language, SourceFile
from paddlescan.document.source import printable_name
from paddlescan.errors import LOCKED_CODES, DiskShort
from paddlescan.ocr.devices import choose_device
from paddlescan.paths import Paths, user_paths
from paddlescan.pipeline.batch import run_batch
from paddlescan.pipeline.cluster.checks import Ready
from paddlescan.pipeline.cluster.running import run_on_cluster
from paddlescan.pipeline.cluster.storage import is_url
from paddlescan.pipeline.early import EarlyEngine
from paddlescan.pipeline.events import (
    EngineCalm,
    EngineReady,
    EngineStorm,
    EngineTrouble,
    Event,
    PageFinished,
    PagesAdded,
)
from paddlescan.pipeline.keeping import after_work, begun
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.progress import Progress
from paddlescan.pipeline.room import room_for
from paddlescan.store import PageRow, Store
from paddlescan.words import quality_sentences, size_words, wants_rescan, why_there

INTERRUPTED = 130
NOTHING_RAN = 3


def run_scan(
    options: argparse.Namespace,
    language: Language,
    ended: Callable[[Outcome], object] | None = None,
    early: EarlyEngine | None = None,
) -> int:
    """Scan the paths and write what was asked for; returns the exit status of design and README.

    ended: hears what it came to, before this returns. early: an engine that is loading already.
    """
    if not options.resume:
        refuse_missing(options.paths)
    check_cluster(options)
    outputs = Outputs.asked_for(options)
    paths = user_paths().make()
    terminal = Terminal(language, options.quiet)
    engine, listing = engine_of(options, paths), Listing(options.paths)
    if not options.cluster:
        choose_device(engine)  # an engine or a GPU that is not there is told before anything else happens
    with (
        joined(options, engine, terminal, listing) as cluster,
        begun(paths.store, terminal.checking_store) as found,
        Store(paths.store) as store,
    ):
        terminal.store_news(found)
        batch, lease = open_batch(store, options, listing, terminal)
        listing.forget()
        try:
            unfinished.begin(store, batch)
            scan = _Scan(store, paths, batch, engine, options, terminal, early, cluster)
            status = scan.run(outputs)
        finally:
            lease.release()
        if status != INTERRUPTED:
            after_work(paths.store)
        if ended is not None and scan.outcome is not None:
            ended(scan.outcome)
        return status


class _Scan:
    """One run over a batch: events to the terminal, passwords, the end."""

    def __init__(
        self,
        store: Store,
        paths: Paths,
        batch: int,
        engine: EngineOptions,
        options: argparse.Namespace,
        terminal: Terminal,
        early: EarlyEngine | None,
        cluster: Ready | None,
    ) -> None:
        self.store, self.paths, self.batch, self.engine = store, paths, batch, engine
        self.early, self.cluster = early, cluster
        self.options, self.terminal = options, terminal
        self.stop = threading.Event()
        self.asking = False
        self.passwords = Passwords(os.environ.get("PADDLESCAN_PASSWORD"))
        self.said_device = ("", "")
        self.said_storm = False
        self.lock = threading.Lock()
        self.outcome: Outcome | None = None
        """Once it has run to its end."""
        summary = store.summary(batch)
        self.progress = Progress(total=summary.pages, done=summary.pages - summary.waiting - summary.reading)

    def run(self, outputs: Outputs) -> int:
        """Read, ask for passwords, write the exports."""
        with ending_politely(self._interrupted, signal.SIGINT):
            self._say_room()
            self._read()
            while not self.stop.is_set() and self._ask_passwords():
                self._read()
        summary = self.store.summary(self.batch)
        if self.stop.is_set() or summary.unfinished:  # else the engines do not start; that was told when it happened
            self.terminal.say("stopped")
            note(self.store, self.batch, "stopped", str(summary.waiting + summary.reading))
            if self.stop.is_set():
                return INTERRUPTED
            return 1 if summary.pages > summary.waiting + summary.reading else NOTHING_RAN
        work = Work(self.store, self.batch, self.paths, self.options, self.terminal, self.passwords, outputs.template)
        written = outputs.write(work)
        rows = self.store.receipt_rows(self.batch)
        failed = sum(row.failure is not None for row in rows)
        packed = packed_left([path for path in self.options.paths if not is_url(path)])
        seen = seen_words(self.store, self.batch, rows, self.terminal.language)
        self.outcome = Outcome(
            receipts=sum(row.is_receipt for row in rows),
            to_check=sum(row.state == "needs_review" for row in rows),
            blank=blank_among(rows),
            failed=failed,
            written=written,
            table=printable_name(Path(self.options.csv).name) if self.options.csv else "",
            packed=int(packed.parameters["count"]) if packed is not None else 0,
            seen=seen,
        )
        for row in rows:
            if row.failure is not None and not self.options.quiet:
                self.terminal.fail(row.failure)
        if packed is not None and not self.options.quiet:  # no row says it, and no exit status
            self.terminal.fail(packed.failure)
        self.terminal.say("scanned", **scanned(summary, rows))
        if written and not unfinished.away(self.store, self.batch):
            # All is told by now: a scan that was killed before that is gone on with.
            unfinished.end(self.store, self.batch)
        copies = sum(row.same_as is not None for row in rows)
        if copies:
            self.terminal.say("seen_before", receipts=copies)
            if seen:
                self.terminal.tell(seen)
        self._tell_quality()
        return 1 if failed or not written else 0

    def _say_room(self) -> None:
        """What the pages that wait will take on the disk, where that is much; where it does not fit, even if quiet."""
        pages = self.progress.total - self.progress.done
        workers = 0 if self.cluster else workers_of(self.options, self.paths)
        room = room_for(self.store, pages, workers, self.paths.thumbnails, 0, self.paths.scratch)
        said = {"pages": f"{pages:,}", "needed": size_words(room.needed), "free": size_words(room.free)}
        if not room.enough:
            self.terminal.fail(DiskShort(**said).failure)
        elif room.worth_saying:
            self.terminal.say("room", **said)

    def _tell_quality(self) -> None:
        """How many pages should be scanned again, and why; how many were blank."""
        found = [row.quality for row in self.store.page_rows(self.batch) if row.quality]
        bad, why = [names for names in found if wants_rescan(names)], Counter(chain.from_iterable(found))
        blank = why.pop(BLANK, 0)
        if blank:
            self.terminal.say("blank", pages=blank)
        if bad:
            self.terminal.say("rescan", pages=len(bad))
            for name, pages in why.most_common():
                for sentence in quality_sentences((name,), self.terminal.language):
                    self.terminal.say("rescan_why", pages=pages, why=sentence)

    def _read(self) -> None:
        options = scan_options(self.options)
        with self.terminal.start("reading", self.progress.total):
            if self.cluster is not None:
                passwords, store = self.passwords, self.paths.store
                run_on_cluster(self.cluster, store, self.batch, options, self._event, self.stop, passwords=passwords)
                return
            workers = workers_of(self.options, self.paths)
            run_batch(
                self.paths.store,
                self.batch,
                self.engine,
                options,
                workers,
                self._event,
                self.stop,
                passwords=self.passwords,
                log_folder=self.paths.logs,
                scratch_root=self.paths.scratch,
                early=self.early,
            )

    def _event(self, event: Event) -> None:
        """Called from the workers' threads."""
        with self.lock:
            if isinstance(event, PageFinished):
                self.progress.page_finished()
            elif isinstance(event, PagesAdded):
                self.progress.add(len(event.page_ids))
            elif isinstance(event, EngineReady) and (event.engine.device, event.engine.reason) != self.said_device:
                engine = event.engine
                self.said_device = (engine.device, engine.reason)
                because = why_there(engine, self.terminal.language)
                self.terminal.say("device", device=engine.device.upper(), engine=engine.name, reason=because)
            elif isinstance(event, EngineCalm):
                self.said_storm = False
            elif isinstance(event, EngineTrouble) or (isinstance(event, EngineStorm) and not self.said_storm):
                self.said_storm = self.said_storm or isinstance(event, EngineStorm)
                self.terminal.fail(event.failure)
            now = self.progress.now()
            self.terminal.advance(now.done, now.total, now.pages_a_minute)

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        """Ctrl-C, or the system wants the program to end: stop gently; a second time, or at a question: at once."""
        if self.stop.is_set() or self.asking:
            raise KeyboardInterrupt
        self.stop.set()

    def _ask_passwords(self) -> bool:
        """Ask for the passwords of locked files, where somebody can answer. True if any page waits again."""
        if not self.terminal.can_ask:
            return False
        locked: dict[bytes, list[PageRow]] = {}
        for row in self.store.page_rows(self.batch):
            if row.failure is not None and row.failure.code in LOCKED_CODES:
                locked.setdefault(row.ref.source.raw_path, []).append(row)
        again = False
        for pages in locked.values():
            source = pages[0].ref.source
            password = self._ask_password(source)
            if not password:
                continue
            self.passwords.give(source, password)
            for row in pages:
                self.store.read_again(row.id, row.prepare)
                self.progress.page_again()
            again = True
        return again

    def _ask_password(self, source: SourceFile) -> str:
        self.asking = True
        try:
            return self.terminal.ask_password(source.name)
        finally:
            self.asking = False
