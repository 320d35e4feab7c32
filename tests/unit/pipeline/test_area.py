"""Which pieces of the lines that were found lie in a place that a person pointed at."""

from __future__ import annotations

import numpy as np
import pytest

from paddlescan.document import PrepareOptions, Quad
from paddlescan.document.pixels import PageImage
from paddlescan.pipeline.area import pieces_within, read_area


def line(left: float, top: float, right: float, bottom: float) -> Quad:
    return (left, top), (right, top), (right, bottom), (left, bottom)


PLACE = (100.0, 100.0, 300.0, 130.0)


def test_a_line_within_stays_as_it_is() -> None:
    askew: Quad = ((120.0, 103.0), (250.0, 104.0), (250.0, 127.0), (120.0, 126.0))
    assert pieces_within([askew], PLACE) == (askew,)


def test_a_line_is_cut_where_the_place_ends() -> None:
    assert pieces_within([line(20, 102, 280, 128)], PLACE) == (line(100, 102, 280, 128),)


def test_an_end_that_the_hand_just_missed_stays() -> None:
    assert pieces_within([line(93, 102, 307, 128)], PLACE) == (line(93, 102, 307, 128),)


def test_lines_above_below_and_beside_are_left_out() -> None:
    others = [line(100, 60, 300, 86), line(100, 122, 300, 148), line(310, 102, 400, 128), line(20, 102, 98, 128)]
    assert pieces_within(others, PLACE) == ()


def test_pieces_come_row_by_row() -> None:
    place = (0.0, 0.0, 400.0, 100.0)
    a, b, c = line(10, 12, 90, 36), line(200, 10, 300, 34), line(10, 50, 90, 74)
    assert pieces_within([c, b, a], place) == (a, b, c)


@pytest.mark.parametrize(
    "quad", [((5.0, 5.0),) * 4, line(5, 5, 7, 50), ((0.0, 0.0), (9.0, 9.0), (18.0, 18.0), (27.0, 27.0))]
)
def test_a_place_without_area_holds_nothing(quad: Quad) -> None:
    class NoEngine:
        def __getattr__(self, name: str) -> object:
            raise AssertionError("nothing is to be read")

    image = PageImage(np.full((80, 80, 3), 255, np.uint8))
    assert read_area(image, NoEngine(), quad, PrepareOptions()) == ()  # type: ignore[arg-type]
