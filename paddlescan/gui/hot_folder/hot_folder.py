"""The watched folder of the window: watches as the settings say, and joins it with the batch in front."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.desktop.hot_folder.loop import News
from paddlescan.errors import Failure
from paddlescan.gui.hot_folder.reading import Means, QuietReading
from paddlescan.gui.hot_folder.thread import WatchThread, Wish
from paddlescan.gui.left_behind import end_or_leave
from paddlescan.gui.running.controller import BatchController
from paddlescan.gui.running.jobs import rows_of
from paddlescan.settings import Settings
from paddlescan.store import PageRow

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watching:
    """How watching goes, for who shows it."""

    folder: str = ""
    """Its name; empty: nothing is watched."""
    batch: int = 0
    """What arrives goes into this one; 0: nothing came today."""
    read: int = 0
    """Files, since watching began."""
    failed: int = 0
    waiting: int = 0
    trouble: Failure | None = None


def wish_of(settings: Settings) -> Wish | None:
    """How the settings say that a folder is to be watched; None: not at all."""
    if not settings.hot_folder_on or not settings.hot_folder.strip():
        return None
    move_to = (settings.hot_folder_move_to.strip() or settings.hot_folder) if settings.hot_folder_move else ""
    return Wish(settings.hot_folder, settings.hot_folder_deep, move_to)


class HotFolder(QObject):
    """Lives in the window's thread. Watching begins once it is known which batch is in front."""

    changed = Signal(object)  # Watching
    arrived = Signal(int, int)  # files that came; the batch they are in
    gone = Signal(object)  # ids of pages that are no longer in the store: their files went before they were read
    told = Signal(object)  # Failure: a person should see to this

    def __init__(self, controller: BatchController, means: Callable[[], Means], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._means = controller, means
        self._reading = QuietReading(means())
        self._wish: Wish | None = None
        self._thread: WatchThread | None = None
        self._ready = self._ended = False
        self.now = Watching()
        """How it goes."""
        controller.let_make_room(self.make_room)
        controller.batch_changed.connect(self._batch_changed)
        controller.front_settled.connect(self._front_settled)
        controller.running_changed.connect(self._running_changed)

    def follow(self, settings: Settings) -> None:
        """Watch as these settings say."""
        wish = wish_of(settings)
        if wish != self._wish:
            self._wish = wish
            self._begin_anew()

    def make_room(self, batch: int) -> None:
        """A batch shall come to the front; from the thread of the store's desk."""
        self._reading.let_go(batch)

    def end(self) -> bool:
        """The window closes. Whether the thread ended in time."""
        self._ended = True
        thread, self._thread = self._thread, None
        if thread is None:
            return True
        thread.stop()
        return end_or_leave(thread)

    @Slot(object)
    def _batch_changed(self, _summary: object) -> None:
        self._reading.front = self._controller.batch
        if not self._ready:
            self._ready = True
            self._begin_anew()

    @Slot()
    def _front_settled(self) -> None:
        self._reading.front = self._controller.batch  # room was made for one that may not have come

    @Slot(bool)
    def _running_changed(self, running: bool) -> None:
        self._reading.busy = running

    def _begin_anew(self) -> None:
        """End what is watched; begin what is wanted when that has ended."""
        if self._ended or not self._ready:
            return
        if self._thread is not None:
            self._thread.stop()
            return  # `_thread_ended` follows
        self._show(Watching(self._wish.name) if self._wish else Watching())
        if self._wish is not None:
            means = self._means()
            self._reading.renew(means)
            thread = WatchThread(self._wish, means, self._reading, self)
            thread.heard.connect(self._hear)
            thread.troubled.connect(self._trouble)
            thread.batch_known.connect(self._batch_known)
            thread.finished.connect(self._thread_ended)
            self._thread = thread
            thread.start()

    @Slot()
    def _thread_ended(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
            if thread.wanted_to_stop:
                self._begin_anew()
            elif self.now.trouble is None:
                self._trouble(Failure("internal"))

    @Slot(object)
    def _hear(self, news: News) -> None:
        if self._ended:
            return
        by_batch: defaultdict[int, list[PageRow]] = defaultdict(list)
        for row in news.came:
            by_batch[row.batch].append(row)
        for batch, rows in by_batch.items():
            self._controller.coming.come(batch, rows)
            self.arrived.emit(len(rows), batch)
        pages = self._controller.pages
        for row in (*news.elsewhere, *news.again):
            if pages.page(row.id) is not None:
                self._controller.newest.ask(partial(rows_of, page_ids=(row.id,)), self._look_again)
        if any(pages.page(page) is not None for page in news.gone):
            self.gone.emit(news.gone)
        for failure in news.told:
            self.told.emit(failure)
        now = self.now
        self._show(
            Watching(now.folder, now.batch, now.read + news.read, now.failed + news.failed, news.waiting, now.trouble)
        )

    def _look_again(self, rows: tuple[PageRow, ...]) -> None:
        """A page's file lies elsewhere, or it waits once more."""
        pages = self._controller.pages
        for row in rows:
            if pages.page(row.id) is not None:
                pages.update_row(row)
                self._controller.page_changed.emit(row.id, row.state)
                self._controller.reading.read()

    @Slot(object)
    def _trouble(self, failure: Failure | None) -> None:
        now = self.now
        self._show(Watching(now.folder, now.batch, now.read, now.failed, now.waiting, failure))

    @Slot(int)
    def _batch_known(self, batch: int) -> None:
        now = self.now
        self._show(Watching(now.folder, batch, now.read, now.failed, now.waiting, now.trouble))

    def _show(self, now: Watching) -> None:
        if now != self.now:
            self.now = now
            self._controller.elsewhere.read_anyway = now.batch
            self.changed.emit(now)
