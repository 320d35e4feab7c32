"""The window: builds the rooms and connects them. It decides nothing about receipts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QByteArray, QEvent, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from paddlescan.gui.actions import Actions
from paddlescan.gui.asking import Asking
from paddlescan.gui.dialogs.notice import Notice
from paddlescan.gui.drop_target import DropTarget
from paddlescan.gui.empty_state import EmptyState
from paddlescan.gui.front_page import FrontPage
from paddlescan.gui.page_list import PageList
from paddlescan.gui.panes import Panes
from paddlescan.gui.review.columns import DUPLICATE, RESCAN, Chosen
from paddlescan.gui.review.fields_panel import FieldsPanel
from paddlescan.gui.review.table import ReviewTable
from paddlescan.gui.shared import batch_name, state_of
from paddlescan.gui.status_bar import StatusBar
from paddlescan.gui.telling import Telling
from paddlescan.gui.toolbar import Toolbar
from paddlescan.gui.viewer.page_viewer import PageViewer
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
        self.panes = Panes(self.pages, self.viewer, self.fields, self.table)
        self.status = StatusBar()
        self.front = FrontPage(workplace.controller, self.viewer, workplace.lane, self)
        self.drops = DropTarget(self)
        self.asking = Asking(self, workplace)
        self.telling = Telling(workplace, self.status, self.notice, self.actions_, self)
        self._lay_out()
        self._connect_batch()
        self._connect_review()
        self._connect_actions()
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

    def _connect_batch(self) -> None:
        work = self.workplace
        work.controller.batch_changed.connect(self._batch_changed)
        work.controller.renamed.connect(self.retranslate)
        work.controller.pages_added.connect(self._show_place)
        work.controller.page_changed.connect(self._page_changed)
        work.controller.show_page.connect(self.front.browse)
        self.drops.dropped.connect(work.controller.add_paths)
        self.empty.choose_files.connect(self.asking.choose_files)
        self.empty.try_samples.connect(self.asking.add_samples)
        self.notice.retry.connect(work.controller.resume)
        self.notice.retry.connect(work.review.retry_saving)
        self.pages.page_selected.connect(self.front.browse)
        self.pages.read_again_requested.connect(self._read_again)
        self.pages.show_file_requested.connect(self.asking.show_file)
        self.pages.thumbnails.only_wanted.connect(work.lane.keep_thumbnails)
        self.pages.thumbnails.wanted.connect(self.front.request_thumbnail)
        work.lane.thumbnail_ready.connect(self.pages.thumbnails.take)
        work.lane.thumbnail_failed.connect(self.pages.thumbnails.give_up)
        self.front.shown.connect(self.pages.show_page)
        self.front.browsed.connect(work.review.show_page)
        self.viewer.prepare_changed.connect(work.controller.set_prepare)
        self.viewer.read_again_requested.connect(work.controller.read_again)
        self.viewer.regions_drawn.connect(work.draw_regions)
        self.viewer.password_requested.connect(self.asking.ask_password_again)

    def _connect_review(self) -> None:
        work = self.workplace
        work.review.part_selected.connect(self.front.show_part)
        work.review.evidence_selected.connect(self.front.show_evidence)
        work.review.opened.connect(self.front.rows_came)
        work.review.pages_settled.connect(work.controller.settled.look_again)
        work.review.counts_changed.connect(self.toolbar.set_counts)
        self.viewer.line_clicked.connect(work.review.show_line)
        self.viewer.receipt_clicked.connect(work.review.show_part)
        self.fields.cutout_wanted.connect(self.front.request_cutout)
        work.lane.cutout_ready.connect(self.fields.show_cutout)
        self.fields.read_again_wanted.connect(work.controller.read_page_again)
        self.asking.about_to_export.connect(self.fields.commit)
        self.asking.close_wanted.connect(self.close)
        self.asking.remark.connect(self.status.say)
        self.fields.seen.batch_wanted.connect(work.controller.open_batch)
        self.fields.password_wanted.connect(self.asking.ask_password_again)
        self.fields.show_file_wanted.connect(self.asking.show_file)
        self.table.sums_changed.connect(self.status.show_sums)
        self.toolbar.filter_changed.connect(self._filter)
        self.toolbar.search_changed.connect(self.table.set_search)
        self.toolbar.search_left.connect(self.table.setFocus)

    def _connect_actions(self) -> None:
        work, actions, asking = self.workplace, self.actions_, self.asking
        for action, act in (
            (actions.add_files, asking.choose_files),
            (actions.add_folder, asking.choose_folder),
            (actions.samples, asking.add_samples),
            (actions.paste, asking.paste),
            (actions.new_batch, work.controller.new_batch),
            (actions.rename_batch, asking.name_batch),
            (actions.batches, asking.choose_batch),
            (actions.export, asking.export),
            (actions.quit, self.close),
            (actions.undo, work.undo_stack.undo),
            (actions.redo, work.undo_stack.redo),
            (actions.copy, self.table.copy_selection),
            (actions.find, self._find),
            (actions.add_row, work.review.add_row),
            (actions.remove_rows, self.table.remove_selected),
            (actions.restore_rows, self.table.restore_selected),
            (actions.stop, self._stop_or_go),
            (actions.read_again, self._read_selected_again),
            (actions.read_failed, work.controller.read_failed),
            (actions.draw_receipts, self.viewer.verbs.receipts.trigger),
            (actions.next_doubt, work.review.go_to_next_look),
            (actions.about, asking.about),
        ):
            action.triggered.connect(act)
        for action, chip in (
            (actions.chip_all, "all"),
            (actions.chip_check, "needs_review"),
            (actions.chip_failed, "failed"),
            (actions.chip_rescan, RESCAN),
            (actions.chip_duplicate, DUPLICATE),
        ):
            action.setData(chip)
            action.triggered.connect(self._press_chip)
        actions.show_removed.toggled.connect(self.table.set_show_removed)
        self.table.review_model.rearranged.connect(self._rearranged)
        work.undo_stack.canUndoChanged.connect(actions.undo.setEnabled)
        work.undo_stack.canRedoChanged.connect(actions.redo.setEnabled)
        self.viewer.verbs.receipts.enabledChanged.connect(actions.draw_receipts.setEnabled)
        actions.draw_receipts.setEnabled(self.viewer.verbs.receipts.isEnabled())
        actions.undo.setEnabled(False)
        actions.redo.setEnabled(False)

    def _remember(self) -> None:
        settings = self.workplace.settings
        if settings.window_geometry:
            self.restoreGeometry(QByteArray(settings.window_geometry))
        if settings.window_state:
            self.panes.restore(settings.window_state)
        if settings.table_state:
            self.table.restore_columns(settings.table_state)

    # Slots that join two rooms --------------------------------------------------------------------

    @Slot(object)
    def _batch_changed(self, _summary: object) -> None:
        work = self.workplace
        self.front.clear()
        self.pages.thumbnails.clear()
        if work.review.sheet.batch != work.controller.batch:
            work.review.open_batch(work.controller.batch)
        self._show_place()
        self.front.show_first()
        self.retranslate()

    @Slot()
    def _show_place(self) -> None:
        """The empty window or the panes, whichever there is something for."""
        full = self.workplace.controller.pages.rowCount() > 0 or bool(self.workplace.review.sheet.ids())
        self._stack.setCurrentWidget(self.panes if full else self.empty)
        self.toolbar.setVisible(full)
        self.actions_.export.setEnabled(full)

    @Slot(int, str)
    def _page_changed(self, page_id: int, state: str) -> None:
        self.workplace.review.page_changed(page_id)
        self.pages.thumbnails.page_changed(page_id, state)
        self.front.page_changed(page_id, state)

    @Slot(list)
    def _read_again(self, page_ids: list[int]) -> None:
        for page_id in page_ids:
            self.workplace.controller.read_page_again(page_id)

    @Slot()
    def _read_selected_again(self) -> None:
        if self.front.page_id is not None:
            self.workplace.controller.read_again(self.front.page_id, self.viewer.prepare)

    @Slot()
    def _stop_or_go(self) -> None:
        controller = self.workplace.controller
        controller.stop() if controller.running else controller.resume()

    @Slot(str)
    def _filter(self, chip: str) -> None:
        others: dict[str, Chosen | None] = {"all": None, RESCAN: RESCAN, DUPLICATE: DUPLICATE}
        self.table.set_state_filter(others[chip] if chip in others else state_of(chip))

    @Slot()
    def _press_chip(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.toolbar.choose(action.data())

    @Slot()
    def _rearranged(self) -> None:
        self.actions_.show_removed.setChecked(self.table.review_model.arrangement.show_removed)

    @Slot()
    def _find(self) -> None:
        self.toolbar.search.setFocus()
        self.toolbar.search.selectAll()

    # The window itself -----------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        """Say the batch's name in the title."""
        summary = self.workplace.controller.summary
        self.setWindowTitle(f"{batch_name(summary)} — PaddleScan" if summary else "PaddleScan")

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
            export_folder=self.asking.export_folder,
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
