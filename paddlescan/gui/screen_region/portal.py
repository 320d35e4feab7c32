"""The desktop's own way to picture the screen (org.freedesktop.portal.Screenshot): the only one under Wayland."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from PySide6.QtCore import SLOT, QObject, QUrl, Signal, SignalInstance, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusServiceWatcher,
)

_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Screenshot"
_REQUEST = "org.freedesktop.portal.Request"
_PATIENCE_MS = 5000
"""For the portal to take the wish; how long the person then needs is their own business."""
_TAKEN, _LEFT = 0, 1
"""How an answer begins: there is a picture, or the person gave it up; anything else is a failure."""


class ScreenshotPortal(QObject):
    """Asks for one picture at a time."""

    taken = Signal(str)  # the file that the desktop wrote; it is the person's
    left = Signal()  # the person gave it up
    refused = Signal()  # there is no such portal, or it cannot

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus: QDBusConnection | None = None
        self._where = ""
        self._watcher: QDBusServiceWatcher | None = None

    def ask(self) -> None:
        """Let the person choose what is pictured. Returns at once; one of the signals follows."""
        bus = self._bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self._end(self.refused)
            return
        token = f"paddlescan_{uuid.uuid4().hex}"
        sender = bus.baseService().removeprefix(":").replace(".", "_")
        self._where = f"{_PATH}/request/{sender}/{token}"
        self._hear(self._where)
        # Before the wish is sent: a portal that ends at once would not be noticed after it.
        self._watcher = QDBusServiceWatcher(_SERVICE, bus, QDBusServiceWatcher.WatchModeFlag.WatchForUnregistration)
        self._watcher.serviceUnregistered.connect(self._gone)
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Screenshot")
        message.setArguments(["", {"handle_token": token, "interactive": True, "modal": False}])
        self._call = QDBusPendingCallWatcher(bus.asyncCall(message, _PATIENCE_MS), self)
        self._call.finished.connect(self._begun)

    def _hear(self, where: str) -> None:
        slot = SLOT("_answered(uint,QVariantMap)")
        if self._bus is not None:
            self._bus.connect(_SERVICE, where, _REQUEST, "Response", self, slot)  # type: ignore[call-overload] # SLOT gives a str

    @Slot(QDBusPendingCallWatcher)
    def _begun(self, watcher: QDBusPendingCallWatcher) -> None:
        if watcher.isError():
            self._end(self.refused)
            return
        told = watcher.reply().arguments()
        where = told[0].path() if told and isinstance(told[0], QDBusObjectPath) else ""
        if self._where and where and where != self._where:
            self._where = where  # an old portal names the request itself
            self._hear(where)

    @Slot("uint", "QVariantMap")
    def _answered(self, code: int, told: Mapping[str, object]) -> None:
        if not self._where:
            return
        file = QUrl(str(told.get("uri", ""))).toLocalFile()
        if code == _TAKEN and file:
            self._end(self.taken, file)
        else:
            self._end(self.left if code == _LEFT else self.refused)

    @Slot()
    def _gone(self) -> None:
        """The portal ended with the wish in its hands."""
        if self._where:
            self._end(self.refused)

    def _end(self, news: SignalInstance, *what: str) -> None:
        self._where, self._watcher = "", None
        news.emit(*what)
