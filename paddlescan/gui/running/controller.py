"""The batch in front: what goes in, what is read, what became of it. Knows no widget.

Owns the threads (intake, engines, store desk) and the list of pages. Signals tell the panes; every
answer of a thread is checked against the batch in front on delivery, because news of an old one may
still be on its way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from paddlescan.document import PrepareOptions, ScanOptions
from paddlescan.errors import Failure
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.running import jobs
from paddlescan.gui.running.drops import Drops
from paddlescan.gui.running.intake_thread import NOTHING, Twice
from paddlescan.gui.running.jobs import Opened
from paddlescan.gui.running.locked import LOCKED, LockedFiles
from paddlescan.gui.running.scan_pool import MakeWorker, ScanPool
from paddlescan.gui.running.store_desk import StoreDesk
from paddlescan.pipeline.events import (
    EngineReady,
    EngineStorm,
    EngineTrouble,
    PageFinished,
    PagesAdded,
    PageStarted,
    PageWaits,
)
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.progress import Progress
from paddlescan.store import BatchSummary, PageRow, Store

log = logging.getLogger(__name__)

READ = ("done", "needs_review", "failed")


class BatchController(QObject):
    """Runs the batch in front."""

    batch_changed = Signal(object)  # BatchSummary | None
    pages_added = Signal(int)  # batch
    page_changed = Signal(int, str)  # page id, its new state; the store has it
    progress_changed = Signal(object, bool)  # pipeline.progress.ProgressNow, whether it runs
    running_changed = Signal(bool)
    engine_changed = Signal(object, int)  # EngineInfo, workers
    trouble = Signal(object)  # Failure: something stands still until a person does something
    remark = Signal(object)  # Failure: worth a passing word, the batch goes on
    resumed = Signal(int)  # pages that waited when the batch was opened
    held_elsewhere = Signal()  # another program reads the batch in front
    ask_duplicates = Signal(object)  # tuple[Twice, ...]
    ask_password = Signal(int, bool)  # page id, whether the password given was wrong
    show_page = Signal(int)  # page id that should come to the front

    def __init__(
        self,
        store_path: Path,
        options: ScanOptions,
        make_worker: MakeWorker,
        workers: int,
        passwords: Passwords,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._options = options
        self.passwords = passwords
        self.pages = PageListModel(self)
        self.desk = StoreDesk(store_path, self)
        self.desk.trouble.connect(self._job_failed)
        self.drops = Drops(store_path, self)
        self.drops.added.connect(self._pages_came)
        self.drops.twice.connect(self._came_twice)
        self.drops.nothing.connect(self._nothing_came)
        self.drops.trouble.connect(self.trouble)
        self.drops.ended.connect(self._update_running)
        self.pool = ScanPool(make_worker, workers, self)
        self.pool.news.connect(self._hear)
        self.pool.idle.connect(self._pool_idle)
        self.locked = LockedFiles(self.passwords, self.pages.page, self)
        self.locked.ask.connect(self.ask_password)
        self._open: Opened | None = None
        self._opening = 0
        self._early: list[str] = []
        self._stopped = False
        self._running = False
        self._closed = False
        self._heard = False
        self._progress = Progress()
        self._beat = QTimer(self)
        self._beat.setInterval(1000)
        self._beat.timeout.connect(self._tell_progress)

    # What the window asks -----------------------------------------------------------------------

    @property
    def batch(self) -> int | None:
        """The batch in front; None while there is none."""
        return self._open.summary.id if self._open else None

    @property
    def summary(self) -> BatchSummary | None:
        """The batch in front as it was when it was opened or named."""
        return self._open.summary if self._open else None

    @property
    def running(self) -> bool:
        """Whether pages are being read or files taken in."""
        return self._running

    @property
    def waiting(self) -> int:
        """Pages that are not read yet."""
        return self.pages.counts["waiting"] + self.pages.counts["reading"]

    def start(self) -> None:
        """Bring the newest batch of the window to the front and go on with it."""
        self._switch(jobs.open_newest)

    @Slot(int)
    def open_batch(self, batch: int) -> None:
        """Bring an earlier batch to the front; what waits in it is read."""
        if batch != self.batch:
            self._switch(lambda store: jobs.open_batch(store, batch))

    @Slot()
    def new_batch(self) -> None:
        """Begin an empty batch."""
        self.begin_batch()

    def begin_batch(self, name: str = "", paths: Sequence[str] = ()) -> None:
        """Begin a batch, and drop these paths into it."""
        options = self._options
        self._early = list(paths)
        self._switch(lambda store: jobs.create(store, name, options))

    def rename(self, name: str) -> None:
        """Name the batch in front."""
        batch = self.batch
        if batch is not None:
            self.desk.ask(lambda store: jobs.rename(store, batch, name), self._renamed)

    @Slot(list)
    def add_paths(self, paths: list[str]) -> None:
        """Take in files and folders; reading begins with the first of them."""
        if not paths or self._closed:
            return
        self._stopped = False
        if self._opening:
            self._early += paths
        elif self.batch is None:
            self.begin_batch(paths=paths)
        else:
            self.drops.add(self.batch, paths)
            self._update_running()

    @Slot()
    def stop(self) -> None:
        """End the engines within a second; what they had in hand waits. What is being taken in is taken in."""
        self._stopped = True
        self.pool.stop()
        self._update_running()

    @Slot()
    def resume(self) -> None:
        """Go on."""
        self._stopped = False
        self._read()

    @Slot(int, object)
    def read_again(self, page_id: int, prepare: PrepareOptions | None = None) -> None:
        """Read a page once more, with these switches (None: its own)."""
        row = self.pages.page(page_id)
        if row is None:
            return
        if row.state in READ:
            self._progress.page_again()
            self.pages.set_state(page_id, "waiting")
        self._stopped = False
        self.desk.ask(lambda store: jobs.read_again(store, page_id, prepare), self._waits_again)

    @Slot()
    def read_failed(self) -> None:
        """Read every failed page once more."""
        for row in self.pages.pages():
            if row.state == "failed":
                self.read_again(row.id)

    @Slot(int, object)
    def set_prepare(self, page_id: int, prepare: PrepareOptions) -> None:
        """Remember a page's switches without reading it again."""
        if self.pages.page(page_id) is not None:
            self.desk.ask(lambda store: jobs.set_prepare(store, page_id, prepare), self.pages.update_row)

    def answer_duplicates(self, twice: Sequence[Twice], read_again: bool) -> None:
        """Read the files again that were dropped twice, or only show the first of them."""
        for row in [row for file in twice for row in file.pages] if read_again else ():
            self.read_again(row.id)
        self.show_page.emit(twice[0].pages[0].id)

    def answer_password(self, page_id: int, password: str | None, for_all: bool = False) -> None:
        """Open a locked file with a password (and the others that are locked now), or leave it (None)."""
        for page in self.locked.answer(page_id, password, for_all):
            self.read_again(page)

    def shutdown(self, timeout_ms: int = 4_000) -> bool:
        """End all threads; pages wait in the store. Says whether they ended in time."""
        self._closed = True
        self.stop()
        done = self.drops.wait(timeout_ms)
        self.drops.stop()
        done = self.pool.wait(timeout_ms) and self.drops.wait(timeout_ms) and done
        self._leave_batch()
        return self.desk.close(timeout_ms) and done

    # Opening ------------------------------------------------------------------------------------

    def _switch(self, job: Callable[[Store], Opened | None]) -> None:
        self._opening += 1
        self.pool.stop()
        self._leave_batch()
        self.desk.ask(job, self._opened)

    def _leave_batch(self) -> None:
        opened, self._open = self._open, None
        if opened is not None:
            self.desk.ask(lambda _store: jobs.release(opened))

    def _opened(self, opened: Opened | None) -> None:
        self._opening -= 1
        if self._opening or self._closed:
            if opened is not None:  # somebody asked for another one meanwhile
                self.desk.ask(lambda _store: jobs.release(opened))
            return
        self._open, self._stopped = opened, False
        self.locked.clear()
        rows = opened.rows if opened else ()
        self.pages.load(rows)
        self._progress = Progress(total=len(rows), done=len(rows) - self.waiting)
        self._progress.pause()
        self.batch_changed.emit(self.summary)
        if opened is not None and opened.lease is None:
            self.held_elsewhere.emit()
        elif self.waiting:
            self.resumed.emit(self.waiting)
        early, self._early = self._early, []
        self.add_paths(early)
        self._read()

    @Slot(object)
    def _job_failed(self, failure: Failure) -> None:
        if self._opening and self._open is None:
            self._opening = 0
        self.trouble.emit(failure)

    def _renamed(self, summary: BatchSummary) -> None:
        if self._open is not None and summary.id == self.batch:
            self._open = replace(self._open, summary=summary)
            self.batch_changed.emit(summary)

    # Taking in ----------------------------------------------------------------------------------

    @Slot()
    def _nothing_came(self) -> None:
        self.trouble.emit(NOTHING)

    @Slot(int, object)
    def _came_twice(self, batch: int, twice: tuple[Twice, ...]) -> None:
        if batch == self.batch:
            self.ask_duplicates.emit(twice)

    @Slot(int, object)
    def _pages_came(self, batch: int, rows: Iterable[PageRow]) -> None:
        if batch != self.batch:
            return
        fresh = [row for row in rows if self.pages.page(row.id) is None]
        self._progress.add(self.pages.add(fresh))
        for row in fresh:
            if row.state in READ:
                self._progress.page_finished()
        self.pages_added.emit(batch)
        for row in fresh:
            if row.state in READ:  # a folder that cannot be listed has a row of the table at once
                self.page_changed.emit(row.id, row.state)
        self._read()

    def _more_pages(self, answer: tuple[int, tuple[PageRow, ...]]) -> None:
        batch, rows = answer
        self._pages_came(batch, rows)
        for row in rows:  # page 1 knows now how many there are; its state may have changed since the store was asked
            shown = self.pages.page(row.id)
            if shown is not None and shown.page_count != row.page_count:
                self.pages.update_row(replace(shown, page_count=row.page_count))

    # Reading ------------------------------------------------------------------------------------

    def _waits_again(self, row: PageRow | None) -> None:
        if row is not None and self.pages.page(row.id) is not None:
            self.pages.update_row(row)
            self.page_changed.emit(row.id, row.state)
            self._read()

    def _read(self) -> None:
        """Let the engines work if there is something to read and nothing against it."""
        opened = self._open
        able = opened is not None and opened.lease is not None and not self._stopped and not self._closed
        if opened is not None and able and self.waiting > 0 and not self.pool.stopping:
            self._progress.resume()
            self._heard = self._heard and self.pool.busy
            self.pool.start(opened.summary.id, self.waiting)
        self._update_running()

    @Slot(int, object)
    def _hear(self, batch: int, event: object) -> None:
        if batch != self.batch:
            return
        self._heard = True
        match event:
            case PageStarted(page_id):
                self._set_state(PageFinished(page_id, "reading"))
            case PageWaits(page_id):
                self._set_state(PageFinished(page_id, "waiting"))
            case PagesAdded(page_ids):
                self.desk.ask(lambda store: (batch, jobs.file_of(store, page_ids)), self._more_pages)
            case PageFinished(page_id, _, failure):
                if self.pages.page(page_id) is not None:
                    self._progress.page_finished()
                self._set_state(event)
                self._update_running()
                if failure is not None and failure.code in LOCKED:
                    self.locked.add(page_id, wrong=failure.code == "wrong_password")
            case EngineReady(info):
                self.engine_changed.emit(info, self.pool.count)
            case EngineTrouble(failure):
                self.stop()
                self.trouble.emit(failure)
            case EngineStorm(failure):
                self.remark.emit(failure)

    def _set_state(self, news: PageFinished) -> None:
        if self.pages.set_state(news.page_id, news.state, news.failure):
            self.page_changed.emit(news.page_id, news.state)

    @Slot()
    def _pool_idle(self) -> None:
        if self.waiting > 0 and not self._stopped and not self._closed and self.batch is not None:
            if self._heard:
                self._read()  # pages came while the last engine was ending, or another batch is in front now
            else:
                self._stopped = True  # they ended without a word: going round in circles helps nobody
                log.error("batch %s: workers ended with %d pages waiting", self.batch, self.waiting)
                self.trouble.emit(Failure("internal"))
        self._update_running()

    @Slot()
    def _update_running(self) -> None:
        reading = self.pool.busy and self.waiting > 0
        running = (reading or self.drops.busy) and not self._stopped
        if not (reading and running):
            self._progress.pause()
        if running != self._running:
            self._running = running
            self._beat.start() if running else self._beat.stop()
            self.running_changed.emit(running)
        self._tell_progress()

    @Slot()
    def _tell_progress(self) -> None:
        self.progress_changed.emit(self._progress.now(), self._running)
