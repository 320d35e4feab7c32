"""Pages that are read once more, or will be with other switches: what the store is told, and who hears of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from paddlescan.document import PrepareOptions
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.running import jobs
from paddlescan.gui.running.reading import Reading
from paddlescan.gui.running.store_desk import StoreDesk
from paddlescan.store import PageRow


class Rereading(QObject):
    """Part of the batch in front."""

    changed = Signal(int, str)  # page id, its state; the store has it

    def __init__(self, pages: PageListModel, reading: Reading, desk: StoreDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._reading, self._desk = pages, reading, desk

    def read_again(self, page_id: int, prepare: PrepareOptions | None, ahead: bool) -> None:
        """Read a page once more, with these switches (None: its own). ahead: before the pages that wait already."""
        if self._pages.page(page_id) is not None:
            self._reading.again(page_id)
            done = self._goes_ahead if ahead else self._waits
            self._desk.ask(lambda store: jobs.read_again(store, page_id, prepare), done)

    def set_prepare(self, page_id: int, prepare: PrepareOptions, tell: bool) -> None:
        """Remember a page's switches without reading it again. tell: those who show them do not know yet."""
        if self._pages.page(page_id) is not None:
            done = self._show if tell else self._pages.update_row
            self._desk.ask(lambda store: jobs.set_prepare(store, page_id, prepare), done)

    def _show(self, row: PageRow | None) -> None:
        if row is not None and self._pages.page(row.id) is not None:
            self._pages.update_row(row)
            self.changed.emit(row.id, row.state)

    def _goes_ahead(self, row: PageRow | None) -> None:
        if row is not None:
            self._reading.pool.put_ahead(row.id)
        self._waits(row)

    def _waits(self, row: PageRow | None) -> None:
        self._show(row)
        if row is not None and self._pages.page(row.id) is not None:
            self._reading.read()
