"""Waiting for a store that another program has locked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from paddlescan.errors import StoreBusy
from paddlescan.pipeline.countdown import Countdown

T = TypeVar("T")

STORE_PATIENCE_S = 60.0
"""How long a result waits: a backup of a large store takes that long."""
PAUSE_S = 0.05
"""Between two attempts; the store itself waits a few seconds in each."""
LONGEST_ATTEMPT_S = 10.0
"""What took longer was a machine that slept, and the store may be free since."""


def patiently(act: Callable[[], T], give_up: Callable[[float], bool]) -> T:
    """Do it; while another program holds the store, again and again for a minute. Then StoreBusy.

    give_up: waits so many seconds, and says whether waiting is over (an event's `wait`).
    """
    left = Countdown(STORE_PATIENCE_S, longest_look_s=LONGEST_ATTEMPT_S)
    while True:
        try:
            return act()
        except StoreBusy:
            if give_up(PAUSE_S) or left.over():
                raise
