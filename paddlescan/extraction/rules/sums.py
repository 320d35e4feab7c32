"""Sums that must come out: net and tax, the items, the amount in capitals; and fares that fit a ride."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from paddlescan.extraction.rules.rule import Facts, Rule, Values, Verdict
from paddlescan.extraction.rules.values import amount_of

ROUNDING = Decimal("0.05")
"""The most that a shop rounds a sum by where small coins are gone."""
CENT = Decimal("0.01")
RATES = tuple(Decimal(r) / 100 for r in (1, 3, 5, 6, 7, 8, 9, 10, 13, 15, 16, 17, 18, 19, 20, 21, 25))
"""Tax rates that are usual somewhere."""

ROUNDS = "rounds"
"""Fact: this page rounds its total."""
SPELT = "spelt"
"""Fact: the amount in capitals, as a decimal string."""
ITEMS = "items"
"""Fact: what the items make, as a decimal string."""
COUNT = "count"
"""Fact: how many items there are."""
USUAL = "usual"
"""What FARE says of a fare that fits."""
LOW, HIGH, DISTANCE = "low", "high", "distance"
"""Facts: what a ride of so many kilometres may cost, from and up to."""


def amounts_agree(net: Decimal, tax: Decimal, total: Decimal, rounds: bool = False) -> bool:
    """Whether net and tax make the total; to within ROUNDING where the page rounds.

    The one place that says so: for the ranking of these three, for the check, for repairs.
    """
    return abs(net + tax - total) <= (ROUNDING if rounds else 0)


def is_usual_rate(net: Decimal, tax: Decimal, within: Decimal = 2 * CENT) -> bool:
    """Whether a tax is a usual share of a net amount; rounding, perhaps of each item, leaves a cent or two.

    It supports a reading and never speaks against one: rates differ from country to country, and within one invoice.
    """
    return any(abs(net * rate - tax) <= within for rate in RATES)


def is_included(tax: Decimal, total: Decimal) -> bool:
    """Whether a tax is what a usual rate takes of a total that includes it."""
    return tax > 0 and any(abs(total * rate / (1 + rate) - tax) <= CENT for rate in RATES)


def items_make(amounts: Iterable[Decimal], wanted: Decimal, rounds: bool = False) -> bool:
    """Whether the amounts of the items add up to a net or a total."""
    return abs(sum(amounts, Decimal(0)) - wanted) <= (ROUNDING if rounds else 0)


def _written(value: Decimal) -> str:
    return f"{value:.2f}"


def _amounts(values: Values, *names: str) -> tuple[Decimal, ...] | None:
    found = [amount_of(values.get(name, "")) for name in names]
    known = tuple(amount for amount in found if amount is not None)
    return known if len(known) == len(names) else None


def _net_plus_tax(values: Values, facts: Facts) -> Verdict | None:
    amounts = _amounts(values, "subtotal", "tax", "total")
    if amounts is None:
        return None
    net, tax, total = amounts
    made = net + tax
    parts = (("net", net), ("tax", tax), ("sum", made), ("total", total))
    figures = tuple((name, _written(value)) for name, value in parts)
    if made == total:
        return Verdict(True, "adds", figures)
    rounded = amounts_agree(net, tax, total, ROUNDS in facts)
    return Verdict(rounded, "rounded" if rounded else "differs", figures)


def _same(name: str, fact: str) -> Rule:
    """The rule whose fact says what one amount must be."""

    def judge(values: Values, facts: Facts) -> Verdict | None:
        amounts, wanted = _amounts(values, name), amount_of(facts.get(fact, ""))
        if amounts is None or wanted is None:
            return None
        agrees = abs(amounts[0] - wanted) <= (ROUNDING if ROUNDS in facts else 0)
        return Verdict(agrees, "same" if agrees else "differs", ((name, _written(amounts[0])),))

    names = {SPELT: "amount_in_capitals_is_total", ITEMS: f"items_add_up_to_{name}"}
    return Rule(names[fact], (name,), judge, proves=True, must=True)


def _fare(values: Values, facts: Facts) -> Verdict | None:
    amounts, low, high = _amounts(values, "total"), amount_of(facts.get(LOW, "")), amount_of(facts.get(HIGH, ""))
    if amounts is None or low is None or high is None:
        return None
    usual = low <= amounts[0] <= high
    return Verdict(True, USUAL if usual else "unusual", (("total", _written(amounts[0])),))


NET_PLUS_TAX = Rule("net_plus_tax_is_total", ("subtotal", "tax", "total"), _net_plus_tax, proves=True, must=True)
CAPITALS = _same("total", SPELT)
ITEMS_TOTAL = _same("total", ITEMS)
ITEMS_NET = _same("subtotal", ITEMS)
FARE = Rule("fare_fits_distance", ("total",), _fare, proves=False)
"""Support, and proof of a repair; what is unusual never fails, since long rides and tolls have prices of their own."""


def fare_range(kilometres: Decimal, unit_price: Decimal, waiting_minutes: Decimal) -> tuple[Decimal, Decimal]:
    """What a taxi ride may cost, from and up to, by its distance, its price a kilometre and its waiting.

    Over all cities: a flag fall of 5 to 20 that covers 2 to 4 kilometres, waiting at up to 1.6 a minute, and up to
    half as much again a kilometre on long rides. Night prices stand in the unit price already.
    """
    metered = max(kilometres - 4, Decimal(0)) * unit_price
    low = max(metered + 5, kilometres * unit_price * Decimal("0.8"))
    beyond = max(kilometres - 15, Decimal(0)) * unit_price * Decimal("0.5")
    high = kilometres * unit_price + 14 + waiting_minutes * Decimal("1.6") + beyond
    return low.quantize(CENT), high.quantize(CENT)
