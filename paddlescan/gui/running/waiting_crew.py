"""A crew whose workers stay a while when no page waits: the next drop is read at once, by engines that are loaded."""

from __future__ import annotations

from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.errands import Errands

LINGER_S = 120.0
"""An engine holds about a gigabyte; after this time without work it goes."""
LAST_LINGERS_S = 600.0
"""The last one stays longer: a clerk who looks through what was read may point at a place any moment."""


class WaitingCrew(Crew):
    """Any thread may call."""

    def __init__(
        self, linger_s: float = LINGER_S, last_lingers_s: float = LAST_LINGERS_S, errands: Errands | None = None
    ) -> None:
        super().__init__(errands)
        self._linger_s, self._last_lingers_s = linger_s, last_lingers_s
        self._idle = 0
        self._over = False

    def wait_for_more(self, seconds: float) -> bool:
        """Wait for pages or errands; False when none came for a long while, or the crew was told to go."""
        if super().wait_for_more(seconds):
            return not self._over
        with self._changed:
            self._idle += 1
            came = self._changed.wait_for(self._woken, self._linger_s)
            if not came and self._idle == 1:
                came = self._changed.wait_for(self._woken, max(0.0, self._last_lingers_s - self._linger_s))
            self._idle -= 1
            return came and not self._over

    def _woken(self) -> bool:
        return self._busy > 0 or self._is_news

    def more(self) -> None:
        """Pages wait, or an errand does."""
        with self._changed:
            self._news += 1
            self._changed.notify_all()

    def go(self) -> None:
        """Nobody waits any longer."""
        with self._changed:
            self._over = True
            self._news += 1
            self._changed.notify_all()
