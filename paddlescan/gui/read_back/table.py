"""The table of changes: the keys and the mouse tick and untick rows; nothing else can be done to it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from paddlescan.gui.read_back.model import ChangesModel

_ROW_HEIGHT = 28
_WIDEST = 420


class ReadTable(QTableView):
    """A quiet table of whole rows."""

    def __init__(self, name: str, stretched: tuple[int, ...]) -> None:
        """name: for the style sheet. stretched: the columns that share the room that is left."""
        super().__init__()
        self._stretched = stretched
        self.setObjectName(name)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMaximumSectionSize(_WIDEST)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_model(self, model: QAbstractItemModel) -> None:
        """Show these rows, the first of them in front."""
        self.setModel(model)
        head = self.horizontalHeader()
        head.setResizeContentsPrecision(200)  # rows that are measured
        for column in range(model.columnCount()):
            fits = QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch if column in self._stretched else fits)
        if model.rowCount():
            self.setCurrentIndex(model.index(0, 0))
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the rows that are chosen, or takes their ticks away."""
        model = self.model()
        if event.key() == Qt.Key.Key_Space and isinstance(model, ChangesModel):
            rows = {index.row() for index in self.selectionModel().selectedRows()} or {self.currentIndex().row()}
            model.turn(sorted(row for row in rows if row >= 0))
        else:
            super().keyPressEvent(event)
