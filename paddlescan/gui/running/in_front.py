"""Which batch is in front. The one before stays there, and goes on, until the next is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from paddlescan.errors import BatchNotBegun, DiskFull, Failure, StoreBusy, StoreUnwritable
from paddlescan.gui.running import jobs
from paddlescan.gui.running.jobs import Opened
from paddlescan.gui.running.store_desk import StoreDesk
from paddlescan.store import BatchSummary, Store

_WHY = {
    DiskFull.code: "the disk is full",
    StoreBusy.code: "another program uses the list of receipts",
    StoreUnwritable.code: "the list of receipts cannot be written",
}
"""Why a batch cannot be opened now and may be opened later, in words known to `words.reason`; one that is gone is not
tried again."""

Open = Callable[[Store], Opened | None]


class BatchInFront(QObject):
    """Opens batches at the store's desk; what was asked for last is what comes to the front."""

    changed = Signal()  # another batch is in front, or it is known that there is none; the one before is let go
    opened = Signal()  # after `changed`: what was asked for is in front
    not_opened = Signal(object)  # Failure: what is in front stays there
    not_begun = Signal(object)  # Failure: the same of an empty new batch, which is not tried again

    def __init__(self, desk: StoreDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.now: Opened | None = None
        """What is in front."""
        self.make_room: jobs.MakeRoom | None = None
        """Called in the thread of the store's desk before a batch is opened that is not free."""
        self._asked = 0
        self._failed: Open | None = None
        self._closed = False

    @property
    def opening(self) -> bool:
        """Whether another batch is on its way to the front."""
        return self._asked > 0

    @property
    def batch(self) -> int | None:
        """The batch in front; None while there is none."""
        return self.now.summary.id if self.now else None

    @property
    def summary(self) -> BatchSummary | None:
        """The batch in front as it was when it was opened or named."""
        return self.now.summary if self.now else None

    def switch(self, job: Open) -> None:
        """Bring to the front what a job opens."""
        self._switch(job, lambda failure: self._not_opened(job, failure))

    def begin(self, job: Open, wanted: Callable[[], bool]) -> None:
        """The same of a new batch. wanted: says whether it is tried again where it could not be made; an empty one that
        comes later would take away what a person works on by then."""
        self._switch(job, lambda failure: self._not_opened(job, failure, wanted()))

    def _switch(self, job: Open, failed: Callable[[Failure], None]) -> None:
        self._asked += 1
        self._failed = None
        self._desk.ask(job, self._opened, failed)

    def open(self, batch: int) -> None:
        """Bring an earlier batch to the front."""
        if batch != self.batch:
            self.switch(lambda store: jobs.open_batch(store, batch, self.make_room))
        elif self.opening:  # it shall stay, whatever was asked for a moment ago
            here = self.now
            self.switch(lambda _store: here)

    def try_again(self) -> None:
        """Open what could not be opened."""
        if self._failed is not None:
            self.switch(self._failed)

    def give_up(self) -> None:
        """What could not be opened is not wanted any more."""
        self._failed = None

    def named(self, summary: BatchSummary) -> bool:
        """A batch has another name. Whether it is the one in front."""
        if self.now is None or summary.id != self.batch:
            return False
        self.now = replace(self.now, summary=summary)
        return True

    def close(self) -> None:
        """Nothing comes to the front any more, and nothing is in front."""
        self._closed = True
        before, self.now = self.now, None
        self._release(before)

    def _opened(self, opened: Opened | None) -> None:
        self._asked -= 1
        if self._asked or self._closed:
            if opened is not self.now:  # somebody asked for another one meanwhile
                self._release(opened)
            return
        if opened is None or opened is not self.now:
            self._bring(opened)
        self.opened.emit()

    def _not_opened(self, job: Open, failure: Failure, again: bool = True) -> None:
        self._asked -= 1
        if self._asked or self._closed:
            return
        self._failed = job if again and failure.code in _WHY else None
        if self.now is None:
            self._bring(None)
        if again or failure.code not in _WHY:
            self.not_opened.emit(failure)
        else:
            self.not_begun.emit(BatchNotBegun(detail=_WHY[failure.code]).failure)

    def _bring(self, opened: Opened | None) -> None:
        before, self.now = self.now, opened
        self.changed.emit()
        self._release(before)

    def _release(self, opened: Opened | None) -> None:
        if opened is not None:
            self._desk.ask(lambda _store: jobs.release(opened))
