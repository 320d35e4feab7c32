"""What a person types into a field: made tidy where its meaning is certain, else kept and marked. No Qt.

Nothing typed is ever refused or changed by guessing: `tidy` returns the text as typed unless there is just one thing it
can mean, `problem_with` says why a value cannot be right, and `readings` what it may have been meant to be.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from paddlescan.document import AMOUNT_FIELDS
from paddlescan.extraction.rules import amount_of
from paddlescan.extraction.typed_amounts import amount_meant, amounts_like
from paddlescan.extraction.typed_dates import Around, DateProblem, days_meant
from paddlescan.words import category_value

Problem = Literal["no_amount", "too_exact", "no_currency"] | DateProblem

__all__ = ["Around", "Problem", "problem_with", "readings", "sort_key", "tidy"]

_TIMED = re.compile(r"\d{4}-\d\d-\d\d[T ]")
_SIGNS = {
    **{"元": ("CNY", "TWD"), "¥": ("CNY", "JPY"), "￥": ("CNY", "JPY"), "$": ("USD", "HKD", "SGD", "AUD", "TWD")},
    **{"人民币": ("CNY",), "€": ("EUR",), "£": ("GBP",), "RM": ("MYR",), "HK$": ("HKD",), "US$": ("USD",)},
}
"""What may stand for a currency in place of its code."""


def tidy(name: str, typed: str, around: Around | None = None) -> str:
    """What to keep of a typed text: ISO date, amount with two digits, currency in capitals, a category by its
    stable word; else as typed.

    around: what is known around a date; without it a date without a year, or with one of two digits, stays as typed.
    Spaces at both ends go, line breaks become spaces. Never raises.
    """
    text = " ".join(typed.split())
    if name in AMOUNT_FIELDS:
        number = amount_meant(text)
        if number is not None and number == round(number, 2):
            return f"{number or Decimal():.2f}"  # never -0.00
    elif name == "date":
        days = days_meant(text, around) if text else ()
        if isinstance(days, tuple) and len(days) == 1 and not _TIMED.match(text):
            return days[0].isoformat()
    elif name == "currency":
        code = text.upper() if re.fullmatch(r"[A-Za-z]{3}", text) else text
        return "CNY" if code == "RMB" else code
    elif name == "category":
        return category_value(text)
    return text


def problem_with(name: str, value: str) -> Problem | None:
    """Why a value cannot be right; None where nothing speaks against it. Empty is never a problem."""
    return _problem_with(name, value) if value else None


def readings(name: str, value: str, around: Around) -> tuple[str, ...]:
    """What a value that cannot be right may have been meant to be, the likeliest first; a person chooses."""
    if problem_with(name, value) is None:
        return ()
    if name in AMOUNT_FIELDS:
        return tuple(f"{number:.2f}" for number in amounts_like(value))
    if name == "currency":
        return _SIGNS.get(value.upper(), ())
    days = days_meant(value, around) if name == "date" else ()
    return tuple(day.isoformat() for day in days) if isinstance(days, tuple) else ()


@lru_cache(maxsize=32_768)
def _problem_with(name: str, value: str) -> Problem | None:
    if name in AMOUNT_FIELDS:
        number = amount_of(value)
        if number is None:
            return "no_amount"
        return None if number == round(number, 2) else "too_exact"
    if name == "date":
        day = _day_of(value)
        return None if isinstance(day, date) else day
    if name == "currency" and not re.fullmatch(r"[A-Z]{3}", value):
        return "no_currency"
    return None


def _day_of(value: str) -> date | Problem:
    """The one day that a value means by itself."""
    days = days_meant(value, None)
    if not isinstance(days, tuple):
        return days
    return days[0] if len(days) == 1 else "unclear_date"


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
        day = _day_of(value)
        return (0, (0, day.isoformat() + value)) if isinstance(day, date) else (1, (0, value))
    return 0, (0, value.casefold())
