"""A word to the person from a program that has no window: the desktop's notifications, over D-Bus. No Qt.

What is said may be read over a shoulder or from a locked screen: counts, never a file's name or what a receipt says.
"""

from __future__ import annotations

import html
import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

log = logging.getLogger(__name__)

APP_ID: Final = "org.paddlescan.PaddleScan"
PATIENCE_S: Final = 3.0
"""How long the desktop has to answer, all in all."""


def notify(title: str, body: str) -> bool:
    """Show a notification; whether the desktop took it, which it has some seconds to say.

    False where there is no session bus (over ssh, from a timer), nobody shows notifications, or the system is another
    one than Linux. title, body: plain text in the person's language.
    """
    if sys.platform != "linux":
        return False
    shown: list[bool] = []
    # A thread, since connecting to a bus that hangs has no end of its own; it goes with the process.
    asking = threading.Thread(target=lambda: shown.append(_ask(title, body)), name="notifying", daemon=True)
    asking.start()
    asking.join(PATIENCE_S)
    return shown == [True]


def _ask(title: str, body: str) -> bool:
    from jeepney import DBusErrorResponse
    from jeepney.io.blocking import open_dbus_connection

    address = _bus_address()
    if not address:
        return False
    try:
        with open_dbus_connection(address, auth_timeout=PATIENCE_S) as connection:
            for way in _ways():
                try:
                    way(connection, title, body)
                except DBusErrorResponse as error:
                    log.info("no notification by %s: %s", way.__name__, error.name)
                else:
                    return True
    except (OSError, RuntimeError, ValueError, KeyError, DBusErrorResponse) as error:  # KeyError: an odd address
        log.info("no notification: %s", type(error).__name__)
    return False


def _bus_address() -> str:
    told = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if told or not runtime.startswith("/"):
        return told
    return f"unix:path={runtime}/bus" if Path(runtime, "bus").exists() else ""


_Way = Callable[["DBusConnection", str, str], None]


def _ways() -> tuple[_Way, ...]:
    """In a sandbox the portal alone may be spoken to. Outside it is second: it does not know whose program this is
    there, and some desktops then take the notification and never show it."""
    sandboxed = Path("/.flatpak-info").exists() or "SNAP" in os.environ
    return (_by_portal, _by_service) if sandboxed else (_by_service, _by_portal)


def _by_portal(connection: DBusConnection, title: str, body: str) -> None:
    said = {"title": ("s", title), "body": ("s", body), "priority": ("s", "normal")}
    icon = ("icon", ("(sv)", ("themed", ("as", [APP_ID]))))
    _call(
        connection,
        ("/org/freedesktop/portal/desktop", "org.freedesktop.portal.Desktop", "org.freedesktop.portal.Notification"),
        "AddNotification",
        "sa{sv}",
        (f"{os.getpid()}", said | dict([icon])),
    )


def _by_service(connection: DBusConnection, title: str, body: str) -> None:
    service = ("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications")
    (able,) = _call(connection, service, "GetCapabilities")
    text = html.escape(body, quote=False) if "body-markup" in able else body
    hints = {"desktop-entry": ("s", APP_ID), "category": ("s", "transfer.complete")}
    _call(
        connection,
        service,
        "Notify",
        "susssasa{sv}i",
        ("PaddleScan", 0, APP_ID, title, text, [], hints, -1),
    )


def _call(
    connection: DBusConnection, whom: tuple[str, str, str], method: str, kinds: str = "", values: tuple[Any, ...] = ()
) -> tuple[Any, ...]:
    """What a method answers. Raises DBusErrorResponse, OSError after the patience."""
    from jeepney import DBusAddress, new_method_call
    from jeepney.wrappers import unwrap_msg

    path, name, interface = whom
    call = new_method_call(DBusAddress(path, name, interface), method, kinds, values)
    return tuple(unwrap_msg(connection.send_and_get_reply(call, timeout=PATIENCE_S)))
