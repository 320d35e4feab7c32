"""The selection while all rows are shown anew: the same receipts are selected, and the same cell is the current one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from paddlescan.gui.review.columns import COLUMNS, editable
from paddlescan.gui.review.table_columns import rows_selection

if TYPE_CHECKING:
    from paddlescan.gui.review.table import ReviewTable


class HeldRows(QObject):
    """Part of the table. Qt forgets the selection when a model is reset."""

    def __init__(self, table: ReviewTable) -> None:
        super().__init__(table)
        self._table = table
        self._ids: tuple[int, ...] = ()
        self._column = -1
        self.held = False
        """The model is being reset: what becomes current now is not the clerk's choice."""
        table.review_model.modelAboutToBeReset.connect(self._hold)
        table.review_model.modelReset.connect(self._restore)

    @Slot()
    def _hold(self) -> None:
        self.held = True
        self._ids = self._table.selected_ids()
        self._column = self._table.currentIndex().column()

    @Slot()
    def _restore(self) -> None:
        self.held = False
        table, model, chosen = self._table, self._table.review_model, self._table.selectionModel()
        flags = chosen.SelectionFlag
        rows = [row for row in map(model.row_of, self._ids) if row is not None]
        chosen.select(rows_selection(model, rows), flags.Select)
        front = table.desk.front
        if front is None:
            return
        index = model.index_of(*front)
        if front[1] == "merchant" and self._column >= 0 and not editable(COLUMNS[self._column]):
            index = index.siblingAtColumn(self._column)  # which stood for the whole receipt
        if index.isValid():
            with table.following():
                chosen.setCurrentIndex(index, flags.Select | flags.Rows)
                table.scrollTo(index)
