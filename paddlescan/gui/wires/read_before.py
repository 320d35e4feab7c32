"""Says that all that was just read had been read before, where that is, and what helps."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from paddlescan.errors import PaddleScanError
from paddlescan.gui.dialogs.notice import News
from paddlescan.gui.review.columns import DUPLICATE
from paddlescan.gui.shared import batch_name, day_words
from paddlescan.pipeline.read_before import read_before
from paddlescan.store import BatchSummary

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow

READ_BEFORE = "read_before"
_LOOKED_AT = 50
"""Whole rows, which are fetched from the store: if the firsts of so many are in one batch, the others' are."""


class ReadBeforeWires(QObject):
    """Between the batch in front and the strip over the panes. It is said once for each time that pages are read."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = False
        """Whether pages were read since it was said."""
        self._first: BatchSummary | None = None
        controller, desk = window.workplace.controller, window.workplace.review
        controller.running_changed.connect(self._running_changed)
        controller.batch_changed.connect(self._forget)
        desk.changed.connect(self._look)

    @Slot(bool)
    def _running_changed(self, running: bool) -> None:
        self._wanted = self._wanted or running
        self._look()

    @Slot()
    def _forget(self) -> None:
        self._wanted = False
        self._window.notice.take_back(READ_BEFORE)

    @Slot()
    def _look(self) -> None:
        controller, notice = self._window.workplace.controller, self._window.notice
        if controller.running or controller.waiting or not (self._wanted or notice.has(READ_BEFORE)):
            return
        self._first = self._batch_of_all()
        if self._first is None:
            notice.take_back(READ_BEFORE)
        elif self._wanted:
            self._wanted = False
            notice.show_news(News(READ_BEFORE, self._words, lambda: self.tr("Open it")), self._open)

    def _batch_of_all(self) -> BatchSummary | None:
        """The earlier batch in which every receipt of the one in front stands already."""
        sheet = self._window.workplace.review.sheet
        if sheet.batch is None or not sheet.counts().get(DUPLICATE):
            return None
        lines = [line for line in sheet.lines(sheet.ids()) if not line.removed and line.is_receipt]
        if not all(line.copied for line in lines):
            return None
        found = read_before((sheet.row(line.receipt_id) for line in islice(lines, _LOOKED_AT)), sheet.batch)
        try:
            return sheet.summary_of(found.batch) if found is not None and found.whole else None
        except PaddleScanError:  # busy, or just erased: the next change tells
            return None

    def _words(self) -> str:
        if self._first is None:
            return ""
        said = self.tr(
            "All of these receipts were read before, in “{name}” of {day}. Remove the rows if they came once more by"
            " mistake; of those that belong here say “Not the same”."
        )
        return said.format(name=batch_name(self._first), day=day_words(self._first.created_at))

    def _open(self) -> None:
        if self._first is not None:
            self._window.workplace.controller.open_batch(self._first.id)
