"""The batch in front: what goes in, what is read, what became of it. Knows no widget.

Owns the threads (intake, engines, store desk) and the list of pages. Signals tell the panes; every
answer of a thread is checked against the batch in front on delivery, because news of an old one may
still be on its way.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.document import PrepareOptions, ScanOptions
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.running import jobs
from paddlescan.gui.running.coming import ComingPages
from paddlescan.gui.running.drops import Drops
from paddlescan.gui.running.elsewhere import WaitingElsewhere
from paddlescan.gui.running.in_front import BatchInFront
from paddlescan.gui.running.intake_thread import Twice
from paddlescan.gui.running.left_off import LeftOff
from paddlescan.gui.running.locked import LockedFiles
from paddlescan.gui.running.newest_rows import NewestRows
from paddlescan.gui.running.places import PlaceReader
from paddlescan.gui.running.reading import Reading
from paddlescan.gui.running.rereading import Rereading
from paddlescan.gui.running.scan_pool import MakeWorker, ScanPool
from paddlescan.gui.running.settled import SettledStates
from paddlescan.gui.running.store_desk import StoreDesk
from paddlescan.gui.running.taking_in import TakingIn
from paddlescan.pipeline.passwords import Passwords
from paddlescan.store import BatchSummary
from paddlescan.store.connection import BUSY_SECONDS

DESK_MS = round(2_000 * BUSY_SECONDS)
"""How long the desk has at the end: a job of it may wait for a store that a backup program holds, and the next one,
too."""


class BatchController(QObject):
    """Runs the batch in front."""

    batch_changed = Signal(object)  # BatchSummary | None
    front_settled = Signal()  # whatever was asked for, `batch` is in front now
    renamed = Signal(object)  # BatchSummary
    pages_added = Signal(int)  # batch
    page_changed = Signal(int, str)  # page id, its new state; the store has it
    progress_changed = Signal(object, bool)  # pipeline.progress.ProgressNow, whether it runs
    running_changed = Signal(bool)
    engine_changed = Signal(object, int)  # EngineInfo, workers
    trouble = Signal(object)  # Failure: something stands still until a person does something
    storm = Signal(object)  # Failure: engines stop at page after page, the batch goes on slowly; None: no longer
    resumed = Signal(int)  # pages that waited when the batch was opened
    stands_stopped = Signal()  # pages wait in the batch that was opened, and a person stopped that before
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
        self.passwords = passwords
        self.pages = PageListModel(self)
        self.desk = StoreDesk(store_path, self)
        self.desk.trouble.connect(self.trouble)
        self.drops = Drops(store_path, self)
        self.drops.trouble.connect(self.trouble)
        self.pool = ScanPool(make_worker, workers, self)
        self.places = PlaceReader(self.pool, options, self)
        self.newest = NewestRows(self.pool, self.desk, self)
        self.reading = Reading(self.pages, self.pool, self)
        self.reading.page_changed.connect(self.page_changed)
        self.rereading = Rereading(self.pages, self.reading, self.newest, self)
        self.rereading.changed.connect(self.page_changed)
        self.rereading.trouble.connect(self.trouble)
        self.coming = ComingPages(self.pages, self.reading, self.newest, self._batch_in_front, self)
        self.coming.added.connect(self.pages_added)
        self.drops.added.connect(self.coming.come)
        self.reading.pages_found.connect(self.coming.found)
        self.reading.progress_changed.connect(self.progress_changed)
        self.reading.running_changed.connect(self.running_changed)
        self.reading.engine_changed.connect(self.engine_changed)
        self.reading.trouble.connect(self.trouble)
        self.reading.storm.connect(self.storm)
        self.locked = LockedFiles(self.passwords, self.pages, self)
        self.locked.ask.connect(self.ask_password)
        self.locked.read_again.connect(self.read_page_again)
        self.reading.page_locked.connect(self.locked.add)
        self.settled = SettledStates(self.pages, self.newest, self)
        self._front = BatchInFront(self.desk, self)
        self._taking_in = TakingIn(self._front, self.drops, self.reading, options, self)
        self._taking_in.came_twice.connect(self.ask_duplicates)
        self.left_off = LeftOff(self._front, self.desk, self)
        self.running_changed.connect(self.left_off.running_changed)
        self.elsewhere = WaitingElsewhere(self._front, self.desk, self)
        self.drops.ended.connect(self.elsewhere.look)
        self._front.changed.connect(self._another_in_front)
        self._front.opened.connect(self._go_on)
        self._front.not_opened.connect(self.trouble)
        self._front.not_begun.connect(self.trouble)
        for settled in (self._front.opened, self._front.not_opened, self._front.not_begun):
            settled.connect(self.front_settled)

    # What the window asks -----------------------------------------------------------------------

    @property
    def batch(self) -> int | None:
        """The batch in front; None while there is none."""
        return self._front.batch

    def _batch_in_front(self) -> int | None:
        return self.batch

    @property
    def summary(self) -> BatchSummary | None:
        """The batch in front as it was when it was opened or named."""
        return self._front.summary

    @property
    def samples_in_front(self) -> bool:
        """Whether the batch in front is that of the sample receipts, which nobody's own ones join."""
        return self._taking_in.samples_in_front

    @property
    def running(self) -> bool:
        """Whether pages are being read or files taken in."""
        return self.reading.running

    @property
    def waiting(self) -> int:
        """Pages that are not read yet."""
        return self.reading.waiting

    def start(self) -> None:
        """Bring the batch that was in front the last to the front and go on with it, and with drops not taken in."""
        self._front.switch(lambda store: jobs.open_last(store, self.drops.kept.batches()))
        self.desk.ask(lambda store: jobs.left_over(store, self.drops.kept), self._taking_in.go_on_with)

    def let_make_room(self, make_room: jobs.MakeRoom) -> None:
        """Who reads batches that are not in front lets go of one by this, when it shall come to the front."""
        self._front.make_room = make_room

    @Slot(int)
    def open_batch(self, batch: int) -> None:
        """Bring an earlier batch to the front; what waits in it is read, unless a person stopped that. Until it is open
        the present one stays."""
        self._front.open(batch)

    @Slot()
    def new_batch(self) -> None:
        """Begin an empty batch. Where that fails it is told, and not tried again unless files came for it."""
        self._taking_in.new_batch()

    def begin_batch(self, name: str = "", paths: Sequence[str] = ()) -> None:
        """Begin a batch, and drop these paths into it."""
        self._taking_in.begin_batch(name, paths)

    def rename(self, name: str) -> None:
        """Name the batch in front."""
        batch = self.batch
        if batch is not None:
            self.desk.ask(lambda store: jobs.rename(store, batch, name), self._renamed)

    @Slot(list)
    def add_paths(self, paths: list[str]) -> None:
        """Take in files and folders; reading begins with the first of them."""
        self._taking_in.add(paths)

    @Slot()
    def stop(self) -> None:
        """End the engines within a second; what they had in hand waits. What is being taken in is taken in.

        The batch stays stopped, also at the next start, until somebody goes on or files come."""
        self.left_off.stop()
        self.reading.stop()

    @Slot()
    def resume(self) -> None:
        """Go on, also with a batch that could not be opened and with drops that met with trouble."""
        self._front.try_again()
        self.reading.resume()
        self.drops.go_on()
        self.reading.take_in(self.drops.busy)
        self._taking_in.give_held()

    def go_on_by_itself(self) -> None:
        """Go on though nobody asked for it just now: another batch comes to the front only if files wait for it."""
        if not self.drops.held:
            self._front.give_up()
        self.resume()

    @Slot(int, object)
    def read_again(self, page_id: int, prepare: PrepareOptions | None = None, ahead: bool = True) -> None:
        """Read a page once more, with these switches (None: its own). ahead: before the pages that wait already."""
        self.rereading.read_again(page_id, prepare, ahead)

    @Slot(int)
    def read_page_again(self, page_id: int) -> None:
        """Read a page once more with its own switches."""
        self.read_again(page_id)

    def use(self, options: ScanOptions, workers: int, renew: bool) -> None:
        """What a new batch begins with, and how many engines there are at most. renew: those at work are replaced."""
        self._taking_in.options, self.pool.count = options, workers
        if renew:
            self.reading.renew()

    @Slot()
    def read_failed(self) -> None:
        """Read every failed page once more."""
        for row in self.pages.pages():
            if row.state == "failed":
                self.read_again(row.id, ahead=False)

    @Slot(int, object)
    def set_prepare(self, page_id: int, prepare: PrepareOptions, tell: bool = False) -> None:
        """Remember a page's switches without reading it again. tell: those who show them do not know yet."""
        self.rereading.set_prepare(page_id, prepare, tell)

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
        """End all threads; pages wait in the store, drops beside it. Says whether the threads ended in time."""
        self._taking_in.close()
        self.reading.stop()
        done = self.drops.close(timeout_ms)
        done = self.pool.wait(timeout_ms) and done
        self.reading.close()
        self._front.close()
        done = self.desk.close(DESK_MS) and done
        self.drops.kept.let_go()
        return done

    # Opening ------------------------------------------------------------------------------------

    @Slot()
    def _another_in_front(self) -> None:
        opened = self._front.now
        self.reading.close()
        self.locked.clear()
        self.newest.forget()
        self.pages.load(opened.rows if opened else ())
        ours = opened is not None and opened.lease is not None
        stopped = opened is not None and opened.summary.stopped
        self.reading.open(self.batch, ours, ours and stopped)
        self.batch_changed.emit(self.summary)
        if opened is None:
            return
        if not ours:
            self.held_elsewhere.emit()
            return
        if self.waiting and stopped:
            self.stands_stopped.emit()
        elif self.waiting:
            self.resumed.emit(self.waiting)
        batch = opened.summary.id
        self.desk.ask(lambda _store: jobs.kept_for(self.drops.kept, batch), self._taking_in.go_on_with)

    @Slot()
    def _go_on(self) -> None:
        self._taking_in.give_held()
        self.reading.read()

    def _renamed(self, summary: BatchSummary) -> None:
        if self._front.named(summary):
            self.renamed.emit(summary)
