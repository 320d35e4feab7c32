"""Which pages are looked at for several receipts, by where their lines lie."""

from __future__ import annotations

import numpy as np
import pytest

from paddlescan.document import Quad, quad_from
from paddlescan.imaging.regions_gate import may_be_several

WIDTH, HEIGHT = 1600, 2200


def _column(
    x: float, y: float, degrees: float = 0.0, lines: int = 10, length: float = 420.0, pitch: float = 45.0
) -> list[Quad]:
    """A column of lines of varied length, its first at x, y, turned counter-clockwise about it."""
    lengths = length * np.random.default_rng(lines).uniform(0.6, 1.0, lines)
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.array([(cosine, -sine), (sine, cosine)])
    boxes = [[(0, n * pitch), (w, n * pitch), (w, n * pitch + 30), (0, n * pitch + 30)] for n, w in enumerate(lengths)]
    return [quad_from(np.array(box) @ turn + (x, y)) for box in boxes]


def _several(*columns: list[Quad]) -> bool:
    return may_be_several([quad for column in columns for quad in column], WIDTH, HEIGHT)


def test_one_column_is_one_receipt() -> None:
    assert not _several(_column(200, 100, lines=30))


def test_a_turned_page_is_one_receipt() -> None:
    assert not _several(_column(200, 600, degrees=7.0, lines=30))


def test_columns_of_a_form_are_one_receipt() -> None:
    assert not _several(_column(100, 100, lines=20), _column(900, 100, lines=20))


def test_parts_of_a_receipt_with_a_gap_are_one() -> None:
    assert not _several(_column(200, 100), _column(200, 900), _column(200, 1700))


@pytest.mark.parametrize("degrees", [-6.0, 1.0, 5.0])
def test_columns_turned_against_each_other_may_be_several(degrees: float) -> None:
    assert _several(_column(100, 200), _column(900, 200, degrees))


@pytest.mark.parametrize("degrees", [-6.0, 1.5, 5.0])
def test_groups_above_each_other_turned_may_be_several(degrees: float) -> None:
    assert _several(_column(300, 200), _column(300, 1100, degrees))


def test_a_ticket_on_its_side_may_be_another() -> None:
    assert _several(_column(100, 200), _column(1400, 200, 89.0))
    assert _several(_column(100, 200), _column(700, 800, -90.0))


def test_words_that_stand_on_end_in_a_form_are_no_receipt() -> None:
    assert not _several(_column(300, 100, lines=30), _column(200, 600, -90.0, lines=2, length=200))


@pytest.mark.parametrize("count", [0, 1, 7])
def test_a_few_lines_are_one_receipt(count: int) -> None:
    assert not _several(_column(100, 200, lines=count))


def test_points_are_no_lines() -> None:
    assert not may_be_several([quad_from([(5, 5)] * 4)] * 20, WIDTH, HEIGHT)


def test_a_very_long_page_is_looked_at_coarsely() -> None:
    quads = _column(100, 200, lines=300, pitch=100.0) + _column(900, 200, 1.0, lines=300, pitch=100.0)
    assert may_be_several(quads, 1600, 32_000)
