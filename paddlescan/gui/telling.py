"""What the batch says, in words, and where: status bar, toolbar, notice."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from paddlescan.errors import (
    BatchGone,
    BatchNotBegun,
    DiskFull,
    DiskShort,
    EditsSetAside,
    EngineStorms,
    Failure,
    NothingToScan,
    PackedLeft,
    RowGone,
    StoreDamaged,
    StoreMended,
    StoreRestored,
    StoreSetAside,
    StoreTooNew,
)
from paddlescan.gui.actions import Actions
from paddlescan.gui.dialogs.notice import News, Notice, Retry
from paddlescan.gui.shared import batch_name
from paddlescan.gui.status_bar import StatusBar
from paddlescan.gui.workplace import Workplace
from paddlescan.pipeline.progress import ProgressNow
from paddlescan.pipeline.room import Room
from paddlescan.store import BatchSummary
from paddlescan.words import size_words, together

_KINDS = (
    BatchGone,
    BatchNotBegun,
    EditsSetAside,
    NothingToScan,
    PackedLeft,
    RowGone,
    StoreDamaged,
    StoreMended,
    StoreSetAside,
    StoreTooNew,
)
_NOTHING_TO_TRY = frozenset(kind.code for kind in _KINDS)
"""What going on does not mend: there is nothing, it is done, or only another start of the program mends it."""
ELSEWHERE = "pages_wait_elsewhere"
_LOST = frozenset({RowGone.code, "internal"})
"""Why a save was given up: the next one that goes well does not make it good."""


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
        controller.trouble.connect(self._trouble)
        controller.storm.connect(self._storm)
        work.room.needed.connect(self._room)
        work.room.again.connect(self._room_again)
        controller.resumed.connect(self._resumed)
        controller.batch_changed.connect(self._batch_changed)
        controller.elsewhere.found.connect(self._wait_elsewhere)
        controller.running_changed.connect(self._running_changed)
        controller.held_elsewhere.connect(self._held_elsewhere)
        work.review.save_trouble.connect(self._save_trouble)
        work.pictures.trouble.connect(self._picture_trouble)
        work.caught_up.connect(self._caught_up)
        self._waits_for: dict[Retry, str] = {}
        """By what would try it again: the code of what a save, or a pasted picture, waits for."""
        self._elsewhere: tuple[BatchSummary, ...] = ()
        """Batches whose pages wait while another one is in front, the one to be named first."""
        self._going_on = ""
        """The words that say it, as long as it does."""
        actions.show_running(False, 0)

    @Slot(object, bool)
    def _progress(self, now: ProgressNow, running: bool) -> None:
        controller = self._work.controller
        self._status.show_progress(now, running, controller.pages.counts["failed"])
        waiting = controller.waiting
        self._actions.show_running(running, waiting)
        if not waiting:
            self._notice.take_back(DiskShort.code)  # nothing needs room any more

    @Slot(int)
    def _resumed(self, waiting: int) -> None:
        self._going_on = self.tr("Going on where it stopped: %n page(s) wait", None, waiting)
        self._status.say(self._going_on)

    @Slot(bool)
    def _running_changed(self, running: bool) -> None:
        if not running:
            self._goes_on_no_more()

    @Slot(object)
    def _batch_changed(self, _summary: object) -> None:
        self._goes_on_no_more()
        self._notice.take_back(BatchNotBegun.code)

    def _goes_on_no_more(self) -> None:
        """It was stopped, all is read, or another batch is in front."""
        self._status.take_back(self._going_on)

    @Slot(object, bool)
    def _wait_elsewhere(self, batches: tuple[BatchSummary, ...], news: bool) -> None:
        """Pages of other batches wait. What was said of them and closed is not said again."""
        self._elsewhere = batches
        if not batches:
            self._notice.take_back(ELSEWHERE)
        elif news or self._notice.has(ELSEWHERE):
            said = News(ELSEWHERE, self._elsewhere_words, lambda: self.tr("Open it"))
            self._notice.show_news(said, self._open_elsewhere)

    def _elsewhere_words(self) -> str:
        first, others = self._elsewhere[0], len(self._elsewhere) - 1
        count = first.waiting + first.reading
        words = self.tr("%n page(s) of “{name}” wait.", None, count).format(name=batch_name(first))
        if others:
            words = together(words, self.tr("Pages of %n other batch(es) wait, too.", None, others))
        return words

    def _open_elsewhere(self) -> None:
        self._work.controller.open_batch(self._elsewhere[0].id)

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
            self._notice.take_back(EngineStorms.code)
        else:
            self._notice.show_failure(failure)

    @Slot(object)
    def _room(self, room: Room) -> None:
        pages, needed, free = f"{room.pages:,}", size_words(room.needed), size_words(room.free)
        if not room.enough and self._notice.has(DiskFull.code):
            return  # it has come to that already, and there is something to click
        if not room.enough:
            self._notice.show_failure(DiskShort(pages=pages, needed=needed, free=free).failure)
            return
        self._notice.take_back(DiskShort.code)
        if room.worth_saying:
            said = self.tr("Reading the pages that wait ({pages}) takes about {needed} on the disk; {free} are free")
            self._status.say(said.format(pages=pages, needed=needed, free=free), 30)

    @Slot()
    def _room_again(self) -> None:
        self._notice.take_back(DiskFull.code, self._work.controller.resume)
        self._notice.take_back(DiskShort.code)
        self._status.say(self.tr("There is room on the disk again; reading goes on"))

    @Slot(object)
    def _trouble(self, failure: Failure) -> None:
        """Something of the batch stands still."""
        if failure.code == StoreRestored.code:
            self._notice.show_failure(failure, self._actions.batches.trigger)
            return
        hopeless = failure.code in _NOTHING_TO_TRY
        self._notice.show_failure(failure, None if hopeless else self._work.controller.resume)

    @Slot(object)
    def _save_trouble(self, failure: Failure | None) -> None:
        if failure is not None and failure.code in _LOST:
            self._notice.show_failure(failure)
        else:
            self._waits(failure, self._work.review.retry_saving)

    @Slot(object)
    def _picture_trouble(self, failure: Failure | None) -> None:
        self._waits(failure, self._work.pictures.retry)

    def _waits(self, failure: Failure | None, retry: Retry) -> None:
        """What it waits for now, in place of what it waited for before; None: it is done."""
        before = self._waits_for.pop(retry, "")
        if before and (failure is None or failure.code != before):
            self._notice.take_back(before, retry)
        if failure is not None:
            self._waits_for[retry] = failure.code
            self._notice.show_failure(failure, retry)
