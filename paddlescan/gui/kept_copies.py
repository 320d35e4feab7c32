"""Copies of the store while the window is open: after a batch was read, and every hour. In a thread of its own.

At closing a last one, where that takes no longer than a moment. What is being copied then is let go.
"""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from paddlescan.errors import PaddleScanError
from paddlescan.store.care import copy_due, copy_due_at_end, keep_copy, tidy

log = logging.getLogger(__name__)

SETTLED_MS = 20_000
"""How long after the start, or after the end of reading, it is calm."""
LOOK_EVERY_MS = 600_000
"""How often it is asked whether the newest copy is an hour old."""
LAST_S = 1.0
"""How long the end of the window waits for its copy."""


class KeptCopies(QThread):
    """The object lives in the window's thread; `run` alone is elsewhere, and ends when there is nothing to do."""

    trouble = Signal(object)  # Failure: the store is damaged, as a copy of it told

    def __init__(self, store: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copies")
        self._store = store
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(SETTLED_MS)
        self._calm.timeout.connect(self._start)
        self._beat = QTimer(self)
        self._beat.setInterval(LOOK_EVERY_MS)
        self._beat.timeout.connect(self._start)
        self._running = self._begun = False
        self._closed = threading.Event()

    def begin(self) -> None:
        """The window is shown: from now on copies are made."""
        self._begun = True
        self._beat.start()
        self._calm.start()

    @Slot(bool)
    def running(self, running: bool) -> None:
        """Pages are being read, or are no more."""
        self._running = running
        if not self._begun:
            return
        if running:
            self._calm.stop()
        else:
            self._calm.start()

    def close(self, timeout_ms: int = 5_000) -> bool:
        """Let go of a copy that is being made, and end. Whether it ended in time."""
        self._closed.set()
        self._calm.stop()
        self._beat.stop()
        return self.wait(timeout_ms) if self.isRunning() else True

    def keep_last(self) -> None:
        """All is saved and everything else has ended: copy what was done since the newest copy, if that is quick."""
        deadline = time.monotonic() + LAST_S
        try:
            if copy_due_at_end(self._store):
                keep_copy(self._store, lambda: time.monotonic() > deadline)
        except (PaddleScanError, OSError) as error:
            log.warning("no copy of the store at the end: %s", type(error).__name__)

    @Slot()
    def _start(self) -> None:
        if self._closed.is_set():
            return
        if self.isRunning():
            self._calm.start()  # what is asked for now is another look
            return
        self.start(QThread.Priority.LowPriority)

    def run(self) -> None:
        """Make a copy if one is due; give room back where nobody works."""
        try:
            if copy_due(self._store):
                keep_copy(self._store, self._closed.is_set)
            if not self._running and not self._closed.is_set():
                tidy(self._store)
        except PaddleScanError as error:
            log.warning("no copy of the store: %s", error.code)
            if error.code == "store_damaged":
                self.trouble.emit(error.failure)
