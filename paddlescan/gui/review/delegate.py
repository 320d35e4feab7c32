"""Paints the table's cells and makes their editors. Doubt is amber and a diamond, never colour alone."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from paddlescan.gui.icons import paint_state
from paddlescan.gui.review.cells import CellLook
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.review.failed_rows import FailedRows
from paddlescan.gui.review.labels import field_label
from paddlescan.gui.review.model import CELL_ROLE
from paddlescan.gui.tokens import GAP, SMALL_PX, Tokens, tokens_of
from paddlescan.gui.window_keys import WindowKeys

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 31
"""Device-independent pixels, the hairline included."""
_MARK = 9


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

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell: ground, mark, text, hairline."""
        tokens = tokens_of(self._view)
        look = index.data(CELL_ROLE)
        if not isinstance(look, CellLook):
            return
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.fillRect(box, tokens.color("selection" if state & QStyle.StateFlag.State_Selected else "panel"))
        painter.setPen(tokens.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        failure = self._failed.failure_at(index) if self._failed is not None and look.state is None else None
        if failure is not None and self._failed is not None:
            self._failed.paint(painter, index, box, failure)
        inner = box.adjusted(GAP, 0, -GAP, -1)
        if look.state is not None:
            inner = self._paint_state(painter, inner, look, tokens)
        elif look.doubtful:
            inner = self._paint_doubt(painter, box, inner, tokens)
        if look.saving != "saved":
            _paint_saving(painter, box, look, tokens)
        self._paint_text(painter, inner, index, look, tokens)
        if index == self._view.currentIndex():
            width = 1.5 if self._view.hasFocus() else 1.0
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.color("doubt" if look.doubtful else "accent"), width))
            painter.drawRect(QRectF(box).adjusted(1, 1, -1.5, -2))
        painter.restore()

    def _paint_state(self, painter: QPainter, inner: QRect, look: CellLook, tokens: Tokens) -> QRect:
        if look.state is not None and not look.removed:
            mark = QRectF(inner.left(), inner.center().y() - _MARK / 2 + 0.5, _MARK, _MARK)
            paint_state(painter, mark, look.state, tokens)
        return inner.adjusted(_MARK + 5, 0, 0, 0)

    def _paint_doubt(self, painter: QPainter, box: QRect, inner: QRect, tokens: Tokens) -> QRect:
        painter.setPen(QPen(tokens.color("doubt"), 1))
        painter.setBrush(tokens.color("doubt_back"))
        painter.drawRect(QRectF(box).adjusted(0.5, 0.5, -1.5, -1.5))
        mark = QRectF(box.left() + 5, box.center().y() - _MARK / 2, _MARK - 1, _MARK - 1)
        paint_state(painter, mark, "needs_review", tokens)
        return inner.adjusted(_MARK, 0, 0, 0)

    def _paint_text(self, painter: QPainter, inner: QRect, index: Index, look: CellLook, tokens: Tokens) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        font = QFont(self._view.font())
        if look.state is not None:
            font.setPixelSize(SMALL_PX)
        font.setStrikeOut(look.removed and look.state is None)
        painter.setFont(font)
        painter.setPen(tokens.color("soft" if look.soft or look.removed else "ink"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        flags = index.data(Qt.ItemDataRole.TextAlignmentRole) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(inner, flags, shown)
        if look.impossible:
            width = painter.fontMetrics().horizontalAdvance(shown)
            right = bool(flags & int(Qt.AlignmentFlag.AlignRight))
            _paint_wave(painter, inner.right() - width if right else inner.left(), inner, width, tokens)

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


def _paint_saving(painter: QPainter, box: QRect, look: CellLook, tokens: Tokens) -> None:
    """A small ring in the corner while a cell is being saved, a red square where that failed."""
    mark = QRectF(box.right() - 8, box.top() + 3, 6, 6)
    paint_state(painter, mark, "waiting" if look.saving == "saving" else "failed", tokens)


def _paint_wave(painter: QPainter, left: float, inner: QRect, width: int, tokens: Tokens) -> None:
    """A wavy line under a value that cannot be right."""
    painter.setPen(QPen(tokens.color("bad"), 1.2))
    y = inner.center().y() + 9
    points = [QPointF(left + step, y + (1.2 if step // 2 % 2 else -1.2)) for step in range(0, max(width, 4), 2)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawPolyline(points)
