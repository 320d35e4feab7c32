"""The numbers that a cell of amounts can mean, as countries and accountants write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from paddlescan.extraction.rules import amount_of

_BRACKETS = re.compile(r"([^()]*)\(([^()]+)\)([^()]*)")
_MINUS_LAST = re.compile(r"(.*\d)\s*[-−]")
_COMMA = re.compile(r"(\D*)(\d{1,3}(?:[. '’]\d{3})+|\d+),(\d+)(\D*)")


@lru_cache(maxsize=32_768)
def number_of(text: str) -> Decimal | None:
    """The number of a text with a point before its cents, however its minus is written; None for what is no number."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _BRACKETS.fullmatch(plain):
        inner = amount_of(f"{found[1]}{found[2]}{found[3]}".strip())
        return None if inner is None else -abs(inner)
    if found := _MINUS_LAST.fullmatch(plain):
        inner = amount_of(found[1])
        return None if inner is None else -abs(inner)
    return amount_of(plain)


@lru_cache(maxsize=32_768)
def comma_number_of(text: str) -> Decimal | None:
    """The number of a text with a comma before its cents; None for one that has no such comma."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _COMMA.fullmatch(plain)
    if found is None:
        return None
    before, whole, cents, behind = found.groups()
    return number_of(f"{before}{re.sub('[^0-9]', '', whole)}.{cents}{behind}")
