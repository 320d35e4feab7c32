"""When a file has come to rest. Knows no disk: it is told what was seen, and what time it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from paddlescan.desktop.hot_folder.listing import Seen

Clock = Callable[[], float]
PATIENCE = 10
"""So many times as long a file must rest of which the end seems to be missing."""
EMPTY_S = 60.0
"""A file that is empty for so long is told of; it is taken when there is something in it."""


@dataclass(slots=True)
class _Rest:
    mark: str
    since: float
    told: set[str] = field(default_factory=set)


class Settling:
    """Remembers since when each file has been as it is."""

    def __init__(self, settle_s: float, clock: Clock) -> None:
        """settle_s: seconds that size and time of the last change stay the same. clock: seconds, never backwards."""
        self.settle_s, self._clock = settle_s, clock
        self._resting: dict[bytes, _Rest] = {}

    def at_rest(self, files: Iterable[Seen]) -> tuple[Seen, ...]:
        """Which of these files, all that are of interest now, have rested long enough; others are forgotten."""
        now = self._clock()
        resting: dict[bytes, _Rest] = {}
        found: list[Seen] = []
        for seen in files:
            before = self._resting.get(seen.path)
            rest = before if before is not None and before.mark == seen.mark else _Rest(seen.mark, now)
            resting[seen.path] = rest
            if seen.size and now - rest.since >= self.settle_s:
                found.append(seen)
        self._resting = resting
        return tuple(found)

    def has_patience_ended(self, seen: Seen) -> bool:
        """Whether it has rested so long that it is taken though its end seems to be missing."""
        return self._age(seen) >= PATIENCE * self.settle_s

    def is_left_empty(self, seen: Seen) -> bool:
        """Whether it has been empty for long."""
        return not seen.size and self._age(seen) >= EMPTY_S

    def stir(self, seen: Seen) -> None:
        """It is being written, whatever its size says: its rest begins anew."""
        if (rest := self._resting.get(seen.path)) is not None:
            rest.since = self._clock()

    def tell_once(self, seen: Seen, what: str) -> bool:
        """Whether this was not yet told of the file as it is."""
        rest = self._resting.get(seen.path)
        if rest is None or what in rest.told:
            return False
        rest.told.add(what)
        return True

    def was_told(self, seen: Seen) -> bool:
        """Whether anything was told of the file as it is."""
        rest = self._resting.get(seen.path)
        return rest is not None and bool(rest.told)

    def _age(self, seen: Seen) -> float:
        rest = self._resting.get(seen.path)
        return self._clock() - rest.since if rest is not None and rest.mark == seen.mark else 0.0
