"""What the export dialog is made of: its panes, their layout and their words. What they do: `dialog.py`."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from paddlescan.export.name_pattern import DEFAULT_PATTERN
from paddlescan.export.template_files import DEFAULT, default_template
from paddlescan.export.templates import Template
from paddlescan.gui.export.destination import Destination
from paddlescan.gui.export.options import Options, Shown
from paddlescan.gui.export.orders import ENDINGS, Batch, Format, only_receipts
from paddlescan.gui.export.preview import Tally
from paddlescan.gui.export.preview_view import PreviewView
from paddlescan.gui.export.previewer import Previewer
from paddlescan.gui.export.template_editor import TemplateEditor
from paddlescan.gui.export.words import ExportWords
from paddlescan.gui.export.writing import Writing
from paddlescan.gui.settings.section import Hint
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.gui.tokens import GAP
from paddlescan.store import BatchSummary


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was chosen last."""

    format: str = "xlsx"
    template: str = DEFAULT
    folder: str = ""
    pattern: str = field(default=DEFAULT_PATTERN, repr=False)


class ExportPanes(QDialog):
    """The dialog as it looks."""

    def __init__(
        self,
        batch: Batch,
        summary: BatchSummary,
        writer: StoreWriter | None,
        last: Remembered,
        shown: Shown | None,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._summary, self._last, self._shown = summary, last, shown
        self._counted: Tally | None = None
        self._words = ExportWords(self)
        self.formats = QListWidget()
        self.about = Hint()
        self.options = Options(summary.receipts, shown, last.pattern or DEFAULT_PATTERN)
        self.damaged = Hint()
        self.editor = TemplateEditor()
        self.heading, self.preview = QLabel(), PreviewView()
        self._first: Format = next((each for each in ENDINGS if each == last.format), "xlsx")
        self.destination = Destination(summary, last.folder, self._first)
        self._contents = QLabel()
        self.go, self.close_button = QPushButton(), QPushButton()
        self.writing = Writing(batch, writer, self)
        self.previewer = Previewer(batch, writer, self)
        self._lay_out()
        self.retranslate()

    @property
    def format(self) -> Format:
        """The chosen format."""
        return tuple(ENDINGS)[max(0, self.formats.currentRow())]

    def _lay_out(self) -> None:
        self.formats.setProperty("places", True)
        self.formats.setFixedWidth(168)
        for _ in ENDINGS:
            self.formats.addItem(QListWidgetItem())
        self._contents.setProperty("rank", "soft")
        self.heading.setProperty("rank", "head")
        self.go.setDefault(True)
        self.close_button.setAutoDefault(False)
        self.editor.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(2 * GAP)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(self.editor)
        split.addWidget(self._preview_card())
        split.setStretchFactor(1, 1)
        self.editor.setMinimumWidth(340)
        split.setSizes([340, 540])
        where = QHBoxLayout()
        where.setSpacing(2 * GAP)
        where.addWidget(self.destination.caption)
        where.addWidget(self.destination, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self._contents, 1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.go)
        column = QVBoxLayout()
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        for widget in (self.about, self.options, self.damaged):
            column.addWidget(widget)
        column.addWidget(split, 1)
        column.addLayout(where)
        column.addWidget(self.writing.line)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.formats)
        row.addLayout(column, 1)
        self.resize(1100, 680)

    def _preview_card(self) -> QWidget:
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.heading)
        column.addWidget(self.preview, 1)
        return card

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setWindowTitle(self.tr("Export"))
        names = (
            *(self.tr("Excel workbook"), self.tr("CSV"), self.tr("Line items"), self.tr("JSON")),
            *(self.tr("Searchable PDF"), self.tr("Renamed copies"), self.tr("Report")),
        )
        for at, name in enumerate(names):
            self.formats.item(at).setText(name)
        self.formats.setAccessibleName(self.tr("Format"))
        self.preview.name(self.tr("Preview"))
        self.close_button.setText(self.tr("Stop") if self.writing.is_busy else self.tr("Close"))
        self._say_format()
        self._count()

    def _say_format(self) -> None:
        self.go.setText(self.tr("&Make the copies") if self.format == "rename" else self.tr("&Export"))
        self.about.setText(
            {
                "xlsx": self.tr("One row a receipt, with real dates and numbers, doubt in amber, links to the files."),
                "csv": self.tr("A plain table for Excel, WPS and other programs."),
                "items": self.tr("A second table with a row for each thing bought."),
                "json": self.tr("Every detail, for other programs."),
                "pdf": self.tr("The prepared pages, one a receipt, whose text can be searched and copied."),
                "rename": self.tr("The originals copied under names that say what they are. They stay as they are."),
                "report": self.tr("For the auditor: pages, doubtful, failed, seen before, and who changed what."),
            }[self.format]
        )

    def sheet(self) -> Template:
        """The template with what was changed in it."""
        draft = self.editor.draft
        if draft is None:
            return default_template()
        return draft.template() if draft.is_possible else draft.base

    def _count(self) -> None:
        """Say what the file will hold; the preview counts what is not all of the table."""
        summary, shown = self._summary, self._shown
        table = Tally(summary.receipts, summary.receipts_to_check, summary.receipts_failed)
        if shown is not None and self.options.only is not None:
            table = Tally(len(shown.ids), shown.to_check, shown.failed)
        tally, some = self._counted, only_receipts(self.format, self.sheet())
        if tally is None and self.format != "items" and not some:
            tally = table
        left_out = max(0, table.rows - tally.rows) if some and tally is not None else 0
        self._contents.setText(self._words.about_contents(tally, summary.waiting + summary.reading, left_out))
