from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from paddlescan.ocr.decoding import LineDecoder

DICTIONARY = ("A", "B", "1")
BLANK, A, B, ONE, SPACE = range(5)


def output(steps: Sequence[dict[int, float]]) -> np.ndarray:
    """One line: for each step the classes that are not zero."""
    line = np.zeros((1, len(steps), 5), np.float32)
    for t, chances in enumerate(steps):
        for kind, chance in chances.items():
            line[0, t, kind] = chance
    return line


def test_repeats_are_one_and_blanks_part_them() -> None:
    steps: list[dict[int, float]] = [
        {A: 0.9},
        {A: 0.8},
        {BLANK: 1},
        {A: 0.7},
        {BLANK: 1},
        {SPACE: 0.6},
        {B: 0.5},
        {ONE: 1.0},
        {BLANK: 1},
    ]
    texts, scores = LineDecoder(DICTIONARY)([output(steps)])
    assert texts == ["AA B1"]
    assert scores == pytest.approx([(0.9 + 0.7 + 0.6 + 0.5 + 1.0) / 5])


def test_a_space_that_came_second_is_put_back() -> None:
    near = {BLANK: 0.85, SPACE: 0.12}
    texts, _ = LineDecoder(DICTIONARY)([output([{A: 1}, near, {B: 1}, {BLANK: 0.98, SPACE: 0.02}, {A: 1}])])
    assert texts == ["A BA"]


def test_a_space_behind_the_last_letter_is_nothing() -> None:
    texts, _ = LineDecoder(DICTIONARY)([output([{A: 1}, {BLANK: 0.6, SPACE: 0.4}])])
    assert texts == ["A"]


def test_nothing_seen_is_an_empty_text() -> None:
    assert LineDecoder(DICTIONARY)([output([{BLANK: 1}, {BLANK: 1}])]) == ([""], [0.0])


def test_a_model_of_other_classes_is_refused() -> None:
    with pytest.raises(ValueError, match="scores"):
        LineDecoder(DICTIONARY)([np.zeros((1, 3, 6), np.float32)])


def test_but_for_spaces_it_decodes_as_paddlex_does(engine: object) -> None:
    from paddlex.inference.models.text_recognition.processors import CTCLabelDecode

    rng = np.random.default_rng(7)
    scores = rng.gamma(0.2, size=(40, 30, 5)).astype(np.float32)
    scores[:, :, BLANK] *= 2
    batch = scores / scores.sum(axis=2, keepdims=True)
    texts, confidences = LineDecoder(DICTIONARY)([batch])
    reference, expected = CTCLabelDecode(character_list=list(DICTIONARY))([batch])
    assert [t.replace(" ", "") for t in texts] == [t.replace(" ", "") for t in reference]
    assert confidences == pytest.approx(expected, abs=1e-6)
