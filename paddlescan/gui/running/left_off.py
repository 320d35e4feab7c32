"""Keeps in the store how the window leaves its batches: which one is in front, and whether a person stopped it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from paddlescan.errors import Failure
from paddlescan.gui.running.in_front import BatchInFront
from paddlescan.gui.running.store_desk import Job, StoreDesk


class LeftOff(QObject):
    """Follows the batch in front. What the store does not take is not told: reading goes on at the next start, then."""

    def __init__(self, front: BatchInFront, desk: StoreDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._front, self._desk = front, desk
        self._stopped = False
        front.changed.connect(self._another_in_front)

    @Slot()
    def _another_in_front(self) -> None:
        now = self._front.now
        self._stopped = now is not None and now.summary.stopped
        if now is not None and now.lease is not None:
            batch = now.summary.id
            self._write(lambda store: store.note_front(batch))

    def stop(self) -> None:
        """A person stopped the reading."""
        self._keep(True)

    @Slot(bool)
    def running_changed(self, running: bool) -> None:
        """It goes on, whatever led to that."""
        if running and self._stopped:
            self._keep(False)

    def _keep(self, stopped: bool) -> None:
        now = self._front.now
        if now is not None and now.lease is not None:
            self._stopped = stopped
            batch = now.summary.id
            self._write(lambda store: store.note_stopped(batch, stopped))

    def _write(self, job: Job) -> None:
        self._desk.ask(job, None, _no_matter)


def _no_matter(_failure: Failure) -> None:
    """The desk has logged it."""
