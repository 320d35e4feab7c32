"""What later starts brought and the window has not taken yet. Knows neither sockets nor windows."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from paddlescan.desktop.handover.wire import Message

_REMEMBERED = 4096


class Inbox:
    """Any thread may call. `shut` once, in the end."""

    def __init__(self, first: Message | None = None) -> None:
        """first: what is in it before anything can come; who brings no paths brings nothing."""
        self._mutex = threading.RLock()  # who is rung may take at once
        self._waiting: list[tuple[float, Message]] = []
        self._known: OrderedDict[str, None] = OrderedDict()
        self._ring: Callable[[], None] | None = None
        self._open = True
        if first is not None and first.paths:
            self.offer(first, promise=lambda: True)

    def attach(self, ring: Callable[[], None] | None) -> None:
        """Ring whenever something waits to be taken, from any thread, and now if something does. None: not any more."""
        with self._mutex:
            self._ring = ring
            if ring is not None and self._waiting:
                ring()

    def take(self) -> tuple[Message, ...]:
        """What has come since, in its order."""
        return tuple(message for _, message in self.take_with_times())

    def take_with_times(self) -> tuple[tuple[float, Message], ...]:
        """The same, each with the moment at which it came."""
        with self._mutex:
            waiting, self._waiting = self._waiting, []
        return tuple(waiting)

    @property
    def waiting(self) -> tuple[tuple[float, Message], ...]:
        """What waits to be taken, each with the moment at which it came."""
        with self._mutex:
            return tuple(self._waiting)

    def shut_if_idle(self) -> bool:
        """Take nothing more if nothing waits to be taken; else stay as it is, and say False."""
        with self._mutex:
            if self._waiting:
                return False
            self._open = False
            return True

    def shut(self) -> None:
        """Take nothing more; what waits can still be taken."""
        with self._mutex:
            self._open, self._ring = False, None

    @property
    def is_open(self) -> bool:
        """Whether anything more is taken."""
        return self._open

    def offer(self, message: Message, promise: Callable[[], bool]) -> bool:
        """Take a message whose sender could be promised so; one that left tries elsewhere. False if it is shut.

        promise: says it to the sender, and whether that reached it. The same message is taken once.
        """
        with self._mutex:
            if not self._open:
                return False
            if promise() and message.id not in self._known:
                self._known[message.id] = None
                while len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
                self._waiting.append((time.monotonic(), message))
                if self._ring is not None:
                    self._ring()
            return True
