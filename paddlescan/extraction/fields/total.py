"""The amounts of the foot of a receipt: total, subtotal and tax."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.page import Page, Sum

_CENT = Decimal("0.01")
TOTAL_ROLES = frozenset({"total", "payable", "rounded", "total_incl", "total_within", "tax_incl", "cash_total"})
_PAID_ROLES = frozenset({"card", "cash"})
_NEVER = frozenset({"quantity", "points", "mileage"})
_TAX_ROLES = frozenset({"tax", "total_tax", "tax_amount"})
_NET_ROLES = frozenset({"subtotal", "total_excl", "excl"})


class Figures:
    """The page's amounts by role, for the sums that must come out."""

    def __init__(self, page: Page) -> None:
        self.by_role: dict[str, list[Decimal]] = defaultdict(list)
        self.places: dict[Decimal, list[Sum]] = defaultdict(list)
        for one in page.sums:
            if one.amount.decimals == 0 and not one.amount.currency:
                continue
            value = -one.amount.value if one.amount.negative else one.amount.value
            role = one.role or one.above
            if role:
                self.by_role[role].append(value)
            self.places[one.amount.value].append(one)
        self.largest = max(
            (v for v, where in self.places.items() if any(s.role not in _PAID_ROLES | {"change"} for s in where)),
            default=Decimal(0),
        )
        self.paid_less_change = {
            paid - change
            for paid in self.by_role["cash"] + self.by_role["card"]
            for change in self.by_role["change"]
            if paid > change
        }
        nets = self.by_role["subtotal"] + self.by_role["total_excl"] + self.by_role["total"] + self.by_role["excl"]
        taxes = self.by_role["tax"] + self.by_role["total_tax"] + self.by_role["tax_amount"] + self.by_role["service"]
        self.net_plus_tax = {net + tax for net in nets[:20] for tax in taxes[:20] if tax > 0}
        rounded_from = nets + self.by_role["total_incl"] + self.by_role["payable"]
        self.after_rounding = {
            base + sign * step
            for base in rounded_from[:20]
            for step in self.by_role["rounding"][:5]
            for sign in (1, -1)
            if 0 < abs(step) < Decimal("0.06")
        }
        self.running = _running_sums(page)


def _running_sums(page: Page) -> frozenset[Decimal]:
    """Sums of the first two, three, ... amounts that end a row and have no label: the items, one after another."""
    total, found, count = Decimal(0), set(), 0
    for one in page.sums:
        if one.last and one.role in (None, "amount") and one.amount.decimals == 2 and not one.in_summary:
            total += -one.amount.value if one.amount.negative else one.amount.value
            count += 1
            if count >= 2:
                found.add(total)
    return frozenset(found)


def propose(page: Page) -> Iterator[Candidate]:
    """Every amount as a total, with what speaks for and against it; the labelled ones as subtotal and tax too."""
    figures = Figures(page)
    for one in page.sums:
        amount = one.amount
        if amount.decimals == 0 and not amount.currency and (one.role or one.above) not in TOTAL_ROLES:
            continue
        if (one.role in _NEVER and not amount.currency) or amount.value >= 10**9:
            continue
        features = _features(page, figures, one)
        signed = f"-{amount.printed}" if amount.negative else amount.printed
        yield Candidate("total", signed, one.line.text, (one.line,), features)
        yield from _parts(page, figures, one)


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
        "net_plus_tax": any(abs(value - s) <= _CENT for s in figures.net_plus_tax),
        "after_rounding": value in figures.after_rounding,
        "items": value in figures.running,
        "five_cents": page.place.country == "MY" and (value * 100) % 5 == 0,
    }
    f |= {name: 1.0 for name, there in flags.items() if there}
    others = [s for s in figures.places[value] if s is not one]
    f["same"] = min(len(others), 3) / 3
    f["same_total"] = float(any((s.role or s.above) in TOTAL_ROLES for s in others))
    f["same_paid"] = float(any(s.role in _PAID_ROLES for s in others))
    f["same_unlabelled"] = float(any(s.role is None for s in others))
    return {k: v for k, v in f.items() if v}


def _parts(page: Page, figures: Figures, one: Sum) -> Iterator[Candidate]:
    """Subtotal and tax: only what a label says."""
    role = one.role or one.above
    if one.amount.decimals == 0 and not one.amount.currency:
        return
    value = one.amount.value
    totals = [v for r in TOTAL_ROLES for v in figures.by_role[r]]
    common = {
        "bias": 1.0,
        "above": float(one.role is None),
        "summary": float(one.in_summary),
        "not_last": float(not one.last),
        "zero": float(value == 0),
    }
    same = float(len(figures.places[value]) > 1)
    if role in _TAX_ROLES:
        nets = [v for r in _NET_ROLES for v in figures.by_role[r]]
        adds = any(abs(net + value - total) <= _CENT for net in nets for total in totals)
        too_large = any(total > 0 and value > total / 2 for total in totals)
        yield Candidate(
            "tax",
            one.amount.printed,
            one.line.text,
            (one.line,),
            common | {f"role_{role}": 1.0, "adds": float(adds), "too_large": float(too_large), "same": same},
        )
    if role in _NET_ROLES:
        taxes = [v for r in _TAX_ROLES for v in figures.by_role[r]]
        adds = any(abs(tax + value - total) <= _CENT and tax > 0 for tax in taxes for total in totals)
        yield Candidate(
            "subtotal",
            one.amount.printed,
            one.line.text,
            (one.line,),
            common | {f"role_{role}": 1.0, "adds": float(adds), "same": same},
        )
