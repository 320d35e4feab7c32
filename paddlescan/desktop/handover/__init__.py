"""One window for a store: a second start hands what it brings to the first and leaves. No Qt: it is asked before Qt.

A start tries to take the lock of the first slot. Who gets it is the window, and listens from that moment on, long
before it can be seen. The others say what they bring over the socket, trying again for some seconds, for the window may
just be starting, or closing (then one of them becomes the next). A window that does not answer at all, because it
hangs, costs that patience; then the same is tried with the second slot, so that there are never more than two.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from paddlescan.desktop.handover.place import NoPlace, Place, find_place
from paddlescan.desktop.handover.reception import Reception
from paddlescan.desktop.handover.wire import (
    LENGTH,
    LONGEST_ANSWER,
    Answer,
    BadMessage,
    Message,
    message_bytes,
    read_answer,
)

__all__ = ["Entry", "Message", "NoAnswer", "Reception", "arrive", "come_in", "message_of"]

log = logging.getLogger(__name__)

PATIENCE_S: Final = 10.0
"""How long a start tries to reach the window of one slot."""
SLOTS: Final = 2
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

    data: the folder with the store; it is there. silent: called when a window does not answer within the patience, and
    another is tried. Raises NoAnswer when none of them does. Where there is no safe place to meet at, or a path is
    none, a start stays by itself: what it brings is in its own hands.
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


def message_of(paths: Sequence[str]) -> Message:
    """What a start with these arguments brings; relative paths are this process's. Raises BadMessage."""
    token = next((value for name in _TOKENS if (value := os.environ.get(name))), "")
    return Message(tuple(os.path.abspath(path) for path in paths), token if len(token) <= 512 else "")


def arrive(place: Place, message: Message, first_slot: int = 0, patience_s: float = PATIENCE_S) -> Reception | None:
    """Become the window of a slot (the reception is then open), or hand the message to it (None).

    Raises NoAnswer after the patience; OSError if a lock or the socket cannot be made.
    """
    data = message_bytes(message)
    until = time.monotonic() + patience_s
    while True:
        lock = place.lock(first_slot)
        if lock is not None:
            try:
                return Reception(place, first_slot, lock)
            except BaseException:
                os.close(lock)
                raise
        left = until - time.monotonic()
        if left <= 0:
            raise NoAnswer
        answer = send(place, first_slot, data, left)
        if answer == "taken":
            return None
        if answer == "refused":
            raise NoAnswer
        time.sleep(min(_PAUSE_S, max(0.0, until - time.monotonic())))


def send(place: Place, slot: int, data: bytes, timeout_s: float) -> Answer | None:
    """Say a message (framed) to a slot's window; None if nobody answered in time, or not in our words."""
    until = time.monotonic() + timeout_s
    try:
        connection = place.connect(slot, timeout_s)
    except NoPlace:
        raise
    except OSError:  # not there yet, not there any more, or its queue is full
        return None
    with connection:
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it has heard enough; it may have said why
                connection.sendall(data)
            size = int.from_bytes(_receive(connection, LENGTH, until), "big")
            return read_answer(_receive(connection, size, until)) if size <= LONGEST_ANSWER else None
        except (OSError, BadMessage):
            return None


def _receive(connection: socket.socket, size: int, until: float) -> bytes:
    """Exactly so many bytes. Raises OSError: also if the other end leaves before."""
    data = bytearray()
    while len(data) < size:
        connection.settimeout(max(0.001, until - time.monotonic()))
        more = connection.recv(size - len(data))
        if not more:
            raise ConnectionError
        data += more
    return bytes(data)
