"""Questions that nobody asked for wait until the clerk's hands rest: a dialog in the midst of typing takes the keys."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLineEdit, QWidget
from shiboken6 import isValid

from paddlescan.gui.review.field_editor import FieldEditor

REST_MS = 2000
"""Without a key for this long, typing rests."""
_LOOK_MS = 250
"""How often it is looked whether typing rests, while a question waits."""


class Patience(QObject):
    """Holds dialogs back while somebody types in a window. Watches the keys of what has the focus there."""

    ready = Signal(object)
    """QDialog: its time has come."""

    def __init__(self, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._held: deque[QDialog] = deque()
        self._watched: QWidget | None = None
        self._composing = False
        self._resting, self._looking = QTimer(self), QTimer(self)
        self._resting.setSingleShot(True)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    @property
    def typing(self) -> bool:
        """Whether a key was pressed just now, or something was typed that is not handed in yet."""
        return self._resting.isActive() or self._composing or _is_half_typed(self._window.focusWidget())

    def hold(self, dialog: QDialog) -> None:
        """Let a dialog open when nobody types: at once, as a rule."""
        self._held.append(dialog)
        if self.typing:
            self._looking.start()
        else:
            self.let_go()

    @Slot()
    def let_go(self) -> None:
        """What was held back waits no longer."""
        self._looking.stop()
        while self._held:
            self.ready.emit(self._held.popleft())

    def clear(self) -> None:
        """Nobody will be asked any more."""
        self._looking.stop()
        self._held.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that a key comes; it is not ours to take."""
        if event.type() == QEvent.Type.KeyPress:
            self._resting.start(REST_MS)
        elif event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())  # Chinese that is not chosen yet is in no editor's text
            self._resting.start(REST_MS)
        return False

    @Slot()
    def _look(self) -> None:
        if not self.typing:
            self.let_go()

    @Slot(QWidget, QWidget)
    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._composing = False
        self._watched = now if now is not None and now.window() is self._window else None
        if self._watched is not None:
            self._watched.installEventFilter(self)


def _is_half_typed(focus: QWidget | None) -> bool:
    """Whether the caret is in a field or a cell with something typed that only leaving it, or Enter, hands in."""
    if isinstance(focus, FieldEditor):
        return focus.typed is not None
    if not isinstance(focus, QLineEdit) or not focus.isModified():
        return False
    viewport = focus.parentWidget()
    return viewport is not None and isinstance(viewport.parentWidget(), QAbstractItemView)
