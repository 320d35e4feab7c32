"""Joins the review desk with table, fields panel and viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from paddlescan.gui.review.columns import DUPLICATE, RESCAN, Chosen
from paddlescan.gui.shared import state_of

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow


class ReviewWires(QObject):
    """Between the desk and the places where a clerk reviews."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._connect_desk()
        self._connect_fields()
        self._connect_table()

    def _connect_desk(self) -> None:
        window, work = self._window, self._window.workplace
        work.review.part_selected.connect(window.front.show_part)
        work.review.evidence_selected.connect(window.front.show_evidence)
        work.review.opened.connect(window.front.rows_came)
        work.review.pages_settled.connect(work.controller.settled.look_again)
        work.review.counts_changed.connect(window.toolbar.set_counts)
        window.viewer.line_clicked.connect(work.review.show_line)
        window.viewer.receipt_clicked.connect(work.review.show_part)

    def _connect_fields(self) -> None:
        window, work = self._window, self._window.workplace
        work.controller.progress_changed.connect(self._progress)
        window.fields.cutout_wanted.connect(window.front.request_cutout)
        work.lane.cutout_ready.connect(window.fields.show_cutout)
        window.fields.read_again_wanted.connect(work.controller.read_page_again)
        window.fields.seen.batch_wanted.connect(work.controller.open_batch)
        window.fields.password_wanted.connect(window.asking.ask_password_again)
        window.fields.removal_wanted.connect(window.table.removed.take_out_one)
        window.fields.show_file_wanted.connect(window.asking.show_file)
        window.asking.about_to_export.connect(window.fields.commit)
        window.asking.close_wanted.connect(window.close)
        window.asking.remark.connect(window.status.answer)

    def _connect_table(self) -> None:
        window = self._window
        window.table.sums_changed.connect(window.status.show_sums)
        window.toolbar.filter_changed.connect(self._filter)
        window.toolbar.search_changed.connect(window.table.set_search)
        window.toolbar.search_left.connect(window.table.setFocus)

    @Slot(object, bool)
    def _progress(self, _now: object, running: bool) -> None:
        self._window.fields.strip.set_unread(self._window.workplace.controller.waiting, running)

    @Slot(str)
    def _filter(self, chip: str) -> None:
        others: dict[str, Chosen | None] = {"all": None, RESCAN: RESCAN, DUPLICATE: DUPLICATE}
        self._window.table.set_state_filter(others[chip] if chip in others else state_of(chip))
