"""Which country a page comes from: it decides the currency and how dates are written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from paddlescan.extraction import labels, patterns
from paddlescan.extraction.amounts import find_amounts
from paddlescan.extraction.rows import Line, Sheet
from paddlescan.extraction.text import TRADITIONAL, fold


@dataclass(frozen=True, slots=True)
class Place:
    """Evidence of the country: its words on the page, and the currency signs printed."""

    country: str | None
    order: str
    """dmy, mdy or ymd; dmy where nothing is known."""
    sure: bool
    """Whether the order has evidence."""
    currency: str | None
    """ISO 4217."""
    currency_score: float
    """How many signs and words speak for the currency, more than for the next."""
    line: Line | None
    """Where the currency's sign stands first."""
    text: str | None = field(repr=False)
    """The sign or word as printed."""


def _signs(sheet: Sheet) -> tuple[Counter[str], dict[str, Line]]:
    signs: Counter[str] = Counter()
    first: dict[str, Line] = {}
    for line in sheet.lines:
        for amount in find_amounts(line.text):
            if amount.currency:
                signs[amount.currency] += 1
                first.setdefault(amount.currency, line)
    return signs, first


def _bare_signs(sheet: Sheet) -> tuple[Counter[str], dict[str, Line]]:
    """Signs that stand alone: (RM), Price ($), 元."""
    signs: Counter[str] = Counter()
    first: dict[str, Line] = {}
    whole = "\n".join(line.text for line in sheet.lines)
    printed = [(s, code) for s, code in patterns.money().signs if (len(s) > 1 or not s.isascii()) and s in whole]
    for line in sheet.lines:
        text = line.text
        for sign, code in printed:
            place = text.find(sign)
            if place < 0:
                continue
            after = text[place + len(sign) : place + len(sign) + 1]
            before = text[place - 1 : place] if place else ""
            if sign.isascii() and (before.isalpha() or after.isalpha()):
                continue
            signs["¥" if sign == "¥" else code] += 1
            first.setdefault(code, line)
    return signs, first


def _country_words(sheet: Sheet) -> Counter[str]:
    """How often each country's words stand on the page, one word at most three times."""
    seen: Counter[tuple[str, str]] = Counter()
    for line in sheet.lines:
        for label in labels.find(line.text, patterns.country_words()):
            printed = line.text[label.start : label.end]
            mainland = printed.translate(TRADITIONAL) == printed
            seen.update((country, fold(printed).text) for country in label.tokens if mainland or country != "CN")
    text = "\n".join(line.text for line in sheet.lines)
    for country, shape in patterns.country_shapes():
        if country in patterns.money().countries:
            seen[country, shape.pattern] += sum(1 for _ in islice(shape.finditer(text), 3))
    words: Counter[str] = Counter()
    for (country, _), count in seen.items():
        words[country] += min(count, 3)
    return words


def find_place(sheet: Sheet) -> Place:
    """Weigh words and currency signs. A page without any is of no country."""
    money = patterns.money()
    words = _country_words(sheet)
    signs, first = _signs(sheet)
    bare, bare_first = _bare_signs(sheet)
    for name, (own, _) in money.countries.items():
        words[name] += 2 * min(signs[own] + bare[own], 3)
    best, score = max(words.items(), key=lambda kv: kv[1], default=("", 0))
    country = best if score else None
    resolved: Counter[str] = Counter()
    where: dict[str, Line] = {}
    for sign, count in (signs + bare).items():
        code = {"$": money.dollar.get(country or "", "USD"), "¥": "JPY" if country == "JP" else "CNY"}.get(sign, sign)
        resolved[code] += 2 * count
        for line in (first.get(sign), bare_first.get(sign)):
            if line is not None:
                where.setdefault(code, line)
    if country is not None:
        resolved[money.countries[country][0]] += min(score, 4)
    ranked = resolved.most_common(2)
    currency = ranked[0][0] if ranked else None
    margin = float(ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0)) if ranked else 0.0
    if country is None and currency is not None:
        country = next((n for n, c in money.countries.items() if c[0] == currency and currency != "EUR"), None)
    order = money.countries[country][1] if country else "dmy"
    line = where.get(currency) if currency else None
    return Place(country, order, country is not None, currency, margin, line, None)
