"""Tax and net: what a label says, and what two neighbouring amounts show by adding up to a total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.figures import NET_ROLES, TAX_ROLES, Figures, figures_of, net_tax_pairs, summary_rows
from paddlescan.extraction.page import Page, Sum
from paddlescan.extraction.rules import RATES, ROUNDING, is_usual_rate


def propose(page: Page) -> Iterator[Candidate]:
    """Labelled taxes and nets, and pairs that add up."""
    figures = figures_of(page)
    for one in page.sums:
        role = one.role or one.above
        if role and (one.amount.decimals or one.amount.currency) and not one.amount.negative:
            if role in TAX_ROLES:
                yield _candidate("tax", one, _labelled(figures, one, role) | _as_tax(figures, one))
            if role in NET_ROLES:
                yield _candidate("subtotal", one, _labelled(figures, one, role) | _as_net(figures, one))
    yield from _of_summary(page, figures)
    for net, tax, total in net_tax_pairs(page, figures.totals | {figures.largest}):
        f = {
            "pair": 1.0,
            "pair_adds": float(total is not None),
            "pair_exact": float(net.amount.value + tax.amount.value == total),
            "pair_rate": float(is_usual_rate(net.amount.value, tax.amount.value)),
            "pair_summary": float(net.in_summary),
            "pair_labelled": float(total in figures.totals or tax.role in TAX_ROLES or tax.above in TAX_ROLES),
        }
        yield _candidate("tax", tax, f)
        yield _candidate("subtotal", net, f)


def _of_summary(page: Page, figures: Figures) -> Iterator[Candidate]:
    """The tax of all rates together, where a tax summary's rows make a total: also one of nothing."""
    rows = summary_rows(page)
    net = sum((net.amount.value for net, _ in rows), Decimal(0))
    tax = sum((tax.amount.value for _, tax in rows), Decimal(0))
    totals = figures.totals | {figures.largest}
    if not rows or not any(abs(net + tax - total) <= ROUNDING for total in totals if total):
        return
    named = [one for _, one in rows if one.amount.value] or [rows[0][1]]
    lines = tuple(one.line for one in named)
    features = {
        "summary_adds": 1.0,
        "summary_labelled": float(any(abs(net + tax - t) <= ROUNDING for t in figures.totals)),
    }
    text = " + ".join(one.line.text for one in named)
    yield Candidate("tax", f"{tax:.2f}", text, lines, {k: v for k, v in features.items() if v})


def _candidate(name: str, one: Sum, features: dict[str, float]) -> Candidate:
    return Candidate(name, one.amount.printed, one.line.text, (one.line,), {k: v for k, v in features.items() if v})


def _labelled(figures: Figures, one: Sum, role: str) -> dict[str, float]:
    return {
        "bias": 1.0,
        f"role_{role}": 1.0,
        "above": float(one.role is None),
        "summary": float(one.in_summary),
        "not_last": float(not one.last),
        "zero": float(one.amount.value == 0),
        "same": float(len(figures.places.get(one.amount.value, ())) > 1),
        "odd_decimals": float(one.amount.decimals != 2),
    }


def _as_tax(figures: Figures, one: Sum) -> dict[str, float]:
    value = one.amount.value
    nets = figures.of(NET_ROLES)
    adds = value > 0 and any(abs(net + value - total) <= ROUNDING for net in nets for total in figures.totals)
    # a price that includes its tax: total * rate / (1 + rate)
    part = value > 0 and any(abs(t * r / (1 + r) - value) <= ROUNDING / 5 for t in figures.totals for r in RATES)
    too_large = value * 3 > max(figures.totals, default=value * 3)
    return {"adds": float(adds), "part_of_total": float(part), "too_large": float(too_large)}


def _as_net(figures: Figures, one: Sum) -> dict[str, float]:
    taxes = figures.of(TAX_ROLES)
    adds = any(abs(tax + one.amount.value - t) <= ROUNDING and tax > 0 for tax in taxes for t in figures.totals)
    return {"adds": float(adds), "over_total": float(any(one.amount.value > t for t in figures.totals))}
