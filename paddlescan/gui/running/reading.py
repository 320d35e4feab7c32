"""Reading the pages of the batch in front: engines at work, what they tell, how far they are."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from paddlescan.errors import LOCKED_CODES, Failure
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.running.scan_pool import ScanPool
from paddlescan.pipeline.events import (
    EngineCalm,
    EngineReady,
    EngineStorm,
    EngineTrouble,
    PageFinished,
    PagesAdded,
    PageStarted,
    PageWaits,
)
from paddlescan.pipeline.progress import Progress
from paddlescan.store import PageRow

log = logging.getLogger(__name__)

READ = ("done", "needs_review", "failed")
"""States of pages that are read."""

TELL_EVERY_MS = 100
"""Progress is told no more often than this, however fast pages come in."""


class Reading(QObject):
    """Keeps the engines at work while pages wait, and the page list up to date."""

    page_changed = Signal(int, str)  # page id, its new state; the store has it
    pages_found = Signal(int, object)  # batch, tuple[int, ...]: a file turned out to hold more pages
    page_locked = Signal(int, bool)  # page id, whether the password given was wrong
    progress_changed = Signal(object, bool)  # pipeline.progress.ProgressNow, whether it runs
    running_changed = Signal(bool)
    engine_changed = Signal(object, int)  # EngineInfo, workers
    trouble = Signal(object)  # Failure: something stands still until a person does something
    storm = Signal(object)  # Failure: engines stop at page after page, the batch goes on slowly; None: no longer

    def __init__(self, pages: PageListModel, pool: ScanPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages, self.pool = pages, pool
        pool.news.connect(self._hear)
        pool.idle.connect(self._pool_idle)
        self._batch: int | None = None
        self._able = False
        self._stopped = False
        self._taking_in = False
        self._heard = False
        self._storm: Failure | None = None
        self.running = False
        """Whether pages are being read or files taken in."""
        self._progress = Progress()
        self._beat = QTimer(self)
        self._beat.setInterval(1000)
        self._beat.timeout.connect(self.tell_progress)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TELL_EVERY_MS)
        self._soon.timeout.connect(self.tell_progress)

    @property
    def waiting(self) -> int:
        """Pages that are not read yet."""
        return self._pages.counts["waiting"] + self._pages.counts["reading"]

    def open(self, batch: int | None, able: bool, stopped: bool = False) -> None:
        """Another batch is in front, its pages are in the list. able: its lease is ours. stopped: a person did it."""
        self._batch, self._able, self._stopped = batch, able, stopped
        self._progress = Progress()
        self._progress.pause()
        self._heard = True

    def close(self) -> None:
        """No batch is in front: the engines end, late news are not listened to."""
        self._batch, self._able = None, False
        self.pool.stop()

    def add(self, rows: Sequence[PageRow]) -> None:
        """Pages came in, some of them read before they did."""
        for row in rows:
            if row.state in READ:
                self.page_changed.emit(row.id, row.state)
                self._tell_if_locked(row.id, row.failure)
        self.read()

    def again(self, page_id: int) -> None:
        """A page that was read will be read once more."""
        row = self._pages.page(page_id)
        if row is not None and row.state in READ:
            self._pages.set_state(page_id, "waiting")
        self._stopped = False

    def take_in(self, busy: bool, new: bool = True) -> None:
        """Whether files are being taken in; a new drop ends a Stop, the rest of an earlier one does not."""
        if busy and new and not self._taking_in:
            self._stopped = False
        self._taking_in = busy
        self._update()

    def stop(self) -> None:
        """End the engines within a second; what they had in hand waits."""
        self._stopped = True
        self.pool.stop()
        self._update()

    def renew(self) -> None:
        """The engines shall be other ones: those that are there end, pages that wait are read by new ones."""
        self._heard = True  # their end is no sign of trouble, even before the first word
        self.pool.stop()

    def resume(self) -> None:
        """Go on."""
        self._stopped = False
        self.read()

    @Slot()
    def read(self) -> None:
        """Let the engines work if there is something to read and nothing against it."""
        wanted = self._able and not self._stopped and self.waiting > 0 and not self.pool.stopping
        if wanted and self._batch is not None:
            self._progress.resume()
            self._heard = self._heard and self.pool.busy
            self.pool.start(self._batch, self.waiting)
        self._update()

    @Slot()
    def tell_progress(self) -> None:
        """Say how far it is."""
        total = self._pages.rowCount()
        self._progress.count(total - self.waiting, total)
        self.progress_changed.emit(self._progress.now(), self.running)

    @Slot(int, object)
    def _hear(self, batch: int, event: object) -> None:
        if batch != self._batch:
            return
        self._heard = True
        match event:
            case PageStarted(page_id):
                self._set_state(PageFinished(page_id, "reading"))
            case PageWaits(page_id):
                self._set_state(PageFinished(page_id, "waiting"))
            case PagesAdded(page_ids):
                self.pages_found.emit(batch, page_ids)
            case PageFinished(page_id, _, failure):
                self._progress.page_finished()
                self._set_state(event)
                self._update()
                self._tell_if_locked(page_id, failure)
            case EngineReady(info):
                self.engine_changed.emit(info, self.pool.count)
            case EngineTrouble(failure):
                self.stop()
                self.trouble.emit(failure)
            case EngineStorm(failure):
                self._tell_storm(failure)
            case EngineCalm():
                self._tell_storm(None)

    def _set_state(self, news: PageFinished) -> None:
        if self._pages.set_state(news.page_id, news.state, news.failure, news.quality):
            self.page_changed.emit(news.page_id, news.state)

    def _tell_if_locked(self, page_id: int, failure: Failure | None) -> None:
        if failure is not None and failure.code in LOCKED_CODES:
            self.page_locked.emit(page_id, failure.code == "wrong_password")

    def _tell_storm(self, failure: Failure | None) -> None:
        """Once for each storm, not for each of its engines: who closed the notice has seen it."""
        if failure != self._storm:
            self._storm = failure
            self.storm.emit(failure)

    @Slot()
    def _pool_idle(self) -> None:
        if self._able and self.waiting > 0 and not self._stopped:
            if self._heard:
                self.read()  # pages came while the last engine was ending, or another batch is in front now
            else:
                self._stopped = True  # they ended without a word: going round in circles helps nobody
                log.error("batch %s: workers ended with %d pages waiting", self._batch, self.waiting)
                self.trouble.emit(Failure("internal"))
        self._update()

    def _update(self) -> None:
        at_work = self.pool.busy and self.waiting > 0 and not self._stopped
        running = at_work or (self._taking_in and not self._stopped)
        if not at_work:
            self._progress.pause()
        if running != self.running:
            self.running = running
            self._beat.start() if running else self._beat.stop()
            if not running:
                self._tell_storm(None)
            self.running_changed.emit(running)
            self.tell_progress()
        elif not self._soon.isActive():
            self._soon.start()
