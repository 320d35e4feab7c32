"""What is shown for a page that failed: what happened, what to do about it, and that as buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from paddlescan.errors import Failure
from paddlescan.gui.shared import breakable, failure_words
from paddlescan.gui.tokens import GAP

_LOCKED = ("password_needed", "wrong_password")


class FailureCard(QFrame):
    """Message, remedy, buttons."""

    read_again_wanted = Signal(int)
    password_wanted = Signal(int)
    show_file_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._failure: Failure | None = None
        self._page = 0
        self._message, self._remedy = QLabel(), QLabel()
        self._message.setProperty("rank", "bad")
        for label in (self._message, self._remedy):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # they name the file, whatever it is called
        self.again, self.password, self.file = QPushButton(), QPushButton(), QPushButton()
        self.again.clicked.connect(self._again)
        self.password.clicked.connect(self._enter_password)
        self.file.clicked.connect(self._show_file)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.password, self.again, self.file):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(GAP)
        column.addWidget(self._message)
        column.addWidget(self._remedy)
        column.addLayout(buttons)
        self.retranslate()
        self.hide()

    def show_failure(self, page_id: int | None, failure: Failure | None) -> None:
        """Show the failure of a page; None hides the card."""
        self._failure, self._page = failure, page_id or 0
        self.password.setVisible(failure is not None and failure.code in _LOCKED)
        self.again.setVisible(failure is not None and failure.code not in _LOCKED)
        self.setVisible(failure is not None and page_id is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.again.setText(self.tr("Read again"))
        self.password.setText(self.tr("Enter password…"))
        self.file.setText(self.tr("Show in folder"))
        if self._failure is not None:
            message, remedy = failure_words(self._failure)
            self._message.setText(breakable(message))
            self._remedy.setText(breakable(remedy))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _again(self) -> None:
        self.read_again_wanted.emit(self._page)

    @Slot()
    def _enter_password(self) -> None:
        self.password_wanted.emit(self._page)

    @Slot()
    def _show_file(self) -> None:
        self.show_file_wanted.emit(self._page)
