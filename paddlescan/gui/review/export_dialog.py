"""Handing in: the format, the file, one button; and afterwards where the file lies, or what went wrong."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from paddlescan.document import Language
from paddlescan.errors import Failure
from paddlescan.gui.review.export_job import ExportJob, ExportOrder, Format
from paddlescan.gui.review.show_in_folder import FolderShower
from paddlescan.gui.shared import batch_name, failure_words, language, mark
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.gui.tokens import GAP
from paddlescan.store import BatchSummary

ENDINGS: dict[Format, str] = {"csv": ".csv", "items": "-items.csv", "json": ".json"}
"""What a file's name ends in, by what is in it."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def suggested_name(summary: BatchSummary) -> str:
    """A file's name without its ending, fit for every system: the batch's name and the day it was made."""
    given = batch_name(summary) if summary.name else ""
    name = _NOT_IN_NAMES.sub("-", given).strip(" .-")[:80]
    unnamed = QCoreApplication.translate("ExportDialog", "receipts")
    return f"{name or unnamed} {summary.created_at[:10]}"


class ExportDialog(QDialog):
    """One dialog, no second one: an existing file and errors are spoken of in it."""

    folder_chosen = Signal(str)
    """The folder of a written file, to be remembered."""
    exported = Signal(str)
    """The file that was written."""

    def __init__(
        self,
        store: Path,
        summary: BatchSummary,
        writer: StoreWriter | None = None,
        folder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """folder: where the last export went; the documents folder where that is empty or gone."""
        super().__init__(parent)
        self._store, self._summary, self._writer = store, summary, writer
        self._job: ExportJob | None = None
        self._written: Path | None = None
        self._shower = FolderShower(self)
        place = Path(folder) if folder and Path(folder).is_dir() else Path(_documents())
        self._formats = {name: QRadioButton() for name in ENDINGS}
        group = QButtonGroup(self)
        for button in self._formats.values():
            group.addButton(button)
        self._formats["csv"].setChecked(True)
        self.file = QLineEdit(str(place / f"{suggested_name(summary)}.csv"))
        self.choose = QPushButton()
        self._languages = {"en": QRadioButton("English"), "zh": QRadioButton("中文")}  # each in its own
        self.header = QWidget()
        languages = QButtonGroup(self)
        for button in self._languages.values():
            languages.addButton(button)
        self._languages[language()].setChecked(True)
        self._contents = QLabel()
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)  # it names the file, whatever it is called
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_file, self.replace = QPushButton(), QPushButton()
        self.go, self.close_button = QPushButton(), QPushButton()
        self._lay_out()
        self._connect()
        self._tell("", "")
        self.retranslate()

    def _lay_out(self) -> None:
        self.setMinimumWidth(560)
        self._contents.setProperty("rank", "soft")
        self.go.setDefault(True)
        formats = QVBoxLayout()
        formats.setSpacing(GAP)
        for button in self._formats.values():
            formats.addWidget(button)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.file, 1)
        line.addWidget(self.choose)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(2 * GAP)
        self._form.setVerticalSpacing(12)
        self._captions = [QLabel() for _ in range(3)]
        self._form.addRow(self._captions[0], formats)
        self._form.addRow(self._captions[1], line)
        header = QHBoxLayout(self.header)
        header.setContentsMargins(0, 0, 0, 0)
        header.setSpacing(2 * GAP)
        for button in self._languages.values():
            header.addWidget(button)
        header.addStretch(1)
        self._form.addRow(self._captions[2], self.header)
        self._captions[1].setBuddy(self.file)
        told = QHBoxLayout()
        told.addWidget(self.told, 1)
        for offered in (self.show_file, self.replace):
            told.addWidget(offered, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.addWidget(self._contents, 1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(2 * GAP)
        column.addLayout(self._form)
        column.addLayout(told)
        column.addStretch(1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        for button in self._formats.values():
            button.toggled.connect(self._format_changed)
        self.file.textEdited.connect(self._file_changed)
        self.choose.clicked.connect(self._choose_file)
        self.go.clicked.connect(self._start)
        self.replace.clicked.connect(self._start_replacing)
        self.close_button.clicked.connect(self.reject)
        self.show_file.clicked.connect(self._show_file)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setWindowTitle(self.tr("Export"))
        self._formats["csv"].setText(self.tr("CSV, a table for Excel and WPS"))
        self._formats["items"].setText(self.tr("Line items, a second table with a row for each thing bought"))
        self._formats["json"].setText(self.tr("JSON, with every detail, for other programs"))
        for caption, text in zip(
            self._captions, (self.tr("Format"), self.tr("File"), self.tr("Header in")), strict=True
        ):
            caption.setText(text)
        self.choose.setText(self.tr("Choose…"))
        self.go.setText(self.tr("Export"))
        self.close_button.setText(self.tr("Close"))
        self.show_file.setText(self.tr("Show in folder"))
        self.replace.setText(self.tr("Replace it"))
        summary = self._summary
        parts = [self.tr("%n row(s)", None, summary.receipts)]
        if summary.receipts_to_check:
            parts.append(self.tr("{count} to check").format(count=summary.receipts_to_check))
        unread = summary.waiting + summary.reading
        if unread:
            parts.append(self.tr("%n page(s) not read yet", None, unread))
        self._contents.setText(" · ".join(parts))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @property
    def format(self) -> Format:
        """The chosen format."""
        return next(name for name, button in self._formats.items() if button.isChecked())

    def done(self, result: int) -> None:
        """Close; an export that still runs is called off and leaves nothing behind."""
        if self._job is not None:
            self._job.requestInterruption()
            self._job.wait()
        super().done(result)

    # what the clerk does

    @Slot()
    def _format_changed(self) -> None:
        file = self.file.text()
        ending = next((e for e in sorted(ENDINGS.values(), key=len, reverse=True) if file.lower().endswith(e)), None)
        if ending is not None:
            self.file.setText(file[: -len(ending)] + ENDINGS[self.format])
        for widget in (self._captions[2], self.header):
            widget.setVisible(self.format != "json")
        self._file_changed()

    @Slot()
    def _file_changed(self) -> None:
        self._tell("", "")
        self.go.setEnabled(bool(self.file.text().strip()))

    @Slot()
    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), self.file.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # asked here, once, when it is written
        suffix = Path(ENDINGS[self.format]).suffix
        dialog.setNameFilters([f"{suffix[1:].upper()} (*{suffix})"])
        dialog.setDefaultSuffix(suffix[1:])
        dialog.selectFile(self.file.text())
        dialog.fileSelected.connect(self._file_chosen)
        dialog.open()

    @Slot(str)
    def _file_chosen(self, file: str) -> None:
        self.file.setText(file)
        self._file_changed()

    @Slot()
    def _start(self) -> None:
        self._export(overwrite=False)

    @Slot()
    def _start_replacing(self) -> None:
        self._export(overwrite=True)

    def _export(self, overwrite: bool) -> None:
        if self._job is not None:
            return
        file = Path(self.file.text().strip()).expanduser()
        if not file.is_absolute():
            file = Path(_documents()) / file
        if not file.suffix:
            file = file.with_name(file.name + ENDINGS[self.format])
        self.file.setText(str(file))
        if file.exists() and not overwrite:
            self._ask_to_replace(file)
            return
        header: Language = "zh" if self._languages["zh"].isChecked() else "en"
        order = ExportOrder(self._store, self._summary.id, file, self.format, header, overwrite)
        self._written = file
        self._tell(self.tr("Writing…"), "soft")
        self.go.setEnabled(False)
        self._job = ExportJob(order, self._writer, self)
        self._job.done.connect(self._job_done)
        self._job.failed.connect(self._job_failed)
        self._job.start()

    # what comes of it

    @Slot(int)
    def _job_done(self, count: int) -> None:
        self._end_job()
        file = self._written
        if file is not None:
            self._tell(self.tr("{file} is written: %n row(s).", None, count).format(file=file.name), "head")
            self.show_file.show()
            self.show_file.setFocus()
            self.folder_chosen.emit(str(file.parent))
            self.exported.emit(str(file))

    @Slot(object)
    def _job_failed(self, failure: Failure) -> None:
        self._end_job()
        if failure.code == "export_exists" and self._written is not None:
            self._ask_to_replace(self._written)
            return
        self._tell(" ".join(failure_words(failure)), "bad")

    def _end_job(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._job.deleteLater()
            self._job = None
        self.go.setEnabled(True)

    def _ask_to_replace(self, file: Path) -> None:
        self._tell(self.tr("{file} exists already.").format(file=file.name), "bad")
        self.replace.show()
        self.replace.setFocus()

    def _tell(self, text: str, rank: str) -> None:
        mark(self.told, rank=rank)
        self.told.setText(text)
        self.show_file.hide()
        self.replace.hide()

    @Slot()
    def _show_file(self) -> None:
        if self._written is not None:
            self._shower.show(self._written)


def _documents() -> str:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return place if place and Path(place).is_dir() else str(Path.home())
