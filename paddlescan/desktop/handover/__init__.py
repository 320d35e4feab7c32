"""One window for a store: a second start hands what it brings to the first and leaves. No Qt: it is asked before Qt.

A start tries to take the lock of the first slot. Who gets it is the window, and listens from that moment on, long
before it can be seen. The others say what they bring over the socket, trying again for some seconds, for the window may
just be starting, or closing (then one of them becomes the next). A window that does not answer at all, because it
hangs, costs that patience; then the same is tried with the second slot, so that there are never more than two.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from paddlescan.desktop.handover.wire import BadMessage, Message, message_bytes

if sys.platform == "win32":
    from paddlescan.desktop.handover.pipes import PipePlace as Place
    from paddlescan.desktop.handover.pipes import PipeReception as Reception
    from paddlescan.desktop.handover.pipes import find_place
else:
    from paddlescan.desktop.handover.place import Place, find_place
    from paddlescan.desktop.handover.reception import Reception

__all__ = ["Entry", "Message", "NoAnswer", "Reception", "arrive", "come_in", "come_to_scan", "message_of"]

log = logging.getLogger(__name__)

PATIENCE_S: Final = 10.0
"""How long a start tries to reach the window of one slot."""
SLOTS: Final = 2
"""Windows; those of a higher number are others'."""
SCANS: Final = SLOTS
"""The slot of the scan without a window."""
_PAUSE_S = 0.05
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")


class NoAnswer(Exception):
    """A window is there, and does not answer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How a start came in."""

    reception: Reception | None = None
    """What later starts are heard with, if this one is to be the window; None where it stays by itself."""
    handed_over: bool = False
    """Another window has it: this start is done."""


def come_in(
    data: Path, paths: Sequence[str], silent: Callable[[], None] = lambda: None, patience_s: float = PATIENCE_S
) -> Entry:
    """Hand these paths to the window that is open over a data folder, or become that window.

    To be the window means that these paths are in its own inbox, the first that came. data: the folder with the store;
    it is there. silent: called when a window does not answer within the patience, and another is tried. Raises
    NoAnswer when none of them does. Where there is no safe place to meet at, or a path is none, a start stays by
    itself: what it brings is in its own hands.
    """
    place = find_place(data)
    if place is None:
        return Entry()
    try:
        message = message_of(paths)
        for slot in range(SLOTS):
            try:
                reception = arrive(place, message, slot, patience_s)
            except NoAnswer:
                silent()
            else:
                return Entry(reception, handed_over=reception is None)
    except (OSError, BadMessage) as error:
        log.warning("no window is looked for: %s", type(error).__name__)
        return Entry()
    raise NoAnswer


def come_to_scan(data: Path, paths: Sequence[str], patience_s: float = PATIENCE_S) -> Entry:
    """Hand these paths to the scan without a window that gathers such calls, or become it.

    Who becomes it has them in its own inbox, the first that came. Where nobody answers, a start stays by itself.
    """
    place = find_place(data)
    if place is None:
        return Entry()
    try:
        message = message_of(paths)
        reception = arrive(place, message, SCANS, patience_s)
    except (OSError, BadMessage, NoAnswer) as error:
        log.warning("no scan is joined: %s", type(error).__name__)
        return Entry()
    return Entry(reception, handed_over=reception is None)


def message_of(paths: Sequence[str]) -> Message:
    """What a start with these arguments brings; relative paths are this process's. Raises BadMessage."""
    token = next((value for name in _TOKENS if (value := os.environ.get(name))), "")
    return Message(tuple(os.path.abspath(path) for path in paths), token if len(token) <= 512 else "")


def arrive(place: Place, message: Message, first_slot: int = 0, patience_s: float = PATIENCE_S) -> Reception | None:
    """Become the window of a slot (the reception is then open), or hand the message to it (None).

    Who becomes it has the paths of the message in its own inbox, before it hears anybody else's.

    Raises NoAnswer after the patience; OSError if a lock or the socket cannot be made.
    """
    data = message_bytes(message)
    until = time.monotonic() + patience_s
    while True:
        lock = place.lock(first_slot)
        if lock is not None:
            try:
                return Reception(place, first_slot, lock, message)
            except BaseException:
                os.close(lock)
                raise
        left = until - time.monotonic()
        if left <= 0:
            raise NoAnswer
        answer = place.send(first_slot, data, left)
        if answer == "taken":
            return None
        if answer == "refused":
            raise NoAnswer
        time.sleep(min(_PAUSE_S, max(0.0, until - time.monotonic())))
