"""The open window's ear: a thread that takes what later starts bring, and keeps it until the window takes it.

No peer can hold it up: each has a deadline for its whole message, silent ones give way to new ones, and what is held of
unfinished messages is bounded. It knows nothing of windows; who wants to know is rung.
"""

from __future__ import annotations

import logging
import os
import selectors
import socket
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from paddlescan.desktop.handover.inbox import Inbox
from paddlescan.desktop.handover.place import Place, is_same_user
from paddlescan.desktop.handover.wire import (
    LARGEST,
    LENGTH,
    Answer,
    BadMessage,
    Message,
    answer_bytes,
    read_message,
)

log = logging.getLogger(__name__)

BACKLOG: Final = 512
"""Starts that may wait to be heard."""
MOST_OPEN: Final = 64
"""Connections that are listened to at a time."""
MOST_HELD: Final = 4 * LARGEST
"""Bytes of messages that are not finished."""
PATIENCE_S: Final = 5.0
"""How long one message may take."""
_CHUNK = 256 << 10


@dataclass(eq=False, slots=True)
class _Peer:
    connection: socket.socket
    until: float
    said: bytearray = field(default_factory=bytearray, repr=False)

    @property
    def wanted(self) -> int | None:
        """Bytes of its whole message; None until it has said how many."""
        return LENGTH + int.from_bytes(self.said[:LENGTH], "big") if len(self.said) >= LENGTH else None


class Reception:
    """Listens from the start until `close`; holds the lock until `leave`. Any thread may call."""

    def __init__(
        self, place: Place, slot: int, lock: int, first: Message | None = None, patience_s: float = PATIENCE_S
    ) -> None:
        """place: taken over. lock: the descriptor of the slot's lock, which is held. first: what this start brings
        itself. Raises OSError."""
        self._place, self._slot, self._hold, self._patience = place, slot, lock, patience_s
        self.inbox = Inbox(first)
        self._peers: OrderedDict[int, _Peer] = OrderedDict()
        self._selector = selectors.DefaultSelector()
        self._listener = place.listen(slot, BACKLOG)
        self._awake, self._wake = socket.socketpair()
        self._awake.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._awake, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="reception", daemon=True)
        self._thread.start()

    def close_if_idle(self) -> bool:
        """Close if nothing waits to be taken; else stay as it is, and say False."""
        if not self.inbox.shut_if_idle():
            return False
        self.close()
        return True

    def close(self) -> tuple[Message, ...]:
        """Take nothing more. Says what was promised to be taken and was not: nothing of that may be lost."""
        self.inbox.shut()
        self._place.remove_socket(self._slot)
        if self._thread.is_alive():
            with suppress(OSError):
                self._wake.send(b"x")
            self._thread.join()
        return self.inbox.take()

    def leave(self) -> None:
        """The window is gone: another start may be the next. Closes first, if that was not done. Once."""
        self.close()
        os.close(self._hold)
        self._place.close()

    # In the thread --------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while self.inbox.is_open:
                self._listen_once()
        finally:
            for peer in list(self._peers.values()):
                self._end(peer, "closing")
            for end in (self._listener, self._awake, self._wake):
                end.close()
            self._selector.close()

    def _listen_once(self) -> None:
        now = time.monotonic()
        wait = min((peer.until - now for peer in self._peers.values()), default=None)
        for key, _ in self._selector.select(None if wait is None else max(0.0, wait)):
            if key.fileobj is self._listener:
                self._accept()
            elif isinstance(key.data, _Peer):
                self._hear(key.data)
        now = time.monotonic()
        for peer in [peer for peer in self._peers.values() if peer.until <= now]:
            self._end(peer, None)

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError as error:  # the other end has left already, or there are no descriptors left
            if not isinstance(error, BlockingIOError | ConnectionError):
                log.warning("a start could not be heard: %s", type(error).__name__)
                time.sleep(0.05)
            return
        if not is_same_user(connection):
            log.warning("another user's process was turned away")
            connection.close()
            return
        connection.setblocking(False)
        if len(self._peers) >= MOST_OPEN:
            silent = (peer for peer in self._peers.values() if not peer.said)
            self._end(next(silent, next(iter(self._peers.values()))), None)
        peer = _Peer(connection, time.monotonic() + self._patience)
        self._peers[connection.fileno()] = peer
        self._selector.register(connection, selectors.EVENT_READ, peer)

    def _hear(self, peer: _Peer) -> None:
        if self._peers.get(peer.connection.fileno()) is not peer:
            return  # it gave way a moment ago
        try:
            data = peer.connection.recv(min(_CHUNK, (peer.wanted or _CHUNK) - len(peer.said) + 1))
        except BlockingIOError:
            return
        except OSError:
            data = b""
        peer.said += data
        held = sum(len(other.said) for other in self._peers.values())
        wanted = peer.wanted
        if not data or held > MOST_HELD or (wanted is not None and max(wanted, len(peer.said)) > LENGTH + LARGEST):
            self._end(peer, "refused")
        elif wanted is not None and len(peer.said) >= wanted:
            self._take_in(peer, bytes(peer.said[LENGTH:]))

    def _take_in(self, peer: _Peer, body: bytes) -> None:
        try:
            message = read_message(body)
        except BadMessage as error:
            log.warning("no message of ours: %s", error)
            self._end(peer, "refused")
            return
        if not self.inbox.offer(message, lambda: self._end(peer, "taken")):
            self._end(peer, "closing")

    def _end(self, peer: _Peer, answer: Answer | None) -> bool:
        """Answer and close; whether the answer reached the other end's side."""
        self._peers.pop(peer.connection.fileno(), None)
        with suppress(KeyError):
            self._selector.unregister(peer.connection)
        try:
            if answer is not None:
                peer.connection.sendall(answer_bytes(answer))
        except OSError:
            return False
        finally:
            peer.connection.close()
        return answer is not None
