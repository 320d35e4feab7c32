"""The batch as a table: look, keys, clipboard, the header's menu. Everything it shows is the model's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QTableView, QWidget

from paddlescan.gui.review.columns import COLUMNS, Chosen, editable
from paddlescan.gui.review.delegate import CellDelegate
from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.gui.review.failed_rows import FailedRows
from paddlescan.gui.review.header import TableHeader
from paddlescan.gui.review.held_rows import HeldRows
from paddlescan.gui.review.held_typing import HeldTyping
from paddlescan.gui.review.looks import tsv
from paddlescan.gui.review.model import Index, ReviewModel
from paddlescan.gui.review.removed_rows import RemovedRows
from paddlescan.gui.review.table_columns import dress, lay_out_columns, restore_columns, shown_columns
from paddlescan.gui.review.table_keys import field_meant, press
from paddlescan.gui.review.table_menus import column_menu, row_menu
from paddlescan.gui.review.table_painting import TablePainting
from paddlescan.gui.review.table_sums import TableSums
from paddlescan.gui.shared import language
from paddlescan.gui.tokens import GAP, tokens_of


class ReviewTable(QTableView):
    """The rows of a batch, editable in place."""

    receipt_selected = Signal(int)
    field_selected = Signal(int, str)
    sums_changed = Signal(str)
    """`3 selected · 108.00 CNY`, or of all rows shown where one or none is selected; see `table_sums`."""

    carry_wanted = Signal()  # the selected rows are dragged
    category_wanted = Signal(str)
    """A category was chosen for the selected rows."""

    def __init__(self, desk: ReviewDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.review_model = ReviewModel(desk, self)
        self.sums = TableSums(self)  # before the first selection is told
        self._following = False
        self._leading = False
        """The clerk chose the current cell, which the desk is being told."""
        self.setHorizontalHeader(TableHeader(self))
        self.failed = FailedRows(self)
        self.removed = RemovedRows(self)
        self._painting = TablePainting(self, self.failed)
        self.setItemDelegate(CellDelegate(self, self.failed))
        dress(self)
        self.setModel(self.review_model)
        lay_out_columns(self)
        self.horizontalHeader().customContextMenuRequested.connect(self._show_column_menu)
        self._rows = HeldRows(self)  # after Qt's own answer to a reset
        self._typing = HeldTyping(self)
        self.sums.told.connect(self.sums_changed)
        self.review_model.rearranged.connect(self._say_why_empty)
        self.review_model.rowsInserted.connect(self._say_why_empty)
        self.review_model.rowsRemoved.connect(self._say_why_empty)
        desk.receipt_selected.connect(self.receipt_selected)
        desk.receipt_selected.connect(self._show_none)
        desk.field_selected.connect(self.field_selected)
        desk.field_selected.connect(self.show_field)
        desk.typing_ends.connect(self.commit)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setAccessibleName(self.tr("Receipts of this batch"))
        self.horizontalHeader().setAccessibleName(self.tr("Columns"))
        self.review_model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._say_why_empty()
        self.sums.later()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or why there are none."""
        painter = QPainter(self.viewport())
        self._painting.paint(painter, event.region())
        sentence = self.why_empty()
        if sentence:
            painter.setPen(tokens_of(self).color("soft"))
            place = self.viewport().rect().adjusted(GAP, GAP, -GAP, -GAP)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), sentence)
        painter.end()

    def why_empty(self) -> str:
        """What stands in place of the rows when chip or search let none through; else nothing."""
        if self.review_model.rowCount() or not self.review_model.arrangement.narrows:
            return ""
        return self.tr("Nothing fits this filter") if len(self.desk.sheet) else ""

    @Slot()
    def _say_why_empty(self) -> None:
        if self.accessibleDescription() != self.why_empty():
            self.setAccessibleDescription(self.why_empty())
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
        super().changeEvent(event)

    # what to see

    @Slot(str)
    def set_search(self, text: str) -> None:
        """Show only rows that hold a text."""
        self.review_model.set_search(text)

    def set_state_filter(self, state: Chosen | None) -> None:
        """Show only rows in a state; None: all."""
        self.review_model.set_state_filter(state)

    @Slot(bool)
    def set_show_removed(self, show: bool) -> None:
        """Show rows that were taken out, too."""
        self.review_model.set_show_removed(show)

    def column_state(self) -> bytes:
        """Order, width and choice of columns, to be remembered."""
        return bytes(self.horizontalHeader().saveState().data())

    def restore_columns(self, state: bytes) -> bool:
        """Take remembered columns; False, and nothing changes, if they are of another version."""
        return restore_columns(self.horizontalHeader(), state)

    # what is in front

    def selected_ids(self) -> tuple[int, ...]:
        """The selected receipts, in the order of the rows."""
        rows: set[int] = set()
        parts = self.selectionModel().selection()
        for part in map(parts.at, range(parts.count())):
            rows.update(range(part.top(), part.bottom() + 1))
        return tuple(self.review_model.receipt_at(row) for row in sorted(rows))

    @Slot(int, str)
    def show_field(self, receipt_id: int, name: str) -> None:
        """Go to a cell, even of a row that chip or search hide."""
        self.review_model.reveal(receipt_id)
        index = self.review_model.index_of(receipt_id, name)
        if not index.isValid() or index == self.currentIndex() or self._leading:
            return
        with self.following():
            if self.isColumnHidden(index.column()) or index.row() == self.currentIndex().row():
                self._make_current(index)
            else:
                self.select_alone(index)
            self._scroll_to_row(index)

    @contextmanager
    def following(self) -> Iterator[None]:
        """The current cell follows the desk, which need not be told of it."""
        self._following = True
        try:
            yield
        finally:
            self._following = False

    def _scroll_to_row(self, index: QModelIndex) -> None:
        """Bring a cell into sight; of a field without a column, its row: scrollTo leaves hidden columns alone."""
        shown = (column for column in range(len(COLUMNS)) if not self.isColumnHidden(column))
        column = next(shown, index.column()) if self.isColumnHidden(index.column()) else index.column()
        self.scrollTo(index.siblingAtColumn(column))

    @Slot(int)
    def _show_none(self, receipt_id: int) -> None:
        """No receipt is in front, so no row is either: what is typed next would go there."""
        if receipt_id < 0 and self.desk.bare_page is not None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())  # said to the view, or it takes the first row with the focus

    def _make_current(self, index: QModelIndex) -> None:
        """Move the current cell; a selection of several rows that holds it stays."""
        flags = self.selectionModel().SelectionFlag
        if self.selectionModel().isRowSelected(index.row(), QModelIndex()):
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        else:
            self.select_alone(index)

    def select_alone(self, index: QModelIndex) -> None:
        """Move to a row and select only it; setCurrentIndex would toggle it while Ctrl is held, as for Ctrl+Z."""
        flags = self.selectionModel().SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Bring the receipt and field of the current cell to the front."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._following and not self._rows.held:
            name = COLUMNS[current.column()]
            receipt_id = self.review_model.receipt_at(current.row())
            self._leading = not editable(name)  # the cell stays current while the merchant is in front
            try:
                self.desk.bring_to_front(receipt_id, name if editable(name) else "merchant")
            finally:
                self._leading = False

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Sum up what is selected."""
        super().selectionChanged(selected, deselected)
        self.sums.later()

    @Slot()
    def commit(self) -> None:
        """Keep what is being typed into a cell; for closing the window."""
        editor = self._typing.line()
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # mouse, keys and menus

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Several selected rows can be dragged out by one of them; from any other row the mouse selects, as ever."""
        row = self.indexAt(event.position().toPoint()).row()
        chosen, plain = self.selectionModel(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        several = plain and row >= 0 and chosen.isRowSelected(row) and len(self.selected_ids()) > 1
        self.setDragEnabled(several)
        super().mousePressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Rows go out as cells."""
        self.carry_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, Del removes, Insert adds, Return edits (or helps a failed row), F8 goes on."""
        field = field_meant(self, event)
        if field is not None:
            self._make_current(field)
        if press(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def selected_cells(self) -> str:
        """The shown cells of the selected rows, tab-separated; none of them does anything in a spreadsheet."""
        names = shown_columns(self.horizontalHeader())
        lines = [[(receipt_id, name) for name in names] for receipt_id in self.selected_ids()]
        return tsv(self.desk.sheet, lines, language())

    @Slot()
    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard."""
        if cells := self.selected_cells():
            QGuiApplication.clipboard().setText(cells)

    @Slot()
    def remove_selected(self) -> None:
        """Take the selected rows out of the batch and go to the row behind them."""
        self.removed.take_out(self.selected_ids())

    @Slot()
    def take_selected_apart(self) -> None:
        """Make a receipt of each page of the selected rows."""
        self.desk.pages.take_apart(self.selected_ids())

    @Slot()
    def put_selected_together(self) -> None:
        """Make one receipt of the selected rows."""
        self.desk.pages.put_together(self.selected_ids())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Edit, copy, remove or restore."""
        row_menu(self).popup(event.globalPos())

    @Slot(QPoint)
    def _show_column_menu(self, place: QPoint) -> None:
        column_menu(self).popup(self.horizontalHeader().mapToGlobal(place))
