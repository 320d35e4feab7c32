"""Bars painted by hand: each is a button with a name, a hint and a place in the order of keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from paddlescan.gui.shared import no_keys, tooltip
from paddlescan.gui.summary.totals import Part
from paddlescan.gui.tokens import GAP, SMALL_PX, Tokens, tokens_of

BAR_HEIGHT = 26
_LABEL_SHARE, _LABEL_MOST = 0.36, 240
_CORNER = 3.0
_PALE = 0.62
"""How strong a bar is that is neither chosen nor under the mouse."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a bar says, in words, and how long it is."""

    part: Part
    label: str = field(repr=False)
    amount: str = field(repr=False)
    """With its currency."""
    figure: str = field(repr=False)
    """Without it: what stands beside the bar."""
    count: str
    share: float
    """0..1 of the longest bar."""


Measure = Callable[[str], int]


class Bar(QAbstractButton):
    """A line: label, bar, amount. Enter, space and a click press it."""

    moved = Signal(int)
    """An arrow was pressed: -1 to the one before, 1 to the next, -1000 and 1000 to the ends."""
    _BACK, _ON = Qt.Key.Key_Up, Qt.Key.Key_Down

    def __init__(self, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.shown = shown
        self.show_part(shown)

    def show_part(self, shown: Shown) -> None:
        """Say something else."""
        self.shown = shown
        self.setText(no_keys(shown.label))
        said = f"{shown.label}: {shown.amount}, {shown.count}"
        self.setAccessibleName(said)
        self.setToolTip(tooltip(said))
        self.update()

    def nextCheckState(self) -> None:
        """Whether it is chosen follows from the filter of the rows, not from the press."""

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, BAR_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbours."""
        steps = {self._BACK: -1, self._ON: 1, Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The one under the mouse is stronger."""
        super().enterEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label, bar, amount."""
        painter, tokens = QPainter(self), tokens_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, tokens)
        metrics = painter.fontMetrics()
        label = round(min(self.width() * _LABEL_SHARE, _LABEL_MOST))
        figure = max(metrics.horizontalAdvance("00,000.00"), metrics.horizontalAdvance(self.shown.figure))
        painter.setPen(tokens.color("ink"))
        words = metrics.elidedText(self.shown.label, Qt.TextElideMode.ElideRight, label - GAP)
        painter.drawText(QRectF(GAP, 0, label - GAP, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(0, 0, self.width() - GAP, self.height()), side, self.shown.figure)
        room = self.width() - label - figure - 4 * GAP
        if room > 0:
            length = max(2.0, room * self.shown.share)
            bar = QRectF(label + GAP, self.height() / 2 - 5, length, 10)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(tokens))
            painter.drawRoundedRect(bar, _CORNER, _CORNER)
        painter.end()

    def _paint_ground(self, painter: QPainter, tokens: Tokens) -> None:
        """Chosen: the ground of a selection; with the keys: a frame."""
        frame = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(QPen(tokens.color("accent"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("selection") if self.isChecked() else Qt.BrushStyle.NoBrush)
        if self.hasFocus() or self.isChecked():
            painter.drawRoundedRect(frame, _CORNER, _CORNER)

    def _colour(self, tokens: Tokens) -> QColor:
        """Refunds in the colour of what is bad; one that cannot be pressed is soft."""
        name = "bad" if self.shown.part.amount < 0 else "soft" if self.shown.part.narrow is None else "accent"
        colour = tokens.color(name)
        if not (self.isChecked() or self.underMouse() or self.isDown()):
            colour.setAlphaF(_PALE)
        return colour


class Column(Bar):
    """A month: the bar stands up, the amount above it, the month below it."""

    _BACK, _ON = Qt.Key.Key_Left, Qt.Key.Key_Right

    def __init__(self, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(shown, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumWidth(96)

    def sizeHint(self) -> QSize:
        """High rather than wide."""
        return QSize(64, 110)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a year and a half side by side."""
        return QSize(22, 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Amount, column, month; in small type, and as far as there is room."""
        painter, tokens = QPainter(self), tokens_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, tokens)
        font = QFont(self.font())
        font.setPixelSize(SMALL_PX)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        line = metrics.height() + 4
        room = max(0.0, self.height() - 2.0 * line - 4)
        high = max(2.0, room * self.shown.share) if self.shown.part.count else 0.0
        wide = min(40.0, self.width() * 0.6)
        column = QRectF((self.width() - wide) / 2, self.height() - line - 2 - high, wide, high)
        if high:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(tokens))
            painter.drawRoundedRect(column, _CORNER, _CORNER)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setPen(tokens.color("soft"))
        month = self._month(metrics.horizontalAdvance)
        painter.drawText(QRectF(0, self.height() - line, self.width(), line), middle, month)
        if self.shown.part.count and metrics.horizontalAdvance(self.shown.figure) <= self.width() - 2:
            painter.setPen(tokens.color("ink"))
            painter.drawText(QRectF(0, column.top() - line, self.width(), line), middle, self.shown.figure)
        painter.end()

    def _month(self, width_of: Measure) -> str:
        """`2026-03`, or `03` where that has no room."""
        label = self.shown.label
        if width_of(label) <= self.width() - 2 or "-" not in label:
            return label
        return label.rsplit("-", 1)[-1]
