"""Chinese taxi receipts: a printed form, and over it a column of values that seldom meets its labels.

The values come in the labels' order (plate, licence, date, on, off, unit price, mileage, waiting, fare), so the
fare is the first amount below the mileage whatever label it lies beside; where a surcharge follows, what was paid is
the sum of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.documents import heads
from paddlescan.extraction.page import Page, Sum
from paddlescan.extraction.rides import KILOMETRES, USUAL_WAITING, WAITING, Ride, distance, waited
from paddlescan.extraction.rows import Line

_BROKEN = re.compile(r"(?<![\d.])(\d{1,4})\s?(?:\.\s?\.|\s[:·])\s?(\d{1,2})(?!\d)")
"""An amount whose point was read as two: =81..50元"""

_LEAST, _MOST = Decimal("0.9"), Decimal("1.25")
"""Of what is usual for a ride: a fare beyond that may be another, since tariffs differ by no more."""


def propose(page: Page) -> Iterator[Candidate]:
    """Each amount below the mileage as the fare; code and number of the head."""
    yield from heads.propose(page)
    mileage = _first(page, KILOMETRES)
    waiting = _first(page, WAITING)
    anchor = max((line.middle for line, _ in (m for m in (mileage, waiting) if m)), default=None)
    if mileage is None or anchor is None:
        return
    sums = sorted((s for s in page.sums if s.amount.decimals), key=lambda s: s.line.middle)
    usual = _usual(sums, mileage, waiting)
    fares = [(s.line, s.amount.printed, s.amount.currency is not None) for s in sums if s.line.middle > anchor]
    fares += [
        (line, f"{match[1]}.{match[2]:0<2}", "元" in line.text)
        for line in page.sheet.lines
        if line.middle > anchor and (match := _BROKEN.search(line.text))
    ]
    fares.sort(key=lambda fare: fare[0].middle)
    values = [Decimal(printed) for _, printed, _ in fares]
    for number, (line, printed, signed) in enumerate(fares):
        value = Decimal(printed)
        fits = usual[0] <= value <= usual[1] if usual else None
        features = {
            "taxi": 1.0,
            "taxi_first": float(number == 0),
            "taxi_sign": float(signed),
            "taxi_fits": float(fits is True),
            "taxi_misfits": float(fits is False),
            "taxi_paid": float(number > 0 and value - Decimal(fares[0][1]) in values[1:number]),
            "zero": float(value == 0),
        }
        kept = {k: v for k, v in features.items() if v}
        far = usual is not None and not usual[0] * _LEAST <= value <= usual[1] * _MOST
        yield Candidate("total", printed, line.text, (line,), kept, ambiguous=far)


def _first(page: Page, pattern: re.Pattern[str]) -> tuple[Line, re.Match[str]] | None:
    for line in page.sheet.lines:
        match = pattern.search(line.text)
        if match:
            return line, match
    return None


def _usual(
    sums: list[Sum], mileage: tuple[Line, re.Match[str]], waiting: tuple[Line, re.Match[str]] | None
) -> tuple[Decimal, Decimal] | None:
    """What such a ride may cost, from and up to: the unit price is the last amount above the mileage."""
    above = [s.amount.value for s in sums if s.line.middle < mileage[0].middle]
    if not above or not 1 <= above[-1] <= 10:
        return None
    return Ride(distance(mileage[1]), above[-1], waited(waiting[1]) if waiting else USUAL_WAITING).fares
