"""Which page is in front: fetches what is known of it from the store and gives it to the viewer.

Page list, table and viewer all bring pages to the front; they meet here and do not know each other.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.document import PageRef, PageResult, PrepareOptions, Quad
from paddlescan.gui.lane import PreviewLane
from paddlescan.gui.running.controller import BatchController
from paddlescan.gui.viewer.page_viewer import PageViewer

CUTOUT_WIDTH = 900
"""Pixels; sharp across the fields panel at 200 %."""


class FrontPage(QObject):
    """The page in front and what is marked on it."""

    shown = Signal(int)  # page id; -1: a row by hand, which has none
    browsed = Signal(int)  # page id: chosen as a page, not for one of its fields

    def __init__(
        self, controller: BatchController, viewer: PageViewer, lane: PreviewLane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller, self._viewer, self._lane = controller, viewer, lane
        self._page: int | None = None
        self._mark: tuple[Quad | None, bool] | None = None
        self._browsing = False
        self._by_hand = False
        self._part = (-1, 1)

    @property
    def page_id(self) -> int | None:
        """The page in front."""
        return self._page

    @Slot()
    def clear(self) -> None:
        """Another batch: nothing is in front."""
        self._page = self._mark = None
        self._by_hand = False
        self._viewer.show_page(None, None, None, PrepareOptions())

    @Slot()
    def show_first(self) -> None:
        """Bring the first page of the batch to the front, if it has one."""
        for row in self._controller.pages.pages()[:1]:
            self.browse(row.id)

    @Slot()
    def rows_came(self) -> None:
        """The rows of a large batch come after its pages: bring those of the page in front to the front."""
        if self._page is not None and self._mark is None:
            self._say_browsed(self._page)

    @Slot(int)
    def browse(self, page_id: int) -> None:
        """Show a page as a whole."""
        self._mark = None
        self._bring(page_id)
        self._say_browsed(page_id)

    def _say_browsed(self, page_id: int) -> None:
        self._browsing = True
        try:
            self.browsed.emit(page_id)
        finally:
            self._browsing = False

    @Slot(int, object, bool)
    def show_evidence(self, page_id: int, quad: Quad | None, doubtful: bool) -> None:
        """Show the place where a field was read; page -1: the row was added by hand."""
        if self._browsing:
            return
        if page_id < 0:
            self._show_by_hand()
            return
        self._mark = (quad, doubtful)
        if page_id == self._page:
            self._viewer.highlight(quad, doubtful)
        else:
            self._bring(page_id)

    @Slot(int, int)
    def show_part(self, page_id: int, number: int) -> None:
        """Which of a page's receipts is in front; said before the page itself or its evidence is."""
        self._part = page_id, number
        if page_id == self._page:
            self._viewer.show_receipt(number)

    @Slot(int, str)
    def page_changed(self, page_id: int, state: str) -> None:
        """A page was read, or is being read: if it is in front, show it as it is now."""
        if state != "reading":  # it will be read again, or was: its file may be another than the one that was drawn
            self._lane.forget(page_id)
        if page_id == self._page:
            self._fetch()
            if self._mark is None:
                self._say_browsed(page_id)
        elif self._page is None and not self._by_hand:
            self.browse(page_id)

    def _show_by_hand(self) -> None:
        if not self._by_hand:
            self._by_hand, self._page, self._mark = True, None, None
            self._viewer.show_by_hand()
            self.shown.emit(-1)

    @Slot(int, object, int, int)
    def request_thumbnail(self, page_id: int, ref: PageRef, max_side: int, ticket: int) -> None:
        """Ask the lane for a small picture, with the file's password where one was given."""
        self._lane.request_thumbnail(page_id, ref, max_side, self._controller.passwords.get(ref.source), ticket)

    @Slot(int, object)
    def request_cutout(self, page_id: int, quad: Quad) -> None:
        """Ask the lane for the piece of a page around a quad; it comes back under the key (page id, quad)."""
        row = self._controller.pages.page(page_id)
        if row is not None:
            password = self._controller.passwords.get(row.ref.source)
            self._lane.request_cutout((page_id, quad), row.ref, quad, CUTOUT_WIDTH, password)

    def _bring(self, page_id: int) -> None:
        if page_id == self._page or self._controller.pages.page(page_id) is None:
            return
        self._page, self._by_hand = page_id, False
        self._fetch()
        self.shown.emit(page_id)

    def _fetch(self) -> None:
        page_id = self._page
        if page_id is not None:
            self._controller.desk.ask(lambda store: (page_id, store.page_result(page_id)), self._fetched)

    def _fetched(self, answer: tuple[int, PageResult | None]) -> None:
        page_id, result = answer
        row = self._controller.pages.page(page_id)
        if page_id != self._page or row is None:
            return  # another page came to the front meanwhile
        password = self._controller.passwords.get(row.ref.source)
        number = self._part[1] if self._part[0] == page_id else 1
        self._viewer.show_page(page_id, row.ref, result, row.prepare, password, state=row.state, number=number)
        if self._mark is not None:
            self._viewer.highlight(*self._mark)
