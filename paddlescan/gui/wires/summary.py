"""Joins the summary with the rows that its bars stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from paddlescan.gui.review.columns import DUPLICATE
from paddlescan.gui.review.filters import RowFilter

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow
    from paddlescan.gui.wires.many import ManyWires


class SummaryWires(QObject):
    """Between the summary, the filter bar and the place in which the summary is shown."""

    def __init__(self, window: MainWindow, many: ManyWires) -> None:
        super().__init__(window)
        self._window, self._many = window, many
        window.actions_.summary.toggled.connect(self._show)
        window.summary.closed.connect(self._close)
        window.summary.rows_wanted.connect(self._show_rows)
        window.summary.seen_wanted.connect(self._show_seen)
        window.filter.narrowed.connect(window.summary.show_filter)
        window.workplace.review.look_taken.connect(self._close)  # the page is wanted now
        window.front.browsed.connect(self._close)

    @Slot(bool)
    def _show(self, on: bool) -> None:
        window = self._window
        window.panes.show_in_place(window.summary if on else None)
        if on:
            window.summary.take_keys()
        else:
            window.table.setFocus()

    @Slot()
    def _close(self) -> None:
        self._window.actions_.summary.setChecked(False)

    @Slot(object)
    def _show_rows(self, narrow: RowFilter) -> None:
        """All rows of a bar, whatever chip and search let through before; none of it: all rows again."""
        window = self._window
        self._show_all("all")
        if narrow.is_empty:
            self._many.close_filter(keep_keys=True)
        else:
            self._many.open_filter(keep_keys=True)
        window.filter.show_filter(narrow)

    @Slot()
    def _show_seen(self) -> None:
        """The rows that were seen before, of all."""
        self._many.close_filter(keep_keys=True)
        self._show_all(DUPLICATE)

    def _show_all(self, chip: str) -> None:
        """All rows of a chip, whatever the search let through before."""
        self._window.toolbar.choose(chip)
        self._window.toolbar.search.clear()
        self._window.table.set_search("")
