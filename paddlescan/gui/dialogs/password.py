"""Asks for the password of one locked file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QWidget

from paddlescan.gui.dialogs.question import Question


class PasswordDialog(Question):
    """One locked file; `answered` comes once."""

    answered = Signal(int, object, bool)  # page id, the password or None to leave it, whether for all locked files

    def __init__(self, parent: QWidget | None, page_id: int, file_name: str, wrong: bool) -> None:
        sentence = self.tr("{file} is locked with a password.").format(file=file_name)
        super().__init__(parent, self.tr("Locked file"), sentence)
        self._page_id = page_id
        if wrong:
            label = QLabel(self.tr("That password was not the right one. Mind capital letters."))
            label.setProperty("rank", "bad")
            self.column.addWidget(label)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Password"))
        self.field.setPlaceholderText(self.tr("Password"))
        self.column.addWidget(self.field)
        self.for_all = QCheckBox(self.tr("Use it for the other locked files too"))
        self.column.addWidget(self.for_all)
        self.skip = self.add_button(self.tr("Skip this file"))
        self.open_file = self.add_button(self.tr("Open"), primary=True)
        self.end()
        self.open_file.setEnabled(False)
        self.field.textChanged.connect(self._typed)
        self.skip.clicked.connect(self.reject)
        self.open_file.clicked.connect(self.accept)
        self.finished.connect(self._tell)
        self.field.setFocus()

    def _typed(self, text: str) -> None:
        self.open_file.setEnabled(bool(text))

    def _tell(self, result: int) -> None:
        accepted = result == QDialog.DialogCode.Accepted
        self.answered.emit(self._page_id, self.field.text() if accepted else None, self.for_all.isChecked())
        self.field.clear()
