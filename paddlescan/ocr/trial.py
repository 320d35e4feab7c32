"""Finds out on the first real pages which backend is the quickest on a model.

What is read meanwhile, the present one reads; another one runs a few of the same inputs behind it, from the second page
on, so that the first page waits for nothing. One that is only a little quicker, or says something else, or does not
start, is not taken; one that is takes the present one's place, and meets the next.
"""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np

from paddlescan.document import Backend, ModelTrial
from paddlescan.errors import PaddleScanError
from paddlescan.errors.spent import DeviceFailed
from paddlescan.ocr.likeness import Likeness
from paddlescan.ocr.runners import Array, Parts, Runner, only
from paddlescan.ocr.runtime_errors import runtime

log = logging.getLogger(__name__)

QUICKER = 0.9
"""Another backend is taken where it needs less than this share of the time."""
HOPELESS, AT_LEAST = 1.3, 3
"""One that needs more than this share after so many inputs is tried no longer."""
MOST_APART = 0.05
"""Of what two answers say (`likeness`), over all inputs. With float32 the runtimes say the same; bfloat16 differs in
0.005 of the pixels of text and 0.008 of the steps of lines; in 0.02 of 16 lines that can hardly be read. A broken
answer comes to 1."""

Opener = Callable[[], Runner | None]
"""Opens a runner; None where this processor does not suit it."""


class Trial:
    """A runner that is two, now and then, until one has won; see Runner."""

    def __init__(
        self,
        present: Runner,
        others: Sequence[Opener],
        inputs: int,
        likeness: Likeness,
        skip: int = 0,
        after: Trial | None = None,
    ) -> None:
        """others: those that it meets, one after the other. inputs: how many each of them is tried on; skip: pages
        before it begins; after: another trial that has to be over by then."""
        self._present: Runner | None = present
        self._others = list(others)
        self._pages, self._inputs, self._after = -skip, inputs, after
        self._likeness = likeness
        self._other: Runner | None = None
        self._winner: Runner | None = None
        self._times: list[tuple[float, float]] = []
        self._apart, self._whole = 0, 0  # of the answers so far
        self._milliseconds: dict[Backend, float] = {}
        self.outcome: ModelTrial | None = None
        """What was found, once it was."""

    def begin_page(self) -> None:
        """Another page. Only now one that has won takes over, so that a page is read by one backend."""
        self._pages += 1
        if self._winner is not None:
            self._runner().close()
            self._present, self._winner = self._winner, None

    @property
    def backend(self) -> Backend:
        """What runs the next input."""
        return self._runner().backend

    @property
    def parts(self) -> Parts | None:
        """See Runner."""
        return None if self._runner().parts is None else self

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        """See Runner."""
        return self._tried(only(x), self._runner()(x))

    @property
    def rows(self) -> int:
        """See Parts."""
        return self._parts().rows

    def features(self, x: Array) -> tuple[Array, Array]:
        """See Parts."""
        features, blank = self._tried(x, list(self._parts().features(x)))
        return features, blank

    def scores(self, features: Array) -> Array:
        """See Parts."""
        return self._parts().scores(features)

    def close(self) -> None:
        """See Runner."""
        for runner in (self._present, self._other, self._winner):
            if runner is not None:
                runner.close()
        self._present = self._other = self._winner = None

    def _runner(self) -> Runner:
        if self._present is None:
            raise ValueError("the runner is closed")
        return self._present

    def _parts(self) -> Parts:
        parts = self._runner().parts
        if parts is None:
            raise ValueError("the runner is run as a whole only")
        return parts

    def _tried(self, x: Array, found: list[Array]) -> list[Array]:
        """What was found for x, once another one has been tried on it, if it is time."""
        if self.outcome is None and not self._waits():
            found = [np.array(output) for output in found]  # as it is run again before anybody looks at them
            self._try(self._likeness.piece(x, found[0]))
        return found

    def _waits(self) -> bool:
        first = self._after is None or self._after.outcome is not None
        return self._pages <= 0 or self._winner is not None or not first

    def _try(self, x: Array) -> None:
        try:
            with runtime():
                other = self._opened()
                if other is None:
                    return
                answer = np.array(other(x)[0])  # the first input of a size is nobody's measure
                took = _seconds(other, x)
                apart, whole = self._likeness.apart(self._runner()(x)[0], answer)
        except (ImportError, DeviceFailed, PaddleScanError) as error:  # of the other one; there is this one
            log.info("a backend that was tried fails: %s", type(error).__name__)
            self._end_round(taken=False)
            return
        if not whole:
            return  # an empty page says nothing
        self._apart, self._whole = self._apart + apart, self._whole + whole
        self._times.append((_seconds(self._runner(), x), took))
        share = statistics.median(other / max(present, 1e-9) for present, other in self._times)
        if len(self._times) >= self._inputs or (len(self._times) >= AT_LEAST and share > HOPELESS):
            self._note()
            alike = self._apart <= MOST_APART * self._whole
            if not alike:
                log.info("a backend that was tried answers differently")
            self._end_round(taken=alike and share < QUICKER)

    def _opened(self) -> Runner | None:
        """The one that is tried now; None once there is none left."""
        while self._other is None and self._others:
            self._other = self._others[0]()
            if self._other is None:
                self._others.pop(0)
        if self._other is None:
            self._end()
        return self._other

    def _note(self) -> None:
        """What both took, in the order in which they came."""
        runners = (self._runner(), self._other)
        for runner, seconds in zip(runners, zip(*self._times, strict=True), strict=True):
            if runner is not None:
                self._milliseconds[runner.backend] = round(1000 * statistics.median(seconds), 1)

    def _end_round(self, taken: bool) -> None:
        """The better one of two stays, and meets the next."""
        if taken:
            self._winner = self._other
        elif self._other is not None:
            self._other.close()
        self._other, self._times = None, []
        self._apart, self._whole = 0, 0
        self._others.pop(0)
        if not self._others:
            self._end()

    def _end(self) -> None:
        best = self._winner or self._runner()
        self.outcome = ModelTrial(best.backend, tuple(self._milliseconds.items()))


def _seconds(runner: Runner, x: Array) -> float:
    """By the clock, for an input of a size that it has seen. Not of processor time: Windows tells that in steps of 16
    ms, and a thread that waits for another one may spend it. Of a recogniser in two parts, the second has its share of
    a call, which is for the steps of many lines."""
    begun = time.perf_counter()
    if runner.parts is None:
        runner(x)
        return time.perf_counter() - begun
    features, blank = runner.parts.features(x)
    first = time.perf_counter() - begun
    doubtful, rows = features[~blank], runner.parts.rows
    begun = time.perf_counter()
    runner.parts.scores(doubtful[:rows])
    return first + (time.perf_counter() - begun) * len(doubtful) / rows
