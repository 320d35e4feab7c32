"""The total: every amount is a candidate, and the labels and sums around it speak."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.figures import NET_ROLES, PAID_ROLES, TOTAL_ROLES, Figures, figures_of
from paddlescan.extraction.page import Page, Sum
from paddlescan.extraction.rules.sums import CENT

_MANY = 60
"""Amounts from the foot upwards among which discounts are looked for."""
_NEVER = frozenset({"quantity", "points", "mileage"})


def propose(page: Page) -> Iterator[Candidate]:
    """Every amount as a total, with what speaks for and against it."""
    figures = figures_of(page)
    before, after = _around_discount(page)
    for one in page.sums:
        amount = one.amount
        if amount.decimals == 0 and not amount.currency and (one.role or one.above) not in TOTAL_ROLES:
            continue
        if (one.role in _NEVER and not amount.currency) or amount.value >= 10**9:
            continue
        features = _features(page, figures, one)
        features |= {"before_discount": 1.0} if amount.value in before and _is_total(one) else {}
        features |= {"less_discount": 1.0} if amount.value in after and one.role != "discount" else {}
        signed = f"-{amount.printed}" if amount.negative else amount.printed
        yield Candidate("total", signed, one.line.text, (one.line,), features)


def _is_total(one: Sum) -> bool:
    return (one.role or one.above) in TOTAL_ROLES


def _around_discount(page: Page) -> tuple[set[Decimal], set[Decimal]]:
    """Totals from which a discount is taken off, and what is left of them to pay: no larger total stands below."""
    priced = [one for one in page.sums if one.amount.decimals == 2 and (one.role or one.above)][-_MANY:]
    totals = {one.amount.value for one in priced if _is_total(one) or one.role in NET_ROLES}
    off = {one.amount.value for one in priced if one.role == "discount" and one.amount.value > 0}
    left: set[Decimal] = set()
    largest = Decimal(0)
    for one in reversed(priced):
        largest = max(largest, one.amount.value) if _is_total(one) else largest
        if one.amount.value >= largest and (one.role in PAID_ROLES or _is_total(one)):
            left.add(one.amount.value)
    before = {total for total in totals for discount in off if total - discount in left}
    return before, {total - discount for total in before for discount in off if total - discount in left}


def _features(page: Page, figures: Figures, one: Sum) -> dict[str, float]:
    amount, value = one.amount, one.amount.value
    f = {"bias": 1.0, f"role_{one.role or 'none'}": 1.0, "down": page.sheet.down(one.line)}
    if one.above:
        f[f"above_{one.above}" if one.above in TOTAL_ROLES else "above_other"] = 1.0
    f["height"] = min(max(one.line.height / page.sheet.line_height, 0.5), 2.5) - 1
    flags = {
        "whole": amount.decimals == 0,
        "odd_decimals": amount.decimals not in (0, 2),
        "currency": amount.currency is not None,
        "negative": amount.negative,
        "zero": value == 0,
        "mended": amount.mended,
        "not_last": not one.last,
        "summary": one.in_summary,
        "largest": value == figures.largest,
        "paid_less_change": value in figures.paid_less_change,
        "net_plus_tax": any(abs(value - s) <= CENT for s in figures.net_plus_tax),
        "after_rounding": value in figures.after_rounding,
        "items": value in figures.running,
        "five_cents": page.place.country == "MY" and (value * 100) % 5 == 0,
    }
    f |= {name: 1.0 for name, there in flags.items() if there}
    others = [s for s in figures.places.get(value, ()) if s is not one]
    f["same"] = min(len(others), 3) / 3
    f["same_total"] = float(any((s.role or s.above) in TOTAL_ROLES for s in others))
    f["same_paid"] = float(any(s.role in PAID_ROLES for s in others))
    f["same_unlabelled"] = float(any(s.role is None for s in others))
    return {k: v for k, v in f.items() if v}
