"""The batch as a table model: the rows that chip and search box let through, sorted, over the desk's sheet.

Rows come and go one by one while pages are read; only another chip, search or batch resets the model. The
row in front stays until the clerk leaves it, even if it no longer fits the chip.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot

from paddlescan.document import AMOUNT_FIELDS
from paddlescan.gui.review.arrange import Arrangement, SortKey
from paddlescan.gui.review.cells import cell_look, cell_notes, cell_words
from paddlescan.gui.review.columns import COLUMNS, Chosen, editable
from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.gui.review.filters import RowFilter
from paddlescan.gui.review.labels import field_label, shown_value
from paddlescan.gui.review.sheet import Changes
from paddlescan.gui.shared import tooltip

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
_SHOWN = _CHOSEN | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _SHOWN | Qt.ItemFlag.ItemIsEditable
_MANY = 100
"""Rows that change at once by more than this are shown anew: the clerk's own doing, never a page that was read."""
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 2


class ReviewModel(QAbstractTableModel):
    """A row a receipt, a column a field; see `columns.COLUMNS`."""

    rearranged = Signal()
    """Other rows are shown, or in another order."""

    def __init__(self, desk: ReviewDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._sheet = desk, desk.sheet
        self._arrangement = Arrangement()
        self._shown: list[int] = []
        self._places: dict[int, int] | None = None
        self._kept: int | None = None
        self._left: list[int] = []
        self._moving = 0
        desk.order = self.shown
        desk.opened.connect(self._reload)
        desk.changed.connect(self._take)
        desk.receipt_selected.connect(self._keep)
        self._reload()

    # rows by receipt

    def shown(self) -> tuple[int, ...]:
        """The receipts to be seen, in order."""
        return tuple(self._shown)

    def receipt_at(self, row: int) -> int:
        """The receipt of a row of the table."""
        return self._shown[row]

    def row_of(self, receipt_id: int) -> int | None:
        """Where a receipt stands now; None where it is not shown."""
        if self._places is None:
            self._places = {shown: row for row, shown in enumerate(self._shown)}
        return self._places.get(receipt_id)

    def index_of(self, receipt_id: int, name: str) -> QModelIndex:
        """The cell of a field; an invalid index where it is not shown."""
        row = self.row_of(receipt_id)
        return QModelIndex() if row is None or name not in COLUMNS else self.index(row, COLUMNS.index(name))

    # Qt's side

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many receipts are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = ROOT) -> int:
        """All columns, hidden ones too."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Fields are editable, unless their row was taken out."""
        row = index.row()  # asked twice for every cell that is painted
        if row < 0:
            return Qt.ItemFlag.NoItemFlags
        if not editable(COLUMNS[index.column()]) or self._sheet.line(self._shown[row]).removed:
            return _SHOWN
        return _EDITABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The fields' names."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return field_label(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, look, tool tip and what a screen reader says."""
        if not index.isValid():
            return None
        receipt_id, column = self._shown[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_words(self._sheet, receipt_id, column)
        if role == Qt.ItemDataRole.EditRole:  # as it is kept
            return shown_value(column, self._sheet.text(receipt_id, column))
        if role == CELL_ROLE:
            return cell_look(self._sheet, receipt_id, column)
        if role == ID_ROLE:
            return receipt_id
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip("\n".join(cell_notes(self._sheet, receipt_id, column))) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [
                f"{field_label(column)}: {cell_words(self._sheet, receipt_id, column)}",
                *cell_notes(self._sheet, receipt_id, column),
            ]
            return ". ".join(said)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or not editable(COLUMNS[index.column()]):
            return False
        return self._desk.type_into(self._shown[index.row()], COLUMNS[index.column()], str(value))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1: in dropping order."""
        name = COLUMNS[column] if 0 <= column < len(COLUMNS) else None
        self._arrangement = replace(
            self._arrangement, column=name, descending=order == Qt.SortOrder.DescendingOrder and name is not None
        )
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        ids = [self._shown[index.row()] for index in old]
        kept = set(self._shown)
        self._shown = [i for i in self._arrangement.arranged(self._sheet) if i in kept]
        self._insert_missing(kept)
        self._places = None
        new = [self.index(self.row_of(i) or 0, index.column()) for i, index in zip(ids, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()
        self.rearranged.emit()

    # what the clerk chooses to see

    @property
    def arrangement(self) -> Arrangement:
        """Chip, search and sorting as they are."""
        return self._arrangement

    @Slot(str)
    def set_search(self, text: str) -> None:
        """Show the rows that hold a text."""
        self._arrange(replace(self._arrangement, search=text.strip()))

    @Slot(object)
    def set_narrow(self, narrow: RowFilter) -> None:
        """Show the rows that a filter lets through."""
        self._arrange(replace(self._arrangement, narrow=narrow))

    def set_state_filter(self, state: Chosen | None) -> None:
        """Show the rows in a state; None: all."""
        self._arrange(replace(self._arrangement, state=state))

    @Slot(bool)
    def set_show_removed(self, show: bool) -> None:
        """Show the rows that were taken out, too."""
        self._arrange(replace(self._arrangement, show_removed=show))

    def reveal(self, receipt_id: int) -> None:
        """Show a row that chip or search hide, until the clerk leaves it."""
        if receipt_id in self._sheet and not self._sheet.line(receipt_id).removed:
            self._keep(receipt_id)
            if self.row_of(receipt_id) is None:
                self._insert(receipt_id)

    # under the hood

    def _arrange(self, arrangement: Arrangement) -> None:
        if arrangement != self._arrangement:
            self._arrangement = arrangement
            self._reload()

    @Slot()
    def _reload(self) -> None:
        self.beginResetModel()
        self._shown = self._arrangement.arranged(self._sheet)
        self._places = None
        self.endResetModel()
        self.rearranged.emit()

    @Slot(object)
    def _take(self, changes: Changes) -> None:
        if len(changes.gone) + len(changes.changed) + len(changes.added) > _MANY:
            self._reload()
            return
        for receipt_id in changes.gone:
            self._remove(receipt_id)
        for receipt_id in (*changes.changed, *changes.added):
            row = self.row_of(receipt_id)
            fits = self._fits(receipt_id)
            if row is None and fits:
                self._insert(receipt_id)
            elif row is not None and not fits:
                self._remove(receipt_id)
            elif row is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _fits(self, receipt_id: int) -> bool:
        if self._arrangement.matches(self._sheet, receipt_id):
            return True
        return receipt_id == self._kept and not self._sheet.line(receipt_id).removed

    @Slot(int)
    def _keep(self, receipt_id: int) -> None:
        left, self._kept = self._kept, receipt_id
        if left is not None and left != receipt_id:
            self._left.append(left)
        self._settle()

    def _settle(self) -> None:
        """Take the rows out that the clerk left and that do not fit; not while rows are on the move."""
        while self._left and not self._moving:
            left = self._left.pop()
            if left in self._sheet and not self._fits(left):
                self._remove(left)

    @contextmanager
    def _rows_move(self) -> Iterator[None]:
        """Qt chooses another current cell in the middle of a removal, and we hear of it here."""
        self._moving += 1
        yield
        self._moving -= 1

    def _insert(self, receipt_id: int) -> None:
        row = self._row_for(receipt_id)
        with self._rows_move():
            self.beginInsertRows(QModelIndex(), row, row)
            self._shown.insert(row, receipt_id)
            self._places = None
            self.endInsertRows()
        self._settle()

    def _insert_missing(self, kept: set[int]) -> None:
        for receipt_id in kept.difference(self._shown):
            self._shown.insert(self._row_for(receipt_id), receipt_id)

    def _row_for(self, receipt_id: int) -> int:
        def key(shown: int) -> SortKey:
            return self._arrangement.key(self._sheet, shown)

        return bisect_left(self._shown, self._arrangement.key(self._sheet, receipt_id), key=key)

    def _remove(self, receipt_id: int) -> None:
        row = self.row_of(receipt_id)
        if row is not None:
            with self._rows_move():
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._shown[row]
                self._places = None
                self.endRemoveRows()
            self._settle()


def _alignment(column: str) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in AMOUNT_FIELDS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
