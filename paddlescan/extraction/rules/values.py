"""What a field's text means, read by a person's eye or typed by hand."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_AMOUNT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_PLAIN = re.compile(r"-?\d{1,12}\.\d\d", re.ASCII)
_SIGNS = re.compile(r"^([+-]?)\s*(?:¥|RM|[$€£])\s*|\s*元$", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?![0-9])", re.ASCII)
_BIGGEST = 10**12


def amount_of(value: str) -> Decimal | None:
    """The number that an amount's text is, or None. `1,234.50` is a number, `1.234,50` is not certain."""
    return _amount_of(value) if value else None


@lru_cache(maxsize=32_768)
def _amount_of(value: str) -> Decimal | None:
    if _PLAIN.fullmatch(value):
        return Decimal(value)
    text = _SIGNS.sub(r"\1", unicodedata.normalize("NFKC", value).strip().replace("−", "-"))
    if not _AMOUNT.fullmatch(text):
        return None
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:  # pragma: no cover - the pattern lets nothing else through
        return None
    return number if abs(number) < _BIGGEST else None


def date_of(value: str) -> date | None:
    """The day that an ISO date is, or None; a time behind it does not matter."""
    found = _DATE.match(value)
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def compact(value: str) -> str:
    """A number without spaces and marks, full-width characters plain, in capitals."""
    return re.sub(r"[^0-9A-Z*]", "", unicodedata.normalize("NFKC", value).upper())
