"""A notification that can be clicked, from a program that stays: org.freedesktop.Notifications over D-Bus. No Qt.

Who shows it answers a click to the connection that asked, so that stays open as long as the notification is there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from paddlescan.desktop.notifying import SERVICE, say_to_service
from paddlescan.desktop.session_bus import Bus, BusTrouble, connected

log = logging.getLogger(__name__)

_BUS: Final = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_CLICK: Final = "default"


class ClickableNotice:
    """One notification. Both calls come from a thread of its own."""

    def __init__(self, shown: Callable[[ClickableNotice, bool], None], clicked: Callable[[str], None]) -> None:
        """shown: this one, and whether the desktop took it; not called at all where the bus hangs. clicked: with what
        the desktop gives to bring a window to the front, or nothing."""
        self._shown, self._clicked = shown, clicked
        self._mutex = threading.Lock()
        self._bus: Bus | None = None
        self._number: int | None = None
        self._closed = False

    def show(self, title: str, body: str) -> None:
        """Show it. Returns at once. title, body: plain text."""
        threading.Thread(target=self._run, args=(title, body), name="notification", daemon=True).start()

    def close(self) -> None:
        """It has said what it had to. From any thread."""
        with self._mutex:
            self._closed = True
            self._take_away()

    def _run(self, title: str, body: str) -> None:
        try:
            connected(lambda bus: self._speak(bus, title, body))
        except BusTrouble as error:
            log.info("no notification: %s", type(error).__name__)
        finally:
            with self._mutex:
                shown, self._bus = self._number is not None, None
            if not shown:
                self._shown(self, False)

    def _speak(self, bus: Bus, title: str, body: str) -> None:
        bus.call(_BUS, "AddMatch", "s", (f"type='signal',interface='{SERVICE[2]}',path='{SERVICE[1]}'",))
        number = say_to_service(bus, title, body, _CLICK)
        with self._mutex:
            self._bus, self._number = bus, number
            if self._closed:
                self._take_away()
        self._shown(self, True)
        self._listen(bus, number)

    def _listen(self, bus: Bus, number: int) -> None:
        """Until it is gone."""
        token = ""
        while True:
            member, said = bus.next_signal()
            if not said or said[0] != number:
                continue
            if member == "NotificationClosed":
                return
            if member == "ActivationToken":
                token = str(said[1])
            elif member == "ActionInvoked" and said[1] == _CLICK:
                self._clicked(token)

    def _take_away(self) -> None:
        if self._bus is not None and self._number is not None:
            self._bus.tell(SERVICE, "CloseNotification", "u", (self._number,))
