"""Has the table's cells painted, and makes their editors."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from paddlescan.gui.review.cell_painting import CellPainter
from paddlescan.gui.review.cells import CellLook
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.review.failed_rows import FailedRows
from paddlescan.gui.review.labels import field_label
from paddlescan.gui.review.model import CELL_ROLE
from paddlescan.gui.tokens import GAP, is_dark, tokens_for, tokens_of
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
        self._painter = CellPainter(view.font(), tokens_of(view))
        self._font, self._palette = view.font(), -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the text and its mark; used when a column is fitted by double click."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return QSize(QFontMetrics(self._view.font()).horizontalAdvance(text) + 5 * GAP, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        look = index.data(CELL_ROLE)
        if not isinstance(look, CellLook):
            return
        state: QStyle.StateFlag = option.state
        current = self._frame(look) if index == self._view.currentIndex() else None
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        self._painter_now().paint(painter, option.rect, look, selected, current)
        failure = self._failed.failure_at(index) if self._failed is not None and look.failed else None
        if failure is not None and self._failed is not None:
            self._failed.paint(painter, index, option.rect, failure)
        painter.restore()

    def _frame(self, look: CellLook) -> QPen:
        """What is drawn around the current cell."""
        colour = tokens_of(self._view).color("doubt" if look.doubtful else "accent")
        return QPen(colour, 1.5 if self._view.hasFocus() else 1.0)

    def _painter_now(self) -> CellPainter:
        """The painter for the view's font and colours."""
        font, palette = self._view.font(), self._view.palette()
        if palette.cacheKey() != self._palette or font != self._font:
            self._palette, self._font = palette.cacheKey(), font
            self._painter = CellPainter(font, tokens_for(is_dark(palette)))
        return self._painter

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
