"""Amounts as printed, and as misread."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.extraction.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("RM 9.00", "9.00", "MYR"),
        ("TotalRM15.90", "15.90", "MYR"),
        ("1,234.50", "1234.50", None),
        ("1.234,50 €", "1234.50", "EUR"),
        ("1 234,50", "1234.50", None),
        ("¥58.00元", "58.00", "¥"),
        ("$1,203.39", "1203.39", "$"),
        ("4.40ZRL", "4.40", None),
        (".50", "0.50", None),
        ("£12", "12.00", "GBP"),
        ("1,250", "1250.00", None),
        ("HK$88.0", "88.00", "HKD"),
    ],
)
def test_one_amount(text: str, value: str, currency: str | None) -> None:
    (amount,) = find_amounts(text)
    assert (amount.printed, amount.currency, amount.mended) == (value, currency, False)


@pytest.mark.parametrize(
    ("text", "value"), [("9.0O", "9.00"), ("1O.50", "10.50"), ("12 .50", "12.50"), ("12 50", "12.50")]
)
def test_misread_digits_are_marked_as_a_guess(text: str, value: str) -> None:
    (amount,) = find_amounts(text)
    assert (amount.printed, amount.mended) == (value, True)


@pytest.mark.parametrize("text", ["Room 12 50", "12 500", "12 34 56"])
def test_a_lost_point_is_put_back_only_where_the_line_is_nothing_else(text: str) -> None:
    assert not any(amount.decimals for amount in find_amounts(text))


@pytest.mark.parametrize("text", ["6%", "18:21", "WA45", "BA10976", "", "-", "12/34", "abc.de", "7.32KM", "12.5 公里"])
def test_what_is_no_amount(text: str) -> None:
    assert find_amounts(text) == ()


@pytest.mark.parametrize("text", ["-11.97", "RM-0.02", "$4.11-"])
def test_negative(text: str) -> None:
    (amount,) = find_amounts(text)
    assert amount.negative


@given(st.decimals(min_value=0, max_value=10**8, places=2))
def test_any_amount_survives_printing(value: Decimal) -> None:
    (amount,) = find_amounts(f"RM {value:,.2f}")
    assert amount.value == value


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_exception_and_in_order(text: str) -> None:
    places = [a.start for a in find_amounts(text)]
    assert places == sorted(places)
