"""The pages of the batch in front as a list model: one row a page, in the order of dropping."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from paddlescan.document import PageState
from paddlescan.errors import Failure
from paddlescan.gui.shared import failure_words, language, page_name, pages_word, state_word, tooltip
from paddlescan.store import PageRow
from paddlescan.words import quality_sentences

PAGE_ROLE = Qt.ItemDataRole.UserRole
"""The PageRow itself."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_PAGE = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)


class PageListModel(QAbstractListModel):
    """Holds light rows only: names and states, no pictures, no receipts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PageRow] = []
        self._place: dict[int, int] = {}
        self._reading: set[int] = set()
        self.folded: set[int] = set()
        """Files whose pages are folded behind the first, by their place in the order of dropping."""
        self.counts: Counter[PageState] = Counter()
        """How many pages there are in each state."""

    # What views ask -----------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many pages the batch has."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A page can be chosen, and dragged out."""
        return _PAGE if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, tooltip, spoken text, or the PageRow."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == PAGE_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return page_name(row.ref, row.page_count or 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((page_name(row.ref, row.page_count or 1), page_word(row), *self._more(row)))
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = [row.ref.source.name]
            if row.failure is not None:
                lines += failure_words(row.failure)
            lines += _quality(row)
            return tooltip("\n".join(lines))
        return None

    def _more(self, row: PageRow) -> tuple[str, ...]:
        """What a screen reader says besides: the pages that are folded behind this one, and its quality."""
        folded = row.ref.number == 1 and row.position in self.folded
        return *((pages_word(len(self.file_of(row))),) if folded else ()), *_quality(row)

    # What the batch tells -----------------------------------------------------------------------

    def load(self, rows: Sequence[PageRow]) -> None:
        """Show another batch."""
        self.beginResetModel()
        self.folded.clear()
        self._rows = list(rows)
        self._count_from(0)
        self._reading = {row.id for row in rows if row.state == "reading"}
        self.counts = Counter(row.state for row in rows)
        self.endResetModel()

    def add(self, rows: Sequence[PageRow]) -> int:
        """Show further pages, each in its place in the order of dropping. How many were new."""
        new = sorted((row for row in rows if row.id not in self._place), key=_order)
        start = 0
        while start < len(new):
            at = bisect(self._rows, _order(new[start]), key=_order)
            end = start + 1
            while end < len(new) and (at == len(self._rows) or _order(new[end]) < _order(self._rows[at])):
                end += 1
            self._insert(at, new[start:end])
            start = end
        return len(new)

    def remove(self, page_ids: Collection[int]) -> None:
        """No longer show these pages, those of them that are there."""
        for place in sorted((self._place[page] for page in page_ids if page in self._place), reverse=True):
            self.beginRemoveRows(QModelIndex(), place, place)
            row = self._rows.pop(place)
            self.counts[row.state] -= 1
            self._reading.discard(row.id)
            del self._place[row.id]
            self._count_from(place)
            self.endRemoveRows()

    def set_state(
        self, page_id: int, state: PageState, failure: Failure | None = None, quality: tuple[str, ...] = ()
    ) -> bool:
        """Show a page's new state, and what is said of its quality. False where the page is not of this batch."""
        row = self.page(page_id)
        if row is not None:
            self.update_row(replace(row, state=state, failure=failure, quality=quality))
        return row is not None

    def update_row(self, row: PageRow | None) -> None:
        """Show a page as the store has it now: state, switches, number of pages."""
        place = self._place.get(row.id) if row else None
        if row is None or place is None:
            return
        self.counts[self._rows[place].state] -= 1
        self.counts[row.state] += 1
        self._rows[place] = row
        (self._reading.add if row.state == "reading" else self._reading.discard)(row.id)
        index = self.index(place)
        self.dataChanged.emit(index, index)

    # What the window asks -----------------------------------------------------------------------

    def page(self, page_id: int) -> PageRow | None:
        """The row of a page; None where it is not of this batch."""
        place = self._place.get(page_id)
        return None if place is None else self._rows[place]

    def pages(self) -> tuple[PageRow, ...]:
        """All rows."""
        return tuple(self._rows)

    def index_of(self, page_id: int) -> QModelIndex:
        """Where a page stands; invalid where it is not of this batch."""
        place = self._place.get(page_id)
        return QModelIndex() if place is None else self.index(place)

    def row_at(self, place: int) -> PageRow:
        """The page at a place. IndexError where there is none."""
        return self._rows[place]

    def file_of(self, row: PageRow) -> range:
        """Where the pages of a page's file stand: one behind the other."""
        first = bisect_left(self._rows, (row.position, 0), key=_order)
        return range(first, bisect_left(self._rows, (row.position + 1, 0), first, key=_order))

    def reading(self) -> list[QModelIndex]:
        """Where the pages stand that are being read now."""
        return [self.index(self._place[page]) for page in self._reading if page in self._place]

    def _insert(self, at: int, rows: Sequence[PageRow]) -> None:
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        self._rows[at:at] = rows
        self.counts.update(row.state for row in rows)
        self._count_from(at)
        self.endInsertRows()

    def _count_from(self, start: int) -> None:
        if start == 0:
            self._place = {}
        for place in range(start, len(self._rows)):
            self._place[self._rows[place].id] = place


def is_out(row: PageRow) -> bool:
    """Whether all that was read on a page was taken out; while it is read again, that is what to know."""
    return row.removed and row.state not in ("waiting", "reading")


def page_word(row: PageRow) -> str:
    """What is said of a page: its state, or that a person took out what stands on it."""
    return QCoreApplication.translate("Cells", "Removed") if is_out(row) else state_word(row.state)


def _quality(row: PageRow) -> tuple[str, ...]:
    return quality_sentences(row.quality, language())


def _order(row: PageRow) -> tuple[int, int]:
    return row.position, row.ref.number
