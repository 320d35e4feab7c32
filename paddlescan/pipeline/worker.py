"""One worker: takes pages from the store, has its engine read them, saves, tells. The same loop in the
window's threads and on the command line."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from paddlescan.document import EngineOptions, PageResult, PageState, ScanOptions
from paddlescan.errors import (
    EngineStops,
    EngineStorms,
    GpuUnavailable,
    PaddleScanError,
    PageStopsEngine,
    StoreBusy,
)
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline.claimed import ClaimReader, failed
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import (
    EngineCalm,
    EngineReady,
    EngineStorm,
    EngineTrouble,
    Event,
    PageFinished,
    PageStarted,
    PageWaits,
)
from paddlescan.pipeline.keeping import open_store
from paddlescan.pipeline.losses import CAUSES, blame
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
LOOK_EVERY_S = 0.1
MOST_GPU_FAILURES = 3
"""A GPU that failed this often, without a page read in between, is done without."""


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
        self._options = engine_options
        self.engine = engine or EngineProcess(engine_options, log_file=log_file, scratch_root=scratch_root)
        self._request_s = self.engine.limits.request_s
        self._reader = ClaimReader(self.engine, scan_options.limits, passwords or Passwords(), self._patiently)
        self._crew = crew or Crew()
        self.engine.errands = self._crew.errands
        self._killed = threading.Event()
        self._told_starts = 0
        self._failed_starts = 0
        self._device = ""

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
                self._crew.open(lambda: None if self._crew.errands_only else self._recover(store, emit))
                self._loop(store, emit, lambda: self._killed.is_set() or should_stop())
        except PaddleScanError as error:
            log.warning("batch %s: a worker ends: %s", self._batch, error.code)
            others = self._crew.gone(self)  # memory for one engine, say, and two are wanted: it goes on, one fewer
            if not (others and isinstance(error, EngineStops)):
                emit(EngineTrouble(error.failure))
        finally:
            self._crew.gone(self)
            self.engine.stop()

    def _loop(self, store: Store, emit: Emit, should_stop: ShouldStop) -> None:
        prefer: int | None = None
        while not should_stop():
            go = self._crew.storm.may_go(LOOK_EVERY_S)
            if not go and not self._crew.errands:
                continue
            claim = None
            self._crew.begin()
            try:
                self._run_errands(emit)
                self._give_back(store, emit)
                if go:
                    claim = self._claim(store, prefer)
                    prefer = self._one_page(store, claim, emit) if claim else None
            finally:
                self._crew.end()
                if go:
                    self._crew.storm.came_back()
            if go and claim is None and not self._crew.wait_for_more(0.5):
                return

    def _claim(self, store: Store, prefer: int | None) -> Claim | None:
        """The next page: the preferred one, one that is to go ahead, any that waits.

        In a storm the last one: most likely it is of another file than those that took the engines down.
        """
        if self._crew.errands_only:
            return None
        storm = self._crew.storm.rages
        wanted = self._crew.take_ahead() if prefer is None or storm else prefer
        claim = self._patiently(lambda: store.claim_page(self._batch, wanted, from_the_end=storm))
        if claim is None and self._crew.storm.over():
            log.info("batch %s: no page is left that might stop engines", self._batch)
        return claim

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
        page_id, losses = claim.page_id, self._crew.storm.losses
        if claim.attempts > MOST_STARTS:
            self._finish(store, claim, failed(claim, PageStopsEngine(file=claim.ref.source.name).failure), emit)
            return None
        emit(PageStarted(page_id))
        try:
            self._start_engine(emit)
            self._finish(store, claim, self._reader.read(store, claim, emit), emit)
        except EngineLost as lost:
            return self._after_loss(store, claim, losses, lost, emit)
        if self._device == "gpu":
            self._crew.gpu_works()
        if self._crew.storm.over():
            log.info("batch %s: engines read again", self._batch)
            emit(EngineCalm())
        return None

    def _start_engine(self, emit: Emit) -> None:
        without_gpu = self._options.device == "auto" and self._crew.gpu_failures >= MOST_GPU_FAILURES
        if without_gpu:
            self.engine.do_without_gpu()
        info = self.engine.ensure_started().engine
        self._failed_starts = 0
        if info is not None and self.engine.starts != self._told_starts:
            self._told_starts, self._device = self.engine.starts, info.device
            lost = without_gpu and info.device == "cpu"
            emit(EngineReady(replace(info, reason=Reason.GPU_LOST) if lost else info))

    def _after_loss(self, store: Store, claim: Claim, losses: int, lost: EngineLost, emit: Emit) -> int | None:
        if lost.cause == "stopped":
            with suppress(StoreBusy):  # then it is kept, and given back later
                self._let_go(store, claim.page_id, claim.token, emit)
            return None
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
        if lost.cause == "device_failed" and self._device == "gpu":
            self._release(store, claim, emit, count_attempt=False)
            self._gpu_failed()
            return claim.page_id
        self._note_loss(store, losses, lost, emit)
        if self._crew.engine_lost(claim.page_id) >= MOST_LOSSES:
            self._finish(store, claim, failed(claim, blame(lost, claim.ref.source.name, self._request_s)), emit)
            return None
        self._release(store, claim, emit, count_attempt=True)
        return claim.page_id

    def _gpu_failed(self) -> None:
        """Its next engine chooses the device anew. Raises GpuUnavailable where nothing but the GPU will do."""
        if self._crew.gpu_failed() >= MOST_GPU_FAILURES and self._options.device == "gpu":
            raise GpuUnavailable(detail=Reason.GPU_LOST)

    def _note_loss(self, store: Store, losses: int, lost: EngineLost, emit: Emit) -> None:
        """Whether page after page takes engines down: then new ones are started slowly, and a person is told."""
        pause = self._crew.storm.lost(losses)
        if pause > 0:
            log.warning("batch %s: %d engines lost in a row, pause of %.0f s", self._batch, losses + 1, pause)
            emit(EngineStorm(EngineStorms(detail=CAUSES[lost.cause]).failure, pause))

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

    def _patiently(self, act: Callable[[], T]) -> T:
        return patiently(act, self._killed.wait)
