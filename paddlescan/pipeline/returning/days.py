"""The days that a cell of dates can mean: a spreadsheet saves a date as it shows it, as its country does."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from paddlescan.extraction.typed import tidy

DayOrder = Literal["day_first", "month_first"]

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)")
_MIDNIGHT = re.compile(r"(.*\d.*)[ T]0?0:00(:00(\.0+)?)?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{5}")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(29_221, 73_051)
"""Days since the epoch of spreadsheets, 1980 to 2099: a date that lost its format."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"(\d{1,2})[\s\-/.]+([a-z]{3,9})\.?[\s\-/.,]+(\d{4}|\d{2})", re.IGNORECASE)


@lru_cache(maxsize=32_768)
def days_of(text: str) -> dict[DayOrder, date]:
    """What a text means with the day first and with the month first; both are there, and the same, where it is certain.

    Empty for what is no date, and for a text with a time of day.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if midnight := _MIDNIGHT.fullmatch(plain):
        plain = midnight[1].strip()
    if found := _YEAR_LAST.fullmatch(plain):
        first, second, year = found.groups()
        both: tuple[tuple[DayOrder, date | None], ...] = (
            ("day_first", _day(year, second, first)),
            ("month_first", _day(year, first, second)),
        )
        return {order: day for order, day in both if day is not None}
    day = _certain(plain)
    return {} if day is None else {"day_first": day, "month_first": day}


def _certain(plain: str) -> date | None:
    if found := _NAMED.fullmatch(plain):
        month = found[2][:3].casefold()
        return _day(found[3], str(_MONTHS.index(month) + 1), found[1]) if month in _MONTHS else None
    if _SERIAL.fullmatch(plain) and int(plain) in _SERIALS:
        return _EPOCH + timedelta(days=int(plain))
    iso = _ISO.fullmatch(tidy("date", plain))
    if iso is None:
        return None
    try:
        return date.fromisoformat(iso[1])
    except ValueError:
        return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
