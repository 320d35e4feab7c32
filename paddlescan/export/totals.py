"""Sums of the amounts of a sheet, one a currency: a sum over several would be a lie."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export.cells import clean_text
from paddlescan.export.columns import is_odd, kind, typed
from paddlescan.words import sheet_words

_CODE = re.compile(r"[A-Z]{3}", re.ASCII)


@dataclass(slots=True)
class Sum:
    """The sums of the receipts in one currency."""

    currency: str
    """As the receipts say it; empty: they do not."""
    amounts: dict[str, Decimal] = field(default_factory=dict, repr=False)
    """By field; a field that no receipt has is left out."""
    receipts: int = 0
    copies: int = 0
    """Receipts among them that were seen before."""
    doubtful: dict[str, int] = field(default_factory=dict)
    """Doubtful amounts in the sums, by field."""
    odd: dict[str, int] = field(default_factory=dict)
    """What is no number and so not in the sums, by field."""

    @property
    def is_code(self) -> bool:
        """Whether the currency is said by a code of ISO 4217's form."""
        return bool(_CODE.fullmatch(self.currency))


class Totals:
    """Adds receipts up as they go by."""

    def __init__(self, keys: Sequence[str]) -> None:
        """keys: of a sheet's columns; those that hold amounts are summed."""
        self.keys = tuple(key for key in keys if kind(key) == "amount")
        self._sums: dict[str, Sum] = {}

    def add(self, row: ExportRow) -> int:
        """Count a receipt in; returns the number of its currency, from 1 on in the order of appearance."""
        currency = clean_text(row.receipt.value("currency")).strip()
        found = self._sums.setdefault(currency, Sum(currency))
        found.receipts += 1
        found.copies += row.duplicate_of is not None
        for key in self.keys:
            read = row.receipt.field(key)
            amount = typed(read.value, "amount") if read is not None else ""
            if isinstance(amount, Decimal):
                found.amounts[key] = found.amounts.get(key, Decimal(0)) + amount
                if read is not None and read.doubtful:
                    found.doubtful[key] = found.doubtful.get(key, 0) + 1
            elif is_odd(amount, "amount"):
                found.odd[key] = found.odd.get(key, 0) + 1
        return list(self._sums).index(currency) + 1

    def sums(self) -> tuple[Sum, ...]:
        """The sums so far, in the order in which their currencies appeared; that of no currency comes last.

        What says no currency and has no amounts either (a page that failed) makes no sum of its own.
        """
        found = [each for each in self._sums.values() if each.currency or each.amounts or each.odd]
        return tuple(sorted(found, key=lambda each: not each.currency))

    def number_of(self, found: Sum) -> int:
        """What `add` returned for the receipts of a sum."""
        return list(self._sums).index(found.currency) + 1


def label_place(keys: Sequence[str]) -> int | None:
    """In which column of a row of sums its label stands: the first for neither amounts nor pictures."""
    return next((n for n, key in enumerate(keys) if kind(key) not in ("amount", "picture")), None)


def label(found: Sum, several: bool, language: Language) -> str:
    """What stands before a sum. several: whether there are others."""
    if not several:
        return sheet_words("total", language)
    if not found.currency:
        return sheet_words("total_unknown", language)
    return sheet_words("total_in", language, currency=found.currency)


def remarks(found: Sum, key: str, language: Language) -> list[str]:
    """What a reader of a sum should know: what is in it that is not sure, and what is not in it."""
    counts = (
        ("copies_in_sum", found.copies if key in found.amounts else 0),
        ("doubt_in_sum", found.doubtful.get(key, 0)),
        ("not_in_sum", found.odd.get(key, 0)),
    )
    return [sheet_words(name, language, count=count) for name, count in counts if count]
