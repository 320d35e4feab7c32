"""How far a batch is: pages done, pages a minute, seconds left. Knows only the monotonic clock."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

WINDOW_S = 120.0
"""The pace is that of the last two minutes, so that it follows the pages at hand."""
SLEPT_S = 300.0
"""Longer than a page takes on two engines, each to its deadline: nothing heard for so long is a machine that slept."""


@dataclass(frozen=True, slots=True)
class ProgressNow:
    """Progress at one moment."""

    done: int
    total: int
    pages_a_minute: float | None
    """None until a page was finished."""
    seconds_left: float | None
    """None while the pace is unknown; 0 when all is done."""


class Progress:
    """Counts finished pages. Owned by one thread.

    The clock is monotonic: a changed system time moves nothing. A pause (`pause()` until the next
    `resume()`) does not count, so that the pace after Stop and Resume is that of reading; nor does
    the time that the machine slept.
    """

    def __init__(self, total: int = 0, done: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.done = done
        self._clock = clock
        self._idle = 0.0
        self._paused_at: float | None = None
        self._begin = self._looked = clock()
        self._ends: deque[float] = deque([self._begin])

    def _now(self) -> float:
        now = self._clock()
        if now - self._looked > SLEPT_S and self._paused_at is None:
            self._idle += now - self._looked
        self._looked = now
        return (now if self._paused_at is None else self._paused_at) - self._idle

    def add(self, pages: int) -> None:
        """More pages were found (or, negative, taken away)."""
        self.total = max(self.done, self.total + pages)

    def page_finished(self) -> None:
        """One more page is done or failed."""
        self.done += 1
        self.total = max(self.total, self.done)
        now = self._now()
        self._ends.append(now)
        while len(self._ends) > 2 and now - self._ends[1] > WINDOW_S:
            self._ends.popleft()

    def page_again(self) -> None:
        """A finished page waits again (Read again)."""
        self.done = max(0, self.done - 1)

    def count(self, done: int, total: int) -> None:
        """So many there are, for one whose pages are counted elsewhere."""
        self.done, self.total = done, total

    def pause(self) -> None:
        """Nothing is being read from now on."""
        if self._paused_at is None:
            self._paused_at = self._clock()

    def resume(self) -> None:
        """Reading goes on."""
        if self._paused_at is not None:
            self._looked = self._clock()
            self._idle += self._looked - self._paused_at
            self._paused_at = None

    def now(self) -> ProgressNow:
        """The state at this moment."""
        pace = None
        pages = len(self._ends) - 1
        if pages > 0:
            # Up to now, not to the last page's end: a page that hangs makes the pace fall, not freeze.
            span = max(self._ends[-1] - self._ends[0], 1e-3)
            late = self._now() - self._ends[-1]
            span += max(0.0, late - span / pages)
            pace = pages / span * 60.0
        left = self.total - self.done
        seconds = 0.0 if left <= 0 else (left / pace * 60.0 if pace else None)
        return ProgressNow(self.done, self.total, pace, seconds)
