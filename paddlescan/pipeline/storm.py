"""Engines that are lost one after another: how slowly new ones are started, for all workers of a batch together.

One page that takes engines down is that page's affair. Where page after page does, the fault is rather with the machine
(memory, a broken installation, a driver): then one worker at a time tries, after a pause that grows, and the first page
that is read ends it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

CALM_LOSSES = 2
"""Engines lost one after another, without a page read in between, before new ones are started more slowly."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
"""The pause doubles with every further loss."""


class Storm:
    """What a crew knows of it. Any thread may call."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._losses = 0
        self._not_before = 0.0
        self._turns = 0
        """How often somebody was let go; numbers each time."""
        self._trying = 0
        """The turn of whoever tries just now in a storm; 0 for nobody."""

    @property
    def rages(self) -> bool:
        """Whether engines are started slowly now."""
        return self._losses > CALM_LOSSES

    @property
    def losses(self) -> int:
        """Engines lost one after another. What several workers lost at the same time counts once."""
        return self._losses

    def lost(self, losses_before: int) -> float:
        """An engine was lost over a page. losses_before: `losses` when it was given the page.

        Returns for how many seconds no other is started: 0 while it is calm.
        """
        with self._changed:
            if losses_before >= self._losses:  # else it was at work already when another one was lost
                self._losses += 1
                steps = min(self._losses - CALM_LOSSES - 1, 10)
                pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0**steps) if self.rages else 0.0
                self._not_before = self._clock() + pause
            return max(0.0, self._not_before - self._clock()) if self.rages else 0.0

    def over(self) -> bool:
        """A page was read, or none is left to be tried. Says whether this ended a storm."""
        with self._changed:
            raged = self.rages
            self._losses, self._trying = 0, 0
            self._changed.notify_all()
            return raged

    def may_go(self, seconds: float) -> int:
        """Whether the caller may take a page: always while it is calm, else one at a time and after the pause.

        Waits for that, at most so many seconds. Returns the number of its turn, with which it calls `came_back`; 0 if
        it may not go.
        """
        with self._changed:
            hold = self._hold()
            if hold > 0:
                self._changed.wait(min(hold, seconds))
                hold = self._hold()
            if hold > 0:
                return 0
            self._turns += 1
            if self.rages:
                self._trying = self._turns
            return self._turns

    def came_back(self, turn: int) -> None:
        """Whoever had this turn is done with it. One that was let go while it was calm lets nobody else go."""
        with self._changed:
            if turn == self._trying:
                self._trying = 0
                self._changed.notify_all()

    def _hold(self) -> float:
        if not self.rages:
            return 0.0
        if self._trying:
            return LONGEST_PAUSE_S
        # Never longer than the longest pause, whatever the clock did meanwhile.
        return min(self._not_before - self._clock(), LONGEST_PAUSE_S)
