"""What a program does for the sake of privacy: no dumps of its memory, and a tidy way out when it is asked to end."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

_ENDING = ("SIGTERM", "SIGHUP")
"""What a system that shuts down, and a terminal that is closed, send."""


class Ended(KeyboardInterrupt):
    """The system asks the program to end. It does as after Ctrl-C."""


def forbid_core_dumps() -> None:
    """This process and its children leave no picture of their memory behind: receipts are in it."""
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    with suppress(OSError):  # a dump that goes to a program is not limited by the above: then it has no memory in it
        Path("/proc/self/coredump_filter").write_text("0", encoding="ascii")


Handler = Callable[[int, FrameType | None], object]


_unheard: list[int] = []
"""Signals that raised Ended. Python drops what is raised while it collects or imports: then nobody has heard of it."""


def _end(number: int, frame: FrameType | None) -> None:
    _unheard.append(number)
    raise Ended


@contextmanager
def ending_politely(handler: Handler = _end, *more: int) -> Iterator[None]:
    """In the block (of the main thread), being asked to end calls the handler, which raises Ended unless another is
    given: so scratch is removed on the way out. more: further signals that call it.

    A handler within such a block hears at once of what was asked before it, and led to nothing.
    """
    numbers = (*more, *(getattr(signal, name) for name in _ENDING if hasattr(signal, name)))
    before = {}
    for number in numbers:
        if signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` ignores one of them
            before[number] = signal.signal(number, handler)
    try:
        if handler is _end:
            _unheard.clear()
        elif _unheard:
            handler(_unheard.pop(), None)
        yield
    finally:
        for number, one in before.items():
            signal.signal(number, one)
