"""Reads lines with a recogniser in two parts: scores only the steps that may be more than blank, of all lines together.

What it decodes is what the whole recogniser would have said, but for a step that is wrongly taken for blank
(`split_recogniser`).
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.ocr.decoding import BLANK, LineDecoder, ReadLine, Scores, begins
from paddlescan.ocr.runners import Array, Parts
from paddlescan.ocr.spaces import SPACE_AT_CHANGE

_TOGETHER = 8
"""Steps whose exponentials are summed at a time: half a megabyte, which stays in the processor's cache."""


def read_in_parts(parts: Parts, batches: Iterable[Array], decoder: LineDecoder) -> list[ReadLine]:
    """Text and confidence of each line, in order. batches: float32 (lines, 3, height, width)."""
    steps = _Steps()
    for batch in batches:
        for features, blank in zip(*parts.features(batch), strict=True):
            steps.add(features, blank)
    return steps.read(parts, decoder)


class _Steps:
    """The steps of all lines, one behind the other, and a blank before each line."""

    def __init__(self) -> None:
        self._features: list[Array] = []
        self._doubtful: list[npt.NDArray[np.bool_]] = []

    def add(self, features: Array, blank: Array) -> None:
        """Another line: float32 (steps, values), bool (steps)."""
        self._features.append(features[~blank])
        self._doubtful.append(np.append(False, ~blank))

    def read(self, parts: Parts, decoder: LineDecoder) -> list[ReadLine]:
        """See `read_in_parts`."""
        if not self._features:
            return []
        features, doubtful = np.concatenate(self._features), np.concatenate(self._doubtful)
        classes = np.full(len(doubtful), BLANK)
        certain, space = np.zeros((2, len(doubtful)), np.float32)
        asked = np.flatnonzero(doubtful)
        for n in range(0, len(asked), parts.rows):
            here = asked[n : n + parts.rows]
            scores = parts.scores(features[n : n + parts.rows])
            classes[here] = scores.argmax(axis=1)
            first = begins(classes[here], classes[here - 1])
            certain[here], space[here] = _chances(scores, classes[here], first)
        ends = np.cumsum([len(line) for line in self._doubtful])[:-1]
        lines = zip(*(np.split(a, ends) for a in (classes, certain, space)), strict=True)
        return [decoder.line(*(values[1:] for values in line)) for line in lines]


def _chances(scores: Scores, classes: npt.NDArray[np.int64], first: npt.NDArray[np.bool_]) -> tuple[Scores, Scores]:
    """The probabilities of the best classes where `first` says so, and of the space.

    A softmax over all steps would take longer than the rest. P(space) is at most its exponential behind the greatest
    one; where that is too little to part words, it is told in its place.
    """
    best = scores[np.arange(len(classes)), classes]
    space = np.exp(scores[:, -1] - best)
    matter = np.flatnonzero(first | (space >= SPACE_AT_CHANGE))
    certain = np.zeros_like(space)
    certain[matter] = 1.0 / _sums(scores, best, matter)
    space[matter] *= certain[matter]
    return certain, space


def _sums(scores: Scores, best: Scores, steps: npt.NDArray[np.int64]) -> Scores:
    """At these steps, of the exponentials of all classes, the greatest one as 1."""
    sums = np.empty(len(steps), np.float32)
    for n in range(0, len(steps), _TOGETHER):
        some = steps[n : n + _TOGETHER]
        powers = scores[some]
        powers -= best[some, np.newaxis]
        cv2.exp(powers, powers)
        sums[n : n + _TOGETHER] = powers.sum(axis=1)
    return sums
