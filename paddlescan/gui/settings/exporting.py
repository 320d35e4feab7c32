"""Where exports go, and by which template."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton
from shiboken6 import isValid

from paddlescan.export.template_files import DEFAULT, Listing, Templates
from paddlescan.export.templates import Template
from paddlescan.gui.export.destination import documents
from paddlescan.gui.settings.preferences import Preferences
from paddlescan.gui.settings.section import Section, offer
from paddlescan.gui.shared import language
from paddlescan.gui.workplace import Workplace


class Exporting(Section):
    """The template and the folder that are offered for an export."""

    def __init__(self, preferences: Preferences, work: Workplace) -> None:
        super().__init__()
        self._preferences = preferences
        self._templates: tuple[Template, ...] = ()
        self.template = QComboBox()
        self._template_caption, self._template_hint = self.row(self.template)
        self.folder, self.choose = QLineEdit(), QPushButton()
        self._caption, self._hint = self.row(self.folder, self.choose, stretch=True)
        self.words()
        self.follow()
        self.folder.editingFinished.connect(self._typed)
        self.choose.clicked.connect(self._choose)
        self.template.activated.connect(self._template_chosen)
        place = work.paths.templates
        work.controller.desk.ask(lambda _store: Templates(place).listed(), self._show_templates)

    def words(self) -> None:
        """Say everything in the window's language."""
        self._template_caption.setText(self.tr("&Template"))
        self._template_hint.setText(self.tr("Offered for the next sheet; every export remembers its own."))
        self._caption.setText(self.tr("&Folder"))
        self.folder.setAccessibleName(self.tr("Folder for exports"))
        self.choose.setText(self.tr("&Choose…"))
        self._say_hint()

    def follow(self) -> None:
        """Show the settings as they are."""
        named = ((template.title(language()), template.name) for template in self._templates)
        offer(self.template, named, self._preferences.now.export_template or DEFAULT)
        self.folder.setPlaceholderText(documents())
        if not self.folder.hasFocus() or self.folder.text().strip() != self._preferences.now.export_folder:
            self.folder.setText(self._preferences.now.export_folder)
        self._say_hint()

    def _say_hint(self) -> None:
        folder = self._preferences.now.export_folder
        there = not folder or Path(folder).is_dir()
        self._hint.setText(
            self.tr("Offered for the next export; every export remembers its own.")
            if there
            else self.tr("This folder is not there now; until it is, exports are offered in {folder}.").format(
                folder=documents()
            )
        )

    def _show_templates(self, listing: Listing) -> None:
        if isValid(self):  # the dialog may be closed by now
            self._templates = listing.templates
            self.follow()

    @Slot(int)
    def _template_chosen(self, at: int) -> None:
        self._preferences.change(export_template=self.template.itemData(at))

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
