"""A small dialog: one sentence, perhaps a field, and buttons that say what they do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from paddlescan.gui.tokens import GAP


class Question(QDialog):
    """The frame that our dialogs share."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str, remark: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 2 * GAP)
        self.column.setSpacing(GAP)
        self.sentence = _label(sentence, "head")
        self.column.addWidget(self.sentence)
        if remark:
            self.column.addWidget(_label(remark, "soft"))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP)
        self._buttons.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its sentences need at this width, which Qt guesses too low for several lines."""
        super().showEvent(event)
        wanted = self.column.totalHeightForWidth(self.width())
        if wanted > self.height():
            self.resize(self.width(), wanted)

    def add_button(self, text: str, primary: bool = False) -> QPushButton:
        """A button at the foot, from left to right; the primary one answers Enter and comes last."""
        button = QPushButton(text)
        button.setProperty("primary", primary)
        button.setAutoDefault(primary)
        button.setDefault(primary)
        self._buttons.addWidget(button)
        return button

    def end(self) -> None:
        """All is added: put the buttons at the foot."""
        self.column.addSpacing(GAP)
        self.column.addLayout(self._buttons)


def _label(text: str, rank: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)  # a file's name may look like markup
    label.setWordWrap(True)
    label.setProperty("rank", rank)
    return label
