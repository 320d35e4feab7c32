"""Turns the recogniser's output into text.

Takes the place of PaddleX's `CTCLabelDecode`: the same characters and confidences, with spaces put back
(`spaces`), and without the copy of the whole output that PaddleX makes first (some 40 MB a batch).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from paddlescan.ocr.spaces import put_spaces_back

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

    def lines(self, batch: Scores) -> list[ReadLine]:
        """Text and confidence (0..1, the mean over the characters; 0 for an empty text) of each line.

        batch: float32 (lines, time steps, classes), each step's probabilities, which sum to 1. Raises ValueError if the
        classes are not those of the dictionary.
        """
        if batch.ndim != 3 or batch.shape[2] != len(self._characters):
            raise ValueError(f"want (lines, steps, {len(self._characters)}) scores, got {batch.shape}")
        return [
            self.line(classes, line[np.arange(len(classes)), classes], line[:, -1])
            for line, classes in zip(batch, batch.argmax(axis=2), strict=True)
        ]

    def line(self, classes: npt.NDArray[np.int64], certain: Scores, space: Scores) -> ReadLine:
        """Text and confidence of one line, of each of its steps the best class.

        certain: the probability of that class; it matters where `begins` is true. space: that of the space; where it is
        less than SPACE_AT_CHANGE it does not matter how much.
        """
        steps = np.flatnonzero(begins(classes, np.append(BLANK, classes[:-1])))
        if not len(steps):
            return "", 0.0
        # From each character's step up to, but not with, the next one's: the greatest P(space) between them.
        between = np.maximum.reduceat(space, steps)[:-1]
        text = put_spaces_back([self._characters[c] for c in classes[steps]], between.tolist())
        return text, float(certain[steps].mean())


def begins(classes: npt.NDArray[np.int64], before: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Where a character begins, by the best classes of steps, and those of the steps before them."""
    return np.asarray((classes != BLANK) & (classes != before))
