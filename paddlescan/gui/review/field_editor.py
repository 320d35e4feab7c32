"""The line in which one field is shown and typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from paddlescan.gui.icons import paint_state
from paddlescan.gui.shared import mark, tooltip
from paddlescan.gui.tokens import tokens_of
from paddlescan.gui.window_keys import WindowKeys

_MARK = 9
_SIDES = 20
"""Pixels between the frame and the text, on both sides together."""


class FieldEditor(QLineEdit):
    """Enter accepts, Esc puts back, F8 goes on; leaving it keeps what was typed. It never overwrites typing."""

    accepted = Signal(str)
    next_wanted = Signal(str)
    entered = Signal(str)
    """The caret came here."""
    left = Signal(str)
    """What was typed is to be kept."""
    undo_wanted = Signal()
    redo_wanted = Signal()
    typing = Signal(str)
    """The text changes under the clerk's hand, or was put back."""
    choice_wanted = Signal(str, int)
    """Ctrl and a figure: take that choice."""
    list_wanted = Signal(str)
    """Alt+Down: everything there is to choose."""
    removal_wanted = Signal()
    """Ctrl+Del over a value that nobody touched: it means the row, as everywhere in the window."""
    step_wanted = Signal(str, int)
    """An arrow key while there is something to choose from."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._value = ""
        self._receipt: int | None = None
        self.choosing = False
        """Whether the arrow keys go through choices in place of fields."""
        self.textEdited.connect(self._edited)
        WindowKeys(self)

    def show_value(self, receipt_id: int, value: str, doubtful: bool) -> None:
        """Show a stored value, unless the clerk is typing over this very field."""
        if bool(self.property("doubtful")) != doubtful:
            mark(self, doubtful=doubtful)
            self.setTextMargins(0, 0, _MARK + 6 if doubtful else 0, 0)
        typing = self.isModified() and receipt_id == self._receipt
        self._receipt, self._value = receipt_id, value
        if not typing and self.text() != value:
            at = self.cursorPosition()
            self.setText(value)
            self.setCursorPosition(min(at, len(value)) if self.hasFocus() else 0)
        if not typing:
            self.setModified(False)

    def event(self, event: QEvent) -> bool:
        """A value that is longer than its line is seen whole in its hint."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._is_cut():
            QToolTip.showText(event.globalPos(), tooltip(self.text()), self)
            return True
        return super().event(event)

    def _is_cut(self) -> bool:
        margins = self.textMargins()
        room = self.contentsRect().width() - margins.left() - margins.right() - _SIDES
        return self.fontMetrics().horizontalAdvance(self.text()) > room

    @property
    def typed(self) -> str | None:
        """What was typed and is not kept yet; None: nothing."""
        return self.text() if self.isModified() and self.text() != self._value else None

    @property
    def _untouched(self) -> bool:
        """Whether all of the value is selected, as it is when the caret comes here, and nothing was typed."""
        return not self.isModified() and self.selectedText() == self.text()

    def put_back(self) -> None:
        """Show the stored value again."""
        self.setText(self._value)
        self.setModified(False)
        self.selectAll()
        self.typing.emit(self.name)

    def kept(self) -> None:
        """What was typed has been taken over."""
        self.setModified(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The diamond of doubt at the end of the line."""
        super().paintEvent(event)
        if self.property("doubtful"):
            painter = QPainter(self)
            mark_box = QRectF(self.width() - _MARK - 9, (self.height() - _MARK) / 2, _MARK, _MARK)
            paint_state(painter, mark_box, "needs_review", tokens_of(self))
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the review; undo and redo mean the desk's, unless there is typing to take back here."""
        if self._review_key(event) or self._choice_key(event):
            event.accept()
        elif not self.isModified() and event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif not self.isModified() and event.matches(QKeySequence.StandardKey.Redo):
            self.redo_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _review_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():  # a key that is held down has looked at one field
                self.accepted.emit(self.name)
        elif key == Qt.Key.Key_Escape:
            self.put_back()
        elif key == Qt.Key.Key_F8 and not event.modifiers():
            self.next_wanted.emit(self.name)
        elif event.matches(QKeySequence.StandardKey.DeleteEndOfWord) and self._untouched:
            self.removal_wanted.emit()
        else:
            return False
        return True

    def _choice_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.choice_wanted.emit(self.name, key - Qt.Key.Key_0)
        elif key == Qt.Key.Key_Down and held == Qt.KeyboardModifier.AltModifier:
            self.list_wanted.emit(self.name)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not held:
            step = 1 if key == Qt.Key.Key_Down else -1
            if self.choosing:
                self.step_wanted.emit(self.name, step)
            else:
                self.focusNextPrevChild(step > 0)
        else:
            return False
        return True

    @Slot()
    def _edited(self) -> None:
        self.typing.emit(self.name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing replaces: the value is selected."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self.selectAll()
        self.entered.emit(self.name)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is kept, whatever takes the focus away; of what is longer than its line the beginning stays
        in sight."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit(self.name)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.home(False)
