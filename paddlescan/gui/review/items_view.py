"""The line items of a receipt as they were read, foldable, to be looked at and copied."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from paddlescan.document import Item
from paddlescan.export.cells import amount_cell, text_cell
from paddlescan.gui.shared import tooltip

_ROW = 26
_MOST_SEEN = 8
"""Rows before the table scrolls by itself."""


class ItemsTable(QTableWidget):
    """Description, quantity, price, amount. Read-only; Ctrl+C copies the selected cells, TAB between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self.setObjectName("items")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these."""
        self.clearContents()
        self.setRowCount(len(items))
        for row, item in enumerate(items):
            for column, text in enumerate((item.description, item.quantity, item.unit_price, item.amount)):
                cell = QTableWidgetItem(text or "")
                if column:
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                else:
                    cell.setToolTip(tooltip(text or ""))
                self.setItem(row, column, cell)
        for column in (1, 2):
            self.setColumnHidden(column, all(not (i.quantity, i.unit_price)[column - 1] for i in items))
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + _ROW * min(len(items), _MOST_SEEN) + 2)

    def event(self, event: QEvent) -> bool:
        """Copying means these cells here, not the batch's."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy; all other keys are the table's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text())
            event.accept()
        else:
            super().keyPressEvent(event)

    def selected_text(self) -> str:
        """The selected cells, a line a row, as any spreadsheet takes them: by the rules of the CSV export."""
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes()):
            said = " ".join(str(index.data() or "").split())
            rows.setdefault(index.row(), []).append(amount_cell(said) if index.column() else text_cell(said))
        text = io.StringIO(newline="")
        csv.writer(text, "excel-tab", lineterminator="\n").writerows(rows.values())
        return text.getvalue().removesuffix("\n")


class ItemsView(QWidget):
    """A head that folds, and the table under it."""

    folded = Signal(bool)
    """The clerk opened or closed it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.fold_button = QToolButton()
        self.fold_button.setCheckable(True)
        self.fold_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold_button.toggled.connect(self._toggled)
        self.table = ItemsTable()
        self.table.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.fold_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.table)
        self._toggled(False)
        self.hide()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these; none hides the widget."""
        self._count = len(items)
        self.table.show_items(items)
        self.retranslate()
        self.setVisible(bool(items))

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.fold_button.setText(self.tr("Line items ({count})").format(count=self._count))
        self.table.setAccessibleName(self.tr("Line items"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Description"), self.tr("Quantity"), self.tr("Price"), self.tr("Amount")]
        )
        for column in range(self.table.columnCount()):
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            head = self.table.horizontalHeaderItem(column)
            if head is not None:
                head.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(bool)
    def _toggled(self, opened: bool) -> None:
        self.fold_button.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.table.setVisible(opened)
        self.folded.emit(not opened)
