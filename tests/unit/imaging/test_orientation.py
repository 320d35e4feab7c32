from __future__ import annotations

import numpy as np

from paddlescan.document import Quad
from paddlescan.imaging.orientation import LineEvidence, decide_orientation, stacked_characters, telling_lines


def place(x: float, y: float, width: float, height: float) -> Quad:
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def lying(count: int, length: float = 200.0) -> list[Quad]:
    return [place(50, 50 + 40 * n, length, 25) for n in range(count)]


def standing(count: int, length: float = 200.0) -> list[Quad]:
    return [place(50 + 40 * n, 50, 25, length) for n in range(count)]


def evidence(quads: list[Quad], upside_down: float) -> list[LineEvidence]:
    return [LineEvidence(quad, upside_down) for quad in quads]


def test_lines_that_lie_and_are_not_upside_down_make_an_upright_page() -> None:
    assert decide_orientation(evidence(lying(8), 0.05)).turns == (0,)


def test_nothing_but_upright_is_decided_without_reading() -> None:
    assert decide_orientation(evidence(lying(8), 1.0)).turns == (180, 0)
    assert decide_orientation(evidence(standing(8), 0.0)).turns == (270, 90)
    assert decide_orientation(evidence(standing(8), 1.0)).turns == (90, 270)


def test_few_lines_are_read_however_sure_the_classifier_is() -> None:
    assert decide_orientation(evidence(lying(3), 0.0)).turns == (0, 180)
    assert decide_orientation(evidence(lying(4), 0.0)).turns == (0,)


def test_a_classifier_that_does_not_know_decides_nothing() -> None:
    assert decide_orientation(evidence(lying(8), 0.5)).turns == (0, 180)


def test_a_page_without_lines_is_left() -> None:
    assert telling_lines([]) == ()
    assert decide_orientation([]).turns == (0,)


def test_single_characters_tell_nothing() -> None:
    squares = [place(50 * n, 50, 30, 36) for n in range(20)]
    assert telling_lines(squares) == ()
    assert telling_lines([*squares, place(50, 200, 90, 30)]) == (20,)


def test_some_columns_do_not_make_a_page_lie_on_its_side() -> None:
    quads = standing(5, 120) + lying(6, 220)
    assert {n >= 5 for n in telling_lines(quads)} == {True}
    assert decide_orientation(evidence(quads, 0.0)).turns == (0,)


def test_the_lines_of_a_page_on_its_side_are_asked_though_others_lie() -> None:
    assert {n < 12 for n in telling_lines(standing(12) + lying(3))} == {True}


def test_lines_come_from_all_over_the_page() -> None:
    """An advertisement of long lines fills a corner; the receipt's own are shorter."""
    quads = [place(40, 40 + 30 * n, 300, 26) for n in range(12)] + [place(40, 400 + 50 * n, 120, 26) for n in range(20)]
    chosen = telling_lines(quads)
    assert len(chosen) == 8
    assert sum(n >= 12 for n in chosen) >= 5


def test_the_longest_come_first() -> None:
    quads = [place(40, 40 * n, 60 + 20 * n, 25) for n in range(6)]
    assert telling_lines(quads) == (5, 4, 3, 2, 1, 0)


def test_characters_one_below_the_other_are_put_side_by_side() -> None:
    page = np.full((300, 100, 3), 255, np.uint8)
    for n, shade in enumerate((10, 60, 110)):
        page[50 + 60 * n : 100 + 60 * n, 30:70] = shade
    picture = stacked_characters(page, place(25, 40, 50, 190), 3)
    height, width = picture.shape[:2]
    assert width == 150
    assert 50 <= height <= 60
    assert [int(picture[height // 2, x, 0]) for x in (25, 75, 125)] == [10, 60, 110]


def test_columns_without_ink_or_outside_do_no_harm() -> None:
    blank = np.full((300, 100, 3), 255, np.uint8)
    assert stacked_characters(blank, place(25, 40, 50, 190), 4).shape[1] == 200
    assert stacked_characters(blank, place(200, 40, 50, 190), 4).size == 0
