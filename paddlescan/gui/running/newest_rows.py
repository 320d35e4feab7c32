"""Rows of pages as the store has them, for a list that engines change meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Slot

from paddlescan.gui.running import jobs
from paddlescan.gui.running.scan_pool import ScanPool
from paddlescan.gui.running.store_desk import Failed, StoreDesk
from paddlescan.pipeline.events import PageFinished, PageStarted, PageWaits
from paddlescan.store import PageRow, Store

Rows = tuple[PageRow, ...]
Take = Callable[[Rows], None]


class NewestRows(QObject):
    """Asks the store, and asks once more where an engine told of a page since: that answer may be the older one of the
    two, and the news were heard already, or not at all if the page was not in the list yet."""

    def __init__(self, pool: ScanPool, desk: StoreDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._news = 0
        self._told: dict[int, int] = {}
        pool.news.connect(self._hear)

    def ask(self, job: Callable[[Store], Rows], take: Take, failed: Failed | None = None) -> None:
        """Have a job done that answers with rows; `take` gets them, in parts where some had to be asked for anew.

        failed: see `StoreDesk.ask`; of the job alone.
        """
        self._desk.ask(job, partial(self._answered, take, self._news), failed)

    def check(self, rows: Iterable[PageRow], take: Take) -> None:
        """Take rows that somebody else read, before any engine had to do with their pages; the same applies."""
        self._answered(take, 0, tuple(rows))

    def forget(self) -> None:
        """Another batch is in front: what was told of pages so far is of no use."""
        self._told.clear()

    def _answered(self, take: Take, asked: int, rows: Rows) -> None:
        late = {row.id for row in rows if self._told.get(row.id, 0) > asked}
        in_time = tuple(row for row in rows if row.id not in late)
        if in_time or not late:
            take(in_time)
        if late:
            self.ask(partial(jobs.rows_of, page_ids=late), take)

    @Slot(int, object)
    def _hear(self, _batch: int, event: object) -> None:
        if isinstance(event, PageStarted | PageFinished | PageWaits):
            self._news += 1
            self._told[event.page_id] = self._news
