"""Waiting for a store that another program has locked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from paddlescan.errors import StoreBusy

T = TypeVar("T")

STORE_PATIENCE_S = 60.0
"""How long a result waits: a backup of a large store takes that long."""
PAUSE_S = 0.05
"""Between two attempts; the store itself waits a few seconds in each."""


def patiently(act: Callable[[], T], give_up: Callable[[float], bool]) -> T:
    """Do it; while another program holds the store, again and again for a minute. Then StoreBusy.

    give_up: waits so many seconds, and says whether waiting is over (an event's `wait`).
    """
    end = time.monotonic() + STORE_PATIENCE_S
    while True:
        try:
            return act()
        except StoreBusy:
            if give_up(PAUSE_S) or time.monotonic() >= end:
                raise
