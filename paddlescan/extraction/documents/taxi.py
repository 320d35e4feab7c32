"""Chinese taxi receipts: a printed form, and over it a column of values that seldom meets its labels.

The values come in the labels' order (plate, licence, date, on, off, unit price, mileage, waiting, fare), so the
fare is the first amount below the mileage whatever label it lies beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.page import Page, Sum
from paddlescan.extraction.rows import Line

_MILEAGE = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,2})?)\s?(?:KM|公里|千米)", re.IGNORECASE)
_WAITING = re.compile(r"(?<!\d)\d\d:\d\d:\d\d(?!\d)")


def propose(page: Page) -> Iterator[Candidate]:
    """Each amount below the mileage as the fare."""
    mileage = _first(page, _MILEAGE)
    waiting = _first(page, _WAITING)
    anchor = max((line.middle for line, _ in (m for m in (mileage, waiting) if m)), default=None)
    sums = sorted((s for s in page.sums if s.amount.decimals), key=lambda s: s.line.middle)
    sums = [s for s in sums if not _MILEAGE.search(s.line.text)]
    if mileage is None or anchor is None:
        return
    unit = _unit_price(sums, mileage[0].middle)
    for number, one in enumerate(s for s in sums if s.line.middle > anchor):
        features = {"taxi": 1.0, "taxi_first": float(number == 0), "zero": float(one.amount.value == 0)}
        features["taxi_sign"] = float(one.amount.currency is not None)
        fits = _fits(one.amount.value, unit, mileage[1])
        features["taxi_fits"], features["taxi_misfits"] = float(fits is True), float(fits is False)
        yield Candidate(
            "total", one.amount.printed, one.line.text, (one.line,), {k: v for k, v in features.items() if v}
        )


def _first(page: Page, pattern: re.Pattern[str]) -> tuple[Line, str] | None:
    for line in page.sheet.lines:
        match = pattern.search(line.text)
        if match:
            return line, match[match.lastindex or 0]
    return None


def _unit_price(sums: list[Sum], mileage_at: float) -> Decimal | None:
    """The last amount above the mileage."""
    above = [s.amount.value for s in sums if s.line.middle < mileage_at]
    return above[-1] if above else None


def _fits(fare: Decimal, unit: Decimal | None, mileage: str) -> bool | None:
    """Whether a fare is what that distance may cost, flag fall, waiting and night rates included; None: unknown."""
    if unit is None or not 1 <= unit <= 10:
        return None
    distance = unit * Decimal(mileage)
    return distance * Decimal("0.7") <= fare <= distance * 2 + 40
