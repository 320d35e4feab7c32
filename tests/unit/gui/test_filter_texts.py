"""What is typed into the filter bar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from paddlescan.gui.review.filter_texts import FilterTexts, days, texts_of, understood
from paddlescan.gui.review.filters import NO_FILTER, RowFilter


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026-03-05", "2026-03-05", "2026-03-05"),
        ("2026/3/5", "2026-03-05", "2026-03-05"),
        ("２０２６年３月５日", "2026-03-05", "2026-03-05"),
        ("3/5", "2026-03-05", "2026-03-05"),
        ("3月5日", "2026-03-05", "2026-03-05"),
        ("3月", "2026-03-01", "2026-03-31"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2026年2月", "2026-02-01", "2026-02-28"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_days_as_people_write_them(typed: str, first: str, last: str) -> None:
    assert days(typed, 2026) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("typed", ["", "soon", "2026-13", "2/30", "13月", "0000", "3."])
def test_what_is_no_day(typed: str) -> None:
    assert days(typed, 2026) is None


def test_a_whole_bar() -> None:
    texts = FilterTexts(" 清风 ", "2026-03", "2026-04", "¥100", "1,200.50 CNY", "meals", "CNY")
    meant, odd = understood(texts, 2026)
    assert not odd
    assert meant == RowFilter(
        "清风", date(2026, 3, 1), date(2026, 4, 30), False, Decimal(100), Decimal("1200.50"), "meals", "CNY"
    )


def test_what_is_not_understood_asks_for_nothing_and_is_said() -> None:
    meant, odd = understood(FilterTexts(first="soon", lowest="much", highest="3"), 2026)
    assert meant == RowFilter(highest=Decimal(3))
    assert odd == {"first": "no_day", "lowest": "no_amount"}


def test_what_is_the_wrong_way_round_is_said() -> None:
    _, odd = understood(FilterTexts(first="2026-04", last="2026-03", lowest="9", highest="3"), 2026)
    assert odd == {"last": "days_turned", "highest": "amounts_turned"}


@pytest.mark.parametrize("word", ["none", "无"])
def test_rows_without_a_date(word: str) -> None:
    meant, odd = understood(FilterTexts(first=word, last="whatever"), 2026)
    assert meant.undated
    assert not odd
    assert texts_of(meant, word).first == word


@pytest.mark.parametrize(
    "narrow",
    [
        NO_FILTER,
        RowFilter(merchant='"ABC"', first_day=date(2026, 3, 1), last_day=date(2026, 3, 31)),
        RowFilter(lowest=Decimal("-12.00"), highest=Decimal("7.50"), category="", currency=""),
    ],
)
def test_a_filter_is_written_so_that_it_is_understood(narrow: RowFilter) -> None:
    assert understood(texts_of(narrow, "none"), 2026) == (narrow, {})
