"""The floating bar under the page: turn, deskew with its angle, remove seal, zoom, read again; no dialogs."""

from __future__ import annotations

from itertools import permutations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from paddlescan.gui.tokens import GAP, tokens_of
from paddlescan.gui.viewer.actions import ViewerActions
from paddlescan.gui.viewer.toggle import AngleFigure, AngleSlider, Toggle

SHADOW = 8
"""Room around the bar for its shadow, in widget pixels."""
PADDING = 2 * GAP
SLIDER_WIDTHS = (132, 84)
"""Roomy, and in a narrow window before anything wraps."""


class FloatingBar(QWidget):
    """One row of groups; two or more where the window is narrow. It holds no state: it shows what it is told."""

    deskew_switched = Signal(bool)
    angle_moved = Signal(float)
    """Degrees, while the knob is dragged or a figure is typed."""
    angle_reset = Signal()
    seals_switched = Signal(bool)

    def __init__(self, actions: ViewerActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.deskew = Toggle(self)
        self.slider = AngleSlider(self)
        self.figure = AngleFigure(self)
        self.figure.setFixedWidth(50)
        self.seals = Toggle(self)
        self.read_again = QPushButton(self)
        self.read_again.setProperty("primary", True)
        self.read_again.clicked.connect(actions.read_again.trigger)
        self.zoom = _button(actions.real_size, 56)
        self.zoom.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._groups = [
            _group(_button(actions.turn_left), _button(actions.turn_right)),
            _group(self.deskew, self.slider, self.figure),
            _group(self.seals),
            _group(_button(actions.zoom_out), self.zoom, _button(actions.zoom_in), _button(actions.fit)),
            _group(self.read_again),
        ]
        for group in self._groups:
            group.setParent(self)
        self._percent = 100.0
        self._most = 10_000
        self.deskew.clicked.connect(self.deskew_switched)
        self.seals.clicked.connect(self.seals_switched)
        self.slider.valueChanged.connect(self._slid)
        self.slider.reset.connect(self.angle_reset)
        self.figure.valueChanged.connect(self.angle_moved)
        self._groups[-1].hide()
        self.retranslate()

    def show_switches(self, deskew: bool, angle: float | None, seals: bool) -> None:
        """Show the switches of a page; angle: degrees, None while unknown. Nothing is emitted."""
        for toggle, on in ((self.deskew, deskew), (self.seals, seals)):
            toggle.setChecked(on)
        self.slider.setEnabled(deskew)
        self.figure.setEnabled(deskew)
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round((angle or 0.0) * 10))
        self.slider.blockSignals(blocked)
        self.slider.update()
        if not self.figure.hasFocus() or self.figure.value() != angle or not self.figure.known:
            self.figure.show_angle(angle)

    def show_zoom(self, percent: float) -> None:
        """Show the zoom; 100 is pixel for pixel."""
        self._percent = percent
        self.zoom.setText(self.tr("{percent} %").format(percent=round(percent)))

    def offer_reading(self, on: bool) -> None:
        """Show or hide Read again."""
        if self._groups[-1].isHidden() == on:
            self._groups[-1].setVisible(on)
            self.arrange(self._most)

    def retranslate(self) -> None:
        """Take the words of the window's language."""
        self.deskew.setText(self.tr("Deskew"))
        self.deskew.setToolTip(self.tr("Straighten the page (D)"))
        self.seals.setText(self.tr("Remove seal"))
        self.seals.setToolTip(self.tr("Take coloured seals off the print (S)"))
        self.slider.setAccessibleName(self.tr("Angle"))
        self.slider.setToolTip(self.tr("Angle by which the page lies turned; double-click for the measured one"))
        for part in (self.figure, self.figure.lineEdit()):
            part.setAccessibleName(self.tr("Angle in degrees"))
        if not self.figure.known:
            self.figure.show_angle(None)  # it says so in a word
        self.figure.setToolTip(self.tr("Angle in degrees, counter-clockwise positive, up to 45"))
        self.read_again.setText(self.tr("Read again"))
        self.read_again.setToolTip(self.tr("Read this page with these switches; what was typed stays (R)"))
        self.show_zoom(self._percent)
        self.arrange(self._most)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, palette and font."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.arrange(self._most)
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """As arranged last."""
        return self.size()

    def arrange(self, most: int) -> None:
        """Lay the groups out within that many pixels: one row, a shorter slider, then more rows."""
        self._most = most
        room = max(160, most) - 2 * (PADDING + SHADOW)
        groups = [group for group in self._groups if not group.isHidden()]
        for width in SLIDER_WIDTHS:
            self.slider.setFixedWidth(width)
            sizes = []
            for group in groups:
                layout = group.layout()
                assert layout is not None
                layout.invalidate()
                sizes.append(layout.sizeHint())
            rows = _rows([size.width() for size in sizes], room)
            if len(rows) == 1:
                break
        heights = [max(sizes[n].height() for n in row) for row in rows]
        widths = [sum(sizes[n].width() for n in row) + 2 * GAP * (len(row) - 1) for row in rows]
        wide = max(widths) + 2 * PADDING
        y = SHADOW + 5
        for row, height, width in zip(rows, heights, widths, strict=True):
            x = SHADOW + (wide - width) // 2
            for n in row:
                groups[n].setGeometry(x, y + (height - sizes[n].height()) // 2, sizes[n].width(), sizes[n].height())
                x += sizes[n].width() + 2 * GAP
            y += height + GAP // 2
        self.resize(wide + 2 * SHADOW, y - GAP // 2 + 5 + SHADOW)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with round ends and a soft shadow."""
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        radius = min(card.height() / 2, 20.0)
        painter.setPen(Qt.PenStyle.NoPen)
        for spread in range(SHADOW - 1, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 5))
            painter.drawRoundedRect(
                card.adjusted(-spread, 2 - spread, spread, 1 + spread), radius + spread, radius + spread
            )
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.setBrush(tokens.color("panel"))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()

    def _slid(self, tenths: int) -> None:
        self.figure.show_angle(tenths / 10)
        self.angle_moved.emit(tenths / 10)


def _rows(widths: list[int], room: int) -> list[list[int]]:
    """Which groups stand in which row: as few rows as possible, the groups in their order as far as that allows."""
    best: list[list[int]] = []
    for order in permutations(range(len(widths))):
        rows: list[list[int]] = [[]]
        used = 0
        for n in order:
            if rows[-1] and used + 2 * GAP + widths[n] > room:
                rows.append([])
                used = 0
            used += widths[n] + (2 * GAP if rows[-1] else 0)
            rows[-1].append(n)
        if not best or len(rows) < len(best):
            best = rows
        if len(best) == 1:
            break
    return best


def _button(action: QAction, width: int = 30) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFixedSize(width, 30)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAutoRepeat(False)
    return button


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    layout = QHBoxLayout(group)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GAP // 2 if len(widgets) != 3 else GAP)
    for widget in widgets:
        layout.addWidget(widget)
    return group
