"""Dates of the world in a line of text, also glued to a time or a label."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from paddlescan.extraction import patterns
from paddlescan.extraction.rules.days import EARLIEST


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a line of plain text, from `start` up to `end`."""

    value: date = field(repr=False)
    start: int
    end: int
    form: str
    """`ymd`, `words`, `numeric`, `compact`, `broken`, `misread` or `roc`."""
    other: date | None = None
    """What it is with day and month the other way round, where that is a date too."""
    short_year: bool = False
    timed: bool = False
    """A time of day follows at once."""


_TIME = r"(?=\D|$|\d{1,2}:\d\d)"
_SEP = r"\s?[-/.~]\s?"
_YMD = re.compile(rf"(?<!\d)((?:19|20)\d\d)(?:(?P<sep>\s?[-/.~]\s?))(\d{{1,2}})(?P=sep)(\d\d|\d(?!\d)){_TIME}")
_CHINESE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日曰口号號]?")
_CHINESE_SHORT = re.compile(r"(?<!\d)(\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日曰号號]")
_ROC = re.compile(r"(?:民國|民国|(?<!\d))(1[01]\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日?")
_NUMERIC4 = re.compile(rf"(?<![\d.])(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}((?:19|20)\d\d){_TIME}")
_NUMERIC2 = re.compile(
    r"(?:(?<![\d./-])|(?<=\d:\d\d))(\d{1,2})(?:[-~](\d{1,2})[-~]|/(\d{1,2})/|\.(\d{1,2})\.)(\d\d)"
    r"(?=[^\d./-]|$|[./-](?!\d)|\d{1,2}:\d\d)"
)
_SHORT_YMD = re.compile(r"(?<![\d./-])(\d\d)[-/](\d\d)[-/](\d\d)(?=[^\d./-]|$)")
_BROKEN = re.compile(r"(?<![\d./-])(\d\d)(?:[-/.](\d\d)|(\d\d)[-/.])(20\d\d|\d\d)(?=[^\d./-]|$)")
"""A separator was not read: 2703/2018, 0502-18."""
_COMPACT = re.compile(r"(?<!\d)(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


@cache
def _worded() -> tuple[re.Pattern[str], re.Pattern[str]]:
    month = "|".join(sorted((re.escape(m) for m in patterns.months()), key=len, reverse=True))
    sep = r"[\s.,/'-]{0,3}"
    year = rf"((?:19|20)\d\d{_TIME}|\d\d(?!\d|[.,]\d)|\d\d(?=\d\d:\d\d))"
    day = r"(?:(?<!\d)|(?<=\d{6})(?=\d\d[^\d]))(\d{1,2})(?:st|nd|rd|th|er)?(?:\s?(?:de|of)\s)?"
    day_first = rf"{day}{sep}({month})(?![a-z]{{2}}){sep}(?:de\s|of\s)?{year}"
    month_first = (
        rf"(?<![a-z])({month}){sep}(\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s|\.\s?|'){{1,2}}((?:19|20)\d\d{_TIME})"
    )
    return re.compile(day_first), re.compile(month_first)


def make(year: int, month: int, day: int, today: date) -> date | None:
    """A date if it exists and is neither too old nor in the future (one day of time zones allowed)."""
    if year < 100:
        year += 2000 if year <= (today.year + 1) % 100 else 1900
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return value if year >= EARLIEST and value <= today + timedelta(days=1) else None


def _fixed(text: str, today: date) -> list[FoundDate]:
    """Year, month and day in an order that the form itself says."""
    found = []
    forms = (
        (_CHINESE, "ymd", 0),
        (_YMD, "ymd", 0),
        (_ROC, "roc", 1911),
        (_CHINESE_SHORT, "ymd", 0),
        (_COMPACT, "compact", 0),
    )
    for pattern, form, offset in forms:
        for match in pattern.finditer(text):
            year, month, day = (int(g) for g in match.groups() if g.isdigit())
            year += offset
            value = make(year, month, day, today)
            if value:
                found.append(FoundDate(value, match.start(), match.end(), form))
            elif form == "ymd" and year > today.year:
                found.extend(_misread_year(match, year, month, day, today))
    return found


YEAR_LIKE = {"9": "4", "8": "03", "7": "14", "6": "05", "5": "6", "4": "9", "3": "8"}
"""Digits that printers and recognisers mix up, for years that cannot be."""


def _misread_year(match: re.Match[str], year: int, month: int, day: int, today: date) -> list[FoundDate]:
    """What a year in the future may have been: its last digit taken for its look-alikes. Never certain."""
    head, last = str(year)[:3], str(year)[3]
    values = (make(int(head + digit), month, day, today) for digit in YEAR_LIKE.get(last, ""))
    return [FoundDate(value, match.start(), match.end(), "misread") for value in values if value]


_ZERO_IN_WORD = re.compile(r"(?<![\d.,])0(?=[a-z]{2})")


def _in_words(text: str, today: date) -> list[FoundDate]:
    lowered = "".join(unicodedata.normalize("NFKD", c)[0] if ord(c) > 127 else c for c in text.lower())
    lowered = _ZERO_IN_WORD.sub("o", lowered)
    day_first, month_first = _worded()
    months = patterns.months()
    found = []
    for match in day_first.finditer(lowered):
        value = make(int(match[3]), months[match[2]], int(match[1]), today)
        if value:
            found.append(FoundDate(value, match.start(), match.end(), "words", short_year=len(match[3]) == 2))
    for match in month_first.finditer(lowered):
        value = make(int(match[3]), months[match[1]], int(match[2]), today)
        if value:
            found.append(FoundDate(value, match.start(), match.end(), "words"))
    return found


def _numeric(text: str, order: str, today: date) -> list[FoundDate]:
    """Two numbers and a year: which is the day, `order` (dmy or mdy) says where both could be."""
    found = []
    for match in (*_NUMERIC4.finditer(text), *_NUMERIC2.finditer(text)):
        groups = [g for g in match.groups() if g]
        first, second, year = (int(g) for g in groups)
        day_first, month_first = make(year, second, first, today), make(year, first, second, today)
        value, other = (month_first, day_first) if order == "mdy" else (day_first, month_first)
        value, other = (value, other) if value else (other, None)
        if value:
            ends = match.end()
            found.append(
                FoundDate(value, match.start(), ends, "numeric", other if other != value else None, len(groups[2]) == 2)
            )
    if not found:
        for match in _SHORT_YMD.finditer(text):
            value = make(int(match[1]), int(match[2]), int(match[3]), today)
            if value:
                found.append(FoundDate(value, match.start(), match.end(), "ymd", short_year=True))
    if not found:
        for match in _BROKEN.finditer(text):
            first, second, year = int(match[1]), int(match[2] or match[3]), int(match[4])
            if year < 100 and "." in match[0]:
                continue  # 1903.00 is an amount
            value = make(year, first, second, today) if order == "mdy" else make(year, second, first, today)
            if value:
                found.append(FoundDate(value, match.start(), match.end(), "broken", short_year=year < 100))
    return found


_FIGURES = re.compile(r"\d\D{0,20}\d\D{0,20}\d")
"""No date has fewer, nor wider apart."""
_CLOCK = re.compile(r"[\s,T(-]{0,3}\d{1,2}[:.]\d\d")


@lru_cache(maxsize=2048)
def find_dates(text: str, order: str, today: date) -> tuple[FoundDate, ...]:
    """All dates of a line of plain text that could be a receipt's; none in the future.

    order: `dmy`, `mdy` or `ymd`: how the page's country writes 03/04/2018 (ymd counts as dmy there).
    """
    if _FIGURES.search(text) is None:
        return ()
    found = _fixed(text, today) + _in_words(text, today) + _numeric(text, order, today)
    kept: list[FoundDate] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(one.end <= k.start or one.start >= k.end or one.form == k.form == "misread" for k in kept):
            timed = bool(_CLOCK.match(text, one.end))
            kept.append(FoundDate(one.value, one.start, one.end, one.form, one.other, one.short_year, timed))
    return tuple(sorted(kept, key=lambda f: f.start))
