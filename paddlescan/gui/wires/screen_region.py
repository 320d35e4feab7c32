"""Joins the action that takes a piece of the screen with the pictures that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QImage

from paddlescan.errors import ScreenUnseen
from paddlescan.gui.screen_region.taker import ScreenTaker

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow


class ScreenRegionWires(QObject):
    """Between the screen and the batch in front."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.taker = ScreenTaker(window)
        self.taker.taken.connect(self._keep)
        self.taker.refused.connect(self._tell)
        window.actions_.screen_region.triggered.connect(self.taker.begin)
        window.closing.connect(self.taker.end)

    @Slot(QImage)
    def _keep(self, image: QImage) -> None:
        self._window.notice.take_back(ScreenUnseen.code)
        self._window.workplace.keep_picture(image)

    @Slot()
    def _tell(self) -> None:
        self._window.notice.show_failure(ScreenUnseen().failure)
