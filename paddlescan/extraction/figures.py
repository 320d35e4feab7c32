"""The page's amounts by what they are, and the sums among them that come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from paddlescan.extraction.page import Page, Sum
from paddlescan.extraction.rules import ROUNDING, is_usual_rate

TOTAL_ROLES = frozenset({"total", "payable", "rounded", "total_incl", "total_within", "tax_incl", "cash_total"})
PAID_ROLES = frozenset({"card", "cash"})
TAX_ROLES = frozenset({"tax", "total_tax", "tax_amount", "total_within"})
NET_ROLES = frozenset({"subtotal", "total_excl", "excl"})
_MANY = 20
"""Amounts of one role that are tried in sums; a page with more is a table, and time is bounded."""


@lru_cache(maxsize=1)
def figures_of(page: Page) -> Figures:
    """The figures of a page, reckoned once for all who ask."""
    return Figures(page)


class Figures:
    """What the arithmetic of a page says about its amounts."""

    def __init__(self, page: Page) -> None:
        by_role: dict[str, list[Decimal]] = defaultdict(list)
        places: dict[Decimal, list[Sum]] = defaultdict(list)
        for one in page.sums:
            if one.amount.decimals == 0 and not one.amount.currency:
                continue
            role = one.role or one.above
            if role:
                by_role[role].append(-one.amount.value if one.amount.negative else one.amount.value)
            if len(places[one.amount.value]) < _MANY:
                places[one.amount.value].append(one)
        self.by_role: Mapping[str, Sequence[Decimal]] = dict(by_role)
        self.places: Mapping[Decimal, Sequence[Sum]] = dict(places)
        others = (v for v, where in self.places.items() if any(s.role not in PAID_ROLES | {"change"} for s in where))
        self.largest = max(others, default=Decimal(0))
        self.totals = {v for v in self.of(TOTAL_ROLES) if v > 0}
        paid = self.of(PAID_ROLES)
        self.paid_less_change = {p - change for p in paid for change in self.of({"change"}) if p > change}
        nets = self.of(NET_ROLES | {"total"})
        taxes = self.of((TAX_ROLES - {"total_within"}) | {"service"})
        self.net_plus_tax = {net + tax for net in nets for tax in taxes if tax > 0}
        steps = [step for step in self.of({"rounding"}) if 0 < abs(step) <= ROUNDING]
        before = nets + self.of({"total_incl", "payable"})
        self.after_rounding = {base + sign * step for base in before for step in steps for sign in (1, -1)}
        self.running = _running_sums(page)

    def of(self, roles: Iterable[str]) -> list[Decimal]:
        """The amounts of these roles, of each so many that time is bounded."""
        return [value for role in sorted(roles) for value in self.by_role.get(role, ())[:_MANY]]

    def stands_there(self, value: Decimal) -> bool:
        """Whether an amount stands on the page, or one so near that it may have been rounded."""
        return any(abs(other - value) <= ROUNDING for other in self.places if other)


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


def summary_rows(page: Page) -> tuple[tuple[Sum, Sum], ...]:
    """(net, tax) of each rate in a tax summary, as in  SR 6%  14.53  0.87  and  ZR 0%  3.00  0.00.

    The last two amounts of a row, the tax being nothing or a usual share of the net; rows that add others up, and
    everything below the first of them, are left out.
    """
    rows: dict[int, list[Sum]] = defaultdict(list)
    for one in page.sums:
        if one.in_summary and one.amount.decimals == 2 and not one.amount.negative:
            rows[one.line.row].append(one)
    found = []
    for row in rows.values():
        if any(one.role in TOTAL_ROLES | NET_ROLES | {"total_tax"} for one in row):
            break
        if len(row) >= 2:
            net, tax = row[-2:]
            if net.amount.value >= tax.amount.value and (
                tax.amount.value == 0 or is_usual_rate(net.amount.value, tax.amount.value)
            ):
                found.append((net, tax))
    return tuple(found[:_MANY])


def net_tax_pairs(page: Page, totals: set[Decimal]) -> Iterator[tuple[Sum, Sum, Decimal | None]]:
    """Two amounts that stand side by side and together make one of the totals: (net, tax, total).

    As in the summary of a receipt (SR 6%  14.53  0.87) or in the foot of an invoice; the tax is under 30 %.
    Within a summary a usual rate is enough, where other rows have other rates: the total is None then.
    """
    rows: dict[int, list[Sum]] = defaultdict(list)
    for one in page.sums:
        if one.amount.decimals == 2 and one.amount.value > 0:
            rows[one.line.row].append(one)
    for row in rows.values():
        for net in row[:_MANY]:
            for tax in row[:_MANY]:
                if tax.line.left < net.line.left or not 0 < tax.amount.value <= net.amount.value * Decimal("0.3"):
                    continue
                total = next((t for t in totals if abs(net.amount.value + tax.amount.value - t) <= ROUNDING), None)
                if total is not None or (net.in_summary and is_usual_rate(net.amount.value, tax.amount.value)):
                    yield net, tax, total
