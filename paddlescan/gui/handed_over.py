"""What later starts bring to this window: it comes to the front and takes it in as a batch."""

from __future__ import annotations

import logging
import os
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from paddlescan.desktop.handover.inbox import Inbox

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow

log = logging.getLogger(__name__)

TOGETHER_S = 2.0
"""What comes so soon after the last goes into the same batch: a file manager may start the program once a file."""
_AGAIN_MS = 300


class HandedOver(QObject):
    """Between the inbox and the window. Made when the first batch is in front; `end` before the window goes."""

    _came = Signal()

    def __init__(self, window: MainWindow, inbox: Inbox, began: bool) -> None:
        """began: whether the window has just begun a batch with what it was started with."""
        super().__init__(window)
        self._window, self._inbox = window, inbox
        self._last = time.monotonic() if began else -TOGETHER_S
        self._ended = False
        self._again = QTimer(self, interval=_AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self._take)
        self._came.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        inbox.attach(self._came.emit)

    def end(self) -> None:
        """Take nothing more: it stays in the inbox."""
        self._ended = True  # a ring may be on its way already
        self._again.stop()
        self._inbox.attach(None)

    @Slot()
    def _hear(self) -> None:
        if not self._ended:
            self._window.come_to_the_front()
            self._take()

    @Slot()
    def _take(self) -> None:
        if QApplication.activeModalWidget() is not None:
            self._again.start()  # a question about the batch in front is open: not behind its back
            return
        messages = self._inbox.take()
        if not messages:
            return
        for token in (message.token for message in messages if message.token):
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Wayland lets a window come forward by this; Qt looks here
            self._window.come_to_the_front()
        paths = [path for message in messages for path in message.paths]
        log.info("%d later starts, %d paths", len(messages), len(paths))
        if not paths:
            return
        controller = self._window.workplace.controller
        soon = time.monotonic() - self._last < TOGETHER_S
        if soon or controller.waiting or controller.summary is None:
            controller.add_paths(paths)
        else:
            controller.begin_batch(paths=paths)  # what was read and checked is not mixed with what comes
        self._last = time.monotonic()
