"""Shows how the watched folder fares, and what arrives in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot

from paddlescan.errors import Failure
from paddlescan.gui.hot_folder.words import hint_of, status_of
from paddlescan.gui.shared import failure_words
from paddlescan.words import together

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow


class HotFolderWires(QObject):
    """Between the watched folder, the status bar and the batch in front."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._hot = window, window.workplace.hot_folder
        self._hot.changed.connect(self._show)
        self._hot.arrived.connect(self._arrived)
        self._hot.told.connect(self._tell)
        self._hot.gone.connect(self._take_out)
        window.status.watched_clicked.connect(self._open)
        window.workplace.controller.batch_changed.connect(self._show)
        window.installEventFilter(self)

    @Slot()
    def _show(self) -> None:
        now, front = self._hot.now, self._window.workplace.controller.batch
        can_open = now.batch not in (0, front)
        self._window.status.show_watched(status_of(now), hint_of(now, can_open), can_open)

    @Slot()
    def _open(self) -> None:
        if self._hot.now.batch:
            self._window.workplace.controller.open_batch(self._hot.now.batch)

    @Slot(int, int)
    def _arrived(self, files: int, batch: int) -> None:
        if batch != self._window.workplace.controller.batch:
            self._window.status.say(self.tr("%n file(s) arrived in the hot folder", None, files))

    @Slot(object)
    def _tell(self, failure: Failure) -> None:
        self._window.status.say(together(*failure_words(failure)), 30)

    @Slot(object)
    def _take_out(self, page_ids: tuple[int, ...]) -> None:
        """They were not read, so the table has no rows of them; whoever looks at another page is not disturbed."""
        window, controller = self._window, self._window.workplace.controller
        controller.pages.remove(page_ids)
        controller.reading.read()
        if window.front.page_id in page_ids:
            window.front.clear()
            window.front.show_first()
        window.show_place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        return False
