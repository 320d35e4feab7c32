"""Workers that read nothing: every page is blank to them, or they fail each in its own way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from paddlescan.document import Finding, PageResult, Receipt, SourceInfo
from paddlescan.errors import DiskFull, PasswordNeeded
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import EngineTrouble, Event, PageFinished, PagesAdded, PageStarted, PageWaits
from paddlescan.store import Claim, Store

Emit = Callable[[Event], None]


class BlankWorker:
    """Takes every page for a blank one, and keeps to the rules of a worker."""

    def __init__(self, store_path: Path, batch: int, crew: Crew) -> None:
        self._store_path, self._batch, self._crew = store_path, batch, crew
        self.killed = threading.Event()

    def run(self, emit: Emit, should_stop: Callable[[], bool]) -> None:
        with Store(self._store_path) as store:
            while not (should_stop() or self.killed.is_set()):
                self._crew.begin()
                claim = None
                try:
                    claim = store.claim_page(self._batch)
                    if claim is not None:
                        emit(PageStarted(claim.page_id))
                        self.read(store, claim, emit)
                finally:
                    self._crew.end(found=claim is not None)
                if claim is None and not self._crew.wait_for_more(0.5):
                    return

    def kill(self) -> None:
        self.killed.set()

    def read(self, store: Store, claim: Claim, emit: Emit) -> None:
        result = PageResult(claim.ref, receipts=(Receipt(),), quality=(Finding("blank"),))
        if store.save_result(claim.page_id, result, claim.token):
            emit(PageFinished(claim.page_id, result.status, quality=tuple(f.name for f in result.quality)))


class StuckWorker(BlankWorker):
    """Holds its page until it is killed."""

    def read(self, store: Store, claim: Claim, emit: Emit) -> None:
        self.killed.wait()
        if store.release_page(claim.page_id, False, claim.token):
            emit(PageWaits(claim.page_id))


class PairWorker(BlankWorker):
    """Finds two pages in every file."""

    def read(self, store: Store, claim: Claim, emit: Emit) -> None:
        if not claim.inspected:
            added = store.set_source_info(claim.page_id, SourceInfo("pdf", 2, "0" * 64))
            emit(PagesAdded(tuple(row.id for row in added)))
        super().read(store, claim, emit)


class LockedWorker(BlankWorker):
    """Finds every file locked the first time, and open once it is read again."""

    seen: ClassVar[set[int]] = set()

    def read(self, store: Store, claim: Claim, emit: Emit) -> None:
        if claim.page_id in self.seen:
            super().read(store, claim, emit)
            return
        self.seen.add(claim.page_id)
        failure = PasswordNeeded(file=claim.ref.source.name).failure
        store.save_result(claim.page_id, PageResult(claim.ref, error=failure), claim.token)
        emit(PageFinished(claim.page_id, "failed", failure))


class SilentWorker(BlankWorker):
    """Ends at once without a word, as a worker with a bug would."""

    def run(self, emit: Emit, should_stop: Callable[[], bool]) -> None:
        return


class FullDiskWorker(BlankWorker):
    """Cannot save."""

    def run(self, emit: Emit, should_stop: Callable[[], bool]) -> None:
        emit(EngineTrouble(DiskFull(detail="no space").failure))
