"""Shows a preview: a table as it will be, the text of a file, the pages of a PDF, or old and new names."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QBuffer,
    QByteArray,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontDatabase, QImageReader, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QWidget,
)

from paddlescan.gui.export.preview import Cell, Mood, Pages, Table, Text
from paddlescan.gui.shared import tooltip
from paddlescan.gui.tokens import GAP, Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_COLOURS: dict[Mood, str] = {
    "done": "ok",
    "doubtful": "doubt",
    "failed": "bad",
    "soft": "soft",
    "link": "accent",
}
_WIDEST, _WIDEST_OF_FEW = 220, 440
"""Pixels of a column; of a table of three columns or fewer."""
_PAGE = QSize(270, 400)


class PreviewModel(QAbstractTableModel):
    """The cells of a table, sums below."""

    def __init__(self, table: Table, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = table
        more = table.headers and (table.count is None or table.count > len(table.rows))
        ellipsis = (tuple(Cell("…", head.right, "soft") for head in table.headers),) if more else ()
        self._rows: tuple[tuple[Cell, ...], ...] = (*table.rows, *ellipsis, *table.sums)
        self._tokens = tokens
        self._bold = QFont(parent.font())
        self._bold.setWeight(QFont.Weight.DemiBold)

    def rowCount(self, parent: Index | None = None) -> int:
        """First rows and sums."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """As in the file."""
        if parent is not None and parent.isValid():
            return 0
        return len(self.table.headers) or max(map(len, self._rows), default=0)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """As in the file."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.table.headers):
            return None
        head = self.table.headers[section]
        if role == Role.DisplayRole:
            return head.text
        return _aligned(head) if role == Role.TextAlignmentRole else None

    def cell(self, row: int, column: int) -> Cell:
        """What stands there."""
        return self._rows[row][column]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """One cell."""
        cell = self.cell(index.row(), index.column())
        match role:
            case Role.DisplayRole:
                return "▧" if cell.mood == "picture" else cell.text
            case Role.AccessibleTextRole:
                return ". ".join(part for part in (cell.text, cell.said) if part)
            case Role.TextAlignmentRole:
                return _aligned(cell)
            case Role.ToolTipRole:
                return tooltip("\n".join(part for part in (cell.text, cell.said) if part)) or None
            case Role.ForegroundRole if cell.mood in _COLOURS:
                return self._tokens.color(_COLOURS[cell.mood])
            case Role.ForegroundRole if cell.mood == "picture":
                return self._tokens.color("soft")
            case Role.BackgroundRole if cell.mood == "doubtful":
                return self._tokens.color("doubt_back")
            case Role.BackgroundRole if cell.bold and self.table.headers:
                return self._tokens.color("background")
            case Role.FontRole if cell.bold:
                return self._bold
        return None


def _aligned(cell: Cell) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
    return (Qt.AlignmentFlag.AlignHCenter if cell.mood == "picture" else side) | Qt.AlignmentFlag.AlignVCenter


class PreviewView(QStackedWidget):
    """One of them at a time; what was shown last stays until the next is there."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self.text, self.pages = _table(), QPlainTextEdit(), QScrollArea()
        holder = QWidget()
        self.pages.setWidget(holder)
        self.pages.setWidgetResizable(True)
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setTabChangesFocus(True)
        self._pages = QHBoxLayout(holder)
        self._pages.setSpacing(2 * GAP)
        self._shown: Table | None = None
        self.setMinimumSize(240, 120)
        self.table.setModel(PreviewModel(Table((), ()), tokens_of(self), self))
        for widget in (self.table, self.text, self.pages):
            self.addWidget(widget)

    def name(self, words: str) -> None:
        """What a screen reader calls it."""
        for widget in (self.table, self.text, self.pages):
            widget.setAccessibleName(words)

    def show_preview(self, found: Table | Text | Pages) -> None:
        """Show this."""
        if isinstance(found, Table):
            self._show_table(found)
        elif isinstance(found, Text):
            if self.text.toPlainText() != found.text:
                self.text.setPlainText(found.text)
            self.setCurrentWidget(self.text)
        else:
            self._show_pages(found)
            self.setCurrentWidget(self.pages)

    def _show_table(self, found: Table) -> None:
        before = self.table.model()
        at = self.table.horizontalScrollBar().value(), self.table.verticalScrollBar().value()
        same = self._shown is not None and self._shown.headers == found.headers
        model = PreviewModel(found, tokens_of(self), self)
        self.table.setModel(model)
        if before is not None:
            before.deleteLater()
        self.table.horizontalHeader().setVisible(bool(found.headers))
        head = self.table.horizontalHeader()
        head.setMaximumSectionSize(_WIDEST_OF_FEW if model.columnCount() <= 3 else _WIDEST)
        head.setStretchLastSection(False)
        self.table.resizeColumnsToContents()
        head.setStretchLastSection(bool(found.headers))
        if same:
            self.table.horizontalScrollBar().setValue(at[0])
            self.table.verticalScrollBar().setValue(at[1])
        self._shown = found
        self.setCurrentWidget(self.table)

    def _show_pages(self, found: Pages) -> None:
        while (item := self._pages.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for data in found.pictures:
            picture = QLabel()
            picture.setPixmap(_small(data, self.devicePixelRatioF()))
            self._pages.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        self._pages.addStretch(1)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            kept = self.currentWidget()
            self._show_table(self._shown)
            if kept is not None:
                self.setCurrentWidget(kept)


def _small(data: bytes, scale: float) -> QPixmap:
    """A page, decoded no larger than it is shown; as the JPEG that it is said to be, or not at all."""
    kept = QByteArray(data)
    buffer = QBuffer(kept)
    reader = QImageReader(buffer, b"jpeg")
    reader.setAutoDetectImageFormat(False)  # else what is no JPEG is tried with every decoder there is
    reader.setScaledSize(reader.size().scaled(_PAGE * scale, Qt.AspectRatioMode.KeepAspectRatio))
    picture = QPixmap.fromImage(reader.read())
    picture.setDevicePixelRatio(scale)
    return picture


def _table() -> QTableView:
    table = QTableView()
    table.setObjectName("preview")
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(26)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    head.setMaximumSectionSize(_WIDEST)
    head.setResizeContentsPrecision(50)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return table
