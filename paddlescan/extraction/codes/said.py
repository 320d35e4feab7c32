"""What a QR code says of a receipt, and how its figures are spelt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from paddlescan.document import Kind

_AMOUNT = re.compile(r"-?\d{1,10}(\.\d{1,2})?", re.ASCII)
_DAY = re.compile(r"(\d{4})[-/]?(\d\d)[-/]?(\d\d)", re.ASCII)
_EARLIEST, _LATEST = 1990, 2100


@dataclass(frozen=True, slots=True)
class Said:
    """A code that was understood: fields by name, in the form that fields have."""

    fields: Mapping[str, str] = field(repr=False)
    kind: Kind | None = None
    """The kind of receipt that carries such a code; None: several do."""
    net_or_total: str | None = field(default=None, repr=False)
    """An amount of which the code does not say whether tax is in it."""


def amount(text: str) -> str | None:
    """`79.8` as `79.80`; None for what is no amount of at most ten digits and two decimals."""
    text = text.strip()
    return f"{Decimal(text):.2f}" if _AMOUNT.fullmatch(text) else None


def day(text: str) -> str | None:
    """`20260608`, `2026-06-08` or `2026/06/08` as an ISO date; None for what is no day between 1990 and 2100."""
    match = _DAY.fullmatch(text.strip())
    return iso(*match.groups()) if match else None


def iso(year: str | int, month: str | int, number: str | int) -> str | None:
    """An ISO date of its parts, if there is such a day between 1990 and 2100."""
    try:
        found = date(int(year), int(month), int(number))
    except ValueError:
        return None
    return found.isoformat() if _EARLIEST <= found.year <= _LATEST else None


def known(**fields: str | None) -> dict[str, str]:
    """The fields that have a value."""
    return {name: value.strip() for name, value in fields.items() if value and value.strip()}
