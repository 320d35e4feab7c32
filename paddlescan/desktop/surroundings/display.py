"""The screen: whether a window could be shown on it, asked of the display server itself."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from paddlescan.desktop.diagnosis import Diagnosis, Speaker

PATIENCE_S: Final = 3.0
_TRAY: Final = b"_NET_SYSTEM_TRAY_S0"


def diagnose_display(say: Speaker) -> Diagnosis:
    """Which servers there are, and whether they answer."""
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY", ""), os.environ.get("DISPLAY", "")
    named = [("Wayland", wayland, _wayland_answers), ("X11", x11, _x11_answers)]
    there = [(name, where, within(test)) for name, where, test in named if where]
    answering = [name for name, _, answers in there if answers]
    if answering:
        return Diagnosis("display", "ok", say("display_detail", servers=say.listed(answering)))
    if not there:
        return Diagnosis("display", "note", say("display_none"), say("display_none_remedy"))
    named_here = say.listed([f"{name} ({where})" for name, where, _ in there])
    return Diagnosis("display", "note", say("display_silent", servers=named_here), say("display_silent_remedy"))


def has_x11_tray() -> bool:
    """Whether somebody owns the tray of the first X11 screen, the older kind of tray."""
    return bool(os.environ.get("DISPLAY")) and within(lambda: _on_x11(_TRAY))


def is_named() -> bool:
    """Whether this session has a display at all, be it one that answers or not."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def within(test: Callable[[], bool]) -> bool:
    """Whether a test says yes in time; a server that hangs holds its thread only."""
    said: list[bool] = []

    def testing() -> None:
        try:
            said.append(test())
        except (OSError, AttributeError, ValueError):  # no library, no such function, an odd name
            said.append(False)

    thread = threading.Thread(target=testing, name="display", daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    return said == [True]


def _wayland_answers() -> bool:
    where = Path(os.environ.get("XDG_RUNTIME_DIR", "/"), os.environ["WAYLAND_DISPLAY"])
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(str(where))
        # wl_display.get_registry, to which every compositor says at once what it has.
        server.sendall(b"".join(number.to_bytes(4, sys.byteorder) for number in (1, (12 << 16) | 1, 2)))
        return bool(server.recv(8))


def _x11_answers() -> bool:
    return _on_x11(None)


def _on_x11(selection: bytes | None) -> bool:
    """Whether the display can be opened; with a selection, whether somebody owns that."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    try:
        if selection is None:
            return True
        x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
        atom = x11.XInternAtom(ctypes.c_void_p(display), selection, 0)
        return bool(x11.XGetSelectionOwner(ctypes.c_void_p(display), ctypes.c_ulong(atom)))
    finally:
        x11.XCloseDisplay(ctypes.c_void_p(display))
