"""Turns the recogniser's output into text.

Takes the place of PaddleX's `CTCLabelDecode`: the same characters and confidences, with spaces put back
(`spaces`), and without the copy of the whole output that PaddleX makes first (some 40 MB a batch).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from paddlescan.ocr.runners import Ending
from paddlescan.ocr.spaces import SPACE_AT_CHANGE, put_spaces_back

BLANK = 0
Scores = npt.NDArray[np.float32]
ReadLine = tuple[str, float]
"""The text of a line, and its confidence, 0..1."""


class LineDecoder:
    """Greedy CTC decoding (Graves et al., "Connectionist temporal classification", ICML 2006)."""

    def __init__(self, dictionary: Sequence[str]) -> None:
        """dictionary: the characters of classes 1, 2, ...; the last class, behind them, is the space."""
        self._characters = ("", *dictionary, " ")

    def __call__(self, outputs: Sequence[Scores], **_: Any) -> tuple[list[str], list[float]]:
        """What PaddleX wants of a decoder: texts and confidences of a batch of probabilities; see `lines`.

        Further keyword arguments are PaddleX's, for word boxes that we do not ask for.
        """
        read = self.lines(outputs[0])
        return [text for text, _ in read], [confidence for _, confidence in read]

    def lines(self, batch: Scores, ends_in: Ending = "probabilities") -> list[ReadLine]:
        """Text and confidence (0..1, the mean over the characters; 0 for an empty text) of each line.

        batch: float32 (lines, time steps, classes), each step's probabilities, which sum to 1, or its logits, as
        `ends_in` says. Raises ValueError if the classes are not those of the dictionary.
        """
        if batch.ndim != 3 or batch.shape[2] != len(self._characters):
            raise ValueError(f"want (lines, steps, {len(self._characters)}) scores, got {batch.shape}")
        return [self._line(line, best, ends_in) for line, best in zip(batch, batch.argmax(axis=2), strict=True)]

    def _line(self, line: Scores, classes: npt.NDArray[np.int64], ends_in: Ending) -> ReadLine:
        keep = classes != BLANK
        keep[1:] &= classes[1:] != classes[:-1]
        steps = np.flatnonzero(keep)
        if not len(steps):
            return "", 0.0
        if ends_in == "logits":
            certain, space = _chances(line, classes, steps)
        else:
            certain, space = line[steps, classes[steps]], line[:, -1]
        # From each character's step up to, but not with, the next one's: the greatest P(space) between them.
        between = np.maximum.reduceat(space, steps)[:-1]
        text = put_spaces_back([self._characters[c] for c in classes[steps]], between.tolist())
        return text, float(certain.mean())


def _chances(logits: Scores, classes: npt.NDArray[np.int64], steps: npt.NDArray[np.int64]) -> tuple[Scores, Scores]:
    """The probabilities of the characters at these steps, and of the space at all steps.

    A softmax over all steps would take longer than the rest of decoding. P(space) is at most its exponential behind
    the greatest one; where that is too little to part words, it is told in its place.
    """
    best = logits[np.arange(len(classes)), classes]
    space = np.exp(logits[:, -1] - best)
    near = np.flatnonzero(space >= SPACE_AT_CHANGE)
    if len(near):
        space[near] /= _sums(logits, best, near)
    return 1.0 / _sums(logits, best, steps), space


def _sums(logits: Scores, best: Scores, steps: npt.NDArray[np.int64]) -> Scores:
    """At these steps, of the exponentials of all classes, the greatest one as 1."""
    powers = logits[steps]
    powers -= best[steps, np.newaxis]
    np.exp(powers, out=powers)  # in place: it is a megabyte
    return np.asarray(powers.sum(axis=1))
