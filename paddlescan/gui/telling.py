"""What the batch says, in words, and where: status bar, toolbar, notice."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from paddlescan.errors import DiskFull, DiskShort, Failure
from paddlescan.gui.actions import Actions
from paddlescan.gui.dialogs.notice import Notice
from paddlescan.gui.status_bar import StatusBar
from paddlescan.gui.workplace import Workplace
from paddlescan.pipeline.progress import ProgressNow
from paddlescan.pipeline.room import Room
from paddlescan.words import size_words


class Telling(QObject):
    """Listens to the workplace and tells the clerk."""

    def __init__(
        self, work: Workplace, status: StatusBar, notice: Notice, actions: Actions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._status, self._notice, self._actions = work, status, notice, actions
        controller = work.controller
        controller.progress_changed.connect(self._progress)
        controller.engine_changed.connect(status.show_engine)
        controller.trouble.connect(notice.show_failure)
        controller.storm.connect(self._storm)
        work.room.needed.connect(self._room)
        work.room.again.connect(self._room_again)
        controller.resumed.connect(self._resumed)
        controller.held_elsewhere.connect(self._held_elsewhere)
        work.review.save_trouble.connect(self._save_trouble)
        work.caught_up.connect(self._caught_up)
        actions.show_running(False, 0)

    @Slot(object, bool)
    def _progress(self, now: ProgressNow, running: bool) -> None:
        self._status.show_progress(now, running)
        self._actions.show_running(running, self._work.controller.waiting)

    @Slot(int)
    def _resumed(self, waiting: int) -> None:
        self._status.say(self.tr("Going on where it stopped: %n page(s) wait", None, waiting), 30)

    @Slot(int)
    def _caught_up(self, count: int) -> None:
        words = self.tr("%n edit(s) could not be saved the last time, and are being saved now", None, count)
        self._status.say(words, 30)

    @Slot()
    def _held_elsewhere(self) -> None:
        self._status.say(self.tr("Another PaddleScan reads this batch; here you can look at it and correct it"), 30)

    @Slot(object)
    def _storm(self, failure: Failure | None) -> None:
        if failure is None:
            self._notice.take_back("engine_storms")
        else:
            self._notice.show_failure(failure)

    @Slot(object)
    def _room(self, room: Room) -> None:
        pages, needed, free = f"{room.pages:,}", size_words(room.needed), size_words(room.free)
        if not room.enough:
            self._notice.show_failure(DiskShort(pages=pages, needed=needed, free=free).failure)
            return
        self._notice.take_back(DiskShort.code)
        if room.worth_saying:
            said = self.tr("Reading the pages that wait ({pages}) takes about {needed} on the disk; {free} are free")
            self._status.say(said.format(pages=pages, needed=needed, free=free), 30)

    @Slot()
    def _room_again(self) -> None:
        self._notice.take_back(DiskFull.code)
        self._status.say(self.tr("There is room on the disk again; reading goes on"))

    @Slot(object)
    def _save_trouble(self, failure: Failure | None) -> None:
        if failure is None:
            self._notice.hide()
        else:
            self._notice.show_failure(failure)
