"""Source files travel to a child as open descriptors: a jailed child can open none itself.

After each request one byte follows on the pipe, and with it the descriptor of the file that the request names, if any.
Each descriptor is opened for one request, so nobody else moves its position. On Windows no descriptor can travel
on the pipe, and the child opens the file itself.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import BinaryIO

_BYTE = b"\n"
_at_hand: list[int] = []
"""Of the requests that are being answered, the innermost last: an errand comes in the midst of a page."""


def send(pipe: Connection, descriptor: int | None) -> None:
    """The supervisor's side, after each request. Raises OSError."""
    if sys.platform == "win32":
        return
    with _socket_of(pipe) as end:
        if descriptor is None:
            end.sendall(_BYTE)
        else:
            socket.send_fds(end, [_BYTE], [descriptor])


def receive(pipe: Connection) -> int | None:
    """The child's side, after each request: what came with it, which is the caller's now. Raises EOFError, OSError."""
    if sys.platform == "win32":
        return None
    with _socket_of(pipe) as end:
        data, descriptors, _, _ = socket.recv_fds(end, 1, 1)
    if not data:
        raise EOFError
    return descriptors[0] if descriptors else None


@contextmanager
def at_hand(descriptor: int | None) -> Iterator[None]:
    """While a request is answered, `open_handed` gives its file. The descriptor is closed afterwards."""
    if descriptor is None:
        yield
        return
    _at_hand.append(descriptor)
    try:
        yield
    finally:
        _at_hand.remove(descriptor)
        with suppress(OSError):
            os.close(descriptor)


def open_handed() -> BinaryIO | None:
    """The file of the present request, from its start; the caller closes it. None if none came with it."""
    if not _at_hand:
        return None
    descriptor = os.dup(_at_hand[-1])
    os.lseek(descriptor, 0, os.SEEK_SET)
    return open(descriptor, "rb")  # noqa: PTH123 (the caller closes it)


if sys.platform != "win32":

    @contextmanager
    def _socket_of(pipe: Connection) -> Iterator[socket.socket]:
        """The pipe as the socket it is; it stays open."""
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, pipe.fileno())
        try:
            yield end
        finally:
            end.detach()
