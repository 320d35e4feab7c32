"""What narrows the table besides chips and search: merchant, days, amounts, category, currency. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from paddlescan.extraction.rules import amount_of
from paddlescan.extraction.typed import sort_key


@dataclass(frozen=True, slots=True)
class RowFilter:
    """What a row must have to be shown; what is None (or, for the merchant, empty) asks for nothing."""

    merchant: str = field(default="", repr=False)
    """A part of the merchant's name, in any case; in quotation marks the whole of it, `""` for none at all."""
    first_day: date | None = None
    """Not before this day."""
    last_day: date | None = None
    """Not after this day."""
    undated: bool = False
    """Only rows without a date, or with one that is none; the days above do not matter then."""
    lowest: Decimal | None = field(default=None, repr=False)
    """A total of at least this, whatever its currency."""
    highest: Decimal | None = field(default=None, repr=False)
    """A total of at most this."""
    category: str | None = None
    """The stable word of a category; "": rows without one."""
    currency: str | None = None
    """A currency's code; "": rows without one."""

    @property
    def is_empty(self) -> bool:
        """Whether it lets every row through."""
        return self == NO_FILTER

    def matches(self, text: Callable[[str], str]) -> bool:
        """Whether a row is to be shown. text: the value of each of its fields, "" where it has none."""
        return (
            (self.category is None or text("category") == self.category)
            and (self.currency is None or text("currency") == self.currency)
            and (not self.merchant or self._is_merchant(text("merchant")))
            and self._is_day(text("date"))
            and self._is_amount(text("total"))
        )

    def _is_merchant(self, name: str) -> bool:
        wanted, name = self.merchant.casefold(), name.casefold()
        if len(wanted) > 1 and wanted[0] == wanted[-1] == '"':
            return name == wanted[1:-1]
        return wanted in name

    def _is_day(self, value: str) -> bool:
        if self.undated:
            return day_text(value) is None
        if self.first_day is None and self.last_day is None:
            return True
        day = day_text(value)  # compared as text: ISO days sort like days, and ten thousand rows are to be quick
        if day is None or (self.first_day is not None and day < self.first_day.isoformat()):
            return False
        return self.last_day is None or day <= self.last_day.isoformat()

    def _is_amount(self, value: str) -> bool:
        if self.lowest is None and self.highest is None:
            return True
        number = amount_of(value)
        if number is None or (self.lowest is not None and number < self.lowest):
            return False
        return self.highest is None or number <= self.highest


NO_FILTER = RowFilter()
"""Lets every row through."""


def day_text(value: str) -> str | None:
    """The ISO day (ten characters) that a date's value is; None where it is none or empty."""
    group, (_, day) = sort_key("date", value)
    return day[:10] if group == 0 else None


def exactly(merchant: str) -> str:
    """What `RowFilter.merchant` says of just this merchant, and of none whose name only holds it."""
    return f'"{merchant}"'
