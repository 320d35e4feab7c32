"""What rows come to, without any window."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from paddlescan.gui.review.filters import RowFilter
from paddlescan.gui.summary.totals import EARLIER, OTHERS, Part, Row, total_up


def row(total: str, currency: str = "CNY", **values: str) -> Row:
    values |= {"total": total, "currency": currency}
    return lambda name: values.get(name, "")


def short(parts: tuple[Part, ...]) -> list[tuple[str, str, int]]:
    return [(part.key, f"{part.amount}", part.count) for part in parts]


def test_currencies_are_never_added() -> None:
    rows = [row("10.00", "MYR"), row("1.00"), row("2.00"), row("5.00", ""), row("7.00", "MYR"), row("9.00", "MYR")]
    first = total_up(rows)
    assert first.currencies == (("MYR", 3), ("CNY", 2), ("", 1))
    assert (first.currency, first.amount, first.count) == ("MYR", Decimal("26.00"), 3)
    assert total_up(rows, "CNY").amount == Decimal("3.00")
    assert total_up(rows, "").amount == Decimal("5.00")
    assert total_up(rows, "USD").currency == "MYR"


def test_categories_and_merchants_the_largest_first() -> None:
    rows = [
        row("10.00", merchant="Cafe", category="meals"),
        row("-2.00", merchant="CAFE", category="meals"),
        row("30.00", merchant="Hotel"),
        row("none at all", merchant="Hotel"),
    ]
    found = total_up(rows)
    assert short(found.categories) == [("", "30.00", 1), ("meals", "8.00", 2)]
    assert short(found.merchants) == [("Hotel", "30.00", 1), ("Cafe", "8.00", 2)]
    assert found.without_total == 1
    assert found.categories[0].narrow == RowFilter(category="", currency="CNY")
    assert found.merchants[1].narrow == RowFilter(merchant='"Cafe"', currency="CNY")


def test_the_small_ones_share_a_bar_unless_all_are_wanted() -> None:
    rows = [row(f"{number}.00", merchant=f"Shop {number:02}") for number in range(1, 14)]
    shared = total_up(rows).merchants
    assert len(shared) == 11
    assert short(shared)[-1] == (OTHERS, "6.00", 3)
    assert shared[-1].narrow is None
    assert len(total_up(rows, most=None).merchants) == 13
    assert len(total_up(rows[2:]).merchants) == 11, "a single other is itself"


def test_months_stand_in_their_order_without_gaps() -> None:
    rows = [row("3.00", date="2026-03-05"), row("1.00", date="2026-01-31"), row("9.00", date="soon"), row("4.00")]
    found = total_up(rows).months
    assert short(found) == [("2026-01", "1.00", 1), ("2026-02", "0", 0), ("2026-03", "3.00", 1), ("", "13.00", 2)]
    assert found[1].narrow == RowFilter(first_day=date(2026, 2, 1), last_day=date(2026, 2, 28), currency="CNY")
    assert found[3].narrow == RowFilter(undated=True, currency="CNY")


def test_a_misread_year_makes_no_hundred_columns_and_old_months_are_one() -> None:
    rows = [
        row("1.00", date="1998-01-01"),
        *(row("1.00", date=f"{2024 + i // 12}-{i % 12 + 1:02}-09") for i in range(20)),
    ]
    found = total_up(rows).months
    assert len(found) == 19
    assert short(found)[0] == (EARLIER, "3.00", 3)
    assert found[0].narrow == RowFilter(last_day=date(2024, 2, 29), currency="CNY")


def test_no_rows_come_to_nothing() -> None:
    found = total_up([])
    assert (found.currency, found.amount, found.count, found.months) == ("", Decimal(0), 0, ())
