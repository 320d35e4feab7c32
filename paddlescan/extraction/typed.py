"""What a person types into a field: made tidy where its meaning is certain, else kept and marked.

Nothing typed is ever refused or changed by guessing: `tidy` returns the text as typed unless there is
just one thing it can mean, and `problem_with` says why a value cannot be right.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from paddlescan.document import AMOUNT_FIELDS
from paddlescan.extraction.rules import amount_of
from paddlescan.words import category_value

Problem = Literal["no_amount", "too_exact", "no_date", "no_such_day", "unclear_date", "no_currency"]

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _date_of(text: str) -> date | Problem:
    text = unicodedata.normalize("NFKC", text).strip()
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(*found.groups()) or "no_such_day"
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = found.groups()
        either = {d for d in (_day(year, second, first), _day(year, first, second)) if d}
        if len(either) == 1:
            return either.pop()
        return "unclear_date" if either else "no_such_day"
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return "no_date"


def tidy(name: str, typed: str) -> str:
    """What to keep of a typed text: ISO date, amount with two digits, currency in capitals, a category by its
    stable word; else as typed.

    Spaces at both ends go, line breaks become spaces. Never raises.
    """
    text = " ".join(typed.split())
    if name in AMOUNT_FIELDS:
        number = amount_of(text)
        if number is not None and number == round(number, 2):
            return f"{number:.2f}"
    elif name == "date":
        day = _date_of(text)
        if isinstance(day, date) and not re.match(r"\d{4}-\d\d-\d\d[T ]", text):
            return day.isoformat()
    elif name == "currency" and re.fullmatch(r"[A-Za-z]{3}", text):
        return text.upper()
    elif name == "category":
        return category_value(text)
    return text


def problem_with(name: str, value: str) -> Problem | None:
    """Why a value cannot be right; None where nothing speaks against it. Empty is never a problem."""
    return _problem_with(name, value) if value else None


@lru_cache(maxsize=32_768)
def _problem_with(name: str, value: str) -> Problem | None:
    if name in AMOUNT_FIELDS:
        number = amount_of(value)
        if number is None:
            return "no_amount"
        return None if number == round(number, 2) else "too_exact"
    if name == "date":
        day = _date_of(value)
        return None if isinstance(day, date) else day
    if name == "currency" and not re.fullmatch(r"[A-Z]{3}", value):
        return "no_currency"
    return None


@lru_cache(maxsize=32_768)
def sort_key(name: str, value: str) -> tuple[int, tuple[Decimal | int, str]]:
    """A group and a key that sort a column: amounts as numbers, dates as dates, all else as text.

    Group 0 is what has a meaning, 1 what has none, 2 what is empty.
    """
    if not value:
        return 2, (0, "")
    if name in AMOUNT_FIELDS:
        number = amount_of(value)
        return (0, (number, "")) if number is not None else (1, (0, value))
    if name == "date":
        day = _date_of(value)
        return (0, (0, day.isoformat() + value)) if isinstance(day, date) else (1, (0, value))
    return 0, (0, value.casefold())
