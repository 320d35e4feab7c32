"""Room on the disk: said before a large batch is read, and waited for where it ran out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from paddlescan.errors import DiskFull, Failure
from paddlescan.gui.running.controller import BatchController
from paddlescan.gui.running.reading import READ
from paddlescan.gui.thumbnail_files import MOST_BYTES
from paddlescan.paths import Paths
from paddlescan.pipeline.room import Room, is_short, room_for
from paddlescan.store import Store

FIRST_LOOK_MS, LAST_LOOK_MS = 5_000, 300_000
"""How soon it is looked for room again; each look in vain doubles it."""


class RoomWatch(QObject):
    """Asks the store desk, never the disk itself: a network disk may be slow."""

    needed = Signal(object)  # pipeline.room.Room: what the waiting pages of the batch in front will take
    again = Signal()  # there is room again, and reading goes on

    def __init__(self, controller: BatchController, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._paths = controller, paths
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._wait_ms = FIRST_LOOK_MS
        self._waits = False
        """Whether reading stands still because there was no room, and nobody has gone on with it since."""
        controller.drops.ended.connect(self.say)
        controller.resumed.connect(self._resumed)
        controller.reading.trouble.connect(self._reading_stopped)
        controller.running_changed.connect(self._running_changed)
        controller.batch_changed.connect(self._another_batch)
        controller.page_changed.connect(self._page_changed)

    @Slot()
    def say(self) -> None:
        """Find out what the pages that wait will take, and say it by `needed`."""
        pages, engines = self._controller.waiting, self._controller.pool.count
        if not pages:
            return

        def look(store: Store) -> Room:
            return room_for(store, pages, engines, self._paths.thumbnails, MOST_BYTES, self._paths.scratch)

        self._controller.desk.ask(look, self.needed.emit)

    @Slot(int)
    def _resumed(self, _waiting: int) -> None:
        self.say()

    @Slot(object)
    def _reading_stopped(self, failure: Failure) -> None:
        if failure.code == DiskFull.code and self._controller.waiting and not self._waits:
            self._waits = True
            self._rest()

    @Slot(bool)
    def _running_changed(self, running: bool) -> None:
        if running:
            self._forget()  # a person was faster, and may stop it again

    @Slot(object)
    def _another_batch(self, _summary: object) -> None:
        self._forget()

    def _forget(self) -> None:
        self._waits = False
        self._timer.stop()

    def _rest(self) -> None:
        self._timer.start(self._wait_ms)
        self._wait_ms = min(2 * self._wait_ms, LAST_LOOK_MS)

    @Slot(int, str)
    def _page_changed(self, _page_id: int, state: str) -> None:
        if state in READ:
            self._wait_ms = FIRST_LOOK_MS

    @Slot()
    def _look(self) -> None:
        folder: Path = self._paths.store.parent
        self._controller.desk.ask(lambda _store: is_short(folder), self._seen)

    def _seen(self, short: bool) -> None:
        if not self._waits:
            return
        if short:
            self._rest()
        else:
            self._waits = False
            self.again.emit()
            self._controller.go_on_by_itself()
