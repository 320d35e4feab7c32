"""The floating bar under the page: turn, deskew with its angle, remove seal, zoom, read again; no dialogs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from paddlescan.document import PrepareOptions
from paddlescan.gui.icons import action_icon
from paddlescan.gui.tokens import GAP
from paddlescan.gui.viewer.actions import ViewerActions
from paddlescan.gui.viewer.card import PADDING, SHADOW, paint_card
from paddlescan.gui.viewer.done import DoneLine
from paddlescan.gui.viewer.toggle import AngleFigure, AngleSlider, StrengthSlider, Toggle


@dataclass(frozen=True, slots=True)
class Look:
    """How roomy the bar is."""

    slider: int
    strength: int
    gap: int
    """Between groups."""
    worded: bool = True
    """Whether Read again shows its word."""
    figure: bool = True
    """Whether the zoom is said."""


LOOKS = (
    *(Look(132, 84, 2 * GAP), Look(84, 56, 2 * GAP), Look(84, 56, 2 * GAP, worded=False)),
    *(Look(84, 48, GAP + 2, worded=False), Look(64, 40, GAP, worded=False), Look(56, 36, GAP - 3, worded=False)),
    *(
        Look(84, 52, GAP, worded=False, figure=False),
        Look(78, 40, GAP - 3, worded=False, figure=False),
        Look(56, 36, GAP - 4, worded=False, figure=False),
    ),
)
"""Roomy first, and what is tried in a narrow window before anything wraps."""


class FloatingBar(QWidget):
    """One row of groups; two or more where the window is narrow. It holds no state: it shows what it is told.

    Read again comes at the end, in a place that is kept for it: nothing else moves, for the mouse may be on it.
    """

    deskew_switched = Signal(bool)
    angle_moved = Signal(float)
    """Degrees, while the knob is dragged or a figure is typed."""
    angle_reset = Signal()
    seals_switched = Signal(bool)
    strength_moved = Signal(int)
    """0 to 100, while the knob is dragged."""

    def __init__(self, actions: ViewerActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.deskew = Toggle(self)
        self.slider = AngleSlider(self)
        self.figure = AngleFigure(self)
        self.figure.setFixedWidth(50)
        self.seals = Toggle(self)
        self.strength = StrengthSlider(self)
        self.told = DoneLine(self)
        self.read_again = QPushButton(self)
        self.read_again.setProperty("primary", True)
        self.read_again.setStyleSheet("padding-left: 9px; padding-right: 9px")  # room for the icon alone
        self.read_again.clicked.connect(actions.read_again.trigger)
        self.zoom = _sized(QToolButton(), 56)  # it says a figure: with the action as its own it would say that word
        self.zoom.clicked.connect(actions.real_size.trigger)
        self._real_size = actions.real_size
        self._real_size.changed.connect(self._real_size_changed)
        self._groups = [
            _group(*map(_button, (actions.turn_left, actions.turn_right, actions.receipts, actions.take))),
            _group(self.deskew, self.slider, self.figure),
            _group(self.seals, self.strength),
            _group(_button(actions.zoom_out), self.zoom, _button(actions.zoom_in), _button(actions.fit)),
            _group(self.read_again),
        ]
        for group in self._groups:
            group.setParent(self)
        self._percent: float | None = None
        self._most = 10_000
        self._rest = self._full = 0
        self.deskew.clicked.connect(self.deskew_switched)
        self.seals.clicked.connect(self.seals_switched)
        self.strength.valueChanged.connect(self.strength_moved)
        self.slider.valueChanged.connect(self._slid)
        self.slider.reset.connect(self.angle_reset)
        self.figure.valueChanged.connect(self.angle_moved)
        self._groups[-1].hide()
        self._real_size_changed()
        self.retranslate()

    def show_switches(self, prepare: PrepareOptions, angle: float | None, by_hand: bool = True) -> None:
        """Show the switches of a page. Nothing is emitted.

        angle: degrees in force, None while unknown. by_hand: whether it can be set: not for one receipt of several.
        """
        for toggle, on in ((self.deskew, prepare.deskew), (self.seals, prepare.remove_seals)):
            toggle.setChecked(on)
        self.slider.setEnabled(prepare.deskew and by_hand)
        self.figure.setEnabled(prepare.deskew and by_hand)
        self.strength.setEnabled(prepare.remove_seals)
        for slider, value in ((self.slider, round((angle or 0.0) * 10)), (self.strength, prepare.seal_strength)):
            blocked = slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(blocked)
            slider.update()
        if not self.figure.hasFocus() or self.figure.value() != angle or not self.figure.known:
            self.figure.show_angle(angle)

    def show_zoom(self, percent: float | None) -> None:
        """Show the zoom; 100 is pixel for pixel, None: there is nothing to zoom."""
        self._percent = percent
        self.zoom.setText("–" if percent is None else self.tr("{percent} %").format(percent=round(percent)))

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
        self.strength.setAccessibleName(self.tr("Strength of seal removal"))
        self.strength.setToolTip(self.tr("How much of the seal's colour is taken off; double-click for the middle"))
        self.read_again.setAccessibleName(self.tr("Read again"))
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
        """Lay the groups out within that many pixels: one row, tighter, then more rows; see `LOOKS`."""
        self._most = most
        room = max(160, most) - 2 * (PADDING + SHADOW)
        tried = []
        for number, look in enumerate(LOOKS):
            widths = [size.width() for size in self._dress(look)]
            tried.append((max(0, max(widths) - room), len(_rows(widths, room, look.gap)), number))
            if tried[-1][:2] == (0, 1):
                break
        look = LOOKS[min(tried)[2]]
        gap = look.gap
        sizes = self._dress(look)
        rows = _rows([size.width() for size in sizes], room, gap)
        last = sizes[-1].width() + gap
        heights = [max(sizes[n].height() for n in row) for row in rows]
        widths = [sum(sizes[n].width() for n in row) + gap * (len(row) - 1) for row in rows]
        wide = max(widths) + 2 * PADDING
        y = SHADOW + 5
        for row, height, width in zip(rows, heights, widths, strict=True):
            x = SHADOW + PADDING + lead(wide - 2 * PADDING, width - (last if row is rows[-1] else 0), width)
            for n in row:
                top = y + (height - sizes[n].height()) // 2
                self._groups[n].setGeometry(x, top, sizes[n].width(), sizes[n].height())
                self._lay_out_anew(n)
                x += sizes[n].width() + gap
            y += height + GAP // 2
        self._full = wide + 2 * SHADOW
        shorter = last if len(rows) == 1 and self._groups[-1].isHidden() else 0
        self._rest = self._full - (last if len(rows) == 1 else 0)
        width = self._full - shorter
        line = self.told.sizeHint().height()
        self.told.setGeometry(SHADOW + PADDING, y - GAP // 2, width - 2 * (SHADOW + PADDING), line)
        self.resize(width, y - GAP // 2 + line + 5 + SHADOW)
        self.update()

    def _lay_out_anew(self, n: int) -> None:
        """A look that was tried may have spread the group's buttons in the same place with the figure among them."""
        layout = self._groups[n].layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()

    def place(self, width: int, bottom: int) -> None:
        """Stand in the middle of that width, the same with Read again as without."""
        self.move(lead(width, self._rest, self._full), max(0, bottom - self.height()))

    def _dress(self, look: Look) -> list[QSize]:
        """Let everything look that way. Returns how large the groups are then."""
        self.slider.setFixedWidth(look.slider)
        self.strength.setFixedWidth(look.strength)
        self.zoom.setVisible(look.figure)
        self.read_again.setText(self.tr("Read again") if look.worded else "")
        self.read_again.setIcon(QIcon() if look.worded else action_icon("again", QPalette.ColorRole.Base))
        sizes = []
        for group in self._groups:
            layout = group.layout()
            assert layout is not None
            layout.invalidate()
            sizes.append(layout.sizeHint())
        return sizes

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with round ends and a soft shadow."""
        paint_card(self)

    def _slid(self, tenths: int) -> None:
        self.figure.show_angle(tenths / 10)
        self.angle_moved.emit(tenths / 10)

    @Slot()
    def _real_size_changed(self) -> None:
        self.zoom.setEnabled(self._real_size.isEnabled())
        self.zoom.setToolTip(self._real_size.toolTip())
        self.zoom.setAccessibleName(self._real_size.text())


def lead(room: int, rest: int, full: int) -> int:
    """The space before something `rest` pixels wide that stands in the middle of a room and may grow to `full`.

    It grows to the right and so keeps its place; where there is no room for that it begins further left.
    """
    return max(0, min((room - rest) // 2, room - full))


def _rows(widths: list[int], room: int, gap: int) -> list[list[int]]:
    """Which groups stand in which row: as few rows as possible, the groups in their order as far as that allows.

    The last group ends the last row, and does not stand there alone, for it may be hidden.
    """
    best: list[list[int]] = []
    last = len(widths) - 1
    if sum(widths) + gap * last <= room:
        return [[*range(len(widths))]]
    for order in permutations(range(last)):
        rows: list[list[int]] = [[]]
        used = 0
        for n in (*order, last):
            if rows[-1] and used + gap + widths[n] > room:
                rows.append([])
                used = 0
            used += widths[n] + (gap if rows[-1] else 0)
            rows[-1].append(n)
        if len(rows) > 1 and rows[-1] == [last] and used + gap + widths[rows[-2][-1]] <= room:
            rows[-1].insert(0, rows[-2].pop())
            rows = [row for row in rows if row]
        if not best or len(rows) < len(best):
            best = rows
    return best


def _button(action: QAction) -> QToolButton:
    button = _sized(QToolButton(), 30)
    button.setDefaultAction(action)
    return button


def _sized(button: QToolButton, width: int) -> QToolButton:
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
