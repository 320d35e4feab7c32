"""The columns of a template as a list: ticked by Space, moved by Alt and an arrow or the mouse, renamed in place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from paddlescan.export.columns import EMPTY, header
from paddlescan.gui.export.draft import Draft
from paddlescan.gui.shared import language, tooltip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
COLUMN, HEADER = 0, 1
_ROW_HEIGHT = 28


class ColumnsModel(QAbstractTableModel):
    """A row a column of the sheet: which it is, with a tick, and what stands over it."""

    edited = Signal()

    def __init__(self, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self.draft: Draft | None = None

    def show_draft(self, draft: Draft) -> None:
        """Show another template."""
        self.beginResetModel()
        self.draft = draft
        self.endResetModel()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 1)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 1))

    def move(self, at: int, to: int) -> int:
        """Put a column elsewhere; returns where it is now."""
        if self.draft is None or not 0 <= at < len(self.draft.lines):
            return at
        to = max(0, min(to, len(self.draft.lines) - 1))
        if at != to:
            self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), to + 1 if to > at else to)
            self.draft.move(at, to)
            self.endMoveRows()
            self.edited.emit()
        return to

    def rowCount(self, parent: Index | None = None) -> int:
        """One a column of the sheet."""
        return 0 if self.draft is None or (parent is not None and parent.isValid()) else len(self.draft.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """What it holds, and what stands over it."""
        return 0 if parent is not None and parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The two names."""
        if orientation != Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        translate = QCoreApplication.translate  # by this name, or lupdate does not see it
        return (translate("TemplateEditor", "Column"), translate("TemplateEditor", "Header"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The column can be ticked and dragged, its header written."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flags | (Qt.ItemFlag.ItemIsEditable if index.column() == HEADER else Qt.ItemFlag.ItemIsUserCheckable)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """One cell."""
        if self.draft is None:
            return None
        line = self.draft.lines[index.row()]
        name = column_name(line.key)
        match role:
            case Role.DisplayRole | Role.EditRole if index.column() == HEADER:
                return self.draft.shown_header(index.row(), language())
            case Role.DisplayRole:
                return name
            case Role.ToolTipRole:
                return tooltip(str(self.data(index)))
            case Role.CheckStateRole if index.column() == COLUMN:
                return Qt.CheckState.Checked if line.on else Qt.CheckState.Unchecked
            case Role.ForegroundRole if not line.on and isinstance(parent := self.parent(), QTableView):
                return parent.palette().placeholderText()
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Tick, or write a header."""
        if self.draft is None:
            return False
        if role == Role.CheckStateRole and index.column() == COLUMN:
            self.draft.turn(index.row(), Qt.CheckState(value) == Qt.CheckState.Checked)
        elif role == Role.EditRole and index.column() == HEADER:
            if str(value) == self.draft.shown_header(index.row(), language()):
                return True
            self.draft.write(index.row(), str(value), language())
            self.draft.turn(index.row(), True)  # who names a column wants it
        else:
            return False
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), 1))
        self.edited.emit()
        return True


def column_name(key: str) -> str:
    """What a column holds, in the window's language."""
    return QCoreApplication.translate("TemplateEditor", "Empty column") if key == EMPTY else header(key, language())


class ColumnsView(QTableView):
    """The list itself."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = ColumnsModel(self)
        self.setModel(self.columns)
        self.setObjectName("columns")
        self.setMinimumHeight(90)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def show_draft(self, draft: Draft) -> None:
        """Show another template, its first column in front."""
        self.columns.show_draft(draft)
        self.setCurrentIndex(self.columns.index(0, 0))

    def move_current(self, by: int) -> None:
        """Move the column in front up or down."""
        at = self.currentIndex()
        to = self.columns.move(at.row(), at.row() + by)
        self.setCurrentIndex(self.columns.index(to, at.column()))
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves, Space ticks, Enter writes the header."""
        index, key = self.currentIndex(), event.key()
        moves = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if moves and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_current(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Space and index.isValid():
            on = self.columns.data(self.columns.index(index.row(), COLUMN), Role.CheckStateRole)
            wanted = Qt.CheckState.Unchecked if on == Qt.CheckState.Checked else Qt.CheckState.Checked
            self.columns.setData(self.columns.index(index.row(), COLUMN), wanted, Role.CheckStateRole)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and index.isValid():
            if self.state() != QAbstractItemView.State.EditingState:
                self.setCurrentIndex(self.columns.index(index.row(), HEADER))
                self.edit(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The dragged column goes where it is let go."""
        at, under = self.currentIndex().row(), self.indexAt(event.position().toPoint())
        to = under.row() if under.isValid() else self.columns.rowCount() - 1
        if under.isValid() and to > at and event.position().y() < self.visualRect(under).center().y():
            to -= 1
        elif under.isValid() and to < at and event.position().y() > self.visualRect(under).center().y():
            to += 1
        self.setCurrentIndex(self.columns.index(self.columns.move(at, to), COLUMN))
        event.setDropAction(Qt.DropAction.IgnoreAction)  # moved already; the view is not to take a row away
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.columns.retranslate()
