"""The window: builds the rooms and connects them. It decides nothing about receipts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QByteArray, QEvent, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from paddlescan.gui.actions import Actions
from paddlescan.gui.asking import Asking
from paddlescan.gui.dialogs.notice import Notice
from paddlescan.gui.drop_target import DropTarget
from paddlescan.gui.empty_state import EmptyState
from paddlescan.gui.front_page import FrontPage
from paddlescan.gui.page_list import PageList
from paddlescan.gui.panes import Panes
from paddlescan.gui.review.fields_panel import FieldsPanel
from paddlescan.gui.review.filter_bar import FilterBar
from paddlescan.gui.review.table import ReviewTable
from paddlescan.gui.review.table_place import TablePlace
from paddlescan.gui.settings.preferences import Preferences
from paddlescan.gui.shared import batch_name
from paddlescan.gui.status_bar import StatusBar
from paddlescan.gui.summary.panel import SummaryPanel
from paddlescan.gui.telling import Telling
from paddlescan.gui.toolbar import Toolbar
from paddlescan.gui.viewer.page_viewer import PageViewer
from paddlescan.gui.wires.actions import ActionWires
from paddlescan.gui.wires.batch import BatchWires
from paddlescan.gui.wires.details import DetailsWires
from paddlescan.gui.wires.drag_out import DragOutWires
from paddlescan.gui.wires.ending import EndingWires
from paddlescan.gui.wires.hot_folder import HotFolderWires
from paddlescan.gui.wires.manual import ManualWires
from paddlescan.gui.wires.many import ManyWires
from paddlescan.gui.wires.read_back import ReadBackWires
from paddlescan.gui.wires.read_before import ReadBeforeWires
from paddlescan.gui.wires.recent import RecentWires
from paddlescan.gui.wires.review import ReviewWires
from paddlescan.gui.wires.scanner import ScannerWires
from paddlescan.gui.wires.screen_region import ScreenRegionWires
from paddlescan.gui.wires.summary import SummaryWires
from paddlescan.gui.wires.taking import TakingWires
from paddlescan.gui.workplace import Workplace
from paddlescan.settings import Settings

TITLE_BAR = 32
"""What the desktop puts on top of a window, about; a first window stays within the screen."""


class MainWindow(QMainWindow):
    """One window, four places."""

    closing = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.workplace = workplace
        free = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(1440, free.width()), min(900, free.height() - TITLE_BAR))
        self.setMinimumSize(900, 560)
        self.actions_ = Actions(self)
        self.actions_.fill(self.menuBar())
        self.toolbar = Toolbar(self.actions_)
        self.notice = Notice()
        self.empty = EmptyState()
        self.pages = PageList(workplace.controller.pages)
        self.viewer = PageViewer(workplace.lane)
        self.table = ReviewTable(workplace.review)
        self.fields = FieldsPanel(workplace.review)
        self.filter = FilterBar(workplace.review)
        self.panes = Panes(self.pages, self.viewer, self.fields, TablePlace(self.filter, self.table))
        self.summary = SummaryPanel(workplace.review)
        self.panes.add_in_place(self.summary)
        self.status = StatusBar()
        self.front = FrontPage(workplace.controller, self.viewer, workplace.lane, self)
        self.drops = DropTarget(self)
        self.preferences = Preferences(workplace, self)
        self.asking = Asking(self, workplace, self.preferences)
        self.telling = Telling(workplace, self.status, self.notice, self.actions_, self)
        self._lay_out()
        BatchWires(self)
        ReviewWires(self)
        TakingWires(self)
        ActionWires(self)
        SummaryWires(self, ManyWires(self))
        ReadBackWires(self)
        ReadBeforeWires(self)
        EndingWires(self)
        DetailsWires(self)
        DragOutWires(self)
        ScreenRegionWires(self)
        RecentWires(self)
        ScannerWires(self)
        ManualWires(self)
        HotFolderWires(self)
        self._remember()
        self.retranslate()

    def _lay_out(self) -> None:
        work = QWidget()
        column = QVBoxLayout(work)
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # until it is known whether there is a batch
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.panes)
        for widget in (self.toolbar, self.notice, self._stack, self.status):
            column.addWidget(widget)
        column.setStretchFactor(self._stack, 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.setCentralWidget(work)
        self.toolbar.hide()
        self.panes.fold_by(
            pages=self.actions_.show_pages, fields=self.actions_.show_fields, table=self.actions_.show_table
        )

    def _remember(self) -> None:
        settings = self.workplace.settings
        if settings.window_geometry:
            self.restoreGeometry(QByteArray(settings.window_geometry))
        if settings.window_state:
            self.panes.restore(settings.window_state)
        if settings.table_state:
            self.table.restore_columns(settings.table_state)

    @Slot()
    def show_place(self) -> None:
        """The empty window or the panes, whichever there is something for."""
        full = self.workplace.controller.pages.rowCount() > 0 or bool(self.workplace.review.sheet.ids())
        self._stack.setCurrentWidget(self.panes if full else self.empty)
        self.toolbar.setVisible(full)
        self.actions_.export.setEnabled(full)

    @Slot()
    def come_to_the_front(self) -> None:
        """Be what the person looks at, as far as the desktop allows it."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    @Slot()
    def retranslate(self) -> None:
        """Say the batch's name in the title."""
        summary = self.workplace.controller.summary
        name = (
            batch_name(summary).replace("[*]", "[*][*]") if summary else ""
        )  # [*] alone is Qt's mark of what is unsaved
        self.setWindowTitle(f"{name} — PaddleScan" if summary else "PaddleScan")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def remembered(self) -> Settings:
        """The settings with the window's place, panes and columns as they are now."""
        return replace(
            self.workplace.settings,
            window_geometry=bytes(self.saveGeometry().data()),
            window_state=self.panes.state(),
            table_state=self.table.column_state(),
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed, then refuse drops and end the threads behind."""
        self.fields.commit()
        if not self.asking.may_close():
            event.ignore()
            return
        self.drops.open = False
        self.closing.emit()
        event.accept()
