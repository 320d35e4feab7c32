"""What rows come to, in one currency at a time: amounts of different currencies are never added. No Qt."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from paddlescan.extraction.rules import amount_of
from paddlescan.gui.review.filters import RowFilter, day_text, exactly

MOST = 10
"""Categories and merchants that have a bar of their own; the others share one."""
_MOST_MONTHS = 18
_LONGEST_GAP = 6
"""Months without a receipt that are shown between two with some; a longer gap is a misread year."""

OTHERS = "\0others"
"""The key of the bar of all the others."""
EARLIER = "\0earlier"
"""The key of what came before the months that have a bar of their own."""

Row = Callable[[str], str]
"""The value of each field of a row, "" where it has none."""
_Sum = tuple[Row, Decimal]


@dataclass(frozen=True, slots=True)
class Part:
    """A bar: what the rows that share something come to."""

    key: str = field(repr=False)
    """A category's stable word, a merchant, a month as `2026-03`; "" where a row has none."""
    amount: Decimal = field(repr=False)
    count: int
    """How many rows."""
    narrow: RowFilter | None
    """What lets just these rows through; None: the bar of all the others."""


@dataclass(frozen=True, slots=True)
class Totals:
    """All bars of one currency."""

    currency: str
    """Its code; "": of the rows without one."""
    amount: Decimal = field(repr=False)
    count: int
    """Rows of this currency whose total is an amount."""
    without_total: int
    """Rows, of any currency, whose total is none: they are in no bar."""
    currencies: tuple[tuple[str, int], ...]
    """Each currency and its number of rows, the most frequent first, "" last."""
    categories: tuple[Part, ...]
    merchants: tuple[Part, ...]
    months: tuple[Part, ...]
    """In their order, short gaps filled; what came before the last 18 is one bar at their head."""


def total_up(rows: Iterable[Row], currency: str | None = None, most: int | None = MOST) -> Totals:
    """Add up rows. currency: which one; the most frequent where it is None or has no rows. most: how many categories
    and merchants have a bar of their own; None: all.
    """
    by_currency: dict[str, list[_Sum]] = {}
    without = 0
    for row in rows:
        number = amount_of(row("total"))
        if number is None:
            without += 1
        else:
            by_currency.setdefault(row("currency"), []).append((row, number))
    counts = sorted(((code, len(found)) for code, found in by_currency.items()), key=_frequent_first)
    chosen = currency if currency in by_currency else counts[0][0] if counts else ""
    found = by_currency.get(chosen, [])
    categories = [
        Part(key, amount, count, RowFilter(category=key, currency=chosen))
        for key, amount, count in _grouped(found, lambda row: row("category"))
    ]
    merchants = [
        Part(key, amount, count, RowFilter(merchant=exactly(key), currency=chosen))
        for key, amount, count in _grouped(found, lambda row: row("merchant"))
    ]
    return Totals(
        currency=chosen,
        amount=sum((number for _, number in found), Decimal(0)),
        count=len(found),
        without_total=without,
        currencies=tuple(counts),
        categories=_largest(categories, most),
        merchants=_largest(merchants, most),
        months=_months(found, chosen),
    )


def _grouped(found: Iterable[_Sum], key_of: Callable[[Row], str]) -> list[tuple[str, Decimal, int]]:
    """Key as it was written first (case does not matter), amount and number of rows of each group."""
    groups: dict[str, tuple[str, Decimal, int]] = {}
    for row, number in found:
        key = key_of(row)
        written, amount, count = groups.get(key.casefold(), (key, Decimal(0), 0))
        groups[key.casefold()] = written, amount + number, count + 1
    return list(groups.values())


def _largest(parts: list[Part], most: int | None) -> tuple[Part, ...]:
    """The largest first; those beyond `most` as one, unless that is a single one."""
    parts.sort(key=lambda part: (-part.amount, part.key))
    if most is None or len(parts) <= most + 1:
        return tuple(parts)
    others = parts[most:]
    amount, count = sum((part.amount for part in others), Decimal(0)), sum(part.count for part in others)
    return *parts[:most], Part(OTHERS, amount, count, None)


def _months(found: Iterable[_Sum], currency: str) -> tuple[Part, ...]:
    sums = {key: (amount, count) for key, amount, count in _grouped(found, _month)}
    undated = sums.pop("", None)
    months = sorted(sums)
    parts = [_month_part(month, *sums.get(month, (Decimal(0), 0)), currency) for month in _without_gaps(months)]
    if len(parts) > _MOST_MONTHS:
        early = parts[: len(parts) - _MOST_MONTHS]
        last = early[-1].narrow.last_day if early[-1].narrow is not None else None
        amount, count = sum((part.amount for part in early), Decimal(0)), sum(part.count for part in early)
        parts[: len(early)] = [Part(EARLIER, amount, count, RowFilter(last_day=last, currency=currency))]
    if undated is not None:
        parts.append(Part("", *undated, RowFilter(undated=True, currency=currency)))
    return tuple(parts)


def _month_part(month: str, amount: Decimal, count: int, currency: str) -> Part:
    year, number = int(month[:4]), int(month[5:])
    last = date(year, number, monthrange(year, number)[1])
    return Part(month, amount, count, RowFilter(first_day=date(year, number, 1), last_day=last, currency=currency))


def _without_gaps(months: list[str]) -> list[str]:
    """The months, and those between them that have nothing, unless a gap is long."""
    result: list[str] = []
    for month in months:
        here = int(month[:4]) * 12 + int(month[5:]) - 1
        if result:
            before = int(result[-1][:4]) * 12 + int(result[-1][5:]) - 1
            if here - before <= _LONGEST_GAP:
                result += [f"{i // 12:04}-{i % 12 + 1:02}" for i in range(before + 1, here)]
        result.append(month)
    return result


def _month(row: Row) -> str:
    return (day_text(row("date")) or "")[:7]


def _frequent_first(pair: tuple[str, int]) -> tuple[bool, int, str]:
    return not pair[0], -pair[1], pair[0]
