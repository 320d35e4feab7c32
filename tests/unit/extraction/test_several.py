"""Receipts that only their lines tell apart are split, copies and one receipt's parts are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import Quad, TextLine, quad_from
from paddlescan.extraction.several import belongs_together, split

Row = tuple[str, ...]
CAFE: tuple[Row, ...] = (
    ("HARBOUR CAFE SDN BHD",),
    ("12 Station Road, Georgetown",),
    ("Tel: 04-2261234",),
    ("Receipt no: 104512",),
    ("Date: 03/04/2025", "12:31"),
    ("Coffee", "8.00"),
    ("Sandwich", "12.50"),
    ("TOTAL", "20.50"),
    ("CASH", "30.00"),
    ("Thank you, please come again",),
)
HARDWARE: tuple[Row, ...] = (
    ("GREEN VALLEY HARDWARE",),
    ("Lot 7, Jalan Besar, 50000 Kuala Lumpur",),
    ("TAX INVOICE",),
    ("Invoice no: 88231",),
    ("Date: 17/05/2025",),
    ("Paint", "44.90"),
    ("TOTAL", "44.90"),
    ("Goods sold are not returnable",),
)


def taxi(number: str, day: str, total: str) -> tuple[Row, ...]:
    return (
        ("杭州市出租汽车统一发票",),
        ("发票代码", "133012370219"),
        ("发票号码", number),
        ("日期", f"2025-03-{day}"),
        ("里程", "8.20KM"),
        ("金额", f"{total}元"),
    )


def printed(rows: tuple[Row, ...], left: float = 0.0, top: float = 0.0, width: float = 400.0) -> list[TextLine]:
    """Lines 20 high, every 26 pixels; what stands right ends at the right edge."""
    lines = []
    for n, row in enumerate(rows):
        y = top + 26 * n
        for place, text in enumerate(row):
            wide = min(width, 11.0 * max(2, sum(1 if c.isascii() else 2 for c in text)))
            x = left if place == 0 else left + width - wide
            quad: Quad = ((x, y), (x + wide, y), (x + wide, y + 20), (x, y + 20))
            lines.append(TextLine(text, 0.98, quad))
    return lines


def groups(*receipts: list[TextLine], size: tuple[int, int] = (2000, 2000)) -> list[set[str]]:
    """What `split` makes of them, in whatever order they come."""
    lines = [line for receipt in receipts for line in receipt]
    random.Random(3).shuffle(lines)
    return [{line.text for line in group} for group in split(lines, *size)]


def texts(rows: tuple[Row, ...]) -> set[str]:
    return {text for row in rows for text in row}


@pytest.mark.parametrize(("dx", "dy"), [(0.0, 330.0), (460.0, 0.0)])
def test_two_receipts_fall_apart_above_and_beside_each_other(dx: float, dy: float) -> None:
    found = groups(printed(CAFE), printed(HARDWARE, dx, dy))
    assert found == [texts(CAFE), texts(HARDWARE)]


def test_a_grid_of_tickets_comes_in_reading_order() -> None:
    tickets = [taxi(f"0731552{n}", f"0{n + 1}", f"{20 + n}.00") for n in range(6)]
    laid = [printed(rows, 460.0 * (n % 3), 260.0 * (n // 3)) for n, rows in enumerate(tickets)]
    assert groups(*laid) == [texts(rows) for rows in tickets]


def test_one_receipt_comes_back_as_it_was() -> None:
    lines = printed(CAFE)
    assert split(lines, 500, 500) == (tuple(lines),)
    assert split([], 500, 500) == ((),)


def test_a_copy_or_a_card_slip_below_stays_with_its_receipt() -> None:
    slip = (
        ("HARBOUR CAFE SDN BHD",),
        ("12 Station Road, Georgetown",),
        ("SALE RECEIPT",),
        ("Date: 03/04/2025",),
        ("VISA", "4512"),
        ("TOTAL", "20.50"),
    )
    assert len(groups(printed(CAFE), printed(slip, 0, 340))) == 1
    assert len(groups(printed(CAFE), printed(CAFE, 0, 340))) == 1


def test_the_same_fare_on_another_ticket_is_another_receipt() -> None:
    found = groups(printed(taxi("07315520", "05", "23.00")), printed(taxi("07315521", "05", "23.00"), 0, 230))
    assert len(found) == 2


def test_a_receipt_without_a_head_of_its_own_is_not_split_off() -> None:
    tail = (("GST Summary", "Tax"), ("SR 6%", "1.16"), ("Date: 03/04/2025",), ("TOTAL", "19.34"), ("Thank you",))
    assert len(groups(printed(CAFE), printed(tail, 0, 340))) == 1


def test_receipts_without_a_gap_between_stay_one() -> None:
    assert len(groups(printed(CAFE), printed(HARDWARE, 0, 26 * len(CAFE)))) == 1


def test_a_slanting_page_is_split_as_well() -> None:
    def turned(line: TextLine) -> TextLine:
        return TextLine(line.text, line.confidence, quad_from([(x - 0.05 * y, y + 0.05 * x) for x, y in line.quad]))

    lines = [turned(line) for line in (*printed(CAFE), *printed(HARDWARE, 0, 340))]
    assert [len(group) for group in split(lines, 2000, 2000)] == [len(printed(CAFE)), len(printed(HARDWARE))]


def test_the_torn_half_of_a_receipt_belongs_to_its_head() -> None:
    upper, lower = printed(CAFE[:6]), printed(CAFE[6:], 3, 175)
    assert belongs_together(upper, lower)
    assert belongs_together(lower, upper)
    assert not belongs_together(printed(CAFE), printed(HARDWARE, 0, 280))
    assert not belongs_together(upper, printed(CAFE[6:], 900, 175))  # nowhere near
    assert not belongs_together(upper, printed(HARDWARE, 0, 175))
    assert not belongs_together(upper, [])


corner = st.tuples(*[st.floats(-1e7, 1e7, allow_nan=False)] * 2)
line = st.builds(
    TextLine,
    st.one_of(st.text(max_size=30), st.sampled_from([text for row in (*CAFE, *taxi("1", "02", "3")) for text in row])),
    st.floats(0, 1),
    st.tuples(corner, corner, corner, corner),
)


@given(st.lists(line, max_size=40))
def test_any_lines_are_given_back_each_once(lines: list[TextLine]) -> None:
    found = split(lines, 1000, 1000)
    assert sorted(id(one) for group in found for one in group) == sorted(map(id, lines))
    assert isinstance(belongs_together(lines[:3], lines[3:]), bool)
