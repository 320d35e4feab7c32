"""A card with bars of one kind: lines for categories and merchants, columns for months."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from paddlescan.gui.review.filters import RowFilter
from paddlescan.gui.summary.bars import Bar, Column, Shown
from paddlescan.gui.tokens import GAP


class Chart(QFrame):
    """One bar of it has the keys; arrows go on within it, Tab leaves it."""

    pressed = Signal(object)
    """RowFilter of the bar, or None of that of the others."""

    def __init__(self, upright: bool = False, parent: QWidget | None = None) -> None:
        """upright: columns side by side in place of lines."""
        super().__init__(parent)
        self.setProperty("card", True)
        self._upright = upright
        self.bars: list[Bar] = []
        self.title, self._none = QLabel(), QLabel()
        self.title.setProperty("rank", "head")
        self._none.setProperty("rank", "soft")
        inner = QWidget()
        inner.setObjectName("chart")
        inner.setAutoFillBackground(False)
        self._line = QHBoxLayout(inner) if upright else QVBoxLayout(inner)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP // 2)
        self.title.setContentsMargins(GAP, 0, 0, 0)
        self._none.setContentsMargins(GAP, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self._none)
        column.addWidget(scroll, 1)
        self._scroll = scroll
        if not upright:
            self._line.addStretch(1)

    def show_parts(self, shown: Sequence[Shown], chosen: RowFilter, nothing: str) -> None:
        """Show these bars; the one with the keys keeps them. nothing: what stands there if there are none."""
        front = next((bar.shown.part.key for bar in self.bars if bar.hasFocus()), None)
        for bar in self.bars[len(shown) :]:
            self._line.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        del self.bars[len(shown) :]
        for place, part in enumerate(shown):
            if place < len(self.bars):
                self.bars[place].show_part(part)
            else:
                self._add_bar(part)
        for bar in self.bars:
            bar.setChecked(bar.shown.part.narrow is not None and bar.shown.part.narrow == chosen)
        self._none.setText(nothing)
        self._none.setVisible(not shown)
        keys = [bar.shown.part.key for bar in self.bars]
        self._give_keys(keys.index(front) if front in keys else 0, front is not None)

    def _add_bar(self, part: Shown) -> None:
        bar = Column(part) if self._upright else Bar(part)
        bar.clicked.connect(self._clicked)
        bar.moved.connect(self._moved)
        self._line.insertWidget(len(self.bars), bar)
        self.bars.append(bar)
        bar.show()  # at once: it may get the keys now

    def take_keys(self) -> bool:
        """The keys go to the chosen bar, else to the first; False where there is none."""
        place = next((i for i, bar in enumerate(self.bars) if bar.isChecked()), 0)
        self._give_keys(place, True)
        return bool(self.bars)

    def _give_keys(self, place: int, now: bool) -> None:
        """One bar is reached by Tab, the others by arrows from there."""
        for i, bar in enumerate(self.bars):
            bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus if i == place else Qt.FocusPolicy.ClickFocus)
        if now and self.bars:
            self.bars[place].setFocus()
            self._scroll.ensureWidgetVisible(self.bars[place], 0, 0)

    @Slot(int)
    def _moved(self, step: int) -> None:
        place = next((i for i, bar in enumerate(self.bars) if bar is self.sender()), 0)
        self._give_keys(max(0, min(len(self.bars) - 1, place + step)), True)

    @Slot()
    def _clicked(self) -> None:
        bar = self.sender()
        if isinstance(bar, Bar):
            self._give_keys(self.bars.index(bar), True)
            self.pressed.emit(bar.shown.part.narrow)
