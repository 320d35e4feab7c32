"""The drops that are still to be taken in, one intake thread at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.gui.running.intake_thread import IntakeThread


class Drops(QObject):
    """Takes in one drop after the other, in their order."""

    added = Signal(int, object)  # batch, tuple[PageRow, ...]
    twice = Signal(int, object)  # batch, tuple[Twice, ...]
    trouble = Signal(object)  # Failure
    ended = Signal()  # one drop was taken in

    def __init__(self, store_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store_path = store_path
        self._queue: deque[tuple[int, tuple[str, ...]]] = deque()
        self._intake: IntakeThread | None = None

    @property
    def busy(self) -> bool:
        """Whether files are being taken in."""
        return self._intake is not None

    def add(self, batch: int, paths: Sequence[str]) -> None:
        """Take these files and folders into a batch."""
        self._queue.append((batch, tuple(paths)))
        self._next()

    def stop(self) -> None:
        """Take in nothing more; `ended` follows."""
        self._queue.clear()
        if self._intake is not None:
            self._intake.requestInterruption()

    def wait(self, timeout_ms: int) -> bool:
        """Wait for the thread, as closing the window does."""
        return self._intake is None or self._intake.wait(timeout_ms)

    def _next(self) -> None:
        if self._intake is not None or not self._queue:
            return
        batch, paths = self._queue.popleft()
        intake = IntakeThread(self._store_path, batch, paths, self)
        intake.added.connect(self.added)
        intake.twice.connect(self.twice)
        intake.trouble.connect(self.trouble)
        intake.finished.connect(self._ended)
        self._intake = intake
        intake.start()

    @Slot()
    def _ended(self) -> None:
        if self._intake is not None:
            self._intake.deleteLater()
            self._intake = None
        self._next()
        self.ended.emit()
