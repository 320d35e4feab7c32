"""One worker: takes pages from the store, has its engine read them, saves, tells. The same loop in the
window's threads and on the command line."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from paddlescan.document import EngineOptions, PageResult, PageState, ScanOptions, SourceInfo
from paddlescan.errors import (
    EngineStops,
    Failure,
    FileChanged,
    PaddleScanError,
    PageStopsEngine,
    StoreBusy,
)
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import (
    EngineReady,
    EngineStorm,
    EngineTrouble,
    Event,
    PageFinished,
    PagesAdded,
    PageStarted,
    PageWaits,
)
from paddlescan.pipeline.keeping import open_store
from paddlescan.pipeline.losses import blame
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.patience import patiently
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.store import Claim, Store

log = logging.getLogger(__name__)
T = TypeVar("T")
Emit = Callable[[Event], None]
ShouldStop = Callable[[], bool]

MOST_LOSSES = 2
"""A page that takes down this many engines is set aside."""
MOST_STARTS = 4
"""A page begun this often without an end is set aside unread: it may take the whole program down. More than
MOST_LOSSES, because a program that is killed or unplugged is seldom the page's fault."""
MOST_FAILED_STARTS = 3
"""Engines that never said hello, one after another, before the worker gives up."""
CALM_LOSSES = 2
"""Engines lost one after another before new ones are started more slowly."""
LONGEST_PAUSE_S = 30.0


class PageWorker:
    """Owns one engine process. `run` belongs to one thread; `kill` may come from any. Used once.

    The caller holds the batch's lease. engine: one that is ready made, for tests and for other limits; else
    one is made of engine_options, log_file and scratch_root. crew: shared by the workers of a batch that wait for
    each other's files to be looked at; alone, a worker ends as soon as no page waits.
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
        engine: EngineProcess | None = None,
        crew: Crew | None = None,
    ) -> None:
        self._store_path = store_path
        self._batch = batch
        self._limits = scan_options.limits
        self._passwords = passwords or Passwords()
        self.engine = engine or EngineProcess(engine_options, log_file=log_file, scratch_root=scratch_root)
        self._crew = crew or Crew()
        self.engine.errands = self._crew.errands
        self._killed = threading.Event()
        self._told_starts = 0
        self._failed_starts = 0
        self._losses = 0

    def kill(self) -> None:
        """End the engine and the loop; returns at once. The page in hand waits again, its attempt not counted."""
        self._killed.set()
        self.engine.kill()

    def run(self, emit: Emit, should_stop: ShouldStop) -> None:
        """Read pages until none waits, `should_stop` says so, `kill` is called, or something stands still.

        emit is called in this thread, each time after the store has it. What a person must see to (no model, a
        full disk) is told as EngineTrouble, and ends the loop. Any other exception is a bug and passes.
        """
        try:
            with open_store(self._store_path) as store:
                self._crew.open(lambda: None if self._crew.errands_only else self._recover(store, emit))
                self._loop(store, emit, lambda: self._killed.is_set() or should_stop())
        except PaddleScanError as error:
            log.warning("batch %s: a worker ends: %s", self._batch, error.code)
            emit(EngineTrouble(error.failure))
        finally:
            self.engine.stop()

    def _loop(self, store: Store, emit: Emit, should_stop: ShouldStop) -> None:
        prefer: int | None = None
        while not should_stop():
            self._crew.begin()
            try:
                self._run_errands(emit)
                self._give_back(store, emit)
                claim = self._claim(store, prefer)
                prefer = self._one_page(store, claim, emit) if claim else None
            finally:
                self._crew.end()
            if claim is None and not self._crew.wait_for_more(0.5):
                return
            self._pause_in_storm(emit, should_stop)

    def _claim(self, store: Store, prefer: int | None) -> Claim | None:
        """The next page: the preferred one, one that is to go ahead, any that waits."""
        if self._crew.errands_only:
            return None
        wanted = self._crew.take_ahead() if prefer is None else prefer
        return self._patiently(lambda: store.claim_page(self._batch, wanted))

    def _run_errands(self, emit: Emit) -> None:
        """What a person waits for, before any page. An engine that is lost with one is not tried with it again."""
        while not self._killed.is_set() and (errand := self._crew.errands.take()) is not None:
            try:
                self.engine.run(errand)
                self._start_engine(emit)  # it is; this tells so
            except EngineLost as lost:
                log.info("an errand: engine lost, %s", lost.cause)
                self._failed_starts += lost.while_starting and lost.cause != "stopped"
                if self._failed_starts >= MOST_FAILED_STARTS:
                    raise EngineStops from None

    def _recover(self, store: Store, emit: Emit) -> None:
        """The pages that nobody reads any more wait again: we hold the lease, and no worker has begun."""
        self._give_back(store, emit)
        rows = store.page_rows(self._batch)
        self._patiently(lambda: store.recover(self._batch))
        for row in rows:
            if row.state == "reading":
                emit(PageWaits(row.id))

    def _give_back(self, store: Store, emit: Emit) -> None:
        """Let the pages wait again that some worker could not let go."""
        while (kept := self._crew.take_kept()) is not None:
            self._let_go(store, *kept, emit)

    def _one_page(self, store: Store, claim: Claim, emit: Emit) -> int | None:
        """From the claim to the result in the store. Returns the page if it should be tried again at once."""
        try:
            return self._attempt(store, claim, emit)
        except BaseException:  # a full disk, a missing model, a busy store, a bug: the page waits for better times
            with suppress(PaddleScanError):
                self._let_go(store, claim.page_id, claim.token, emit)
            raise

    def _attempt(self, store: Store, claim: Claim, emit: Emit) -> int | None:
        page_id = claim.page_id
        if claim.attempts > MOST_STARTS:
            self._finish(store, claim, self._failed(claim, PageStopsEngine(file=claim.ref.source.name).failure), emit)
            return None
        emit(PageStarted(page_id))
        try:
            self._start_engine(emit)
            self._finish(store, claim, self._read(store, claim, emit), emit)
        except EngineLost as lost:
            return self._after_loss(store, claim, lost, emit)
        self._losses = 0
        return None

    def _start_engine(self, emit: Emit) -> None:
        hello = self.engine.ensure_started()
        self._failed_starts = 0
        if hello.engine is not None and self.engine.starts != self._told_starts:
            self._told_starts = self.engine.starts
            emit(EngineReady(hello.engine))

    def _read(self, store: Store, claim: Claim, emit: Emit) -> PageResult:
        source = claim.ref.source
        password = self._passwords.get(source)
        count, sha256 = claim.page_count, claim.sha256
        if not claim.inspected:
            info = self._inspect(store, claim, password, emit)
            if isinstance(info, Failure):
                return self._failed(claim, info)
            count, sha256 = info.page_count, info.sha256
        result = self.engine.scan(claim.ref, ScanOptions(claim.prepare, self._limits), password)
        if None not in (result.sha256, sha256) and result.sha256 != sha256:
            # Another file by now: what was read is its page, so it is looked at anew.
            info = self._inspect(store, claim, password, emit)
            if isinstance(info, Failure):
                return self._failed(claim, info)
            if info.sha256 != result.sha256:
                return self._failed(claim, FileChanged(file=source.name).failure)
            count, sha256 = info.page_count, info.sha256
        return replace(result, page_count=count or 1, sha256=sha256)

    def _inspect(self, store: Store, claim: Claim, password: str | None, emit: Emit) -> SourceInfo | Failure:
        """Look at a page's file; the store gets what it tells, and the pages that are new."""
        info = self.engine.inspect(claim.ref.source, self._limits, password)
        if isinstance(info, SourceInfo):
            added = self._patiently(lambda: store.set_source_info(claim.page_id, info))
            if added:
                emit(PagesAdded(tuple(row.id for row in added)))
        return info

    def _after_loss(self, store: Store, claim: Claim, lost: EngineLost, emit: Emit) -> int | None:
        if lost.cause == "stopped":
            with suppress(StoreBusy):  # then it is kept, and given back later
                self._let_go(store, claim.page_id, claim.token, emit)
            return None
        self._losses += 1
        log.info("page %s: engine lost, %s, attempt %d", claim.page_id, lost.cause, claim.attempts)
        if lost.on_errand:
            self._release(store, claim, emit, count_attempt=False)
            return claim.page_id
        if lost.while_starting:
            self._failed_starts += 1
            self._release(store, claim, emit, count_attempt=False)
            if self._failed_starts >= MOST_FAILED_STARTS:
                raise EngineStops
            return claim.page_id
        if self._crew.engine_lost(claim.page_id) >= MOST_LOSSES:
            failure = blame(lost, claim.ref.source.name, self.engine.limits.request_s)
            self._finish(store, claim, self._failed(claim, failure), emit)
            return None
        self._release(store, claim, emit, count_attempt=True)
        return claim.page_id

    def _let_go(self, store: Store, page_id: int, token: int, emit: Emit) -> None:
        """The page waits again, as if it had not been begun; if the store does not take it now, the crew keeps it."""
        try:
            released = store.release_page(page_id, count_attempt=False, token=token)
        except PaddleScanError:
            self._crew.keep(page_id, token)
            raise
        if released:
            emit(PageWaits(page_id))

    def _release(self, store: Store, claim: Claim, emit: Emit, count_attempt: bool) -> None:
        if self._patiently(lambda: store.release_page(claim.page_id, count_attempt, claim.token)):
            emit(PageWaits(claim.page_id))

    def _finish(self, store: Store, claim: Claim, result: PageResult, emit: Emit) -> None:
        """The store first, then the news; none if the page was asked to be read again meanwhile."""
        kept = self._patiently(lambda: store.save_result(claim.page_id, result, claim.token))
        self._crew.page_ended(claim.page_id)
        if kept:
            names = tuple(finding.name for finding in result.quality)
            emit(PageFinished(claim.page_id, self._state(store, claim.page_id, result), result.error, names))

    def _state(self, store: Store, page_id: int, result: PageResult) -> PageState:
        """The state of a page that was just saved: other receipts have their say in it, too."""
        row = self._patiently(lambda: store.page_row(page_id))
        return row.state if row is not None and row.state in ("done", "needs_review") else result.status

    def _failed(self, claim: Claim, failure: Failure) -> PageResult:
        return PageResult(claim.ref, page_count=claim.page_count or 1, sha256=claim.sha256, error=failure)

    def _pause_in_storm(self, emit: Emit, should_stop: ShouldStop) -> None:
        """After several engines lost in a row, wait before the next is started: 1 s, 2 s, ... 30 s."""
        if self._losses <= CALM_LOSSES:
            return
        seconds = min(LONGEST_PAUSE_S, 2.0 ** (self._losses - CALM_LOSSES - 1))
        log.warning("batch %s: %d engines lost in a row, pause of %.0f s", self._batch, self._losses, seconds)
        emit(EngineStorm(EngineStops().failure, seconds))
        end = time.monotonic() + seconds
        while time.monotonic() < end and not should_stop():
            self._killed.wait(0.1)

    def _patiently(self, act: Callable[[], T]) -> T:
        return patiently(act, self._killed.wait)
