"""What is being typed into a cell while all rows are shown anew: it goes on where it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from paddlescan.gui.review.columns import COLUMNS

if TYPE_CHECKING:
    from paddlescan.gui.review.table import ReviewTable


@dataclass(frozen=True, slots=True)
class _Typing:
    receipt_id: int
    name: str
    text: str = field(repr=False)
    caret: int
    modified: bool


class HeldTyping(QObject):
    """Part of the table. Qt throws an open editor away when a model is reset, and what was typed with it."""

    def __init__(self, table: ReviewTable) -> None:
        super().__init__(table)
        self._table = table
        self._held: _Typing | None = None
        table.review_model.modelAboutToBeReset.connect(self._hold)
        table.review_model.modelReset.connect(self._go_on)

    def line(self) -> QLineEdit | None:
        """The open editor, if there is one."""
        if self._table.state() != QAbstractItemView.State.EditingState:
            return None
        return next((line for line in self._table.viewport().findChildren(QLineEdit) if line.isVisible()), None)

    @Slot()
    def _hold(self) -> None:
        line, index = self.line(), self._table.currentIndex()
        if line is not None and index.isValid():
            receipt_id, name = self._table.review_model.receipt_at(index.row()), COLUMNS[index.column()]
            self._held = _Typing(receipt_id, name, line.text(), line.cursorPosition(), line.isModified())

    @Slot()
    def _go_on(self) -> None:
        """Open the editor again, or keep the text where its row is not shown any more."""
        held, self._held = self._held, None
        if held is None:
            return
        index = self._table.review_model.index_of(held.receipt_id, held.name)
        if index.isValid():
            self._table.setCurrentIndex(index)
            self._table.edit(index)
            line = self.line()
            if line is not None:
                line.setText(held.text)
                line.setCursorPosition(held.caret)
                line.setModified(held.modified)
                return
        if held.modified and held.receipt_id in self._table.desk.sheet:
            self._table.desk.type_into(held.receipt_id, held.name, held.text)
