"""Joins the batch in front with the places that show its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow


class BatchWires(QObject):
    """Between the controller, the page list and the viewer."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._connect_controller()
        self._connect_pages()
        self._connect_viewer()

    def _connect_controller(self) -> None:
        window, work = self._window, self._window.workplace
        work.controller.batch_changed.connect(self._batch_changed)
        work.controller.renamed.connect(window.retranslate)
        work.controller.pages_added.connect(window.show_place)
        work.controller.page_changed.connect(self._page_changed)
        work.controller.show_page.connect(window.front.browse)
        window.empty.choose_files.connect(window.asking.choose_files)
        window.empty.try_samples.connect(window.asking.add_samples)

    def _connect_pages(self) -> None:
        window, work = self._window, self._window.workplace
        pages = window.pages
        pages.page_selected.connect(window.front.browse)
        pages.read_again_requested.connect(self._read_again)
        pages.one_receipt_requested.connect(work.steps.one_receipt_each)
        pages.show_file_requested.connect(window.asking.show_file)
        pages.thumbnails.only_wanted.connect(work.lane.keep_thumbnails)
        pages.thumbnails.wanted.connect(work.thumbnails.request)
        work.thumbnails.found.connect(pages.thumbnails.take)
        work.thumbnails.missing.connect(window.front.request_thumbnail)
        work.lane.thumbnail_ready.connect(work.thumbnails.keep)
        work.lane.thumbnail_ready.connect(pages.thumbnails.take)
        work.lane.thumbnail_failed.connect(pages.thumbnails.give_up)
        window.front.shown.connect(pages.show_page)
        window.front.browsed.connect(work.review.show_page)

    def _connect_viewer(self) -> None:
        window, work = self._window, self._window.workplace
        window.viewer.prepare_changed.connect(work.steps.switch)
        window.viewer.read_again_requested.connect(work.steps.read_again)
        window.viewer.regions_drawn.connect(work.steps.draw_regions)
        window.viewer.password_requested.connect(window.asking.ask_password_again)

    @Slot(object)
    def _batch_changed(self, _summary: object) -> None:
        window, work = self._window, self._window.workplace
        window.front.clear()
        window.pages.thumbnails.clear()
        if work.review.sheet.batch != work.controller.batch:
            work.review.open_batch(work.controller.batch)
        window.show_place()
        window.front.show_first()
        window.retranslate()

    @Slot(int, str)
    def _page_changed(self, page_id: int, state: str) -> None:
        self._window.workplace.review.page_changed(page_id)
        self._window.pages.thumbnails.page_changed(page_id, state)
        self._window.front.page_changed(page_id, state)

    @Slot(list)
    def _read_again(self, page_ids: list[int]) -> None:
        for page_id in page_ids:
            self._window.workplace.controller.read_page_again(page_id)
