"""The place of the table: the filter bar, when it is wanted, and the rows below it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from paddlescan.gui.review.filter_bar import FilterBar
from paddlescan.gui.review.table import ReviewTable


class TablePlace(QWidget):
    """A bar over the table."""

    def __init__(self, bar: FilterBar, table: ReviewTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(table, 1)
