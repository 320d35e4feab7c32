from __future__ import annotations

import pytest

from paddlescan.document import Quad
from paddlescan.ocr.line_order import by_width, elongation


def place(width: float, height: float) -> Quad:
    return (5.0, 7.0), (5.0 + width, 7.0), (5.0 + width, 7.0 + height), (5.0, 7.0 + height)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [(100, 20, 5.0), (20, 28, 20 / 28), (20, 100, 5.0), (30, 0, 30.0), (0, 0, 0.0)],
)
def test_a_line_is_as_wide_for_its_height_as_it_is_cut_out(width: float, height: float, expected: float) -> None:
    assert elongation(place(width, height)) == pytest.approx(expected)


def test_the_shortest_line_comes_first() -> None:
    assert by_width([place(300, 20), place(100, 20), place(20, 200), place(40, 20)]) == [3, 1, 2, 0]
    assert by_width([]) == []
