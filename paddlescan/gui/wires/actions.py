"""Says what each action of menus and keys does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from paddlescan.gui.review.columns import DUPLICATE, RESCAN

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow


class ActionWires(QObject):
    """Between the actions and whoever does them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._connect_file()
        self._connect_edit()
        self._connect_scan()
        self._connect_view()

    def _connect_file(self) -> None:
        window, actions, asking = self._window, self._window.actions_, self._window.asking
        controller = window.workplace.controller
        actions.add_files.triggered.connect(asking.choose_files)
        actions.add_folder.triggered.connect(asking.choose_folder)
        actions.samples.triggered.connect(asking.add_samples)
        actions.new_batch.triggered.connect(controller.new_batch)
        actions.rename_batch.triggered.connect(asking.name_batch)
        actions.batches.triggered.connect(asking.choose_batch)
        actions.export.triggered.connect(asking.export)
        actions.settings.triggered.connect(asking.settings)
        actions.quit.triggered.connect(window.close)
        actions.shortcuts.triggered.connect(asking.shortcuts)
        actions.about.triggered.connect(asking.about)

    def _connect_edit(self) -> None:
        window, actions, work = self._window, self._window.actions_, self._window.workplace
        actions.undo.triggered.connect(work.undo_stack.undo)
        actions.redo.triggered.connect(work.undo_stack.redo)
        actions.find.triggered.connect(self._find)
        actions.add_row.triggered.connect(work.review.add_row)
        actions.remove_rows.triggered.connect(window.table.remove_selected)
        actions.restore_rows.triggered.connect(window.table.removed.restore)
        window.table.removed.any_changed.connect(actions.restore_rows.setEnabled)
        window.table.removed.remark.connect(window.status.answer)
        actions.restore_rows.setEnabled(window.table.removed.any)
        work.undo_stack.canUndoChanged.connect(actions.undo.setEnabled)
        work.undo_stack.canRedoChanged.connect(actions.redo.setEnabled)
        actions.undo.setEnabled(False)
        actions.redo.setEnabled(False)

    def _connect_scan(self) -> None:
        window, actions, work = self._window, self._window.actions_, self._window.workplace
        actions.stop.triggered.connect(self._stop_or_go)
        actions.read_again.triggered.connect(self._read_page_in_front)
        actions.read_failed.triggered.connect(work.controller.read_failed)
        actions.draw_receipts.triggered.connect(window.viewer.verbs.receipts.trigger)
        actions.next_doubt.triggered.connect(work.review.go_to_next_look)
        actions.previous_doubt.triggered.connect(work.review.go_to_look_before)
        window.viewer.verbs.receipts.enabledChanged.connect(actions.draw_receipts.setEnabled)
        actions.draw_receipts.setEnabled(window.viewer.verbs.receipts.isEnabled())

    def _connect_view(self) -> None:
        window, actions = self._window, self._window.actions_
        for action, chip in (
            (actions.chip_all, "all"),
            (actions.chip_check, "needs_review"),
            (actions.chip_failed, "failed"),
            (actions.chip_rescan, RESCAN),
            (actions.chip_duplicate, DUPLICATE),
        ):
            action.setData(chip)
            action.triggered.connect(self._press_chip)
        actions.show_removed.toggled.connect(window.table.set_show_removed)
        window.table.review_model.rearranged.connect(self._rearranged)

    @Slot()
    def _find(self) -> None:
        self._window.toolbar.search.setFocus()
        self._window.toolbar.search.selectAll()

    @Slot()
    def _stop_or_go(self) -> None:
        controller = self._window.workplace.controller
        controller.stop() if controller.running else controller.resume()

    @Slot()
    def _read_page_in_front(self) -> None:
        self._window.viewer.wishes.read_again()

    @Slot()
    def _press_chip(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._window.toolbar.choose(action.data())

    @Slot()
    def _rearranged(self) -> None:
        shown = self._window.table.review_model.arrangement.show_removed
        self._window.actions_.show_removed.setChecked(shown)
