"""Amounts as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.extraction.typed import Around, problem_with, readings, tidy

HERE = Around(date(2026, 11, 26))
CENTS = st.decimals(min_value=0, max_value=10**7, places=2)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3.5", "3.50"),
        ("1,234.5", "1234.50"),
        ("１２．５０", "12.50"),
        ("￥12", "12.00"),
        ("12元5角", "12.50"),
        ("12元5分", "12.05"),
        ("12块5", "12.50"),
        ("5角", "0.50"),
        ("十二元五角", "12.50"),
        ("十二块五", "12.50"),
        ("一千二百元", "1200.00"),
        ("壹佰贰拾叁元肆角伍分", "123.45"),
        ("(12.00)", "-12.00"),
        ("（12.00）", "-12.00"),
        ("12.00-", "-12.00"),
        ("负12元", "-12.00"),
        ("-12元5角", "-12.50"),
        ("3+4.5", "7.50"),
        ("=10 + 2.50 + 0.5", "13.00"),
        ("30.90 MYR", "30.90"),
        ("USD 12", "12.00"),
    ],
)
def test_an_amount_means_one_number(typed: str, kept: str) -> None:
    assert tidy("total", typed) == kept


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("9.0O", ("9.00",)),
        ("3.506", ("3506.00", "3.51", "3.50")),
        ("3.5055", ("3.51", "3.50")),
        ("1.234,50", ("1234.50",)),
        ("12,50", ("12.50",)),
        ("2026-03-05", ()),
        ("10-2", ()),
        ("-(12)", ()),
        ("12--", ()),
        ("十", ()),
        ("abc", ()),
    ],
)
def test_what_is_not_certain_stays_and_is_offered(typed: str, offered: tuple[str, ...]) -> None:
    assert tidy("total", typed) == typed
    assert problem_with("total", typed) is not None
    assert readings("total", typed, HERE) == offered


@given(CENTS)
def test_a_refund_may_be_written_in_three_ways(number: Decimal) -> None:
    for typed in (f"({number})", f"{number}-", f"-{number}"):
        assert tidy("total", typed) == (f"-{number:.2f}" if number else "0.00")


@given(st.lists(CENTS, min_size=2, max_size=5))
def test_a_sum_is_added_up(numbers: list[Decimal]) -> None:
    assert tidy("total", "+".join(map(str, numbers))) == f"{sum(numbers):.2f}"


@given(st.text(alphabet="0123456789.,+-()元角分块一二十百¥ OCNY", max_size=14))
def test_an_amount_is_tidied_to_two_digits_or_left_as_it_was_typed(typed: str) -> None:
    kept = tidy("total", typed)
    if kept != " ".join(typed.split()):
        assert problem_with("total", kept) is None
        assert Decimal(kept) == round(Decimal(kept), 2)
    for offered in readings("total", kept, HERE):
        assert problem_with("total", offered) is None
