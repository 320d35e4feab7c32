"""Where cycles of Python objects are collected: in the window's thread and in no other."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 1000


class Collector(QObject):
    """Takes Python's collector over for as long as it lives.

    By itself it runs in whichever thread happens to allocate. A widget that is part of a cycle would then be
    destroyed by a worker's thread, and Qt does not survive that.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(INTERVAL_MS)
        self.destroyed.connect(gc.enable)

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python would have."""
        due = [
            n for n, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most
        ]
        if due:
            gc.collect(due[-1])
