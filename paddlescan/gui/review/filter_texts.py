"""What a clerk types into the filter bar, and what it means. No Qt."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from paddlescan.extraction.rules import amount_of
from paddlescan.extraction.typed import tidy
from paddlescan.gui.review.filters import RowFilter, day_text

Oddity = Literal["no_day", "no_amount", "days_turned", "amounts_turned"]
"""Why a part of the filter asks for nothing, or lets nothing through."""

_NO_DATE = frozenset(("none", "no date", "without", "-", "—", "无", "没有", "空", "无日期"))
_YEAR = re.compile(r"(\d{4})\s*年?")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_MONTH_ALONE = re.compile(r"(\d{1,2})\s*月")
_DAY_ALONE = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_SIGNS = re.compile(r"^(?:CNY|RMB|MYR|USD|EUR|RM|[¥$€£元])\s*|\s*(?:CNY|RMB|MYR|USD|EUR|RM|[¥$€£元])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FilterTexts:
    """The bar as it was typed; choices stand as in `RowFilter`."""

    merchant: str = field(default="", repr=False)
    first: str = field(default="", repr=False)
    last: str = field(default="", repr=False)
    lowest: str = field(default="", repr=False)
    highest: str = field(default="", repr=False)
    category: str | None = None
    currency: str | None = None


def understood(texts: FilterTexts, year: int) -> tuple[RowFilter, dict[str, Oddity]]:
    """The filter that a typed bar means, and what is odd, by the name of its part (a part that says nothing clear
    asks for nothing).

    year: of a day or month that is written without one.
    """
    odd: dict[str, Oddity] = {}
    undated = _said(texts.first) in _NO_DATE
    first, last = (None, None) if undated else (days(texts.first, year), days(texts.last, year))
    for name, text, meaning in (("first", texts.first, first), ("last", texts.last, last)):
        if text.strip() and meaning is None and not undated:
            odd[name] = "no_day"
    lowest, highest = _amount(texts.lowest), _amount(texts.highest)
    for name, text, number in (("lowest", texts.lowest, lowest), ("highest", texts.highest, highest)):
        if text.strip() and number is None:
            odd[name] = "no_amount"
    if first is not None and last is not None and first[0] > last[1]:
        odd["last"] = "days_turned"
    if lowest is not None and highest is not None and lowest > highest:
        odd["highest"] = "amounts_turned"
    meant = RowFilter(
        merchant=" ".join(texts.merchant.split()),
        first_day=first[0] if first else None,
        last_day=last[1] if last else None,
        undated=undated,
        lowest=lowest,
        highest=highest,
        category=texts.category,
        currency=texts.currency,
    )
    return meant, odd


def texts_of(narrow: RowFilter, no_date: str) -> FilterTexts:
    """How a filter is written into the bar. no_date: the word for rows without a date, one that `understood` knows."""
    return FilterTexts(
        merchant=narrow.merchant,
        first=no_date if narrow.undated else narrow.first_day.isoformat() if narrow.first_day else "",
        last=narrow.last_day.isoformat() if narrow.last_day and not narrow.undated else "",
        lowest="" if narrow.lowest is None else f"{narrow.lowest:.2f}",
        highest="" if narrow.highest is None else f"{narrow.highest:.2f}",
        category=narrow.category,
        currency=narrow.currency,
    )


def days(text: str, year: int) -> tuple[date, date] | None:
    """The first and the last day of a day, a month or a year as a person writes it; None where it is none of them."""
    said = _said(text)
    if found := _YEAR.fullmatch(said):
        return _span(int(found[1]), 1, 12)
    if found := _MONTH.fullmatch(said):
        return _span(int(found[1]), int(found[2]), int(found[2]))
    if found := _MONTH_ALONE.fullmatch(said):
        return _span(year, int(found[1]), int(found[1]))
    if found := _DAY_ALONE.fullmatch(said):
        said = f"{year}-{found[1]}-{found[2]}"
    day = day_text(tidy("date", said))
    return None if day is None else (date.fromisoformat(day), date.fromisoformat(day))


def _said(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _span(year: int, first: int, last: int) -> tuple[date, date] | None:
    if not (1 <= first <= last <= 12 and 1900 <= year <= 2999):
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _amount(text: str) -> Decimal | None:
    return amount_of(_SIGNS.sub("", unicodedata.normalize("NFKC", text).strip()))
