"""States of pages that were read and change since, because their rows do: asked of the store, which knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from paddlescan.document import PageState
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.running.store_desk import StoreDesk
from paddlescan.store import Store

_SETTLED: tuple[PageState, ...] = ("done", "needs_review")
"""Between these a page goes with its rows. All others belong to its reading, which tells of them itself."""


class SettledStates(QObject):
    """Keeps the page list in line with the rows of pages that were read."""

    def __init__(self, pages: PageListModel, desk: StoreDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._desk = pages, desk

    @Slot(object)
    def look_again(self, page_ids: Sequence[int]) -> None:
        """The store has rows of these pages anew: show the states that follow."""
        wanted = [page_id for page_id in page_ids if self._settled(page_id)]
        if wanted:
            self._desk.ask(lambda store: _states(store, wanted), self._take)

    def _settled(self, page_id: int) -> bool:
        row = self._pages.page(page_id)
        return row is not None and row.state in _SETTLED

    def _take(self, states: dict[int, PageState]) -> None:
        for page_id, state in states.items():
            shown = self._pages.page(page_id)  # it may be read again since the store was asked
            if shown is not None and self._settled(page_id) and state in _SETTLED and shown.state != state:
                self._pages.update_row(replace(shown, state=state))


def _states(store: Store, page_ids: Sequence[int]) -> dict[int, PageState]:
    rows = [store.page_row(page_id) for page_id in page_ids]
    return {row.id: row.state for row in rows if row is not None}
