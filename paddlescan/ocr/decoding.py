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
Probabilities = npt.NDArray[np.float32]


class LineDecoder:
    """Greedy CTC decoding (Graves et al., "Connectionist temporal classification", ICML 2006)."""

    def __init__(self, dictionary: Sequence[str]) -> None:
        """dictionary: the characters of classes 1, 2, ...; the last class, behind them, is the space."""
        self._characters = ("", *dictionary, " ")

    def __call__(self, outputs: Sequence[Probabilities], **_: Any) -> tuple[list[str], list[float]]:
        """Texts and confidences (0..1, the mean over the characters; 0 for an empty text) of a batch.

        outputs[0]: float32 (lines, time steps, classes), each step summing to 1. Further keyword arguments
        are PaddleX's, for word boxes that we do not ask for. Raises ValueError if the classes are not those
        of the dictionary.
        """
        batch = outputs[0]
        if batch.ndim != 3 or batch.shape[2] != len(self._characters):
            raise ValueError(f"want (lines, steps, {len(self._characters)}) probabilities, got {batch.shape}")
        classes = batch.argmax(axis=2)
        best = np.take_along_axis(batch, classes[:, :, None], axis=2)[:, :, 0]
        space = batch[:, :, -1]
        lines = [self._line(*parts) for parts in zip(classes, best, space, strict=True)]
        return [text for text, _ in lines], [confidence for _, confidence in lines]

    def _line(self, classes: npt.NDArray[np.int64], best: Probabilities, space: Probabilities) -> tuple[str, float]:
        keep = classes != BLANK
        keep[1:] &= classes[1:] != classes[:-1]
        steps = np.flatnonzero(keep)
        if not len(steps):
            return "", 0.0
        # From each character's step up to, but not with, the next one's: the greatest P(space) between them.
        between = np.maximum.reduceat(space, steps)[:-1]
        text = put_spaces_back([self._characters[c] for c in classes[steps]], between.tolist())
        return text, float(best[steps].mean())
