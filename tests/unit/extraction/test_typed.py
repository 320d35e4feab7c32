"""What a clerk types into a field."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import FIELD_NAMES
from paddlescan.extraction.rules import amount_of
from paddlescan.extraction.typed import problem_with, sort_key, tidy


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("total", " 3.5 ", "3.50"),
        ("total", "1,234.5", "1234.50"),
        ("total", "¥108", "108.00"),
        ("total", "RM 30.90", "30.90"),
        ("total", "-¥12", "-12.00"),
        ("total", "１００．８０", "100.80"),
        ("total", "100.80元", "100.80"),
        ("total", "1.234,50", "1.234,50"),
        ("total", "9.0O", "9.0O"),
        ("total", "3.505", "3.505"),
        ("date", "2026/3/5", "2026-03-05"),
        ("date", "2026年3月5日", "2026-03-05"),
        ("date", "25/12/2026", "2026-12-25"),
        ("date", "05/03/2026", "05/03/2026"),
        ("date", "2026-02-31", "2026-02-31"),
        ("date", "2026-03-05T19:02", "2026-03-05T19:02"),
        ("date", "yesterday", "yesterday"),
        ("currency", "cny", "CNY"),
        ("currency", "元", "元"),
        ("merchant", "  A\n B ", "A B"),
        ("invoice_number", "00123", "00123"),
    ],
)
def test_only_a_certain_meaning_is_tidied(name: str, typed: str, kept: str) -> None:
    assert tidy(name, typed) == kept


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("total", "9.0O", "no_amount"),
        ("tax", "3.505", "too_exact"),
        ("total", "-12.00", None),
        ("total", "", None),
        ("date", "2026-02-31", "no_such_day"),
        ("date", "45/45/2026", "no_such_day"),
        ("date", "05/03/2026", "unclear_date"),
        ("date", "05/05/2026", None),
        ("date", "May", "no_date"),
        ("date", "2024-02-29", None),
        ("currency", "RMB!", "no_currency"),
        ("merchant", "2026-02-31", None),
    ],
)
def test_what_cannot_be_right_says_why(name: str, value: str, problem: str | None) -> None:
    assert problem_with(name, value) == problem


def test_amounts_sort_as_numbers_and_dates_as_dates_with_empty_last() -> None:
    amounts = ["", "9.00", "100.80", "-3.00", "x"]
    assert sorted(amounts, key=lambda v: sort_key("total", v)) == ["-3.00", "9.00", "100.80", "x", ""]
    dates = ["2026-03-05", "", "25/12/2025", "2026-01-01"]
    assert sorted(dates, key=lambda v: sort_key("date", v)) == ["25/12/2025", "2026-01-01", "2026-03-05", ""]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_any_amount_survives_printing(number: Decimal) -> None:
    assert amount_of(f"{number:,.2f}") == number
    assert tidy("total", f"{number:,}") == f"{number:.2f}"


@given(st.sampled_from(FIELD_NAMES), st.text(max_size=30))
def test_tidying_twice_changes_nothing_more_and_loses_no_letter(name: str, typed: str) -> None:
    once = tidy(name, typed)
    assert tidy(name, once) == once
    if name not in {"total", "subtotal", "tax", "date", "currency"}:
        assert "".join(once.split()) == "".join(typed.split())
