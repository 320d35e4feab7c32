"""Joins the menu of recent batches with the store and the batch in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from paddlescan.gui.recent_batches import RecentBatches
from paddlescan.store import BatchSummary

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow


class RecentWires(QObject):
    """Looks up the batches whenever the file menu opens."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._controller = window.workplace.controller
        self.menu = RecentBatches(window)
        menu = window.menuBar().findChild(QMenu, "file")
        if isinstance(menu, QMenu):
            menu.insertMenu(window.actions_.batches, self.menu)
            menu.aboutToShow.connect(self.look)
        self.menu.chosen.connect(self._controller.open_batch)
        self._controller.batch_changed.connect(self.look)  # so that the first look of a person finds something

    @Slot()
    def look(self) -> None:
        """Ask the store what there is now."""
        self._controller.desk.ask(lambda store: store.batches(), self._found)

    def _found(self, batches: tuple[BatchSummary, ...]) -> None:
        self.menu.show_batches(batches, self._controller.batch)
