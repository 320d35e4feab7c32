"""Lets the window's shortcuts through while the caret is in a line of text.

Under X11 a line takes Ctrl+E, Ctrl+K and Ctrl+U for editing, as a terminal does; there they mean the window's.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

_Keys = QKeySequence.StandardKey
_TYPING = (_Keys.Copy, _Keys.Cut, _Keys.Paste, _Keys.SelectAll, _Keys.Undo, _Keys.Redo)
"""These mean the text wherever there is some."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_EVERYWHERE = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)


class WindowKeys(QObject):
    """Watches one line; its child."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide who gets a key that both want; what else comes is the line's own business."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.matches(_Keys.DeleteEndOfWord):
            event.accept()  # Ctrl+Del is the line's: a word, or what the line itself makes of it
            return True
        if any(event.matches(keys) for keys in _TYPING) or not event.modifiers() & _HELD:
            return False
        wanted = QKeySequence(event.keyCombination())
        if any(wanted in action.shortcuts() for action in self._line.window().actions() if _is_heard(action)):
            event.ignore()
            return True
        return False


def _is_heard(action: QAction) -> bool:
    return action.isEnabled() and action.isVisible() and action.shortcutContext() in _EVERYWHERE
