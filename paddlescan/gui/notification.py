"""A word of the desktop's own, for a person who is elsewhere. Counts only: it may be read over a shoulder.

On Linux the desktop's portal is asked over D-Bus: its call is made of strings, while that of
org.freedesktop.Notifications wants an unsigned number, which PySide6 cannot send. Where no portal answers, and on other
systems, it is the tray's message (Qt speaks org.freedesktop.Notifications there by itself); the task bar's entry is
marked in any case.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Notification"
_NAME, _ACTION = "paddlescan-read", "show"
_PATIENCE_MS = 3000
_SHOWN_MS = 10_000


class Notification(QObject):
    """Shows one at a time over all windows; the newest replaces the one before."""

    clicked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._words = ("", "")
        self._tray: QSystemTrayIcon | None = None
        self._listening = False

    def show(self, title: str, body: str) -> None:
        """Say this. Returns at once."""
        self._words = (title, body)
        QApplication.alert(self._window)
        bus = QDBusConnection.sessionBus() if sys.platform.startswith("linux") else None
        if bus is None or not bus.isConnected():
            self._show_in_tray()
            return
        if not self._listening:
            slot = SLOT("_invoked(QDBusMessage)")
            self._listening = bus.connect(_SERVICE, _PATH, _INTERFACE, "ActionInvoked", self, slot)  # type: ignore[call-overload] # SLOT gives a str
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "AddNotification")
        message.setArguments([_NAME, {"title": title, "body": body, "default-action": _ACTION}])
        self._watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _PATIENCE_MS), self)
        self._watcher.finished.connect(self._answered)

    def withdraw(self) -> None:
        """The person is back: it has said what it had to."""
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
