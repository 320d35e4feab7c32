"""One screen under a dark veil: it stands still, and a box of it is chosen with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from paddlescan.gui.tokens import GAP, tokens_of

SMALLEST = 8
"""Pixels of a side; less than that is a click that slipped."""
_VEIL = QColor(0, 0, 0, 110)


class ScreenCover(QWidget):
    """Covers a screen until a box of it is taken, or the person leaves."""

    taken = Signal(QImage)
    whole_wanted = Signal()  # of the screen on which the mouse is
    left = Signal()

    def __init__(self, screen: QScreen, picture: QImage) -> None:
        """picture: the whole screen as it was, in its own pixels."""
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        if QGuiApplication.platformName() == "xcb":
            flags |= Qt.WindowType.X11BypassWindowManagerHint  # or panels and window managers keep their places
        super().__init__(None, flags)
        self._picture = picture
        self._from: QPoint | None = None
        self._to = QPoint()
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWindowTitle(self.tr("Choose a region of the screen"))
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(self.hint())

    def hint(self) -> str:
        """What to do, in a line."""
        return self.tr("Draw a box around the receipt · Enter takes the whole screen · Esc goes back")

    @property
    def box(self) -> QRect:
        """What is chosen, in the widget's own pixels; empty where nothing is."""
        if self._from is None:
            return QRect()
        one, other = self._from, self._to
        start = QPoint(min(one.x(), other.x()), min(one.y(), other.y()))
        end = QPoint(max(one.x(), other.x()), max(one.y(), other.y()))
        return QRect(start, end).intersected(self.rect())

    def piece(self, box: QRect) -> QImage:
        """A part of the screen, in the screen's own pixels."""
        across, down = self._picture.width() / self.width(), self._picture.height() / self.height()
        left, top = round(box.left() * across), round(box.top() * down)
        right, bottom = round((box.left() + box.width()) * across), round((box.top() + box.height()) * down)
        return self._picture.copy(left, top, right - left, bottom - top)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button begins a box, any other one leaves."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._to = event.position().toPoint()
            self.update()
        else:
            self.left.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The box follows."""
        if self._from is not None:
            self._to = event.position().toPoint()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the box, unless it is hardly one."""
        box = self.box
        if event.button() != Qt.MouseButton.LeftButton or self._from is None:
            return
        self._from = None
        self.update()
        if min(box.width(), box.height()) >= SMALLEST:
            self.taken.emit(self.piece(box))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Enter takes a whole screen; one cover hears the keys for all of them."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.whole_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The screen as it was, darker; the box as bright as it is, with a frame and its size."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._picture)
        painter.fillRect(self.rect(), _VEIL)
        box = self.box
        if box.isEmpty():
            self._say(painter, self.hint(), QPointF(self.width() / 2, 6 * GAP))
        else:
            across, down = self._picture.width() / self.width(), self._picture.height() / self.height()
            source = QRectF(box.x() * across, box.y() * down, box.width() * across, box.height() * down)
            painter.drawImage(QRectF(box), self._picture, source)
            painter.setPen(QPen(tokens_of(self).color("accent"), 2))
            painter.drawRect(box)
            below = box.bottom() + 4 * GAP
            at = below if below + 2 * GAP < self.height() else box.bottom() - 3 * GAP
            self._say(painter, f"{round(source.width())} × {round(source.height())}", QPointF(box.center().x(), at))
        painter.end()

    def _say(self, painter: QPainter, words: str, middle: QPointF) -> None:
        tokens = tokens_of(self)
        size = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, words) + QSize(4 * GAP, 2 * GAP)
        card = QRectF(0, 0, size.width(), size.height())
        card.moveCenter(middle)
        card.moveLeft(max(GAP, min(card.left(), self.width() - card.width() - GAP)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(card, GAP, GAP)
        painter.setPen(tokens.color("ink"))
        painter.drawText(card, Qt.AlignmentFlag.AlignCenter, words)
