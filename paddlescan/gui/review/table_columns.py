"""How the batch table is set up: rows, keys that edit, and its columns and how these are remembered."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QByteArray, QItemSelection, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from paddlescan.gui.review.columns import COLUMNS, SHOWN_AT_FIRST, STATE, first_width
from paddlescan.gui.review.delegate import ROW_HEIGHT


def dress(table: QTableView) -> None:
    """Rows of one height, selected whole; typing, F2 and a double click edit."""
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setCornerButtonEnabled(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    triggers = QAbstractItemView.EditTrigger
    table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setMinimumSectionSize(ROW_HEIGHT)
    rows.setDefaultSectionSize(ROW_HEIGHT)


def lay_out_columns(table: QTableView) -> None:
    """Widths and choice at first; in dropping order."""
    header = table.horizontalHeader()
    header.setSectionsMovable(True)
    header.setHighlightSections(False)
    header.setStretchLastSection(True)
    header.setMinimumSectionSize(48)
    header.setSortIndicatorClearable(True)
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    for section, name in enumerate(COLUMNS):
        header.resizeSection(section, first_width(name))
        header.setSectionHidden(section, name not in SHOWN_AT_FIRST)
    table.setSortingEnabled(True)


def restore_columns(header: QHeaderView, state: bytes) -> bool:
    """Take remembered columns; False, and nothing changes, if they are of another version."""
    mine = header.saveState()
    if header.restoreState(QByteArray(state)) and header.count() == len(COLUMNS):
        return True
    header.restoreState(mine)
    return False


def shown_columns(header: QHeaderView) -> list[str]:
    """The columns to be seen but the state, in their order from the left."""
    places = sorted(range(len(COLUMNS)), key=header.visualIndex)
    return [COLUMNS[i] for i in places if not header.isSectionHidden(i) and COLUMNS[i] != STATE]


def rows_selection(model: QAbstractItemModel, rows: Iterable[int]) -> QItemSelection:
    """Whole rows as few ranges: one for each run of neighbours, so that thousands are selected at once."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    selection = QItemSelection()
    for first, last in runs:
        selection.select(model.index(first, 0), model.index(last, model.columnCount() - 1))
    return selection
