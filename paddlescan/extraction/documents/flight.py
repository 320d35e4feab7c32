"""Flight itineraries: a table of flights, a row of sums, and below them the ticket's number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.dates import FoundDate, make
from paddlescan.extraction.documents.passengers import simplified
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line

_AIRPORT = re.compile(r"([\u4e00-\u9fff]{2,6})\s?(?:T\d)?\s?([A-Z]{3})(?:\s?T\d)?(?![A-Z])")
_NO_AIRPORT = frozenset({"CNY", "XXX", "TAX", "ALL", "NON", "YQF"})
_CITY = re.compile(r"[\u4e00-\u9fff]{2,6}")
_FROM_TO = re.compile(r"^(?:自|至|从|到)?\s?(?:FROM|TO)?\s?:?\s?(?=[\u4e00-\u9fff])")
_FLIGHT = re.compile(r"(?<![A-Z0-9])((?:[A-Z]{2}|[A-Z]\d|\d[A-Z])\d{3,4})(?!\d)")
_TICKET = re.compile(r"(?<!\d)(\d{3})\s?-?\s?(\d{10})(?!\d)")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAY = re.compile(rf"(?<!\d)([0-3]?\d)\s?({'|'.join(_MONTHS)})(?![A-Z])")
_HEAD = ("航班号", "承运人", "座位等级", "FLIGHT")
_FOOT = ("票价", "民航发展基金", "FARE")
_BELOW = ("客票号", "E-TICKET NO", "验证码", "销售单位", "销售网点", "填开单位")


def propose(page: Page) -> Iterator[Candidate]:
    """Flights, days, places and the ticket's number; the total is the sum that the others of its row make."""
    table = _table(page)
    yield from _places(page, table)
    for number, (line, match) in enumerate((m, f) for m in table for f in _FLIGHT.finditer(m.text.upper())):
        yield Candidate("train_number", match[1], match[1], (line,), {"flight": 1.0 / (1 + number)})
    for number, (line, value, printed) in enumerate(_days(page, table)):
        features = {"flown": 1.0, "flown_again": float(number > 0)}
        yield Candidate("date", value.isoformat(), printed, (line,), {k: v for k, v in features.items() if v})
    yield from _sums(page)
    if not any(re.search(r"(?<!\d)\d{20}(?!\d)", line.text) for line in page.sheet.lines):
        for line in page.sheet.lines:
            if ticket := _TICKET.search(line.text):
                yield Candidate("invoice_number", ticket[1] + ticket[2], ticket[0], (line,), {"eticket": 1.0})


def _table(page: Page) -> tuple[Line, ...]:
    """The lines between the heads of the table and the labels of the sums; all of them where there are no heads."""
    heads = [m.middle for m in page.sheet.lines if any(word in m.text for word in _HEAD)]
    feet = [m.middle for m in page.sheet.lines if any(word in m.text for word in _FOOT)]
    top = min(heads, default=page.sheet.top)
    bottom = min((y for y in feet if y > top + page.sheet.line_height), default=page.sheet.bottom)
    return tuple(m for m in page.sheet.lines if top < m.middle < bottom)


def _places(page: Page, table: tuple[Line, ...]) -> Iterator[Candidate]:
    """The first two places that an airport's three letters follow, from top to bottom."""
    found: list[tuple[Line, str]] = []
    for line in sorted(table, key=lambda m: m.middle):
        text = line.text.upper()
        for match in _AIRPORT.finditer(text[_from_to(text) :]):
            if match[2] not in _NO_AIRPORT:
                found.append((line, match[1]))
    for left, right in pairwise(table):
        code = re.fullmatch(r"\s?([A-Z]{3})(?:\s?T\d)?\s?", right.text)
        text = left.text.upper()
        city = _CITY.fullmatch(text[_from_to(text) :].strip())
        if code and city and left.row == right.row and code[1] not in _NO_AIRPORT:
            found.append((left, city[0]))
    found.sort(key=lambda f: f[0].middle)
    for field, wanted in (("origin_station", 0), ("destination_station", 1)):
        for number, (line, name) in enumerate(found[:6]):
            features = {"airport": 1.0, "on_route": 1.0} if number == wanted else {"airport": 0.3}
            yield Candidate(field, simplified(name), name, (line,), features)


def _from_to(text: str) -> int:
    match = _FROM_TO.match(text)
    return match.end() if match else 0


def _days(page: Page, table: tuple[Line, ...]) -> Iterator[tuple[Line, date, str]]:
    """The days of the flights from top to bottom. A day without a year is the one nearest to another date."""
    inside = {line.index for line in table}
    full: dict[int, FoundDate] = {}
    for at, first in page.dates:
        if at.index in inside:
            full.setdefault(at.index, first)
    others = [found.value for _, found in page.dates]
    days: list[tuple[Line, date, str]] = []
    for line in sorted(table, key=lambda m: m.middle):
        if whole := full.get(line.index):
            days.append((line, whole.value, line.text[whole.start : whole.end]))
        elif others and (match := _DAY.search(line.text.upper())):
            value = _nearest(int(match[1]), _MONTHS.index(match[2]) + 1, others[-1], page.today)
            if value:
                days.append((line, value, match[0]))
    yield from days


def _nearest(day: int, month: int, to: date, today: date) -> date | None:
    """The date of that day which is nearest to another, and not in the future."""
    years = (make(to.year + step, month, day, today) for step in (-1, 0, 1))
    return min((value for value in years if value), key=lambda v: abs(v - to), default=None)


def _sums(page: Page) -> Iterator[Candidate]:
    """Of the sums below the table, the one that all others make is the total; the rightmost is likely."""
    top = min((m.middle for m in page.sheet.lines if any(word in m.text for word in _FOOT)), default=page.sheet.top)
    below = (m.top for m in page.sheet.lines if m.middle > top and any(word in m.text for word in _BELOW))
    bottom = min(below, default=page.sheet.bottom)
    sums = [s for s in page.sums if s.amount.decimals == 2 and s.amount.value and top <= s.line.middle < bottom]
    whole = sum(s.amount.value for s in sums)
    right = max((s.line.left for s in sums), default=0.0)
    for one in sums:
        adds = len(sums) > 1 and whole == 2 * one.amount.value
        last = one.amount.currency is not None and one.line.left == right
        features = {name: 1.0 for name, there in (("fare_adds", adds), ("fare_last", last)) if there}
        if features:
            yield Candidate("total", one.amount.printed, one.line.text, (one.line,), features)
