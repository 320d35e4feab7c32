"""Pages that wait in batches that are not in front: nobody reads them, so a person is told where they are."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.errors import Failure
from paddlescan.gui.running import jobs
from paddlescan.gui.running.in_front import BatchInFront
from paddlescan.gui.running.store_desk import StoreDesk
from paddlescan.store import BatchSummary

_Found = tuple[int | None, tuple[BatchSummary, ...]]


class WaitingElsewhere(QObject):
    """Looks at the start, and whenever another batch is in front or files were taken in."""

    found = Signal(object, bool)  # tuple[BatchSummary, ...], the one to name first; whether that is news

    def __init__(self, front: BatchInFront, desk: StoreDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._front, self._desk = front, desk
        self._before: int | None = None
        self._looked = False
        self._known: frozenset[int] = frozenset()
        self.read_anyway = 0
        """A batch that is read though it is not in front; 0: none."""
        front.opened.connect(self._opened)  # not `changed`: the lease of the batch before is given back by now

    @Slot()
    def look(self) -> None:
        """Look again: files were taken in, maybe for another batch than the one in front."""
        self._look(None)

    @Slot()
    def _opened(self) -> None:
        before, self._before = self._before, self._front.batch
        if not self._looked or before != self._before:
            self._looked = True
            self._look(before)

    def _look(self, left: int | None) -> None:
        front = self._front.batch
        self._desk.ask(
            lambda store: (left, jobs.waiting_elsewhere(store, front, left)), self._tell, self._not_worth_a_word
        )

    def _tell(self, found: _Found) -> None:
        left, batches = found
        there = tuple(each for each in batches if each.id != self._front.batch and not self._is_read_anyway(each))
        ids = frozenset(each.id for each in there)
        news = left in ids or not ids <= self._known
        self._known |= ids
        self.found.emit(there, news)

    def _is_read_anyway(self, batch: BatchSummary) -> bool:
        return batch.id == self.read_anyway and not batch.stopped

    def _not_worth_a_word(self, _failure: Failure) -> None:
        """Whatever the store has, the batch in front tells it."""
