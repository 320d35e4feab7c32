"""Rules that a receipt's fields must pass; what they say raises or lowers the belief in the fields they bind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from paddlescan.document import Check, Field
from paddlescan.extraction.capitals import parse_capitals
from paddlescan.extraction.figures import Figures
from paddlescan.extraction.page import Page
from paddlescan.extraction.rules import ROUNDING, capitals, net_plus_tax

_SURE = 0.97
"""The least confidence in a field that a check confirms."""
_SHAKEN = 0.5
"""The most confidence in a field that something on the page contradicts."""


def check(page: Page, fields: tuple[Field, ...]) -> tuple[tuple[Field, ...], tuple[Check, ...]]:
    """The fields with their belief moved by the checks, and the checks that could be made."""
    by_name = {f.name: f for f in fields}
    figures = Figures(page)
    checks: list[Check] = []
    for found, bound in (_net_plus_tax(page, by_name, figures), _capitals(page, by_name)):
        if found is None:
            continue
        checks.append(found)
        for name in bound:
            by_name[name] = _confirmed(by_name[name]) if found.passed else _shaken(by_name[name])
    if not any(c.passed for c in checks) and _paid_otherwise(by_name, figures):
        by_name["total"] = _shaken(by_name["total"])
    return tuple(by_name[f.name] for f in fields), tuple(checks)


def _confirmed(field: Field) -> Field:
    return replace(field, confidence=max(field.confidence, _SURE), doubtful=False)


def _shaken(field: Field) -> Field:
    return replace(field, confidence=min(field.confidence, _SHAKEN), doubtful=True)


def _amount(by_name: Mapping[str, Field], name: str) -> Decimal | None:
    try:
        return Decimal(by_name[name].value) if name in by_name else None
    except InvalidOperation:
        return None


def _net_plus_tax(page: Page, by_name: Mapping[str, Field], figures: Figures) -> tuple[Check | None, tuple[str, ...]]:
    """Net and tax make the total, to within the rounding of cash where the page rounds.

    A net that equals the total has its tax inside. And where what is missing stands on the page itself (service, a
    discount, goods of another rate, an older balance), net and tax are no whole: no check is made then.
    """
    net, tax, total = (_amount(by_name, name) for name in ("subtotal", "tax", "total"))
    if net is None or tax is None or total is None or abs(net - total) <= ROUNDING:
        return None, ()
    off = net + tax - total
    rounds = _rounds(page, figures)
    comes_out = abs(off) <= (ROUNDING if rounds else 0)
    if not comes_out and tax == 0:
        return None, ()
    if not comes_out and any(abs(value - abs(off)) <= ROUNDING for value in figures.places if value):
        return None, ()
    return net_plus_tax(net, tax, total, rounds), ("subtotal", "tax", "total")


def _rounds(page: Page, figures: Figures) -> bool:
    return page.place.country == "MY" or bool(figures.by_role.get("rounding")) or bool(figures.by_role.get("rounded"))


def _capitals(page: Page, by_name: Mapping[str, Field]) -> tuple[Check | None, tuple[str, ...]]:
    """The total written out in Chinese capitals is the total in figures."""
    total = _amount(by_name, "total")
    spelt = {v for line in page.sheet.lines if (v := parse_capitals(line.text)) is not None}
    if total is None or len(spelt) != 1:
        return None, ()
    return capitals(spelt.pop(), total), ("total",)


def _paid_otherwise(by_name: Mapping[str, Field], figures: Figures) -> bool:
    """Whether what was paid less the change is no such total: one of the figures was misread."""
    total = _amount(by_name, "total")
    if total is None or not figures.paid_less_change:
        return False
    paid = figures.paid_less_change | {v for role in ("cash", "card") for v in figures.by_role.get(role, ())}
    return not any(abs(value - total) <= ROUNDING for value in paid)
