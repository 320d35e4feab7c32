"""What a receipt and the ones beside it say about a date that is not written out. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from paddlescan.document import Language
from paddlescan.extraction.rules import date_of
from paddlescan.extraction.rules.numbers import year_of_number
from paddlescan.extraction.typed import Around
from paddlescan.store import ReceiptLine, ReceiptRow

NEAR = 30
"""Receipts on either side that are asked: what is handed in together is of one time."""
_ENOUGH = 3
"""Dates that make a year the usual one, where most of them are of it."""
_CHINESE = frozenset({"CNY", "HKD", "TWD"})


def around(row: ReceiptRow, beside: Iterable[ReceiptLine], language: Language, today: date | None = None) -> Around:
    """The years that speak for a date of this receipt, and whether its month stands first.

    language: of the window. today: for tests; else the day where the window is.
    """
    values = row.values
    currency = values["currency"].value if "currency" in values else ""
    chinese = "zh" in (language, row.language) or currency in _CHINESE
    return Around(today or date.today(), _years(row, beside), chinese)


def _years(row: ReceiptRow, beside: Iterable[ReceiptLine]) -> tuple[int, ...]:
    """Of the invoice number, then as it was read, unless all receipts beside it are of another year."""
    number = row.values.get("invoice_number")
    told = year_of_number(number.value) if number is not None else None
    read = row.values.get("date")
    own = [] if read is None else [day.year for text in (read.value, *read.candidates) if (day := date_of(text))]
    others = Counter(day.year for other in beside if (day := _sure_day(other)) is not None)
    year, count = others.most_common(1)[0] if others else (0, 0)
    usual = [year] if count >= _ENOUGH and 3 * count >= 2 * others.total() else []
    known = [y for y in own if y in others or not usual]
    return tuple(dict.fromkeys(([told] if told else []) + known + usual))


def _sure_day(line: ReceiptLine) -> date | None:
    return None if "date" in line.doubtful else date_of(line.value("date"))
