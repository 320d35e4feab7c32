"""A date that can be, and a currency that is the country's."""

from __future__ import annotations

from datetime import timedelta

from paddlescan.extraction.rules.numbers import COUNTRY, READ_ON
from paddlescan.extraction.rules.rule import Facts, Rule, Values, Verdict
from paddlescan.extraction.rules.values import date_of

EARLIEST = 1990
"""Nobody hands in older receipts; what looks older is a number."""
CURRENCIES = "currencies"
"""Fact: the currencies that the page's country and its printed signs allow, set apart by spaces."""


def _date(values: Values, facts: Facts) -> Verdict | None:
    day, read_on = date_of(values.get("date", "")), date_of(facts.get(READ_ON, ""))
    if day is None or read_on is None:
        return None
    figures = (("date", day.isoformat()),)
    if day > read_on + timedelta(days=1):  # it may be tomorrow already where the receipt comes from
        return Verdict(False, "future", figures)
    return Verdict(False, "old", figures) if day.year < EARLIEST else Verdict(True, "possible", figures)


def _currency(values: Values, facts: Facts) -> Verdict | None:
    currency, allowed = values.get("currency", "").strip().upper(), facts.get(CURRENCIES, "").split()
    if not currency or not allowed:
        return None
    fits = currency in allowed
    figures = (("currency", currency), ("usual", allowed[0]), (COUNTRY, facts.get(COUNTRY, "")))
    return Verdict(fits, "fits" if fits else "differs", figures)


DATE = Rule("date_is_possible", ("date",), _date, proves=False)
CURRENCY = Rule("currency_fits_country", ("currency",), _currency, proves=False)
