"""How far two backends' answers to the same input are apart, counted by what is made of them: text, and its places."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from paddlescan.ocr.decoding import BLANK
from paddlescan.ocr.models import BINARY_THRESHOLD
from paddlescan.ocr.runners import Array

WIDEST = 320
"""Columns of an input that two backends are compared on: two models want much memory for a whole page."""
_STEP = 32
"""The detector's inputs are multiples of this."""


class Likeness(Protocol):
    """Of the answers to one kind of input."""

    def piece(self, x: Array, answer: Array) -> Array:
        """The part of an input, float32 (n, 3, height, width), that says most, by the answer to the whole."""
        ...

    def apart(self, one: Array, other: Array) -> tuple[int, int]:
        """How much of two answers differs, of how much that says anything; (0, 0) for two empty ones."""
        ...


class OfPages:
    """The detector's: where text is, pixel by pixel. Paper, which is most of a page, does not count."""

    def piece(self, x: Array, answer: Array) -> Array:
        """The strip, from top to bottom, with most text."""
        text = np.cumsum([0, *(answer > BINARY_THRESHOLD).sum(axis=(0, 1, 2))])
        starts = range(0, max(1, x.shape[3] - WIDEST + 1), _STEP)
        best = max(starts, key=lambda left: int(text[min(left + WIDEST, len(text) - 1)] - text[left]))
        return np.ascontiguousarray(x[..., best : best + WIDEST])

    def apart(self, one: Array, other: Array) -> tuple[int, int]:
        """In pixels; one that is no number is no text."""
        these, those = one > BINARY_THRESHOLD, other > BINARY_THRESHOLD
        return int((these != those).sum()), int((these | those).sum())


class OfLines:
    """The recogniser's: the best class of each time step. Blanks between characters do not count."""

    def piece(self, x: Array, answer: Array) -> Array:
        """The beginning of a line."""
        return np.ascontiguousarray(x[..., :WIDEST])

    def apart(self, one: Array, other: Array) -> tuple[int, int]:
        """In time steps; one of (lines, steps, classes) that is no number is a blank."""
        these, those = one.argmax(axis=2), other.argmax(axis=2)
        return int((these != those).sum()), int(((these != BLANK) | (those != BLANK)).sum())
