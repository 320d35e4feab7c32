"""Reading in two parts, with a head that hands on what it gets: the features of a step are its logits."""

from __future__ import annotations

import numpy as np
import pytest

from paddlescan.ocr.decoding import BLANK, LineDecoder
from paddlescan.ocr.in_parts import read_in_parts
from paddlescan.ocr.runners import Array

DECODER = LineDecoder(("A", "B", "1"))
AHEAD = 5.0


class Handing:
    """Five classes; a line is its logits, (1, steps, 5) of (lines, 1, steps, 5)."""

    rows = 7

    def __init__(self) -> None:
        self.scored = 0

    def features(self, x: Array) -> tuple[Array, Array]:
        logits = x[:, 0]
        return logits, logits[:, :, BLANK] - np.delete(logits, BLANK, axis=2).max(axis=2) >= AHEAD

    def scores(self, features: Array) -> Array:
        assert len(features) <= self.rows
        self.scored += len(features)
        return features


def test_it_reads_what_the_probabilities_of_all_steps_say() -> None:
    """Characters that go on over the ends of what is scored at a time, blanks within words, spaces that came second."""
    rng = np.random.default_rng(11)
    logits = rng.normal(0.0, 3.0, (60, 1, 30, 5)).astype(np.float32)
    logits[..., BLANK] += 3
    powers = np.exp(logits[:, 0])
    expected = DECODER.lines(powers / powers.sum(axis=2, keepdims=True))
    parts = Handing()
    read = read_in_parts(parts, [logits[:1], logits[1:40], logits[40:]], DECODER)
    assert [text for text, _ in read] == [text for text, _ in expected]
    assert [sure for _, sure in read] == pytest.approx([sure for _, sure in expected], abs=1e-5)
    assert any(" " in text for text, _ in read)
    assert 0 < parts.scored < 60 * 30


def test_a_line_does_not_go_on_with_the_one_before() -> None:
    logits = np.full((2, 1, 2, 5), -9.0, np.float32)
    logits[..., 1] = 9.0  # A, at every step of both lines
    assert [text for text, _ in read_in_parts(Handing(), [logits], DECODER)] == ["A", "A"]


def test_lines_of_blanks_alone_are_empty_and_nothing_is_scored() -> None:
    logits = np.full((2, 1, 4, 5), -9.0, np.float32)
    logits[..., BLANK] = 9.0
    parts = Handing()
    assert read_in_parts(parts, [logits], DECODER) == [("", 0.0), ("", 0.0)]
    assert parts.scored == 0
    assert read_in_parts(parts, [], DECODER) == []
