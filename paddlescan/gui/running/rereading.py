"""Pages that are read once more, or will be with other switches: what the store is told, and who hears of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from paddlescan.document import PrepareOptions
from paddlescan.errors import Failure
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.running import jobs
from paddlescan.gui.running.newest_rows import NewestRows
from paddlescan.gui.running.reading import Reading
from paddlescan.store import PageRow


class Rereading(QObject):
    """Part of the batch in front."""

    changed = Signal(int, str)  # page id, its state; the store has it
    trouble = Signal(object)  # Failure: a page is not read again, as the store could not be told

    def __init__(self, pages: PageListModel, reading: Reading, rows: NewestRows, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._reading, self._rows = pages, reading, rows

    def read_again(self, page_id: int, prepare: PrepareOptions | None, ahead: bool) -> None:
        """Read a page once more, with these switches (None: its own). ahead: before the pages that wait already."""
        before = self._pages.page(page_id)
        if before is not None:
            self._reading.again(page_id)
            take = self._go_ahead if ahead else self._wait
            self._rows.ask(lambda store: jobs.read_again(store, page_id, prepare), take, partial(self._refused, before))

    def set_prepare(self, page_id: int, prepare: PrepareOptions, tell: bool) -> None:
        """Remember a page's switches without reading it again. tell: those who show them do not know yet."""
        if self._pages.page(page_id) is not None:
            take = self._show if tell else self._keep
            self._rows.ask(lambda store: jobs.set_prepare(store, page_id, prepare), take)

    def _keep(self, rows: tuple[PageRow, ...]) -> None:
        for row in rows:
            self._pages.update_row(row)

    def _show(self, rows: tuple[PageRow, ...]) -> None:
        shown = [row for row in rows if self._pages.page(row.id) is not None]
        for row in shown:
            self._pages.update_row(row)
            self.changed.emit(row.id, row.state)

    def _go_ahead(self, rows: tuple[PageRow, ...]) -> None:
        for row in rows:
            if row.state == "waiting" and self._pages.page(row.id) is not None:
                self._reading.pool.put_ahead(row.id)
        self._wait(rows)

    def _refused(self, before: PageRow, failure: Failure) -> None:
        """The store could not be told; the page is what it was, if nothing else became of it."""
        shown = self._pages.page(before.id)
        if shown is not None and shown.state == "waiting":
            self._show((replace(shown, state=before.state, failure=before.failure, quality=before.quality),))
            self._reading.read()
        self.trouble.emit(failure)

    def _wait(self, rows: tuple[PageRow, ...]) -> None:
        self._show(rows)
        self._reading.read()
