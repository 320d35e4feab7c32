"""The list of pages on the left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QMenu

from paddlescan.gui.page_list_delegate import PageDelegate
from paddlescan.gui.page_list_folds import Folds
from paddlescan.gui.page_list_model import PAGE_ROLE, PageListModel
from paddlescan.gui.page_list_thumbnails import Thumbnails
from paddlescan.gui.tokens import GAP
from paddlescan.store import PageRow


class PageList(QListView):
    """Thumbnails, names and states; the selected page is the page in front."""

    page_selected = Signal(int)  # page id
    one_receipt_requested = Signal(list)
    """Page ids: each is one receipt, to be read again as that."""
    read_again_requested = Signal(list)  # page ids
    show_file_requested = Signal(int)  # page id
    carry_wanted = Signal()  # the selected pages are dragged
    copy_wanted = Signal()  # and these are to be copied

    def __init__(self, model: PageListModel) -> None:
        super().__init__()
        self._pages = model
        self.thumbnails = Thumbnails(self.pages_in_sight, self)
        self.thumbnails.arrived.connect(self._repaint_page)
        self.setModel(model)
        self.folds = Folds(self, model)
        self.setItemDelegate(PageDelegate(self.thumbnails, self.folds, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.setMinimumWidth(140)
        self.setViewportMargins(0, GAP - 1, 0, 0)
        model.dataChanged.connect(self._turn_ring)
        model.modelReset.connect(self._turn_ring)
        self._ring = QTimer(self)
        self._ring.setInterval(50)
        self._ring.timeout.connect(self._repaint_reading)
        self.retranslate()

    def show_page(self, page_id: int) -> None:
        """Bring a page to the front without telling anyone; -1: none is."""
        index = self._pages.index_of(page_id)
        if page_id < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())  # said to the view, or it takes the first with the focus
        elif index.isValid() and not (index == self.currentIndex() and self.selectionModel().isSelected(index)):
            quiet = self.blockSignals(True)
            self.folds.fold(index.data(PAGE_ROLE), False)
            chosen = self.selectionModel().SelectionFlag.ClearAndSelect  # whatever keys are held meanwhile
            self.selectionModel().setCurrentIndex(index, chosen)
            self.blockSignals(quiet)
            self.scrollTo(index)

    def selected_pages(self) -> list[PageRow]:
        """The selected pages from the top; the first page of a folded file stands for all of them."""
        rows: dict[int, PageRow] = {}
        for index in sorted(self.selectedIndexes(), key=QModelIndex.row):
            row = index.data(PAGE_ROLE)
            if isinstance(row, PageRow):
                rows |= {each.id: each for each in (row, *self.folds.behind(row))}
        return list(rows.values())

    def pages_in_sight(self) -> list[int]:
        """The ids of the pages that are seen now, be it in part."""
        place = self.viewport().rect()
        first, last = self.indexAt(place.topLeft()), self.indexAt(place.bottomLeft())
        if not self.isVisible() or not first.isValid():
            return []
        end = last.row() if last.isValid() else self._pages.rowCount() - 1
        places = range(first.row(), end + 1)
        return [self._pages.row_at(place).id for place in places if not self.isRowHidden(place)]

    def current_page(self) -> PageRow | None:
        """The page in front."""
        row = self.currentIndex().data(PAGE_ROLE)
        return row if isinstance(row, PageRow) else None

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which page is in front now."""
        super().currentChanged(current, previous)
        row = current.data(PAGE_ROLE)
        if isinstance(row, PageRow):
            self.page_selected.emit(row.id)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Repaint what was and what is selected."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left folds the file of the page in front behind its first page, Right shows its pages."""
        row = self.current_page()
        if row is None or event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right) or event.modifiers():
            super().keyPressEvent(event)
        elif self.folds.fold(row, event.key() == Qt.Key.Key_Left):
            self.setCurrentIndex(self._pages.index(self._pages.file_of(row)[0]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the mark of a first page folds its file, or shows its pages; any other chooses a page."""
        if not self._press_mark(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second of two quick clicks is a click like any other."""
        if not self._press_mark(event):
            super().mouseDoubleClickEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Pages go out as files and text."""
        self.carry_wanted.emit()

    def _press_mark(self, event: QMouseEvent) -> bool:
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = index.data(PAGE_ROLE)
        if event.button() != Qt.MouseButton.LeftButton or not isinstance(row, PageRow):
            return False
        if not self.folds.has_mark(row) or not self.folds.mark_place(self.visualRect(index)).contains(place):
            return False
        front = self.current_page()
        self.folds.fold(row, not self.folds.is_folded(row))
        if front is not None and front.position == row.position:
            self.setCurrentIndex(index)  # what was in front may be out of sight
        return True

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setAccessibleName(self.tr("Pages"))
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_menu(self, where: QPoint) -> None:
        if not self.selected_pages():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Read again")).triggered.connect(self._ask_to_read_again)
        menu.addAction(self.tr("Read again, one receipt a page")).triggered.connect(self._ask_for_one_receipt)
        menu.addAction(self.tr("Copy")).triggered.connect(self.copy_wanted)
        menu.addAction(self.tr("Show in folder")).triggered.connect(self._ask_to_show_file)
        menu.addActions(self.actions())
        menu.popup(self.viewport().mapToGlobal(where))

    def _ask_to_read_again(self) -> None:
        self.read_again_requested.emit([row.id for row in self.selected_pages()])

    def _ask_for_one_receipt(self) -> None:
        self.one_receipt_requested.emit([row.id for row in self.selected_pages()])

    def _ask_to_show_file(self) -> None:
        for row in self.selected_pages()[:1]:
            self.show_file_requested.emit(row.id)

    def _repaint_page(self, page_id: int) -> None:
        index = self._pages.index_of(page_id)
        if index.isValid():
            self.update(index)

    def _turn_ring(self) -> None:
        turning = bool(self._pages.reading())
        if turning != self._ring.isActive():
            self._ring.start() if turning else self._ring.stop()

    def _repaint_reading(self) -> None:
        if self.isVisible():
            for index in self._pages.reading():
                self.update(index)
