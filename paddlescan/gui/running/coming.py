"""Pages that come into the batch in front: from a drop, or because a file turns out to hold more of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.running import jobs
from paddlescan.gui.running.newest_rows import NewestRows
from paddlescan.gui.running.reading import Reading
from paddlescan.store import PageRow


class ComingPages(QObject):
    """Puts them into the list and lets them be read; news of another batch than the one in front are too late."""

    added = Signal(int)  # batch

    def __init__(
        self, pages: PageListModel, reading: Reading, rows: NewestRows, batch: Callable[[], int | None], parent: QObject
    ) -> None:
        """batch: says which one is in front."""
        super().__init__(parent)
        self._pages, self._reading, self._rows, self._batch = pages, reading, rows, batch

    @Slot(int, object)
    def come(self, batch: int, rows: Iterable[PageRow]) -> None:
        """Pages of a drop."""
        if batch == self._batch():
            self._rows.check(rows, partial(self._add, batch))

    @Slot(int, object)
    def found(self, batch: int, page_ids: Sequence[int]) -> None:
        """Pages that a worker found in a file."""
        self._rows.ask(lambda store: jobs.file_of(store, page_ids), partial(self._more, batch))

    def _add(self, batch: int, rows: tuple[PageRow, ...]) -> None:
        if batch != self._batch():
            return
        fresh = [row for row in rows if self._pages.page(row.id) is None]
        self._pages.add(fresh)
        self.added.emit(batch)
        self._reading.add(fresh)

    def _more(self, batch: int, rows: tuple[PageRow, ...]) -> None:
        self._add(batch, rows)
        for row in rows:  # page 1 knows now how many there are
            shown = self._pages.page(row.id)
            if shown is not None and shown.page_count != row.page_count:
                self._pages.update_row(replace(shown, page_count=row.page_count))
