"""A word to the person from a program that has no window: the desktop's notifications, over D-Bus. No Qt.

What is said may be read over a shoulder or from a locked screen: counts, the name of the table or batch they are of,
never what a receipt says.
"""

from __future__ import annotations

import html
import logging
import os
import sys
from pathlib import Path
from typing import Final

from paddlescan.desktop.identity import APP_ID
from paddlescan.desktop.session_bus import Bus, BusRefused, BusTrouble, ask

log = logging.getLogger(__name__)

PATIENCE_S: Final = 3.0
"""How long the desktop has to answer, all in all."""
SERVICE: Final = ("org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications")
_PORTAL: Final = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Notification",
)


def notify(title: str, body: str) -> bool:
    """Show a notification; whether the desktop took it, which it has some seconds to say.

    False where there is no session bus (over ssh, from a timer), nobody shows notifications, or the system is another
    one than Linux. title, body: plain text in the person's language.
    """
    if sys.platform != "linux":
        return False
    try:
        return ask(lambda bus: _shown(bus, title, body), PATIENCE_S)
    except BusTrouble as error:
        log.info("no notification: %s", type(error).__name__)
        return False


def sandboxed() -> bool:
    """Whether only the portal may be spoken to. Outside a sandbox it comes second: it does not know there whose program
    this is, and some desktops then take a notification and never show it."""
    return Path("/.flatpak-info").exists() or "SNAP" in os.environ


def say_to_service(bus: Bus, title: str, body: str, action: str = "") -> int:
    """Have the desktop's notification service show it; its number there. action: what a click is called that is to be
    told, where the service tells clicks. Raises BusTrouble."""
    (able,) = bus.call(SERVICE, "GetCapabilities")
    text = html.escape(body, quote=False) if "body-markup" in able else body
    actions = [action, title] if action and "actions" in able else []
    hints = {"desktop-entry": ("s", APP_ID), "category": ("s", "transfer.complete")}
    said = ("PaddleScan", 0, APP_ID, title, text, actions, hints, -1)
    (number,) = bus.call(SERVICE, "Notify", "susssasa{sv}i", said)
    return int(number)


def _shown(bus: Bus, title: str, body: str) -> bool:
    for way in (_by_portal, say_to_service) if sandboxed() else (say_to_service, _by_portal):
        try:
            way(bus, title, body)
        except BusRefused as error:
            log.info("no notification by %s: %s", way.__name__, error)
        else:
            return True
    return False


def _by_portal(bus: Bus, title: str, body: str) -> int:
    said = {"title": ("s", title), "body": ("s", body), "priority": ("s", "normal")}
    icon = {"icon": ("(sv)", ("themed", ("as", [APP_ID])))}
    bus.call(_PORTAL, "AddNotification", "sa{sv}", (f"{os.getpid()}", said | icon))
    return 0
