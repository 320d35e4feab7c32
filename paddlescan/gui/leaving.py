"""The program is asked to go from outside: the session ends, somebody sends SIGTERM, Ctrl-C in the terminal.

It goes in good order and asks nothing: what is being typed is kept, exports are called off, engines end. What cannot be
saved now is kept beside the store (`kept_edits`) and saved at the next start.
"""

from __future__ import annotations

import signal
import socket
import sys
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QDialog

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow

SAVE_S = 3.0
"""How long the end of a session waits for the store: desktops kill what takes much longer."""
SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


def _nothing(number: int, frame: FrameType | None) -> None:
    """Python's part of a signal; the wake-up socket brings it to Qt."""


class Leaving(QObject):
    """Hears of the end, in the window's thread, and closes the window that is shown then."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._window: MainWindow | None = None
        self.gone = False
        """Whether the program was told to go, and no other window shall follow."""
        app.commitDataRequest.connect(self._session_ends)
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def listen(self) -> None:
        """Take the signals from now on; only in the main thread."""
        signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                signal.signal(number, _nothing)

    def let_go(self) -> None:
        """The end has come: signals are as they were."""
        signal.set_wakeup_fd(-1)
        for number in SIGNALS:
            if signal.getsignal(number) is _nothing:
                signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        self._notifier.setEnabled(False)
        self._ours.close()
        self._theirs.close()

    def watch(self, window: MainWindow | None) -> None:
        """This is the window now; None: there is none."""
        self._window = window

    @Slot()
    def _woken(self) -> None:
        numbers = b""
        with suppress(BlockingIOError):
            numbers = self._ours.recv(64)
        if any(number in SIGNALS for number in numbers):
            self.leave()

    @Slot(QSessionManager)
    def _session_ends(self, _manager: QSessionManager) -> None:
        """The desktop wants everything to be saved now; whether it really ends nobody knows yet, so the window stays.

        Windows lets a program live only until this returns; elsewhere SIGTERM or a lost display follows.
        """
        if self._window is not None:
            _save(self._window)
        if sys.platform == "win32":
            self.leave()

    @Slot()
    def leave(self) -> None:
        """Close in good order, without a question."""
        self.gone = True
        window, self._window = self._window, None
        if window is None:
            QCoreApplication.exit(0)  # `quit` asks the windows, and the one that waits for the store stays
            return
        _save(window)
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.done(0)  # an export is called off; nothing of it stays
        window.asking.leave()
        self._app.quit()


def _save(window: MainWindow) -> None:
    """What is being typed, too. In a file first: the store may be busy for longer than anybody waits."""
    window.fields.commit()
    writer = window.workplace.writer
    writer.write_down()
    writer.drain(SAVE_S)
