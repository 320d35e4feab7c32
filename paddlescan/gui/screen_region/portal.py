"""The desktop's own way to picture the screen (org.freedesktop.portal.Screenshot): the only one under Wayland."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from PySide6.QtCore import SLOT, QObject, QUrl, Signal, SignalInstance, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusError,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusServiceWatcher,
)

from paddlescan.gui.clipboard import local_path

_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Screenshot"
_REQUEST = "org.freedesktop.portal.Request"
PATIENCE_MS = 5000
"""For the portal to take the wish; how long the person then needs is their own business."""
_TAKEN, _LEFT = 0, 1
"""How an answer begins: there is a picture, or the person gave it up; anything else is a failure."""
_LATE = (QDBusError.ErrorType.NoReply, QDBusError.ErrorType.Timeout, QDBusError.ErrorType.TimedOut)
"""The portal is there, and may still come round to the wish."""


class ScreenshotPortal(QObject):
    """Asks for one picture at a time; what an earlier wish still leads to is no answer to the present one."""

    taken = Signal(object)  # str: the file that the desktop wrote, by its own name; it is the person's
    left = Signal()  # the person gave it up
    refused = Signal()  # there is no such portal, or it cannot

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish: _Wish | None = None

    def ask(self) -> None:
        """Let the person choose what is pictured. Returns at once; one of the signals follows."""
        self.give_up()
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self.refused.emit()
            return
        wish = _Wish(bus, self)
        wish.taken.connect(self._taken)
        wish.left.connect(self._left)
        wish.refused.connect(self._refused)
        self._wish = wish
        wish.send()

    def give_up(self) -> None:
        """Nobody waits for the picture any more; no signal follows."""
        wish, self._wish = self._wish, None
        if wish is not None:
            wish.end()

    @Slot(object)
    def _taken(self, file: str) -> None:
        self._wish = None
        self.taken.emit(file)

    @Slot()
    def _left(self) -> None:
        self._wish = None
        self.left.emit()

    @Slot()
    def _refused(self) -> None:
        self._wish = None
        self.refused.emit()


class _Wish(QObject):
    """One wish: with it goes all that is listened to for its sake."""

    taken = Signal(object)
    left = Signal()
    refused = Signal()

    def __init__(self, bus: QDBusConnection, parent: QObject) -> None:
        super().__init__(parent)
        self._bus = bus
        self._token = f"paddlescan_{uuid.uuid4().hex}"
        sender = bus.baseService().removeprefix(":").replace(".", "_")
        self._where = f"{_PATH}/request/{sender}/{self._token}"
        self._over = False
        self._listen(self._where, on=True)
        # Before the wish is sent: a portal that ends at once would not be noticed after it.
        watcher = QDBusServiceWatcher(_SERVICE, bus, QDBusServiceWatcher.WatchModeFlag.WatchForUnregistration, self)
        watcher.serviceUnregistered.connect(self._gone)

    def send(self) -> None:
        """Tell the portal."""
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Screenshot")
        message.setArguments(["", {"handle_token": self._token, "interactive": True, "modal": False}])
        self._call = QDBusPendingCallWatcher(self._bus.asyncCall(message, PATIENCE_MS), self)
        self._call.finished.connect(self._begun)

    def end(self, close: bool = True) -> None:
        """Hear no more of it. close: the portal is told, which takes away what it shows."""
        if self._over:
            return
        self._over = True
        self._listen(self._where, on=False)
        if close:
            self._bus.send(QDBusMessage.createMethodCall(_SERVICE, self._where, _REQUEST, "Close"))
        self.deleteLater()

    def _listen(self, where: str, on: bool) -> None:
        change = self._bus.connect if on else self._bus.disconnect
        slot = SLOT("_answered(uint,QVariantMap)")
        change(_SERVICE, where, _REQUEST, "Response", self, slot)  # type: ignore[call-overload] # SLOT gives a str

    @Slot(QDBusPendingCallWatcher)
    def _begun(self, watcher: QDBusPendingCallWatcher) -> None:
        if watcher.isError():
            self._say(self.refused, close=watcher.error().type() in _LATE)
            return
        told = watcher.reply().arguments()
        where = told[0].path() if told and isinstance(told[0], QDBusObjectPath) else ""
        if not self._over and where and where != self._where:
            self._listen(self._where, on=False)
            self._where = where  # an old portal names the request itself
            self._listen(where, on=True)

    @Slot("uint", "QVariantMap")
    def _answered(self, code: int, told: Mapping[str, object]) -> None:
        file = local_path(QUrl(str(told.get("uri", ""))))
        if code == _TAKEN and file:
            self._say(self.taken, file)
        else:
            self._say(self.left if code == _LEFT else self.refused)

    @Slot()
    def _gone(self) -> None:
        """The portal ended with the wish in its hands."""
        self._say(self.refused)

    def _say(self, news: SignalInstance, *what: str, close: bool = False) -> None:
        if not self._over:
            self.end(close)
            news.emit(*what)
