"""Joins what a clerk does with many rows at once: the filter bar, and what is typed into all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QHeaderView

from paddlescan.gui.clipboard import local_paths, on_clipboard
from paddlescan.gui.review.columns import COLUMNS, STATE
from paddlescan.gui.review.many_hands import ManyHands

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow


class ManyWires(QObject):
    """Between the actions for many rows and whoever does them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.hands = ManyHands(window.table)
        self._connect_filter()
        self._connect_hands()
        self._connect_risk()

    def _connect_filter(self) -> None:
        window, bar = self._window, self._window.filter
        window.actions_.narrow.triggered.connect(self._narrow_pressed)
        bar.narrowed.connect(window.table.review_model.set_narrow)
        bar.left.connect(window.table.setFocus)
        bar.closed.connect(self.close_filter)
        model = window.table.review_model
        for news in (model.rearranged, model.rowsInserted, model.rowsRemoved):
            news.connect(self._count_rows)

    def _connect_hands(self) -> None:
        window, actions, hands = self._window, self._window.actions_, self.hands
        actions.fill_down.triggered.connect(hands.fill_down)
        actions.set_field.triggered.connect(hands.ask_set_field)
        actions.replace.triggered.connect(hands.ask_replace)
        actions.paste.triggered.connect(self._paste)
        window.table.category_wanted.connect(hands.set_category)
        hands.remark.connect(window.status.answer)
        window.workplace.review.typing_ends.connect(window.fields.hand.keep_all)

    def _connect_risk(self) -> None:
        window, failed = self._window, self._window.table.failed
        window.actions_.doubtful_first.toggled.connect(self._sort_by_risk)
        window.table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        failed.read_again_wanted.connect(window.workplace.controller.read_page_again)
        failed.password_wanted.connect(window.asking.ask_password_again)
        failed.show_file_wanted.connect(window.asking.show_file)

    @Slot(bool)
    def _sort_by_risk(self, on: bool) -> None:
        header = self._window.table.horizontalHeader()
        if on != _is_by_risk(header):
            header.setSortIndicator(COLUMNS.index(STATE) if on else -1, Qt.SortOrder.AscendingOrder)

    @Slot()
    def _sorted(self) -> None:
        self._window.actions_.doubtful_first.setChecked(_is_by_risk(self._window.table.horizontalHeader()))

    @Slot()
    def _paste(self) -> None:
        """Files and pictures come into the batch; text goes into the cells from the current one on."""
        files = bool(local_paths(on_clipboard()))
        if files or not self.hands.paste_cells():
            self._window.asking.paste()

    @Slot(bool)
    def _narrow_pressed(self, on: bool) -> None:
        """Open the bar, or close it; the keys of an open one that is not in use lead into it."""
        bar = self._window.filter
        if on or not bar.isAncestorOf(self._window.focusWidget()):
            self.open_filter()
        else:
            self.close_filter()

    @Slot()
    def open_filter(self, keep_keys: bool = False) -> None:
        """Show the filter bar; the caret goes into it, unless the keys are to stay where they are."""
        self._window.actions_.show_table.setChecked(True)
        self._window.actions_.narrow.setChecked(True)
        self._window.filter.show()
        if not keep_keys:
            self._window.filter.start()

    @Slot()
    def close_filter(self, keep_keys: bool = False) -> None:
        """Take the bar away, and with it the filter; the keys go on to the rows, unless they are to stay."""
        self._window.actions_.narrow.setChecked(False)
        self._window.filter.hide()
        if not keep_keys:
            self._window.table.setFocus()

    @Slot()
    def _count_rows(self) -> None:
        self._window.filter.show_count(self._window.table.review_model.rowCount())


def _is_by_risk(header: QHeaderView) -> bool:
    """Whether what failed and what is to check stands first."""
    ascending = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
    return header.sortIndicatorSection() == COLUMNS.index(STATE) and ascending
