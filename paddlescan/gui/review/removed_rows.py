"""Rows that are taken out, and the way back for them: what is selected, else what was taken out last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from paddlescan.gui.review.table import ReviewTable


class RemovedRows(QObject):
    """Part of the table: knows what was taken out, one removal after the other, since the batch was opened."""

    any_changed = Signal(bool)
    """Whether there is something to put back."""
    remark = Signal(str)
    """What was taken out or put back, in passing."""

    def __init__(self, table: ReviewTable) -> None:
        super().__init__(table)
        self._table, self._desk = table, table.desk
        self._removals: list[tuple[int, ...]] = []
        self._desk.opened.connect(self._begin)
        self._desk.rows_removed.connect(self._noted)
        self._desk.counts_changed.connect(self._counted)

    @property
    def any(self) -> bool:
        """Whether there is something to put back."""
        return self._desk.sheet.counts().get("removed", 0) > 0

    def take_out(self, ids: tuple[int, ...]) -> None:
        """Take rows out of the batch, as one step to undo, and go to the row behind them."""
        table, model = self._table, self._table.review_model
        rows = [row for row in map(model.row_of, ids) if row is not None]
        if not rows:
            return
        below = max(rows) + 1
        following = model.receipt_at(below) if below < model.rowCount() else None
        if following is None and min(rows) > 0:
            following = model.receipt_at(min(rows) - 1)
        column = table.currentIndex().column()
        self._desk.remove(ids)
        row = None if following is None else model.row_of(following)
        if row is not None and model.row_of(ids[0]) is None:
            table.select_alone(model.index(row, max(column, 0)))

    @Slot(int)
    def take_out_one(self, receipt_id: int) -> None:
        """Take this row out, whatever else is selected."""
        self.take_out((receipt_id,))

    @Slot()
    def restore(self) -> None:
        """Put back the removed rows that are selected; without any, those that were taken out last.

        Of rows that were taken out before the batch was opened nobody knows which were the last: they come back
        together. Each time it is one step to undo.
        """
        ids = self._out(self._table.selected_ids()) or self._last() or self._out(self._desk.sheet.ids())
        if not ids:
            return
        self._desk.restore(ids)
        self._desk.bring_to_front(ids[0], "merchant")
        self.remark.emit(self.tr("%n row(s) restored · Ctrl+Z takes it back", None, len(ids)))

    def _last(self) -> tuple[int, ...]:
        while self._removals:
            ids = self._out(self._removals[-1])
            if ids:
                return ids
            self._removals.pop()
        return ()

    def _out(self, ids: tuple[int, ...]) -> tuple[int, ...]:
        sheet = self._desk.sheet
        return tuple(i for i in ids if i in sheet and sheet.line(i).removed)

    @Slot()
    def _begin(self) -> None:
        self._removals.clear()

    @Slot(object, bool)
    def _noted(self, ids: tuple[int, ...], removed: bool) -> None:
        if removed:
            self._removals.append(ids)
            self.remark.emit(self.tr("%n row(s) removed · Ctrl+Z brings it back", None, len(ids)))

    @Slot()
    def _counted(self) -> None:
        self.any_changed.emit(self.any)
