"""One section of the settings: rows of a caption, what is chosen with, and a sentence below it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from paddlescan.gui.tokens import GAP


class Hint(QLabel):
    """A sentence of second rank; without words it takes no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("rank", "soft")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def setText(self, text: str) -> None:
        """Say this."""
        super().setText(text)
        self.setVisible(bool(text))


class Section(QWidget):
    """The frame. A section says `words` whenever the language changes, and `follow`s whenever the settings do."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 2 * GAP)
        column.setSpacing(0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * GAP)
        self._grid.setVerticalSpacing(GAP // 2)
        self._grid.setColumnMinimumWidth(0, 130)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.column = column

    def row(self, *controls: QWidget, stretch: bool = False) -> tuple[QLabel, QLabel]:
        """Add a row; returns its caption (buddy of the first control) and the sentence below, both still empty."""
        caption, hint = QLabel(), Hint()
        caption.setBuddy(controls[0])
        line = QHBoxLayout()
        line.setSpacing(GAP)
        for control in controls:
            line.addWidget(control, 1 if stretch and control is controls[0] else 0)
        if not stretch:
            line.addStretch(1)
        at = self._grid.rowCount()
        self._grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addLayout(line, at, 1)
        self._grid.addWidget(hint, at + 1, 1)
        self._grid.setRowMinimumHeight(at + 2, 2 * GAP)
        return caption, hint

    def switch(self, box: QCheckBox) -> QLabel:
        """Add a row for a switch, which says itself what it is; returns the sentence below, still empty."""
        caption, hint = self.row(box)
        caption.hide()
        return hint

    def words(self) -> None:
        """Say everything in the window's language."""
        raise NotImplementedError

    def follow(self) -> None:
        """Show the settings as they are."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.words()
            self.follow()


def offer(box: QComboBox, choices: Iterable[tuple[str, object]], chosen: object) -> None:
    """Fill a box with words and what each stands for; nobody is told of it."""
    with QSignalBlocker(box):
        box.clear()
        for words, value in choices:
            box.addItem(words, value)
        at = next((i for i in range(box.count()) if box.itemData(i) == chosen), 0)
        box.setCurrentIndex(at)
