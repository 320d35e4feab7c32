"""Seconds that run down only while the program is awake.

A machine that sleeps, a virtual machine that is paused and a program that is stopped and continued all look alike from
inside: between two looks at the clock far more time is gone than anybody waited. Whether a monotonic clock runs on
meanwhile differs between systems, so nobody here relies on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

LONGEST_LOOK_S = 1.0
"""Between two looks no more than this runs down: ten times what the most frequent of them wait, so that a machine that
is merely busy is not taken for one that slept."""


class Countdown:
    """So many seconds of waking time. Whoever owns it looks often; any one thread at a time."""

    def __init__(
        self, seconds: float, longest_look_s: float = LONGEST_LOOK_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """longest_look_s: how far apart two looks are at most while nothing sleeps."""
        self._left, self._longest, self._clock = seconds, longest_look_s, clock
        self._looked = clock()

    @property
    def left(self) -> float:
        """Seconds left at the last look; below 0 once they are over."""
        return self._left

    def over(self) -> bool:
        """Look at the clock: whether the time is up."""
        now = self._clock()
        # A clock that goes back (none should) takes nothing and gives nothing.
        self._left -= min(max(0.0, now - self._looked), self._longest)
        self._looked = now
        return self._left < 0
