"""The drops that are still to be taken in, one intake thread at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.gui.running.drops_keeper import DropsKeeper, keep_now
from paddlescan.gui.running.intake_thread import IntakeThread
from paddlescan.gui.running.kept_drops import NO_BATCH, Drop, KeptDrops


class Drops(QObject):
    """Takes in one drop after the other, in their order. Each is kept on the disk until it is taken in as a whole."""

    added = Signal(int, object)  # batch, tuple[PageRow, ...]
    twice = Signal(int, object)  # batch, tuple[Twice, ...]
    trouble = Signal(object)  # Failure
    ended = Signal()  # one drop was taken in, or could not be

    def __init__(self, store_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store_path = store_path
        self.kept = KeptDrops(store_path)
        self._keeper = DropsKeeper(self.kept, self)
        self._early: list[Drop] = []
        self._queue: deque[Drop] = deque()
        self._intake: IntakeThread | None = None
        self._unfinished: list[Drop] = []

    @property
    def busy(self) -> bool:
        """Whether files are being taken in."""
        return self._intake is not None

    def add(self, batch: int, paths: Sequence[str]) -> None:
        """Take these files and folders into a batch."""
        self._take_in(self.kept.new(batch, paths))

    def hold(self, paths: Sequence[str]) -> None:
        """These are for the batch that is being opened or made: keep them until it is there."""
        if paths:
            drop = self.kept.new(NO_BATCH, paths)
            self._keeper.keep(drop)
            self._early.append(drop)

    def hold_again(self, drop: Drop) -> None:
        """As `hold`, for a drop that is kept already."""
        if drop.file not in {each.file for each in self._early}:
            self._early.append(drop)

    @property
    def held(self) -> bool:
        """Whether something waits for a batch."""
        return bool(self._early)

    def give_held(self, batch: int) -> None:
        """The batch is there: take in what waited for it, as one drop."""
        early, self._early = self._early, []
        if early:
            paths = tuple(path for drop in early for path in drop.paths)
            self._take_in(replace(early[0], batch=batch, paths=paths, resumed=False), early[1:])

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
                self._keeper.forget(intake.drop)
            else:
                queue.insert(0, intake.drop)
            self._intake = None if ended else intake
        ended = self._keeper.close(timeout_ms) and ended
        for drop in (*queue, *self._unfinished, *self._early):
            keep_now(self.kept, drop)  # before this returns: nobody comes later
        return ended

    def _take_in(self, drop: Drop, in_place_of: Sequence[Drop] = ()) -> None:
        self._keeper.keep(drop, in_place_of)
        self._queue.append(drop)
        self._next()

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
                self._keeper.forget(intake.drop)
            else:
                self._unfinished.append(intake.drop)
            intake.deleteLater()
        self._next()
        self.ended.emit()
