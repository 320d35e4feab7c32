"""Long files in the page list: their pages stand below the first one, and fold away behind it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QRect, Slot
from PySide6.QtWidgets import QListView

from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.tokens import GAP
from paddlescan.store import PageRow

_MARK = 20
"""Device-independent pixels at the right of a first page in which a click folds."""


class Folds(QObject):
    """They stay folded until another batch comes, or one of their pages comes to the front."""

    def __init__(self, view: QListView, model: PageListModel) -> None:
        super().__init__(view)
        self._view, self._pages = view, model
        model.rowsInserted.connect(self._hide_new)

    def has_mark(self, row: PageRow) -> bool:
        """Whether a page is the first of a file of several, so that it may be folded."""
        return row.ref.number == 1 and len(self._pages.file_of(row)) > 1

    def is_folded(self, row: PageRow) -> bool:
        """Whether the pages of this page's file are folded behind the first."""
        return row.position in self._pages.folded

    def behind(self, row: PageRow) -> list[PageRow]:
        """The pages that a folded first page stands for; none for any other."""
        if row.ref.number != 1 or not self.is_folded(row):
            return []
        return [self._pages.row_at(place) for place in self._pages.file_of(row)[1:]]

    def fold(self, row: PageRow, folded: bool) -> bool:
        """Fold the file of a page, or show all its pages. False where that changes nothing."""
        places = self._pages.file_of(row)
        if len(places) < 2 or folded == self.is_folded(row):
            return False
        (self._pages.folded.add if folded else self._pages.folded.discard)(row.position)
        for place in places[1:]:
            self._view.setRowHidden(place, folded)
        self._view.viewport().update()
        return True

    @staticmethod
    def mark_place(item: QRect) -> QRect:
        """Where a first page shows whether its file is folded."""
        return QRect(item.right() - GAP - _MARK, item.top(), _MARK, item.height())

    @Slot(QModelIndex, int, int)
    def _hide_new(self, _parent: QModelIndex, first: int, last: int) -> None:
        if self._pages.folded:
            for place in range(first, last + 1):
                row = self._pages.row_at(place)
                if self.is_folded(row) and row.ref.number > 1:
                    self._view.setRowHidden(place, True)
