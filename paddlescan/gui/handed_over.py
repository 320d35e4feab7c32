"""What later starts bring to this window: it comes to the front and takes it in as a batch."""

from __future__ import annotations

import logging
import os
import time
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from paddlescan.desktop.handover import joining
from paddlescan.desktop.handover.inbox import Inbox

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow

log = logging.getLogger(__name__)

_AGAIN_MS = 300


class HandedOver(QObject):
    """Between the inbox and the window. Made when the first batch is in front; `end` before the window goes.

    What comes stays in the inbox until nothing has followed for a while: a file manager may start the program once a
    file, and the calls of one selection are one batch in the order of their names.
    """

    _came = Signal()

    def __init__(self, window: MainWindow, inbox: Inbox) -> None:
        super().__init__(window)
        self._window, self._inbox = window, inbox
        self._last = float("-inf")
        """When the last call came of what was taken."""
        self._ended = False
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._look)
        self._came.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        inbox.attach(self._came.emit)

    def end(self) -> None:
        """Take nothing more: it stays in the inbox."""
        self._ended = True  # a ring may be on its way already
        self._again.stop()
        self._inbox.attach(None)

    @Slot()
    def _hear(self) -> None:
        if self._ended:
            return
        waiting = [message for _, message in self._inbox.waiting]
        for token in (message.token for message in waiting if message.token):
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Wayland lets a window come forward by this; Qt looks here
        self._window.come_to_the_front()
        count = sum(len(message.paths) for message in waiting)
        if count:
            self._window.status.answer(self.tr("Taking in %n item(s)…", None, count), joining.TOGETHER_S)
        self._look()

    @Slot()
    def _look(self) -> None:
        wait_s = joining.settled_in(self._inbox.waiting, time.monotonic(), joining.ALONE_S)
        if wait_s:
            self._again.start(round(wait_s * 1000) + 1)
        elif QApplication.activeModalWidget() is not None:
            self._again.start(_AGAIN_MS)  # a question about the batch in front is open: not behind its back
        else:
            self._take()

    def _take(self) -> None:
        calls = [call for call in self._inbox.take_with_times() if call[1].paths]
        if not calls:
            return
        paths = list(chain.from_iterable(joining.selections(calls)))
        log.info("%d later starts, %d paths", len(calls), len(paths))
        controller = self._window.workplace.controller
        soon = calls[0][0] - self._last < joining.TOGETHER_S  # the stream was cut
        if soon or controller.waiting or controller.summary is None:
            controller.add_paths(paths)
        else:
            controller.begin_batch(paths=paths)  # what was read and checked is not mixed with what comes
        self._last = calls[-1][0]
