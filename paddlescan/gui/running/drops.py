"""The drops that are still to be taken in, one intake thread at a time."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.errors import PaddleScanError
from paddlescan.gui.running.intake_thread import IntakeThread
from paddlescan.gui.running.kept_drops import Drop, KeptDrops
from paddlescan.gui.running.store_desk import StoreDesk

log = logging.getLogger(__name__)


class Drops(QObject):
    """Takes in one drop after the other, in their order. Each is kept on the disk until it is taken in as a whole."""

    added = Signal(int, object)  # batch, tuple[PageRow, ...]
    twice = Signal(int, object)  # batch, tuple[Twice, ...]
    trouble = Signal(object)  # Failure
    ended = Signal()  # one drop was taken in, or could not be

    def __init__(self, store_path: Path, desk: StoreDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store_path, self._desk = store_path, desk
        self.kept = KeptDrops(store_path)
        self._queue: deque[Drop] = deque()
        self._intake: IntakeThread | None = None
        self._unfinished: list[Drop] = []

    @property
    def busy(self) -> bool:
        """Whether files are being taken in."""
        return self._intake is not None

    def add(self, batch: int, paths: Sequence[str]) -> None:
        """Take these files and folders into a batch."""
        drop = self.kept.new(batch, paths)
        self._desk.ask(lambda _store: self.keep_now(drop))  # not in the window's thread: a disk may be slow
        self._queue.append(drop)
        self._next()

    def go_on(self, drops: Iterable[Drop] = ()) -> None:
        """Take in the rest of these, and of those that met with trouble."""
        again, self._unfinished = self._unfinished, []
        here = {drop.file for drop in self._not_taken_in()}
        self._queue += [drop for drop in (*again, *drops) if drop.file not in here]
        self._next()

    def close(self, timeout_ms: int) -> bool:
        """Take in what is begun if there is time, and see that the rest is kept. Says whether the thread ended."""
        intake, queue = self._intake, list(self._queue)
        self._queue.clear()
        ended = True
        if intake is not None:
            if not intake.wait(timeout_ms):
                intake.requestInterruption()
                ended = intake.wait(timeout_ms)
            if ended and intake.complete:
                self.forget(intake.drop)
            else:
                queue.insert(0, intake.drop)
            self._intake = None if ended else intake
        for drop in (*queue, *self._unfinished):
            self.keep_now(drop)
        return ended

    def keep_now(self, drop: Drop) -> None:
        """Write a drop down before this returns, as closing must: nobody comes later."""
        try:
            self.kept.keep(drop)
        except PaddleScanError as error:
            log.error("batch %s: a drop is not kept: %s", drop.batch, error.code)

    def forget(self, drop: Drop) -> None:
        """A drop need not be kept any longer."""
        self._desk.ask(lambda _store: self.kept.forget(drop))  # after it was written down: jobs keep their order

    def _not_taken_in(self) -> list[Drop]:
        return [*([self._intake.drop] if self._intake else []), *self._queue, *self._unfinished]

    def _next(self) -> None:
        if self._intake is not None or not self._queue:
            return
        intake = IntakeThread(self._store_path, self._queue.popleft(), self)
        intake.added.connect(self.added)
        intake.twice.connect(self.twice)
        intake.trouble.connect(self.trouble)
        intake.finished.connect(self._ended)
        self._intake = intake
        intake.start()

    @Slot()
    def _ended(self) -> None:
        intake, self._intake = self._intake, None
        if intake is not None:
            if intake.complete:
                self.forget(intake.drop)
            else:
                self._unfinished.append(intake.drop)
            intake.deleteLater()
        self._next()
        self.ended.emit()
