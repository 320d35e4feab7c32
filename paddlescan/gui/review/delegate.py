"""Makes the editors of the table's cells; `table_painting` paints them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.review.failed_rows import FailedRows
from paddlescan.gui.review.labels import field_label
from paddlescan.gui.tokens import GAP
from paddlescan.gui.window_keys import WindowKeys

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 31
"""Device-independent pixels, the hairline included."""


class CellDelegate(QStyledItemDelegate):
    """Cells of the batch table."""

    def __init__(self, view: QTableView, failed: FailedRows | None = None) -> None:
        """failed: what says why the rows of failed pages are empty."""
        super().__init__(view)
        self._view, self._failed = view, failed

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the text and its mark; used when a column is fitted by double click."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return QSize(QFontMetrics(self._view.font()).horizontalAdvance(text) + 5 * GAP, ROW_HEIGHT)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on the remedy of a failed row."""
        if self._failed is not None and self._failed.clicked(event, index, option.rect):
            return True
        return super().editorEvent(event, model, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A plain line: whatever is typed is taken."""
        editor = QLineEdit(parent)
        WindowKeys(editor)
        editor.setAccessibleName(field_label(COLUMNS[index.column()]))
        editor.setStyleSheet(f"border-radius: 0; padding: 0 {GAP}px;")
        editor.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the editor, but never over what is being typed: rows are refreshed while the clerk types."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            text = str(index.data(Qt.ItemDataRole.EditRole) or "")
            if text != editor.text():
                editor.setText(text)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Hand over what was typed; an untouched editor changes nothing."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            self._view.model().setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """As large as its cell."""
        editor.setGeometry(option.rect.adjusted(0, 0, 0, -1))
