"""The captions of the batch table. The arrow of sorting stands before a caption that is flush right, not upon it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QToolTip, QWidget

from paddlescan.gui.review.columns import COLUMNS, STATE
from paddlescan.gui.tokens import GAP, tokens_of

_ARROW = 7


class TableHeader(QHeaderView):
    """A header over columns of text (flush left) and of amounts (flush right)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)

    def viewportEvent(self, event: QEvent) -> bool:
        """The hint of the states: their order is that of risk."""
        if (
            isinstance(event, QHelpEvent)
            and event.type() == QEvent.Type.ToolTip
            and self.logicalIndexAt(event.pos()) == COLUMNS.index(STATE)
        ):
            hint = self.tr("Click to see what failed and what is to check first")
            QToolTip.showText(event.globalPos(), hint, self)
            return True
        return super().viewportEvent(event)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """The style draws its arrow at the right, where such a caption ends."""
        super().initStyleOptionForIndex(option, section)
        if self._is_ours(section):
            option.sortIndicator = QStyleOptionHeader.SortIndicator.None_

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The section, and before its caption the arrow."""
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if not self._is_ours(section):
            return
        caption = str(self.model().headerData(section, self.orientation(), Qt.ItemDataRole.DisplayRole) or "")
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        right = rect.right() - GAP - painter.fontMetrics().horizontalAdvance(caption) - GAP // 2
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        middle, tip = rect.center().y(), -_ARROW / 4 if up else _ARROW / 4
        corners = ((right - _ARROW, middle - tip), (right, middle - tip), (right - _ARROW / 2, middle + tip))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens_of(self).color("soft"))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        painter.restore()

    def _is_ours(self, section: int) -> bool:
        if section != self.sortIndicatorSection() or not self.isSortIndicatorShown():
            return False
        side = self.model().headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        return bool(int(side or 0) & int(Qt.AlignmentFlag.AlignRight))
