"""Two kinds of buttons: one that is an action, and a filter chip with its count."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QAction, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from paddlescan.gui.tokens import tokens_of

PADDING = 12
"""Left and right of a chip's words."""


class ActionButton(QPushButton):
    """A push button that looks, says and does what its action does; gone while the action is switched invisible."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self._brief = False
        self.setIconSize(QSize(13, 13))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def set_brief(self, brief: bool) -> None:
        """Show the icon alone, where there is no room for words; they stay in its hint."""
        if brief != self._brief:
            self._brief = brief
            self._follow()

    def whole_width(self) -> int:
        """How wide it is with its words."""
        words = self.fontMetrics().horizontalAdvance(f" {self._action.text()}") if self._brief else 0
        return self.sizeHint().width() + words

    @Slot()
    def _follow(self) -> None:
        self.setText("" if self._brief else f" {self._action.text()}")
        self.setAccessibleName(self._action.text())
        self.setIcon(self._action.icon())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        if self.parentWidget() is not None:
            self.setVisible(self._action.isVisible())


class Chip(QPushButton):
    """A word and, bold, how many rows it stands for."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setProperty("chip", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._word, self._count = "", "0"

    def show_count(self, word: str, count: int) -> None:
        """Say this."""
        self._word, self._count = word, str(count)
        self.setAccessibleName(f"{word} {count}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as what it says; the count has room for three digits, so that the row does not dance."""
        word = QFontMetrics(self.font()).horizontalAdvance(self._word)
        count = QFontMetrics(self._bold()).horizontalAdvance(self._count.rjust(2, "0"))
        return QSize(word + count + 2 * PADDING + 6, 28)

    def minimumSizeHint(self) -> QSize:
        """It is never cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button's own shape, then word and count."""
        super().paintEvent(event)
        tokens = tokens_of(self)
        painter = QPainter(self)
        place = self.rect().adjusted(PADDING, 0, -PADDING, 0)
        words = QFontMetrics(self.font()).horizontalAdvance(self._word)
        count = QFontMetrics(self._bold()).horizontalAdvance(self._count)
        place.setLeft(place.left() + (place.width() - words - 6 - count) // 2)
        chosen = self.isChecked()
        painter.setPen(tokens.color("accent" if chosen else "soft"))
        painter.setFont(self.font())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._word)
        painter.setPen(tokens.color("accent" if chosen else "ink"))
        painter.setFont(self._bold())
        rest = QRect(place.left() + words + 6, place.top(), count + 4, place.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._count)
        painter.end()

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font
