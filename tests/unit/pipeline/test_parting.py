"""Lines read from a page become its receipts: confirmed, split, joined, or left as a person drew them."""

from __future__ import annotations

import pytest

from paddlescan.document import Preparation, PrepareOptions, Quad, TextLine, bounds, quad_from
from paddlescan.pipeline.parting import Part, parts_of
from tests.unit.extraction.test_several import CAFE, HARDWARE, printed

SEAL: Quad = ((100.0, 360.0), (160.0, 360.0), (160.0, 420.0), (100.0, 420.0))
SIZE = (1000, 1200)


def around(lines: list[TextLine]) -> Quad:
    corners = [corner for line in lines for corner in line.quad]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    return ((left, top), (right, top), (right, bottom), (left, bottom))


@pytest.mark.parametrize("slope", [0.0, 0.04])
def test_a_page_falls_apart_into_regions_around_their_lines(slope: float) -> None:
    lines = [
        TextLine(line.text, 0.9, quad_from([(100 + x - slope * y, 40 + y + slope * x) for x, y in line.quad]))
        for line in (*printed(CAFE), *printed(HARDWARE, 0, 340))
    ]
    whole = Part(tuple(lines), None, Preparation(0, -2.3, True, (SEAL,)))
    upper, lower = parts_of([whole], PrepareOptions(), *SIZE)
    for part in (upper, lower):
        assert part.region is not None
        assert part.preparation.skew_degrees == -2.3
        (ax, ay), (bx, by), (cx, cy), _ = part.region
        assert (by - ay) / (bx - ax) == pytest.approx(slope, abs=0.01)  # it lies as its print does
        assert (cx - bx) / (cy - by) == pytest.approx(-slope, abs=0.01)
        left, top, right, bottom = bounds(part.region)
        assert all(left < x < right and top < y < bottom for line in part.lines for x, y in line.quad)
    assert upper.region is not None and lower.region is not None
    assert bounds(upper.region)[3] < bounds(lower.region)[3]
    assert [part.preparation.seals for part in (upper, lower)] == [(), (SEAL,)]
    assert [part.preparation.seal_removed for part in (upper, lower)] == [False, True]


def test_a_torn_receipt_is_one_again_in_a_region_around_both() -> None:
    upper, lower = printed(CAFE[:6]), printed(CAFE[6:], 3, 175)
    regions = around(upper), around(lower)
    read = [Part(tuple(upper), regions[0], Preparation()), Part(tuple(lower), regions[1], Preparation())]
    (one,) = parts_of(read, PrepareOptions(), *SIZE)
    assert {line.text for line in one.lines} == {text for row in CAFE for text in row}
    assert one.region is not None
    assert bounds(one.region) == pytest.approx((0.0, 0.0, 403.0, 175.0 + 26 * 3 + 20))


def test_what_a_person_said_of_the_page_stands() -> None:
    lines = (*printed(CAFE), *printed(HARDWARE, 0, 340))
    whole = Part(lines, None, Preparation())
    assert parts_of([whole], PrepareOptions(find_regions=False), *SIZE) == (whole,)
    drawn: Quad = ((0.0, 0.0), (500.0, 0.0), (500.0, 900.0), (0.0, 900.0))
    by_hand = Part(lines, drawn, Preparation())
    assert parts_of([by_hand], PrepareOptions(regions=(drawn,)), *SIZE) == (by_hand,)
    assert len(parts_of([whole], PrepareOptions(), *SIZE)) == 2
