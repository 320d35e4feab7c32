"""Threads that did not end in time, as over a network disk that no longer answers. The program ends without them."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from typing import NoReturn

from PySide6.QtCore import QThread
from shiboken6 import isValid

END_MS = 3_000
"""How long what a dialog began has to end once it was called off."""

_threads: list[QThread] = []

log = logging.getLogger(__name__)


def end_or_leave(thread: QThread) -> bool:
    """Wait for a thread that was told to end, but not for ever. One that is late outlives what it belongs to: a QThread
    that is destroyed while it runs takes the program down. Whether it ended."""
    if thread.wait(END_MS):
        return True
    if thread not in _threads:
        log.warning("%s does not end", type(thread).__name__)
        thread.setParent(None)
        _threads.append(thread)
    return False


def any_left() -> bool:
    """Whether a thread that was left behind still runs."""
    return any(isValid(thread) and thread.isRunning() for thread in _threads)


def end_at_once(status: int) -> NoReturn:
    """End the program though threads run: neither Python nor Qt may take apart what they still use."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, full, or not there at all
            stream.flush()
    os._exit(status)
