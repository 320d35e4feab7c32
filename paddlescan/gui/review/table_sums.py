"""What the foot of the window says of the rows: how many, and what they come to in each currency."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from paddlescan.gui.review.looks import sums
from paddlescan.gui.review.sheet import ReviewSheet


def sums_line(sheet: ReviewSheet, receipt_ids: Sequence[int], head: str) -> str:
    """`3 selected · 108.00 CNY · no currency 12.00`; empty where there are no rows. head: what the rows are."""
    totals = sums(sheet, receipt_ids)
    last = {"": totals.pop("")} if "" in totals else {}
    words = (sum_words(number, code) for code, number in (totals | last).items())
    return " · ".join((head, *words)) if receipt_ids else ""


def sum_words(number: Decimal, currency: str) -> str:
    """`1,234.50 CNY`, or `no currency 1,234.50`."""
    if currency:
        return f"{number:,.2f} {currency}"
    return QCoreApplication.translate("ReviewTable", "no currency {amount}").format(amount=f"{number:,.2f}")
