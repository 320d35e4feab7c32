"""Which graphics card each worker of a cluster takes: those that see the same cards are dealt over them in turn.

Cards are known by their marks, in the order in which a worker sees them. So workers to which somebody gave a card each,
or an order of cards each (`CUDA_VISIBLE_DEVICES`), have nothing in common, and each takes the first that it sees.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Collection, Mapping

Marks = tuple[str, ...]


class Places:
    """Those of all workers of a batch. Any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: dict[str, tuple[Marks, int]] = {}

    def deal(self, seen: Mapping[str, Marks], present: Collection[str]) -> dict[str, tuple[int, int]]:
        """For each of these workers its place among all that see the same cards, from 0, and how many they are.

        seen: the marks of the cards that it sees. present: all workers that are there; the places of others are free.
        """
        with self._lock:
            self._taken = {w: place for w, place in self._taken.items() if w in present and w not in seen}
            for worker, marks in seen.items():
                theirs = {place for same, place in self._taken.values() if marks and same == marks}
                self._taken[worker] = marks, next(n for n in itertools.count() if n not in theirs)
            together = [marks for marks, _ in self._taken.values()]
            return {w: (self._taken[w][1], together.count(marks) if marks else 1) for w, marks in seen.items()}
