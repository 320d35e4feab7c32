"""Rows that were taken out, and the way back for them: what is selected, else what was taken out last."""

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
    """What was put back, in passing."""

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

    @Slot()
    def _counted(self) -> None:
        self.any_changed.emit(self.any)
