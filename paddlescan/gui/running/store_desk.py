"""A thread of the window with a store of its own: what it is asked it answers later, in the order of asking.

The window's thread never waits for the disk, nor for another program that holds the store.
"""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThread, Signal, Slot

from paddlescan.errors import Failure, PaddleScanError
from paddlescan.gui.unforeseen import noted
from paddlescan.store import Store

log = logging.getLogger(__name__)

T = TypeVar("T")
Job = Callable[[Store], Any]
Done = Callable[[Any], None]
Failed = Callable[[Failure], None]


class StoreDesk(QThread):
    """Runs jobs on the store, one after the other. The object lives in the window's thread."""

    trouble = Signal(object)  # Failure: a job could not be done; its answer never comes
    _answered = Signal(object, object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._jobs: queue.SimpleQueue[tuple[Job, Done | None, Failed | None] | None] = queue.SimpleQueue()
        self._closed = False
        self._answered.connect(self._deliver)

    def ask(
        self, job: Callable[[Store], T], done: Callable[[T], None] | None = None, failed: Failed | None = None
    ) -> None:
        """Queue a job; `done` gets its answer, or `failed` the reason, in the window's thread. Returns at once.

        Without `failed` the reason goes out with `trouble`. After `close` nothing is done any more.
        """
        if self._closed:
            return  # late news: a thread that begins now would outlive its object
        self._jobs.put((job, done, failed))
        if not self.isRunning():
            self.start()

    def close(self, timeout_ms: int = 10_000) -> bool:
        """Do what is queued, then end. Says whether that was done in time."""
        self._closed = True
        self._jobs.put(None)
        return not self.isRunning() or self.wait(timeout_ms)

    def run(self) -> None:
        """Work through the jobs until told to stop."""
        store: Store | None = None
        try:
            while (work := self._jobs.get()) is not None:
                job, done, failed = work
                try:
                    store = store or Store(self._path)
                    answer = job(store)
                except PaddleScanError as error:
                    log.warning("the store refused: %s", error.code)
                    self._answered.emit(failed or self.trouble.emit, error.failure)
                except Exception as error:  # noqa: BLE001 - our bug: its text may quote a receipt, and later jobs go on
                    self._answered.emit(failed or self.trouble.emit, noted(log, "a job at the store", error))
                else:
                    if done is not None:
                        self._answered.emit(done, answer)
        finally:
            if store is not None:
                store.close()

    @Slot(object, object)
    def _deliver(self, done: Done, answer: object) -> None:
        done(answer)
