"""Joins page list and table with other programs: what is dragged out of them or copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication

from paddlescan.errors import Failure
from paddlescan.gui.drag_out.carrying import carry
from paddlescan.gui.drag_out.goods import (
    MOST_TEXTS,
    carried_files,
    carried_text,
    copied_files,
    names,
    page_texts,
    source_urls,
)

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow


class DragOutWires(QObject):
    """Between the selected pages or rows and whoever takes them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._carried: QMimeData | None = None
        window.pages.carry_wanted.connect(self._carry_pages)
        window.pages.copy_wanted.connect(self.copy_pages)
        window.table.carry_wanted.connect(self._carry_rows)
        window.actions_.copy.triggered.connect(self._copy)

    @Slot()
    def _carry_pages(self) -> None:
        """Files for who takes files, text for who takes text: the text comes from the store while the mouse is on its
        way, and until it is there the files' names stand for it."""
        rows = self._window.pages.selected_pages()
        urls = source_urls(rows)
        if not urls:
            return
        mime = self._carried = carried_files(urls, names(rows))
        ids = [row.id for row in rows]
        self._window.workplace.controller.desk.ask(
            lambda store: page_texts(store, ids), self._text_came, lambda _: None
        )
        try:
            carry(self._window.pages, mime, self.tr("%n file(s)", None, len(urls)))
        finally:
            self._carried = None

    def _text_came(self, text: str) -> None:
        if text and self._carried is not None:
            self._carried.setText(text)

    @Slot()
    def _carry_rows(self) -> None:
        cells = self._window.table.selected_cells()
        if cells:
            count = len(self._window.table.selected_ids())
            carry(self._window.table, carried_text(cells), self.tr("%n row(s)", None, count))

    @Slot()
    def _copy(self) -> None:
        """Of the two lists, the one that has the keys."""
        if self._window.pages.hasFocus():
            self.copy_pages()
        else:
            self._window.table.copy_selection()

    @Slot()
    def copy_pages(self) -> None:
        """Put the selected pages on the clipboard: their files, and their text."""
        rows = self._window.pages.selected_pages()
        ids, urls = [row.id for row in rows], source_urls(rows)
        if not urls:
            return

        def copied(text: str) -> None:
            QGuiApplication.clipboard().setMimeData(copied_files(urls, text or names(rows)))
            words = self.tr("%n file(s) copied", None, len(urls))
            if len(ids) > MOST_TEXTS:
                words += self.tr(", with the text of the first %n page(s)", None, MOST_TEXTS)
            self._window.status.answer(words)

        self._window.workplace.controller.desk.ask(lambda store: page_texts(store, ids), copied)


def _without_it(_failure: Failure) -> None:
    """Files can be dragged though the store cannot be read just now; it says so itself elsewhere."""
