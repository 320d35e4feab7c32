"""What is dropped on the window, and the veil over the window while something is dragged across it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from paddlescan.gui.clipboard import local_paths
from paddlescan.gui.icons import paint_action
from paddlescan.gui.tokens import GAP, TITLE_PX, tokens_of


class DropVeil(QWidget):
    """Lies over the whole window while files are dragged over it; catches no mouse."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_over(self) -> None:
        """Cover the window."""
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the veil, its frame, and one sentence."""
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), tokens.color("background"))  # what shines through would stand between the words
        frame = QRectF(self.rect()).adjusted(2 * GAP, 2 * GAP, -2 * GAP, -2 * GAP)
        painter.setPen(QPen(tokens.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, 2 * GAP, 2 * GAP)
        icon = QRectF(0, 0, 64, 64)
        icon.moveCenter(frame.center() - QRectF(0, 0, 0, 40).bottomLeft())
        paint_action(painter, icon, "receipt", tokens.color("accent"), width=0.75)
        font = self.font()
        font.setPixelSize(TITLE_PX)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(tokens.color("ink"))
        words = QRectF(frame.left(), icon.bottom() + GAP, frame.width(), 40)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.tr("Let go to add them"))
        painter.end()


class DropTarget(QObject):
    """Makes a window take files and folders wherever they are dropped on it."""

    dropped = Signal(object)  # list[str], absolute paths; as a `list` Qt would lose what is no text in a name

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._veil = window, DropVeil(window)
        self.open = True
        """False while the window closes: drops are refused."""
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the window's drag events; everything else goes on its way."""
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDropEvent | QDragEnterEvent):
            if self.open and local_paths(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                if not self._veil.isVisible():
                    self._veil.show_over()
            else:
                event.ignore()
            return True
        if kind == QEvent.Type.DragLeave:
            self._veil.hide()
            return True
        if kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._veil.hide()
            self._take(event)
            return True
        return False

    def _take(self, event: QDropEvent) -> None:
        paths: Sequence[str] = local_paths(event.mimeData()) if self.open else ()
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)  # never "move": the original stays where it is
            event.accept()
            self.dropped.emit(list(paths))
        else:
            event.ignore()
