"""What the keys do on the batch table, beside what Qt makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from paddlescan.gui.review.columns import COLUMNS, editable

if TYPE_CHECKING:
    from paddlescan.gui.review.table import ReviewTable


def press(table: ReviewTable, event: QKeyEvent) -> bool:
    """Do what a key means here; False where it is Qt's to answer."""
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if event.matches(QKeySequence.StandardKey.Copy):
        table.copy_selection()
    elif plain and event.key() == Qt.Key.Key_Delete:
        table.remove_selected()
    elif plain and event.key() == Qt.Key.Key_Insert:
        table.desk.add_row()
    elif plain and event.key() == Qt.Key.Key_F8:
        table.desk.go_to_next_look()
    elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        index = table.currentIndex()
        editing = table.state() == QAbstractItemView.State.EditingState
        if not editing and index.isValid() and not table.failed.help(index):
            table.edit(index)
    else:
        return False
    return True


def field_meant(table: ReviewTable, event: QKeyEvent) -> QModelIndex | None:
    """The field in front, if the current cell is of its row and takes nothing: what is typed goes there. Else None."""
    index, front = table.currentIndex(), table.desk.front
    if front is None or not index.isValid() or editable(COLUMNS[index.column()]):
        return None
    field = table.review_model.index_of(*front)
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    types = event.text().isprintable() and bool(event.text()) and not held
    edits = event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    in_sight = field.row() == index.row() and not table.isColumnHidden(field.column())
    return field if (types or edits) and in_sight else None
