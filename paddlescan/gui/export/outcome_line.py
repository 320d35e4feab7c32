"""How far an export is, what came of it, and what can be done then."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from paddlescan.gui.review.show_in_folder import FolderShower
from paddlescan.gui.shared import mark
from paddlescan.gui.tokens import GAP


class OutcomeLine(QWidget):
    """A sentence, with what is offered with it."""

    def __init__(self) -> None:
        super().__init__()
        self._path: Path | None = None
        self._shower = FolderShower(self)
        self.told, self.bar = QLabel(), QProgressBar()
        self.show_file, self.open_file, self.replace = QPushButton(), QPushButton(), QPushButton()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)  # it names the file, whatever it is called
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar.setTextVisible(False)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.told, 1)
        for button in (self.replace, self.show_file, self.open_file):
            button.setAutoDefault(True)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.show_file.clicked.connect(self._show)
        self.open_file.clicked.connect(self._open)
        self.say("")
        self.retranslate()
        self.setMinimumHeight(self.replace.sizeHint().height())  # so that nothing jumps when it speaks

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.show_file.setText(self.tr("Show in folder"))
        self.open_file.setText(self.tr("Open"))
        self.replace.setText(self.tr("Replace it"))
        self.bar.setAccessibleName(self.tr("How far the export is"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def say(self, text: str, rank: str = "") -> None:
        """Say something; what was offered before goes."""
        mark(self.told, rank=rank)
        self.told.setText(text)
        for widget in (self.show_file, self.open_file, self.replace, self.bar):
            widget.hide()

    def say_written(self, text: str, path: Path, rank: str = "head") -> None:
        """Say that it is written, and offer to look at it."""
        self.say(text, rank)
        self._path = path
        self.show_file.show()
        self.open_file.show()
        self.show_file.setFocus()

    def ask_to_replace(self, text: str) -> None:
        """Ask about a file that is there. Replacing it takes a press of its own: the focus stays where it is."""
        self.say(text, "bad")
        self.replace.show()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.bar.show()

    @Slot()
    def _show(self) -> None:
        if self._path is not None:
            self._shower.show(self._path)

    @Slot()
    def _open(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))
