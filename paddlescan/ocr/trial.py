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
from paddlescan.errors.spent import DeviceFailed
from paddlescan.ocr.runners import Array, Runner
from paddlescan.ocr.runtime_errors import runtime

log = logging.getLogger(__name__)

QUICKER = 0.9
"""Another backend is taken where it needs less than this share of the time."""
HOPELESS, AT_LEAST = 1.3, 3
"""One that needs more than this share after so many inputs is tried no longer."""
SAME = 0.05
"""Probabilities of two runtimes with float32 may differ by this; by their rounding alone they differ by some 0.001."""
NEARLY_SAME = 0.1
"""With shorter numbers, over all inputs: the sum of all differences, as a share of the sum of all probabilities. Of
200 lines and five pages in bfloat16, 0.002 and 0.005 (medians). A line that nobody can read may well have 0.12, so no
single one says it. A broken answer comes to 1 and more."""

HIGHEST, WIDEST = 960, 320
"""Of an input, in pixels."""

Opener = Callable[[], Runner | None]
"""Opens a runner; None where this processor does not suit it."""


class Trial:
    """A runner that is two, now and then, until one has won; see Runner."""

    def __init__(
        self, present: Runner, others: Sequence[Opener], inputs: int, skip: int = 0, after: Trial | None = None
    ) -> None:
        """others: those that it meets, one after the other. inputs: how many each of them is tried on; skip: those
        before it begins; after: another trial that has to be over by then."""
        self._present: Runner | None = present
        self._others = list(others)
        self._skip, self._inputs, self._after = skip, inputs, after
        self._other: Runner | None = None
        self._times: list[tuple[float, float]] = []
        self._apart, self._whole = 0.0, 0.0  # of the answers so far: differences, and probabilities
        self._milliseconds: dict[Backend, float] = {}
        self.outcome: ModelTrial | None = None
        """What was found, once it was."""

    @property
    def backend(self) -> Backend:
        """What runs the next input."""
        return self._runner().backend

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        """See Runner."""
        found = self._runner()(x)
        if self.outcome is None and not self._waits():
            found = [np.array(output) for output in found]  # as it is run again before anybody looks at them
            self._try(_some(x))
        return found

    def close(self) -> None:
        """See Runner."""
        for runner in (self._present, self._other):
            if runner is not None:
                runner.close()
        self._present = self._other = None

    def _runner(self) -> Runner:
        if self._present is None:
            raise ValueError("the runner is closed")
        return self._present

    def _waits(self) -> bool:
        if self._skip > 0 or (self._after is not None and self._after.outcome is None):
            self._skip -= 1
            return True
        return False

    def _try(self, x: Array) -> None:
        try:
            with runtime():
                other = self._opened()
                if other is None:
                    return
                others = [np.array(output) for output in other(x)]  # the first input of a size is nobody's measure
                took = _seconds(other, x)
                alike = self._alike(self._runner()(x), others, other.backend)
        except (ImportError, DeviceFailed) as error:  # of the other one; there is this one
            log.info("a backend that was tried fails: %s", type(error).__name__)
            self._end_round(taken=False)
            return
        if not alike:
            log.info("a backend that was tried answers differently")
            self._end_round(taken=False)
            return
        self._times.append((_seconds(self._runner(), x), took))
        share = statistics.median(other / max(present, 1e-9) for present, other in self._times)
        if len(self._times) >= self._inputs or (len(self._times) >= AT_LEAST and share > HOPELESS):
            self._note()
            nearly = other.backend.precision == "float32" or self._apart <= NEARLY_SAME * self._whole
            if not nearly:
                log.info("a backend that was tried answers differently")
            self._end_round(taken=nearly and share < QUICKER)

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
            self._present, self._other = self._other, self._present
        if self._other is not None:
            self._other.close()
        self._other, self._times = None, []
        self._apart, self._whole = 0.0, 0.0
        self._others.pop(0)
        if not self._others:
            self._end()

    def _alike(self, these: Sequence[Array], those: Sequence[Array], backend: Backend) -> bool:
        """Whether two answers are the same, as far as one of them tells; what adds up is added up."""
        if [a.shape for a in these] != [b.shape for b in those]:
            return False
        apart = [np.abs(a - b) for a, b in zip(these, those, strict=True)]
        if backend.precision == "float32":
            return all(bool((each <= SAME).all()) for each in apart)
        self._apart += sum(float(each.sum()) for each in apart)
        self._whole += sum(float(np.abs(a).sum()) for a in these)
        return True

    def _end(self) -> None:
        self.outcome = ModelTrial(self._runner().backend, tuple(self._milliseconds.items()))


def _some(x: Sequence[Array] | Array) -> Array:
    """What both are tried on: an input, or a page's upper left, as two models want much memory for a whole one."""
    if not isinstance(x, np.ndarray):
        (x,) = x
    return np.ascontiguousarray(x[:, :, :HIGHEST, :WIDEST])


def _seconds(runner: Runner, x: Array) -> float:
    """Of processor time, for an input of a size that it has seen."""
    begun = time.process_time()
    runner(x)
    return time.process_time() - begun
