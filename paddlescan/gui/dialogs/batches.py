"""The earlier batches, the newest first: open one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from paddlescan.gui.dialogs.question import Question
from paddlescan.gui.shared import batch_name, moment_words
from paddlescan.store import BatchSummary


class BatchesDialog(Question):
    """A row a batch: its name, when it was made, and what there is in it."""

    chosen = Signal(int)  # batch

    def __init__(self, parent: QWidget | None, batches: Sequence[BatchSummary], current: int | None) -> None:
        super().__init__(parent, self.tr("Earlier batches"), self.tr("Which batch do you want to see?"))
        self.resize(760, 440)
        heads = [self.tr("Name"), self.tr("Made"), self.tr("Pages"), self.tr("Waiting"), self.tr("To check")]
        heads += [self.tr("Failed"), self.tr("Rows")]
        self.table = QTableWidget(len(batches), len(heads))
        self.table.setObjectName("batches")
        for column, head in enumerate(heads):
            item = QTableWidgetItem(head)
            side = Qt.AlignmentFlag.AlignRight if column > 1 else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.table.setHorizontalHeaderItem(column, item)
        self.table.setAccessibleName(self.tr("Earlier batches"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._ids = [batch.id for batch in batches]
        for row, batch in enumerate(batches):
            self._fill(row, batch)
        self.table.resizeColumnsToContents()
        self.column.addWidget(self.table, 1)
        self.cancel = self.add_button(self.tr("Cancel"))
        self.open_batch = self.add_button(self.tr("Open"), primary=True)
        self.open_batch.setEnabled(bool(batches))
        self.end()
        self.cancel.clicked.connect(self.reject)
        self.open_batch.clicked.connect(self.accept)
        self.table.doubleClicked.connect(self._double_clicked)
        self.accepted.connect(self._tell)
        if batches:
            self.table.selectRow(self._ids.index(current) if current in self._ids else 0)

    def _fill(self, row: int, batch: BatchSummary) -> None:
        texts = [batch_name(batch), moment_words(batch.created_at)]
        figures = (batch.pages, batch.waiting + batch.reading, batch.receipts_to_check, batch.failed, batch.receipts)
        for column, text in enumerate([*texts, *(str(figure) if figure else "–" for figure in figures)]):
            item = QTableWidgetItem(text)
            if column > 1:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)

    def _double_clicked(self, index: QModelIndex) -> None:
        self.accept()

    def _tell(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._ids):
            self.chosen.emit(self._ids[row])


class NameDialog(Question):
    """Asks for a batch's name."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None, name: str) -> None:
        super().__init__(parent, self.tr("Name this batch"), self.tr("What is this batch called?"))
        self.field = QLineEdit(name)
        self.field.setAccessibleName(self.tr("Name"))
        self.field.setMaxLength(120)
        self.field.selectAll()
        self.column.addWidget(self.field)
        cancel = self.add_button(self.tr("Cancel"))
        self.save = self.add_button(self.tr("Save"), primary=True)
        self.end()
        cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)
        self.accepted.connect(self._tell)

    def _tell(self) -> None:
        self.named.emit(self.field.text().strip())
