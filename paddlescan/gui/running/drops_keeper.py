"""A thread that writes drops down and forgets them, in the order of asking. The store may be locked meanwhile."""

from __future__ import annotations

import logging
import queue
from collections.abc import Sequence

from PySide6.QtCore import QObject, QThread

from paddlescan.errors import PaddleScanError
from paddlescan.gui.running.kept_drops import Drop, KeptDrops

log = logging.getLogger(__name__)


class DropsKeeper(QThread):
    """The object lives in the window's thread, which never waits for the disk."""

    def __init__(self, kept: KeptDrops, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._jobs: queue.SimpleQueue[tuple[Drop | None, Sequence[Drop]] | None] = queue.SimpleQueue()
        self._closed = False

    def keep(self, drop: Drop, in_place_of: Sequence[Drop] = ()) -> None:
        """Write a drop down, then forget those that it holds. Where it cannot be written, these stay."""
        self._ask(drop, in_place_of)

    def forget(self, drop: Drop) -> None:
        """A drop is taken in."""
        self._ask(None, (drop,))

    def close(self, timeout_ms: int) -> bool:
        """Do what is asked for, then end; says whether that was done in time. Afterwards nothing is done."""
        self._closed = True
        self._jobs.put(None)
        return not self.isRunning() or self.wait(timeout_ms)

    def run(self) -> None:
        """Work until told to end."""
        while (job := self._jobs.get()) is not None:
            drop, over = job
            if drop is None or keep_now(self._kept, drop):
                for each in over:
                    self._kept.forget(each)

    def _ask(self, drop: Drop | None, over: Sequence[Drop]) -> None:
        if not self._closed:
            self._jobs.put((drop, over))
            if not self.isRunning():
                self.start()


def keep_now(kept: KeptDrops, drop: Drop) -> bool:
    """Write a drop down before this returns. Whether it is written; if not, the log says why."""
    try:
        kept.keep(drop)
    except PaddleScanError as error:
        log.error("batch %s: a drop is not kept: %s", drop.batch, error.code)
        return False
    return True
