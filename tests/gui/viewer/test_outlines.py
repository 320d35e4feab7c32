"""Outlines of receipts as they are drawn: arithmetic alone."""

from __future__ import annotations

import math

import pytest

from paddlescan.document import Quad, TextLine
from paddlescan.document.options import MOST_REGIONS, is_region
from paddlescan.gui.viewer.outlines import SMALLEST, Frame, Grip, Outlines, grips, rectangle


def at(left: float, top: float, right: float, bottom: float) -> Quad:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


UPPER, LOWER, BESIDE = at(10, 10, 210, 110), at(10, 150, 210, 260), at(250, 12, 400, 100)
TURNED = Frame(math.radians(8), 40, 30, 240, 330).quad()


def close(quad: Quad, other: Quad) -> bool:
    return all(math.dist(a, b) < 1e-6 for a, b in zip(quad, other, strict=True))


def test_numbers_follow_the_reading_order() -> None:
    outlines = Outlines().added(LOWER).added(BESIDE).added(UPPER)
    assert outlines.quads == (UPPER, BESIDE, LOWER)
    assert outlines.chosen == {0}


@pytest.mark.parametrize("quad", [UPPER, TURNED])
@pytest.mark.parametrize("grip", ["n", "e", "s", "w", "nw", "ne", "se", "sw"])
def test_a_side_or_a_corner_is_dragged_and_the_opposite_one_stays(quad: Quad, grip: Grip) -> None:
    places = dict(grips(quad))
    opposite = {"n": "s", "e": "w", "nw": "se", "ne": "sw"}
    other: Grip = (opposite | {b: a for a, b in opposite.items()})[grip]  # type: ignore[assignment]
    x, y = places[grip]
    ox, oy = places[other]
    dx, dy = (x - ox) * 0.25, (y - oy) * 0.25
    moved = Frame.of(quad).dragged(grip, dx, dy).quad()
    assert dict(grips(moved))[other] == pytest.approx(places[other])
    assert dict(grips(moved))[grip] == pytest.approx((x + dx, y + dy))
    assert is_region(moved)


def test_no_side_is_dragged_through_the_other() -> None:
    thin = Frame.of(UPPER).dragged("w", 900, 0).quad()
    assert close(thin, at(210 - SMALLEST, 10, 210, 110))
    assert is_region(rectangle((50, 50), (52, 49)))
    assert close(Frame.of(TURNED).dragged("move", 5, 7).quad(), tuple((x + 5, y + 7) for x, y in TURNED))  # type: ignore[arg-type]


def test_two_become_one_around_both_and_turned_as_the_first() -> None:
    outlines = Outlines((UPPER, BESIDE, LOWER)).choose(0, 2)
    assert outlines.merged() == Outlines((at(10, 10, 210, 260), BESIDE), frozenset({0}))
    assert Outlines((UPPER,), frozenset({0})).merged().quads == (UPPER,)
    both = Outlines((TURNED, UPPER)).choose(0, 1).merged()
    assert Frame.of(both.quads[0]).angle == pytest.approx(math.radians(8))


def lines_at(*quads: Quad) -> list[TextLine]:
    return [TextLine("text", 0.9, quad) for quad in quads]


def test_one_becomes_two_at_its_widest_gap_or_in_its_middle() -> None:
    page = at(0, 0, 400, 600)
    lines = lines_at(*(at(20, y, 380, y + 20) for y in (20, 50, 80, 110, 300, 330, 360, 400, 560)))
    upper, lower = Outlines((page,), frozenset({0})).split(lines).quads
    assert close(upper, at(0, 0, 400, 215))
    assert close(lower, at(0, 215, 400, 600))
    columns = lines_at(*(at(x, y, x + 150, y + 20) for x in (20, 230) for y in range(20, 560, 30)))
    left, right = Outlines((page,), frozenset({0})).split(columns).quads
    assert close(left, at(0, 0, 200, 600))
    assert close(right, at(200, 0, 400, 600))
    halves = Outlines((page,), frozenset({0})).split([])
    assert halves.quads == (at(0, 0, 400, 300), at(0, 300, 400, 600))
    assert halves.chosen == {0, 1}
    assert Outlines((page, UPPER)).split(lines) == Outlines((page, UPPER))  # which?


def test_choosing_stepping_and_taking_away() -> None:
    outlines = Outlines((UPPER, BESIDE, LOWER))
    assert outlines.step(1).chosen == {0}
    assert outlines.step(-1).chosen == {2}
    assert outlines.choose(2).step(1).chosen == {0}
    assert outlines.choose(0).toggle(2).removed().quads == (BESIDE,)
    assert outlines.at((20, 20)) == 0
    assert outlines.added(at(15, 15, 40, 40)).at((20, 20)) == 1  # the smaller one
    assert outlines.at((900, 900)) is None
    assert Outlines().step(1) == Outlines()


def test_a_page_holds_no_more_than_can_be_read() -> None:
    full = Outlines((UPPER,) * MOST_REGIONS, frozenset({0}))
    assert full.added(LOWER) is full
    assert full.split([]) is full
