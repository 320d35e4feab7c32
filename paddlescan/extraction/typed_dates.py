"""Dates as people type them: 3.5, 2026/3/5, 20260305, 五月三日, 5 Mar 26, yesterday.

Month before day, as Chinese clerks write and as ISO does, where no year stands beside them; a year that is left out is
the one that fits. Where a text can mean several days, all of them are told and none is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from paddlescan.extraction import patterns

DateProblem = Literal["no_date", "no_such_day", "unclear_date", "no_year"]

_OLDEST = 10
"""Years back: a year of two digits is not believed to be older."""
_LONGEST = 60
"""Characters; a longer text is no date."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the receipt and the day say about a date that is not written out."""

    today: date
    """Where the person sits."""
    years: tuple[int, ...] = ()
    """Of other evidence (the invoice number, the reading, the receipts beside it), the strongest first."""
    month_first: bool = False
    """Whether 3/5 is the 5th of March without a doubt, as in China."""


_SEP = r"\s*[-/.]\s*"
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_YEAR_LAST = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}})")
_SHORT = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})")
_SHORT_YEAR = re.compile(r"(\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_MONTH_DAY = re.compile(r"(\d{1,2})(\s*[-/.]\s*|\s*月\s*)(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"\d{4}|\d{6}|\d{8}")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_IDLE = frozenset({"st", "nd", "rd", "th", "of", "de", "the"})
_DAYS_AGO = {
    **dict.fromkeys(("today", "今天", "今日"), 0),
    **dict.fromkeys(("yesterday", "昨天", "昨日"), 1),
    **dict.fromkeys(("the day before yesterday", "day before yesterday", "前天", "前日"), 2),
}
_FIGURES = {
    char: n for n, chars in enumerate(("〇零○", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for char in chars
}
_CHINESE_YEAR = re.compile(rf"[{''.join(_FIGURES)}]{{2,4}}(?=年)")
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十廿卅初]{1,4}(?=[月日号])")


def days_meant(typed: str, around: Around | None) -> tuple[date, ...] | DateProblem:
    """Every day that a text can mean, the likeliest first, or why it means none.

    around: without it, neither a year is added nor one of two digits understood, and no day is called by a word.
    """
    text = plain(typed)
    if len(text) > _LONGEST:
        return "no_date"
    if (ago := _DAYS_AGO.get(text)) is not None:
        return "no_date" if around is None else (around.today - timedelta(days=ago),)
    if found := _YEAR_FIRST.fullmatch(text):
        return _those((_day(*map(int, found.groups())),))
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = map(int, found.groups())
        return _those((_day(year, second, first), _day(year, first, second)))
    if found := _SHORT_YEAR.fullmatch(text):
        return _with_short_years((found.groups(),), around)
    if found := _SHORT.fullmatch(text):
        return _with_short_years(_orders(*found.groups()), around)
    if found := _MONTH_DAY.fullmatch(text):
        return _without_year(int(found[1]), int(found[3]), found[2].strip(), around)
    if _COMPACT.fullmatch(text):
        return _compact(text, around)
    return _worded(text, around) or _iso(text)


def plain(typed: str) -> str:
    """A text with plain figures in place of full-width and Chinese ones, in small letters."""
    text = " ".join(unicodedata.normalize("NFKC", typed).split()).lower().replace("號", "号")
    text = _CHINESE_YEAR.sub(lambda found: "".join(str(_FIGURES[char]) for char in found[0]), text)
    return _CHINESE_NUMBER.sub(lambda found: str(_number(found[0])), text)


def _number(chinese: str) -> int:
    """十 is 10, 十二 is 12, 二十五 and 廿五 are 25, 初五 is 5; 0, which is no month and no day, where it is none."""
    text = chinese.removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or not text:
        return 0
    return (_FIGURES.get(tens, 1) * 10 if ten else 0) + _FIGURES.get(ones, 0)


def _those(days: Iterable[date | None]) -> tuple[date, ...] | DateProblem:
    real = tuple(dict.fromkeys(day for day in days if day is not None))
    return real or "no_such_day"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _orders(first: str, second: str, third: str) -> tuple[tuple[str, ...], ...]:
    """Year, month and day in every order in which people write them; a year has two digits."""
    found = [(third, second, first), (third, first, second)] if len(third) == 2 else []
    return ((first, second, third), *found) if len(first) == 2 else tuple(found)


def _with_short_years(orders: Iterable[tuple[str, ...]], around: Around | None) -> tuple[date, ...] | DateProblem:
    """The days of the last years that years of two digits lead to."""
    found = [_day(2000 + int(year), int(month), int(day)) for year, month, day in orders]
    if around is None:
        return "unclear_date" if any(found) else "no_such_day"
    last = around.today.year + 1
    return _those(day for day in found if day is not None and last - 1 - _OLDEST <= day.year <= last)


def _without_year(first: int, second: int, between: str, around: Around | None) -> tuple[date, ...] | DateProblem:
    """Month and day; the other way round only where they cannot be that, or where a slash leaves it open."""
    straight, turned = _is_day(first, second), _is_day(second, first) and between != "月"
    open_ = between == "/" and straight and turned and first != second and not (around and around.month_first)
    if not straight and not turned:
        return "no_such_day"
    if around is None:
        return "unclear_date" if open_ else "no_year"
    pairs = [(first, second)] if straight else []
    if open_ or not straight:
        pairs.append((second, first))
    return _those(_in_its_year(month, day, around) for month, day in pairs)


def _is_day(month: int, day: int) -> bool:
    return _day(2000, month, day) is not None  # a leap year


def _in_its_year(month: int, day: int, around: Around) -> date | None:
    """The day in a year that other evidence speaks for, else the latest one that is not in the future."""
    for year in (*around.years, *range(around.today.year, around.today.year - 9, -1)):
        found = _day(year, month, day)
        if found is not None and found <= around.today:
            return found
    return None


def _compact(text: str, around: Around | None) -> tuple[date, ...] | DateProblem:
    """Figures alone: 20260305, 05032026, 260305, 0305. A year of four digits is one of our time."""
    if len(text) == 4:
        return _without_year(int(text[:2]), int(text[2:]), "", around)
    if len(text) == 6:
        return _with_short_years(_orders(text[:2], text[2:4], text[4:]), around)
    first, second, last = int(text[:2]), int(text[2:4]), int(text[4:])
    forms = ((int(text[:4]), int(text[4:6]), int(text[6:])), (last, second, first), (last, first, second))
    return _those(_day(*form) for form in forms if 1990 <= form[0] <= 2099)


def _worded(text: str, around: Around | None) -> tuple[date, ...] | DateProblem | None:
    """5 Mar 26, March 5, 5th of May 2026, 2026 May 3; None where no month is named."""
    words = [word for word in _WORDS.findall(text) if word not in _IDLE]
    names = [word for word in words if not word.isdecimal()]
    numbers = [word for word in words if word.isdecimal()]
    month = patterns.months().get(names[0]) if len(names) == 1 else None
    if month is None or not 1 <= len(numbers) <= 2 or any(len(number) == 3 for number in numbers):
        return None
    if len(numbers) == 1:
        day = int(numbers[0])
        if around is None or not _is_day(month, day):
            return "no_year" if _is_day(month, day) else "no_such_day"
        return _those((_in_its_year(month, day, around),))
    first, second = numbers if len(numbers[0]) <= 2 else reversed(numbers)
    if len(second) == 2:
        return _with_short_years(((second, str(month), first),), around)
    return _those((_day(int(second), month, int(first)),))


def _iso(text: str) -> tuple[date, ...] | DateProblem:
    try:
        return (datetime.fromisoformat(text.upper()).date(),)
    except ValueError:
        return "no_date"
