"""Errands: what a person waits for, done by whichever engine is next free, before any page that waits.

An engine that is reading a page does an errand between two of its lines, so that nobody waits for the page to end.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from paddlescan.document.codec import BadData
from paddlescan.errors import PaddleScanError
from paddlescan.pipeline.exchange import handing_over, send
from paddlescan.pipeline.messages import AreaRead, ReadArea
from paddlescan.pipeline.opening import Opener, OpeningStopped
from paddlescan.pipeline.wire import LARGEST_MESSAGE, answer_from

LOOK_S = 0.03
"""How often who waits for a page looks for an errand."""
OPENING_S = 5.0
"""How long an errand's file may take to open: a page is being read meanwhile, and its deadline runs."""


@dataclass(frozen=True, eq=False)
class Errand:
    """One place to be read."""

    request: ReadArea | None = field(repr=False)
    """None: nothing but that an engine is loaded."""
    done: Callable[[AreaRead | None], None] = field(repr=False)
    """Called once, in any thread, with the answer, or None where the engine was lost. Must not raise."""


class Errands:
    """Those that wait, first come first served. Any thread may call."""

    def __init__(self) -> None:
        self._waiting: deque[Errand] = deque()
        self._lock = threading.Lock()

    def put(self, errand: Errand) -> None:
        """One more."""
        with self._lock:
            self._waiting.append(errand)

    def take(self) -> Errand | None:
        """The one that waits longest is the caller's now: it must be done, or said to be lost."""
        with self._lock:
            return self._waiting.popleft() if self._waiting else None

    def drop(self) -> None:
        """Nobody will do them: each is said to be lost."""
        while (errand := self.take()) is not None:
            errand.done(None)

    def __bool__(self) -> bool:
        with self._lock:
            return bool(self._waiting)


class Interrupted(Exception):
    """The child was lost while it did an errand: what it was asked besides is not to blame."""


def converse(pipe: Connection, errands: Errands | None, opener: Opener) -> bytes:
    """Wait for the answer to a request that was sent; let the child do errands meanwhile.

    Raises what the pipe raises (EOFError, OSError, BadData), as cause of Interrupted if an errand is lost with it.
    """
    if errands is None:
        return pipe.recv_bytes(LARGEST_MESSAGE)
    answer: bytes | None = None
    errand: Errand | None = None
    try:
        while answer is None or errand is not None:
            if errand is not None or pipe.poll(LOOK_S):
                raw = pipe.recv_bytes(LARGEST_MESSAGE)
                found = _answer_of(raw) if errand is not None else None
                if errand is not None and found is not None:
                    errand.done(found)
                    errand = None
                elif answer is not None:
                    raise BadData("two answers to one request")
                else:
                    answer = raw
            elif (errand := errands.take()) is not None:
                errand = _begun(pipe, errand, opener)
    except (EOFError, OSError, BadData) as error:
        if errand is None:
            raise
        errand.done(None)
        raise Interrupted from error
    return answer


def _begun(pipe: Connection, errand: Errand, opener: Opener) -> Errand | None:
    """Send an errand; None where there is nothing to wait for: the engine is loaded, or the file cannot be opened."""
    if errand.request is None:
        errand.done(AreaRead())
        return None
    try:
        with handing_over(opener, errand.request, OPENING_S) as (descriptor, _):
            send(pipe, errand.request, descriptor)
    except PaddleScanError as error:
        errand.done(AreaRead(failure=error.failure))
        return None
    except (OSError, OpeningStopped) as error:
        errand.done(None)
        raise Interrupted from error
    return errand


def _answer_of(raw: bytes) -> AreaRead | None:
    """The answer to an errand; None where it is the one to the request. Raises BadData."""
    answer = answer_from(raw)
    return answer if isinstance(answer, AreaRead) else None
