"""States of pages that were read and change since, because their rows do: asked of the store, which knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot

from paddlescan.document import PageState
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.running import jobs
from paddlescan.gui.running.newest_rows import NewestRows
from paddlescan.gui.running.reading import READ
from paddlescan.store import PageRow

_SETTLED: tuple[PageState, ...] = ("done", "needs_review")
"""Between these a page goes with its rows. All others belong to its reading, which tells of them itself."""


class SettledStates(QObject):
    """Keeps the page list in line with the rows of pages that were read."""

    def __init__(self, pages: PageListModel, rows: NewestRows, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._rows = pages, rows

    @Slot(object)
    def look_again(self, page_ids: Sequence[int]) -> None:
        """The store has rows of these pages anew: show the states that follow."""
        wanted = [page_id for page_id in page_ids if self._read(page_id) is not None]
        if wanted:
            self._rows.ask(partial(jobs.rows_of, page_ids=wanted), self._take)

    def _read(self, page_id: int) -> PageRow | None:
        row = self._pages.page(page_id)
        return row if row is not None and row.state in READ else None

    def _take(self, found: tuple[PageRow, ...]) -> None:
        for row in found:
            shown = self._read(row.id)  # it may be read again since the store was asked
            if shown is None or not (shown.state == row.state or {shown.state, row.state} <= set(_SETTLED)):
                continue
            if (shown.state, shown.removed) != (row.state, row.removed):
                self._pages.update_row(replace(shown, state=row.state, removed=row.removed))
