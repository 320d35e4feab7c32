"""What may be chosen for the field in front: a caption a kind and a button each, in as many rows as it takes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from paddlescan.gui.review.choices import Choice, Kind
from paddlescan.gui.shared import mark, no_keys, tooltip
from paddlescan.gui.tokens import GAP, SMALL_PX, tokens_of

_PADDING = 6
_KEY = 10
"""Room for the figure of its key."""
_HEIGHT = 24
_GAP = GAP // 2


class ChoiceButton(QPushButton):
    """A value, with the figure that takes it together with Ctrl."""

    def __init__(self, choice: Choice, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice, self.number = choice, number
        self.words = choice.shown
        self.setStyleSheet(f"padding: 2px {_PADDING}px 2px {_PADDING + _KEY}px;")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the caret stays in the field: each has its key

    def name(self, words: str, does: str) -> None:
        """Say this on the button, and what it does to who cannot see it."""
        self.words = words
        self.setToolTip(f"{tooltip(words)} (Ctrl+{self.number})")
        self.setAccessibleName(does)

    def fit(self, room: int) -> int:
        """Show as much of the value as there is room for; how wide that is."""
        self.setText(no_keys(self.words))
        wide = self.sizeHint().width()
        if wide > room:
            wide = max(room, 4 * _PADDING)
            inner = wide - 2 * _PADDING - _KEY - 4
            self.setText(no_keys(self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, inner)))
        return wide

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and its figure in small type before the value."""
        super().paintEvent(event)
        painter = QPainter(self)
        font = QFont(self.font())
        font.setPixelSize(SMALL_PX)
        painter.setFont(font)
        painter.setPen(tokens_of(self).color("soft"))
        box = QRect(_PADDING, 0, _KEY, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(self.number))
        painter.end()


class Readings(QWidget):
    """Never wider than it is given: what does not fit goes into the next row, and a long value is cut short."""

    chosen = Signal(str)
    """A choice was clicked."""
    chosen_everywhere = Signal(str)
    """It is to be taken on all receipts that were read so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._captions: dict[Kind, QLabel] = {}
        self._buttons: list[ChoiceButton] = []
        self._marked = -1
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.retranslate()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is offered, in the order in which it stands there."""
        return tuple(button.choice for button in self._buttons)

    def numbered(self, number: int) -> Choice | None:
        """The choice that has a figure for its key."""
        return next((button.choice for button in self._buttons if button.number == number), None)

    @property
    def marked(self) -> Choice | None:
        """The choice on which the arrow keys stand."""
        return self._buttons[self._marked].choice if 0 <= self._marked < len(self._buttons) else None

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these; nothing to offer hides the widget."""
        if tuple(choices) != self.choices:
            for button in self._buttons:
                button.hide()
                button.deleteLater()
            figures = itertools.count(1)
            self._buttons = [
                self._button(choice, 0 if choice.kind == "everywhere" else next(figures)) for choice in choices
            ]
            self._marked = -1
        self.setVisible(bool(self._buttons))
        self._arrange()

    def move_mark(self, step: int) -> None:
        """Go to the next choice (1) or the one before (-1); before the first there is none."""
        last = len(self._buttons) - 1
        self._mark(min(max(self._marked + step, -1), last))

    def _mark(self, place: int) -> None:
        self._marked = place
        for number, button in enumerate(self._buttons):
            mark(button, chosen=number == place)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        words: dict[Kind, str] = {
            "learned": self.tr("as you corrected before:"),
            "everywhere": "",
            "meant": self.tr("may mean:"),
            "read": self.tr("also read:"),
            "earlier": self.tr("choose:"),
        }
        for kind, text in words.items():
            label = self._captions.setdefault(kind, QLabel(self))
            label.setProperty("rank", "small")
            label.setText(text)
        for button in self._buttons:
            self._name(button)
        self._arrange()

    def _name(self, button: ChoiceButton) -> None:
        shown = button.choice.shown
        if button.choice.kind == "everywhere":
            words = self.tr("on all {count} that were read so").format(count=shown)
            button.name(words, words)
        else:
            button.name(shown, self.tr("Use {value}").format(value=shown))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and type."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """As high as it needs to be in the width it has."""
        bottom = max((button.geometry().bottom() for button in self._buttons), default=-1)
        return QSize(120, bottom + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: perhaps other rows."""
        self._arrange()

    def _button(self, choice: Choice, number: int) -> ChoiceButton:
        button = ChoiceButton(choice, number, self)
        self._name(button)
        button.clicked.connect(self._clicked)
        button.show()
        return button

    def _arrange(self) -> None:
        at = QPoint(0, 0)
        kind: Kind | None = None
        for label in self._captions.values():
            label.hide()
        for button in self._buttons:
            if button.choice.kind not in (kind, "everywhere"):
                at = self._begin(button.choice.kind, at, first=kind is None)
                kind = button.choice.kind
            wide = button.fit(self.width())
            if at.x() > 0 and at.x() + wide > self.width():
                at = QPoint(0, at.y() + _HEIGHT + _GAP)
            button.setGeometry(at.x(), at.y(), wide, _HEIGHT)
            at.setX(at.x() + wide + _GAP)
        self.updateGeometry()

    def _begin(self, kind: Kind, at: QPoint, first: bool) -> QPoint:
        """Put a kind's caption into a row of its own kind; where its first button goes."""
        label = self._captions[kind]
        label.adjustSize()
        label.show()
        top = at.y() if first else at.y() + _HEIGHT + _GAP
        label.move(0, top + (_HEIGHT - label.height()) // 2)
        return QPoint(label.width() + _GAP, top)

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ChoiceButton):
            news = self.chosen_everywhere if button.choice.kind == "everywhere" else self.chosen
            news.emit(button.choice.value)
