"""The licences of all that the program is made of, to be read."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from paddlescan.gui.dialogs.question import Question
from paddlescan.resources_dir import resource


class LicencesDialog(Question):
    """One long text, in the language of the licences."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent, self.tr("Licences"), self.tr("What PaddleScan is made of, and under which terms it may be used")
        )
        self.resize(900, 600)
        self.text = QPlainTextEdit(resource("licences", "THIRD_PARTY.txt").read_text(encoding="utf-8"))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Licences"))
        self.column.addWidget(self.text, 1)
        close = self.add_button(self.tr("Close"), primary=True)
        self.end()
        close.clicked.connect(self.accept)
