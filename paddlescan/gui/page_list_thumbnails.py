"""Small pictures of the pages in sight: asked for when painted, kept in a bounded cache."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from paddlescan.store import PageRow

KEPT = 400
"""Pictures in memory, newest use last: about 10 MB at MAX_SIDE."""
MAX_SIDE = 104
"""Pixels of the longer side that is asked for: sharp in its place at 200 %."""


class Thumbnails(QObject):
    """Gives what it has at once; what it lacks is asked for a moment later, if still in sight.

    What was asked for and has been scrolled away is let go, and asked for again when it is in sight again.
    """

    wanted = Signal(int, object, int, int)  # page id, PageRef, longest side in pixels, ticket: comes back with it
    only_wanted = Signal(object)  # Collection[int]: of what was asked for, only these pages still matter
    arrived = Signal(int)  # page id: it looks different now

    def __init__(self, in_sight: Callable[[], Collection[int]], parent: QObject | None = None) -> None:
        """in_sight: the ids of the pages that a person sees now."""
        super().__init__(parent)
        self._in_sight = in_sight
        self._kept: OrderedDict[int, QPixmap | None] = OrderedDict()
        self._missing: dict[int, PageRow] = {}
        self._asked: set[int] = set()
        self._ticket = 0
        self._too_old: dict[int, int] = {}
        """By page: what was asked with this ticket, or an earlier one, shows the page as it was."""
        self._all_too_old = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(40)  # scrolling through a thousand pages asks for those where it rests
        self._soon.timeout.connect(self._ask)

    def picture(self, row: PageRow) -> QPixmap | None:
        """The picture of a page that is being painted; None while it is not there (or cannot be had)."""
        if row.id in self._kept:
            self._kept.move_to_end(row.id)
            return self._kept[row.id]
        if row.id not in self._asked and row.id not in self._missing:  # one that is painted often waits no longer
            self._missing[row.id] = row
            self._soon.start()
        return None

    @Slot(int, QImage, int)
    def take(self, page_id: int, image: QImage, ticket: int) -> None:
        """A picture came; what was asked before the page looked different is let go."""
        if self._is_late(page_id, ticket):
            return
        self._asked.discard(page_id)
        self._keep(page_id, None if image.isNull() else QPixmap.fromImage(image))
        self.arrived.emit(page_id)

    @Slot(int, object, int)
    def give_up(self, page_id: int, _failure: object, ticket: int) -> None:
        """A page has no picture (a damaged file); it is not asked for again."""
        if page_id in self._asked and not self._is_late(page_id, ticket):
            self._asked.discard(page_id)
            self._keep(page_id, None)

    @Slot(int, str)
    def page_changed(self, page_id: int, state: str) -> None:
        """A page will be read again (its file may be another now), or was read, perhaps with a password."""
        gave_up = page_id in self._kept and self._kept[page_id] is None
        if state == "waiting" or (gave_up and state != "reading"):
            self.forget(page_id)

    def forget(self, page_id: int) -> None:
        """A page looks different now."""
        self._kept.pop(page_id, None)
        self._asked.discard(page_id)
        self._too_old[page_id] = self._ticket
        self.arrived.emit(page_id)

    def clear(self) -> None:
        """Another batch is in front."""
        self._kept.clear()
        self._missing.clear()
        self._asked.clear()
        self._too_old.clear()
        self._all_too_old = self._ticket

    def _is_late(self, page_id: int, ticket: int) -> bool:
        return ticket <= max(self._all_too_old, self._too_old.get(page_id, 0))

    def _keep(self, page_id: int, picture: QPixmap | None) -> None:
        self._kept[page_id] = picture
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _ask(self) -> None:
        rows, self._missing = self._missing, {}
        in_sight = set(self._in_sight())
        self._asked &= in_sight
        self.only_wanted.emit(in_sight)
        for row in rows.values():
            if row.id in in_sight:
                self._asked.add(row.id)
                self._ticket += 1
                self.wanted.emit(row.id, row.ref, MAX_SIDE, self._ticket)
