"""Where an export goes: a file, or a folder for copies, in the folder that was used last."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from paddlescan.export.safe_names import safe_part
from paddlescan.gui.export.orders import ENDINGS, Format
from paddlescan.gui.shared import batch_name, language
from paddlescan.gui.tokens import GAP
from paddlescan.store import BatchSummary
from paddlescan.words import say

_MOST_BYTES = 150
"""Of the batch's name: systems take 255 for all of it, and a day, an ending and ` (2)` follow."""


def suggested_name(summary: BatchSummary) -> str:
    """A file's name without its ending, fit for every system: the batch's name and the day it was made."""
    given = batch_name(summary) if summary.name else ""
    name = safe_part(given, _MOST_BYTES).strip(" .-~")
    unnamed = QCoreApplication.translate("ExportDialog", "receipts")
    return f"{name or unnamed} {summary.created_at[:10]}"


def documents() -> str:
    """A folder that is there: of documents, else what lies on the desktop, else home, else of what does not last."""
    kinds = QStandardPaths.StandardLocation
    usual = (kinds.DocumentsLocation, kinds.DesktopLocation, kinds.HomeLocation)
    places = map(QStandardPaths.writableLocation, usual)
    return next((place for place in places if place and Path(place).is_dir()), tempfile.gettempdir())


class Destination(QWidget):
    """A line for the path, and a button that looks for one."""

    changed = Signal()

    def __init__(self, summary: BatchSummary, folder: str, chosen: Format) -> None:
        """folder: where the last export went; the documents folder where that is empty or gone."""
        super().__init__()
        self._format = chosen
        self.caption, self.line, self.choose = QLabel(), QLineEdit(), QPushButton()
        place = Path(folder) if folder and Path(folder).is_dir() else Path(documents())
        self._file = place / suggested_name(summary)
        self._copies: Path | None = None
        """The folder for copies, once the clerk named one."""
        self.caption.setBuddy(self.line)
        self.choose.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        self.line.setText(self._suggested())
        self.line.textEdited.connect(self._typed)
        self.choose.clicked.connect(self._choose)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.caption.setText(self.tr("F&older") if self._format == "rename" else self.tr("F&ile"))
        self.line.setAccessibleName(self.tr("Folder of the copies") if self._format == "rename" else self.tr("File"))
        self.choose.setText(self.tr("&Choose…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @property
    def given(self) -> bool:
        """Whether there is any path."""
        return bool(self.line.text().strip())

    def path(self) -> Path:
        """Where it goes, whole: in the documents folder and with an ending where the clerk gave none."""
        path = Path(self.line.text().strip())
        with suppress(RuntimeError):  # nobody is called so
            path = path.expanduser()
        if not path.is_absolute():
            path = Path(documents()) / path
        if self._format != "rename" and path.name and not path.suffix:
            path = path.with_name(path.name + ENDINGS[self._format])
        return path

    def complete(self) -> Path:
        """The path, shown as it is taken."""
        path = self.path()
        self.line.setText(str(path))
        return path

    def show_format(self, chosen: Format) -> None:
        """Suggest a place for another format: the same name with another ending."""
        self._keep()
        self._format = chosen
        self.line.setText(self._suggested())
        self.retranslate()

    def _keep(self) -> None:
        """What the clerk typed holds for the other formats, too."""
        text = self.line.text().strip()
        if self._format == "rename":
            self._copies = Path(text) if text and text != self._suggested() else None
        elif text:
            ending = ENDINGS[self._format]
            whole = text.lower().endswith(ending)
            suffix = Path(ending).suffix
            plain = text.lower().endswith(suffix)
            self._file = Path(text[: -len(ending)] if whole else text[: -len(suffix)] if plain else text)

    def _suggested(self) -> str:
        if self._format != "rename":
            return f"{self._file}{ENDINGS[self._format]}"
        return str(self._copies or self._file.parent / say("renamed_folder", language()))

    @Slot()
    def _typed(self) -> None:
        self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), self.line.text())
        if self._format == "rename":
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # asked here, once, when it is written
            suffix = Path(ENDINGS[self._format]).suffix
            dialog.setNameFilters([f"{suffix[1:].upper()} (*{suffix})"])
            dialog.setDefaultSuffix(suffix[1:])
            dialog.selectFile(self.line.text())
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _chosen(self, path: str) -> None:
        self.line.setText(path)
        self.changed.emit()
