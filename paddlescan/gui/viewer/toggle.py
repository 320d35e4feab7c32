"""A switch that is painted as one, and the slider and figure for an angle."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QDoubleSpinBox, QSlider, QWidget

from paddlescan.document import PrepareOptions
from paddlescan.gui.tokens import GAP, tokens_of
from paddlescan.gui.viewer.switches import LARGEST_ANGLE

TRACK = QSize(34, 18)
KNOB = 12.0
SLIDER_TENTHS = 150
"""The slider goes 15 degrees either way, by tenths; what is more is typed."""
MINUS = "\u2212"
PLAIN = """
QAbstractSpinBox { background: transparent; border: none; border-bottom: 1px solid transparent; padding: 3px 0;
  font-weight: 600; border-radius: 0; }
QAbstractSpinBox:hover { border-bottom-color: palette(mid); }
QAbstractSpinBox:focus { border-bottom-color: palette(link); }
QAbstractSpinBox:disabled { color: palette(dark); }
"""
"""A figure in the bar, no field in a form; its colours are roles of the palette."""


class Toggle(QCheckBox):
    """A word and a switch behind it; to keys and screen readers it is a check box."""

    def sizeHint(self) -> QSize:
        """Room for the word, the switch and the ring of focus."""
        metrics = QFontMetrics(self.font())
        word = metrics.horizontalAdvance(self.text()) + GAP if self.text() else 0
        return QSize(word + TRACK.width() + 6, max(metrics.height(), TRACK.height()) + 8)

    def minimumSizeHint(self) -> QSize:
        """A switch is never squeezed."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The word belongs to the switch."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word in ink, the switch in accent when on."""
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(0, 0, TRACK.width(), TRACK.height())
        track.moveCenter(QPointF(self.width() - 3 - TRACK.width() / 2, self.height() / 2))
        word = QRectF(0, 0, track.left() - GAP, self.height())
        painter.setPen(tokens.color("ink" if self.isEnabled() else "soft"))
        painter.drawText(word, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color(("accent" if on else "soft") if self.isEnabled() else "line"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        knob = QRectF(0, 0, 14, 14)
        knob.moveCenter(QPointF(track.right() - 9 if on else track.left() + 9, track.center().y()))
        painter.setBrush(tokens.color("panel"))
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.color("accent"), 1.5))
            ring = track.adjusted(-2.25, -2.25, 2.25, 2.25)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()


class ThinSlider(QSlider):
    """A thin groove with a mark in its middle."""

    reset = Signal()
    """A double click."""

    def __init__(self, low: int, high: int, step: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setPageStep(10)
        self.setFixedHeight(22)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Groove, mark and knob."""
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        painter.setBrush(tokens.color("line"))
        painter.drawRoundedRect(QRectF(0, middle - 1.5, self.width(), 3), 1.5, 1.5)
        painter.drawRect(QRectF(self.width() / 2 - 0.5, middle - 5, 1, 10))
        x = self._x_of(self.value())
        painter.setBrush(tokens.color("accent" if self.isEnabled() else "soft"))
        painter.drawEllipse(QPointF(x, middle), KNOB / 2, KNOB / 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.color("accent"), 1.5))
            painter.drawEllipse(QPointF(x, middle), KNOB / 2 + 2.5, KNOB / 2 + 2.5)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The knob comes to the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setSliderPosition(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The knob follows the mouse."""
        if self.isSliderDown():
            self.setSliderPosition(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The knob stays."""
        self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to where it was by itself."""
        self.reset.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint in the new colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def _x_of(self, value: int) -> float:
        room = self.width() - KNOB - 6
        return 3 + KNOB / 2 + room * (value - self.minimum()) / (self.maximum() - self.minimum())

    def _value_at(self, x: float) -> int:
        room = max(1.0, self.width() - KNOB - 6)
        part = (x - 3 - KNOB / 2) / room
        return round(self.minimum() + part * (self.maximum() - self.minimum()))


class AngleSlider(ThinSlider):
    """Tenths of a degree; a double click asks for the measured angle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(-SLIDER_TENTHS, SLIDER_TENTHS, 1, parent)


class StrengthSlider(ThinSlider):
    """How strongly seals are taken off, 0 to 100; a double click goes back to the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 100, 5, parent)
        self.setValue(PrepareOptions().seal_strength)
        self.reset.connect(self._to_the_middle)

    def _to_the_middle(self) -> None:
        self.setValue(PrepareOptions().seal_strength)


class AngleFigure(QDoubleSpinBox):
    """An angle as `+3.2°`, typed or stepped by tenths, -45..45."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._known = True
        super().__init__(parent)
        self.setDecimals(1)
        self.setRange(-LARGEST_ANGLE, LARGEST_ANGLE)
        self.setSingleStep(0.1)
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet(PLAIN)

    def event(self, event: QEvent) -> bool:
        """The whole width is for the figure: with a style sheet Qt leaves it one pixel (6.11)."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.StyleChange, QEvent.Type.Polish):
            self.lineEdit().setGeometry(self.rect())
        return done

    def show_angle(self, degrees: float | None) -> None:
        """Show an angle, or that it is not known yet."""
        self._known = degrees is not None
        blocked = self.blockSignals(True)
        self.setValue(degrees or 0.0)
        self.lineEdit().setText(self.textFromValue(self.value()))
        self.blockSignals(blocked)

    @property
    def known(self) -> bool:
        """Whether the figure is an angle."""
        return self._known

    def stepBy(self, steps: int) -> None:
        """A step makes it known."""
        self._known = True
        super().stepBy(steps)

    def textFromValue(self, val: float) -> str:
        """With its sign, as design.md counts it: counter-clockwise positive."""
        if not self._known:
            return self.tr("auto")
        return angle_words(val)

    def valueFromText(self, text: str) -> float:
        """What was typed; anything that is no number counts as it was."""
        number = _number(text)
        if number is None:
            return self.value()
        self._known = True
        return number

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        """Anything that may become a number within the range."""
        number = _number(text)
        if number is not None and abs(number) <= LARGEST_ANGLE:
            return (QValidator.State.Acceptable, text, pos)
        kept = set(text) <= set(f"+-{MINUS}0123456789., °") or text == self.tr("auto")
        return (QValidator.State.Intermediate if kept else QValidator.State.Invalid, text, pos)


def angle_words(degrees: float) -> str:
    """An angle with its sign, to a tenth: `+3.2°`."""
    rounded = round(degrees, 1) + 0.0
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):.1f}°"


def _number(text: str) -> float | None:
    try:
        return float(text.replace("°", "").replace(MINUS, "-").replace(",", ".").replace(" ", ""))
    except ValueError:
        return None
