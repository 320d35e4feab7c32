"""Finds out on the first real pages which runtime is quicker on a model.

What is read meanwhile, the present runtime reads; the other one runs a few of the same inputs behind it, from the
second page on, so that the first page waits for nothing. One that is only a little quicker, or does not say the same,
or does not start, is not taken.
"""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np

from paddlescan.document import ModelTrial, RuntimeName
from paddlescan.errors.spent import DeviceFailed
from paddlescan.ocr.runners import Array, Runner
from paddlescan.ocr.runtime_errors import runtime

log = logging.getLogger(__name__)

QUICKER = 0.9
"""The other runtime is taken where it needs less than this share of the time."""
SAME = 0.05
"""Probabilities of the two runtimes may differ by this; by their rounding alone they differ by some 0.001."""


class Trial:
    """A runner that is two until one of them has won; see Runner."""

    def __init__(
        self, present: Runner, other: Callable[[], Runner], inputs: int, skip: int = 0, after: Trial | None = None
    ) -> None:
        """other: opens the other runner. inputs: how many the trial is made of; skip: those before it begins; after:
        another trial that has to be over by then."""
        self._present: Runner | None = present
        self._open_other = other
        self._skip, self._inputs, self._after = skip, inputs, after
        self._other: Runner | None = None
        self._tried: RuntimeName | None = None
        self._times: list[tuple[float, float]] = []
        self._winner: Runner | None = None
        self.outcome: ModelTrial | None = None
        """What was found, once it was."""

    @property
    def name(self) -> RuntimeName:
        """Of the runtime that runs the next input."""
        return (self._winner or self._runner()).name

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        """See Runner."""
        if self._winner is not None:  # only now, as what was returned last is its loser's
            self._take(self._winner)
        begun = time.process_time()
        found = self._runner()(x)
        took = time.process_time() - begun
        if self.outcome is None:
            self._go_on(x, found, took)
        return found

    def close(self) -> None:
        """See Runner."""
        for runner in (self._present, self._other):
            if runner is not None:
                runner.close()
        self._present = self._other = self._winner = None

    def _runner(self) -> Runner:
        if self._present is None:
            raise ValueError("the runner is closed")
        return self._present

    def _take(self, winner: Runner) -> None:
        for runner in (self._runner(), self._other):
            if runner is not None and runner is not winner:
                runner.close()
        self._present, self._other, self._winner = winner, None, None

    def _go_on(self, x: Sequence[Array] | Array, found: list[Array], took: float) -> None:
        if self._skip > 0 or (self._after is not None and self._after.outcome is None):
            self._skip -= 1
            return
        try:
            with runtime():
                if self._other is None:
                    self._other = self._open_other()
                    self._tried = self._other.name
                    self._other(x)  # its first time is nobody's measure
                begun = time.process_time()
                others = self._other(x)
            self._times.append((took, time.process_time() - begun))
        except (ImportError, DeviceFailed) as error:  # of the other one; there is this one
            log.info("a runtime that was tried fails: %s", type(error).__name__)
            self._end(self._runner())
            return
        if not _alike(found, others):
            log.info("a runtime that was tried answers differently")
            self._end(self._runner())
        elif len(self._times) >= self._inputs:
            quicker = statistics.median(other / max(present, 1e-9) for present, other in self._times) < QUICKER
            self._end(self._other if quicker else self._runner())

    def _end(self, winner: Runner) -> None:
        """The trial is over; the loser goes at the next input."""
        self._winner = winner
        names = (self._runner().name, self._tried)
        columns = tuple(zip(*self._times, strict=True))
        medians = tuple(
            (name, round(1000 * statistics.median(column), 1))
            for name, column in zip(names, columns, strict=False)
            if name is not None
        )
        self.outcome = ModelTrial(winner.name, medians)


def _alike(these: Sequence[Array], those: Sequence[Array]) -> bool:
    return len(these) == len(those) and all(
        a.shape == b.shape and bool((np.abs(a - b) <= SAME).all()) for a, b in zip(these, those, strict=True)
    )
