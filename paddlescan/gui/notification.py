"""A word of the desktop's own, for a person who is elsewhere. Counts only: it may be read over a shoulder.

On Linux it is org.freedesktop.Notifications, spoken without Qt (its call wants an unsigned number, which PySide6 cannot
send), then the desktop's portal; in a sandbox the portal alone. Where neither answers, and on other systems, it is the
tray's message; the task bar's entry is marked in any case.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from PySide6.QtCore import SLOT, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from paddlescan.desktop.clickable import ClickableNotice
from paddlescan.desktop.notifying import sandboxed

_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Notification"
_NAME, _ACTION = "paddlescan-read", "show"
_PATIENCE_MS = 3000
_SHOWN_MS = 10_000


class Notification(QObject):
    """Shows one at a time over all windows; the newest replaces the one before."""

    clicked = Signal()
    _shown = Signal(object, bool)  # a ClickableNotice, whether the desktop took it
    _clicked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._words = ("", "")
        self._tray: QSystemTrayIcon | None = None
        self._listening = False
        self._notice: ClickableNotice | None = None
        self._waiting = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        self._waiting.timeout.connect(self._ask_portal)
        self._shown.connect(self._notice_shown, Qt.ConnectionType.QueuedConnection)
        self._clicked.connect(self._notice_clicked, Qt.ConnectionType.QueuedConnection)

    def show(self, title: str, body: str) -> None:
        """Say this. Returns at once."""
        self._words = (title, body)
        QApplication.alert(self._window)
        if not sys.platform.startswith("linux") or sandboxed():
            self._ask_portal()
            return
        self._close_notice()
        self._notice = ClickableNotice(self._say_shown, self._say_clicked)
        self._waiting.start()
        self._notice.show(title, body)

    def _say_shown(self, notice: ClickableNotice, shown: bool) -> None:
        """In the notice's thread, which may outlive the window."""
        with suppress(RuntimeError):
            self._shown.emit(notice, shown)

    def _say_clicked(self, token: str) -> None:
        with suppress(RuntimeError):
            self._clicked.emit(token)

    @Slot(object, bool)
    def _notice_shown(self, notice: ClickableNotice, shown: bool) -> None:
        if notice is not self._notice:
            notice.close()  # another way was gone meanwhile, or it is not wanted any more
            return
        self._waiting.stop()
        if not shown:
            self._ask_portal()

    @Slot(str)
    def _notice_clicked(self, token: str) -> None:
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Wayland lets a window come forward by this; Qt looks here
        self.clicked.emit()

    def _close_notice(self) -> None:
        self._waiting.stop()
        if self._notice is not None:
            self._notice.close()
        self._notice = None

    @Slot()
    def _ask_portal(self) -> None:
        self._notice = None
        bus = QDBusConnection.sessionBus() if sys.platform.startswith("linux") else None
        if bus is None or not bus.isConnected():
            self._show_in_tray()
            return
        if not self._listening:
            slot = SLOT("_invoked(QDBusMessage)")
            self._listening = bus.connect(_SERVICE, _PATH, _INTERFACE, "ActionInvoked", self, slot)  # type: ignore[call-overload] # SLOT gives a str
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "AddNotification")
        title, body = self._words
        message.setArguments([_NAME, {"title": title, "body": body, "default-action": _ACTION}])
        self._watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _PATIENCE_MS), self)
        self._watcher.finished.connect(self._answered)

    def withdraw(self) -> None:
        """The person is back: it has said what it had to."""
        self._close_notice()
        if self._tray is not None:
            self._tray.hide()
        if self._listening:
            message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "RemoveNotification")
            message.setArguments([_NAME])
            message.setAutoStartService(False)
            QDBusConnection.sessionBus().asyncCall(message, _PATIENCE_MS)

    @Slot(QDBusPendingCallWatcher)
    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        if watcher.isError():
            self._listening = False
            self._show_in_tray()

    @Slot(QDBusMessage)
    def _invoked(self, message: QDBusMessage) -> None:
        if message.arguments()[:2] == [_NAME, _ACTION]:
            self.clicked.emit()

    def _show_in_tray(self) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._tray.messageClicked.connect(self.clicked)
            self._tray.activated.connect(self.clicked)
        self._tray.show()
        self._tray.showMessage(*self._words, QSystemTrayIcon.MessageIcon.NoIcon, _SHOWN_MS)
        QTimer.singleShot(_SHOWN_MS + 1000, self._tray, self._tray.hide)
