"""Where exports go, and what they look like."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from paddlescan.gui.settings.preferences import Preferences
from paddlescan.gui.settings.section import Section


class Exporting(Section):
    """The folder that exports are offered in."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.folder, self.choose = QLineEdit(), QPushButton()
        self._caption, self._hint = self.row(self.folder, self.choose, stretch=True)
        self.words()
        self.follow()
        self.folder.editingFinished.connect(self._typed)
        self.choose.clicked.connect(self._choose)

    def words(self) -> None:
        """Say everything in the window's language."""
        self._caption.setText(self.tr("&Folder"))
        self.folder.setAccessibleName(self.tr("Folder for exports"))
        self.choose.setText(self.tr("&Choose…"))
        self._say_hint()

    def follow(self) -> None:
        """Show the settings as they are."""
        self.folder.setPlaceholderText(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        if not self.folder.hasFocus() or self.folder.text().strip() != self._preferences.now.export_folder:
            self.folder.setText(self._preferences.now.export_folder)
        self._say_hint()

    def _say_hint(self) -> None:
        folder = self._preferences.now.export_folder
        there = not folder or Path(folder).is_dir()
        self._hint.setText(
            self.tr("Offered for the next export; every export remembers its own.")
            if there
            else self.tr("This folder is not there now; until it is, exports are offered in the documents folder.")
        )

    @Slot()
    def _typed(self) -> None:
        self._preferences.change(export_folder=self.folder.text().strip())

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for exports"), self._preferences.now.export_folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    @Slot(str)
    def _chosen(self, folder: str) -> None:
        self._preferences.change(export_folder=folder)
