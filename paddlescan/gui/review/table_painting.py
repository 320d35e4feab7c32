"""Paints the rows of the batch table that are in sight.

Qt asks model and delegate some ten things for every cell, each a way into Python and back; here a row is asked once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen, QRegion

from paddlescan.gui.review.cell_painting import RowLook, RowPainter, paint_frame
from paddlescan.gui.review.cells import row_looks
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.review.failed_rows import FailedRows
from paddlescan.gui.tokens import is_dark, tokens_for, tokens_of

if TYPE_CHECKING:
    from paddlescan.gui.review.table import ReviewTable


class TablePainting:
    """Part of the table."""

    def __init__(self, table: ReviewTable, failed: FailedRows) -> None:
        """failed: what says why the rows of failed pages are empty."""
        self._table, self._failed = table, failed
        self._painter = RowPainter(table.font(), tokens_of(table))
        self._font, self._palette = table.font(), -1

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """Paint all rows and columns that a region of the viewport touches."""
        rows, columns = self._rows(region), self._columns(region.boundingRect())
        if not rows or not columns:
            return
        table, model, selection = self._table, self._table.review_model, self._table.selectionModel()
        names = [COLUMNS[column] for column, _, _ in columns]
        looks = {
            row: RowLook(
                table.rowViewportPosition(row),
                table.rowHeight(row),
                selection.isSelected(model.index(row, columns[0][0])),
                row_looks(table.desk.sheet, model.receipt_at(row), names),
            )
            for row in rows
        }
        self._painter_now().paint(painter, tuple(looks.values()), [(left, width) for _, left, width in columns])
        self._paint_failures(painter, looks, columns)
        self._paint_frame(painter, looks, columns)

    def _paint_failures(
        self, painter: QPainter, looks: dict[int, RowLook], columns: list[tuple[int, int, int]]
    ) -> None:
        """Why the rows of failed pages are empty."""
        for row, look in looks.items():
            failed = [column for cell, column in zip(look.cells, columns, strict=True) if cell.failed]
            failure = self._failed.failure_at(self._table.review_model.index(row, 0)) if failed else None
            if failure is None:
                continue
            for column, left, width in failed:
                box = QRect(left, look.top, width, look.height)
                self._failed.paint(painter, self._table.review_model.index(row, column), box, failure)

    def _paint_frame(self, painter: QPainter, looks: dict[int, RowLook], columns: list[tuple[int, int, int]]) -> None:
        """The frame around the current cell."""
        current = self._table.currentIndex()
        look = looks.get(current.row())
        for place, (column, left, width) in enumerate(columns):
            if look is not None and column == current.column():
                colour = tokens_of(self._table).color("doubt" if look.cells[place].doubtful else "accent")
                pen = QPen(colour, 1.5 if self._table.hasFocus() else 1.0)
                paint_frame(painter, QRect(left, look.top, width, look.height), pen)

    def _rows(self, region: QRegion) -> list[int]:
        """The rows that a region touches: a few far apart where two rows change places as the current one."""
        last, rows = self._table.review_model.rowCount() - 1, set[int]()
        for part in region:  # type: ignore[attr-defined]  # it can be gone through, which its stub does not say
            first, end = self._table.rowAt(part.top()), self._table.rowAt(part.bottom())
            if first >= 0:
                rows.update(range(first, (end if end >= 0 else last) + 1))
        return sorted(rows)

    def _columns(self, part: QRect) -> list[tuple[int, int, int]]:
        """Column, left edge and width of the shown columns that a part of the viewport touches, from the left."""
        header = self._table.horizontalHeader()
        found = []
        for column in map(header.logicalIndex, range(len(COLUMNS))):
            left, width = header.sectionViewportPosition(column), header.sectionSize(column)
            if width and left <= part.right() and left + width > part.left():
                found.append((column, left, width))
        return found

    def _painter_now(self) -> RowPainter:
        """The painter for the table's font and colours."""
        font, palette = self._table.font(), self._table.palette()
        if palette.cacheKey() != self._palette or font != self._font:
            self._palette, self._font = palette.cacheKey(), font
            self._painter = RowPainter(font, tokens_for(is_dark(palette)))
        return self._painter
