"""One worker: takes pages from the store, has its engine read them, saves, tells. The same loop in the
window's threads and on the command line."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TypeVar

from paddlescan.document import EngineOptions, PageResult, PageState, ScanOptions
from paddlescan.errors import (
    DiskFull,
    EngineStops,
    EngineStorms,
    PaddleScanError,
    PageStopsEngine,
    StoreBusy,
)
from paddlescan.pipeline.claimed import ClaimReader, failed
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import (
    EngineCalm,
    EngineStorm,
    EngineTrouble,
    Event,
    PageFinished,
    PageStarted,
    PageWaits,
)
from paddlescan.pipeline.gpu_record import GpuRecord
from paddlescan.pipeline.keeping import open_store
from paddlescan.pipeline.losses import CAUSES, blame
from paddlescan.pipeline.page_engine import PageEngine
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.patience import patiently
from paddlescan.pipeline.plausible import Distrust, believed
from paddlescan.pipeline.starting import EngineStarts
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.store import Claim, Store

log = logging.getLogger(__name__)
T = TypeVar("T")
Emit = Callable[[Event], None]
ShouldStop = Callable[[], bool]

MOST_LOSSES = 2
"""A page that takes down this many engines is set aside."""
MOST_STARTS = 4
"""A page begun this often without an end is read after all others, one such page at a time: the programs that ended
with it were killed or unplugged, most likely, but it may have taken them down. Then one engine lost is enough."""
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
        self._request_s = self.engine.limits.request_s
        self._reader = ClaimReader(self.engine, scan_options.limits, passwords or Passwords(), self._patiently)
        self._crew = crew or Crew()
        self.engine.errands = self._crew.errands
        self._killed = threading.Event()
        self._starts = EngineStarts(self.engine, engine_options, gpu or self._crew.gpu)

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
                try:
                    self._loop(store, emit, lambda: self._killed.is_set() or should_stop())
                except PaddleScanError as error:
                    self._note(store, "trouble", error.code)
                    raise
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
                self._run_errands(store, emit)
                self._give_back(store, emit)
                if go:
                    self._look_at_the_disk()
                    claim = self._claim(store, prefer)
                    prefer = self._one_page(store, claim, emit) if claim else None
            finally:
                self._crew.end(self)
                self._crew.storm.came_back(go)
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
        claim = self._patiently(lambda: store.claim_page(self._batch, wanted, storm, MOST_STARTS))
        if claim is None and self._crew.begin_alone(self):
            claim = self._patiently(lambda: store.claim_page(self._batch))
        if claim is None and self._crew.storm.over():
            log.info("batch %s: no page is left that might stop engines", self._batch)
        return claim

    def _look_at_the_disk(self) -> None:
        """Raises DiskFull in good order, while the store can still be written."""
        if not self._crew.errands_only and self._crew.disk_is_short(self._store_path.parent):
            raise DiskFull(detail="the list of receipts", file=str(self._store_path.parent))

    def _run_errands(self, store: Store, emit: Emit) -> None:
        """What a person waits for, before any page. An engine that is lost with one is not tried with it again."""
        while not self._killed.is_set() and (errand := self._crew.errands.take()) is not None:
            try:
                self.engine.run(errand)
                self._start_engine(store, emit)  # it is; this tells so
            except EngineLost as lost:
                log.info("an errand: engine lost, %s", lost.cause)
                self._starts.lost()
                if lost.while_starting and lost.cause != "stopped":
                    self._starts.in_vain()

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
        if claim.attempts > LAST_START:
            self._finish(store, claim, failed(claim, PageStopsEngine(file=claim.ref.source.name).failure), emit)
            return None
        emit(PageStarted(page_id))
        try:
            self._start_engine(store, emit)
            self._finish(store, claim, self._read(store, claim, emit), emit, self.engine.distrust)
        except EngineLost as lost:
            return self._after_loss(store, claim, losses, lost, emit)
        self._starts.works()
        if self._crew.storm.over():
            log.info("batch %s: engines read again", self._batch)
            emit(EngineCalm())
        return None

    def _read(self, store: Store, claim: Claim, emit: Emit) -> PageResult:
        result = self._reader.read(store, claim, emit)
        self._note_replaced(store, self._starts.tell(emit))  # between looking at the file and reading it, maybe
        if (short := self._starts.read_by(result.engine, emit)) is not None:
            self._note(store, "gpu_memory", short, claim.page_id)
        return result

    def _start_engine(self, store: Store, emit: Emit) -> None:
        self._note_replaced(store, self._starts.start(emit))

    def _note_replaced(self, store: Store, why: str | None) -> None:
        if why is not None:
            self._note(store, "recycled", why)

    def _after_loss(self, store: Store, claim: Claim, losses: int, lost: EngineLost, emit: Emit) -> int | None:
        if lost.cause == "stopped":
            with suppress(StoreBusy):  # then it is kept, and given back later
                self._let_go(store, claim.page_id, claim.token, emit)
            return None
        log.info("page %s: engine lost, %s, attempt %d", claim.page_id, lost.cause, claim.attempts)
        self._starts.lost()
        if lost.on_errand:
            self._release(store, claim, emit, lost)
            return claim.page_id
        if lost.while_starting:
            self._note(store, "engine_lost", lost.cause)
            self._release(store, claim, emit, lost)
            self._starts.in_vain()
            return claim.page_id
        if lost.cause == "device_failed" and self._starts.device == "gpu":
            self._note(store, "engine_lost", lost.cause)
            self._release(store, claim, emit, lost)
            self._starts.gpu_failed()
            return claim.page_id
        self._note_loss(store, losses, lost, emit)
        if claim.engines_lost + 1 >= MOST_LOSSES or claim.attempts > MOST_STARTS:
            self._finish(store, claim, failed(claim, blame(lost, claim.ref.source.name, self._request_s)), emit)
            return None
        self._release(store, claim, emit, lost, to_blame=True)
        return claim.page_id

    def _note_loss(self, store: Store, losses: int, lost: EngineLost, emit: Emit) -> None:
        """Whether page after page takes engines down: then new ones are started slowly, and a person is told."""
        pause = self._crew.storm.lost(losses)
        if pause > 0:
            log.warning("batch %s: %d engines lost in a row, pause of %.0f s", self._batch, losses + 1, pause)
            self._note(store, "storm", f"{pause:.0f}")
            emit(EngineStorm(EngineStorms(detail=CAUSES[lost.cause]).failure, pause))

    def _let_go(self, store: Store, page_id: int, token: int, emit: Emit) -> None:
        """The page waits again, as if it had not been begun; if the store does not take it now, the crew keeps it."""
        try:
            released = store.release_page(page_id, count_attempt=False, token=token, why="stopped")
        except PaddleScanError:
            self._crew.keep(page_id, token)
            raise
        if released:
            emit(PageWaits(page_id))

    def _release(self, store: Store, claim: Claim, emit: Emit, lost: EngineLost, to_blame: bool = False) -> None:
        """The page waits again; to_blame: for it the engine was lost, which counts."""
        why = lost.cause if to_blame else ""
        if self._patiently(lambda: store.release_page(claim.page_id, to_blame, claim.token, why)):
            emit(PageWaits(claim.page_id))

    def _finish(
        self, store: Store, claim: Claim, result: PageResult, emit: Emit, distrust: Distrust | None = None
    ) -> None:
        """The store first, then the news; none if the page was asked to be read again meanwhile.

        distrust: for the result of a child, which may be a lie that no store takes.
        """
        with believed(distrust) if distrust else nullcontext():
            kept = self._patiently(lambda: store.save_result(claim.page_id, result, claim.token))
        if kept:
            names = tuple(finding.name for finding in result.quality)
            emit(PageFinished(claim.page_id, self._state(store, claim.page_id, result), result.error, names))

    def _state(self, store: Store, page_id: int, result: PageResult) -> PageState:
        """The state of a page that was just saved: other receipts have their say in it, too."""
        row = self._patiently(lambda: store.page_row(page_id))
        return row.state if row is not None and row.state in ("done", "needs_review") else result.status

    def _note(self, store: Store, what: str, detail: str = "", page_id: int | None = None) -> None:
        """For the journal; a store that is busy or full goes without."""
        with suppress(PaddleScanError):
            store.note(self._batch, page_id, what, detail)

    def _patiently(self, act: Callable[[], T]) -> T:
        return patiently(act, self._killed.wait)
