"""The rules of checks as plain arithmetic: used when a page is read, and again when a person edits a field."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from paddlescan.document import Check

NET_PLUS_TAX = "net_plus_tax_is_total"
CAPITALS = "amount_in_capitals_is_total"
ROUNDING = Decimal("0.05")
"""The most that a shop rounds a sum by where small coins are gone."""

ROUNDS = "rounds"
"""Fact of NET_PLUS_TAX: this page rounds its total."""
SPELT = "spelt"
"""Fact of CAPITALS: the amount in capitals, as a decimal string."""


def net_plus_tax(net: Decimal, tax: Decimal, total: Decimal, rounds: bool) -> Check:
    """Net and tax make the total; to within ROUNDING where the page rounds."""
    made = net + tax
    facts = ((ROUNDS, "yes"),) if rounds else ()
    said = f"net {net:.2f} + tax {tax:.2f} is {made:.2f}"
    if made == total:
        return Check(NET_PLUS_TAX, True, said, facts)
    if rounds and abs(made - total) <= ROUNDING:
        return Check(NET_PLUS_TAX, True, f"{said}, rounded to {total:.2f}", facts)
    return Check(NET_PLUS_TAX, False, f"{said}, but the total reads {total:.2f}", facts)


def capitals(spelt: Decimal, total: Decimal) -> Check:
    """The total written out in Chinese capitals is the total in figures."""
    said = f"the amount in capitals is {spelt:.2f}"
    detail = f"{said}, as is the total" if spelt == total else f"{said}, but the total reads {total:.2f}"
    return Check(CAPITALS, spelt == total, detail, ((SPELT, f"{spelt:.2f}"),))


def judge_again(check: Check, amounts: Mapping[str, Decimal]) -> Check | None:
    """The same check over edited amounts (by field name); None where a figure it needs is gone."""
    if check.name == CAPITALS and (spelt := check.fact(SPELT)) is not None:
        return capitals(Decimal(spelt), amounts["total"]) if "total" in amounts else None
    if check.name == NET_PLUS_TAX:
        if not {"subtotal", "tax", "total"} <= amounts.keys():
            return None
        return net_plus_tax(amounts["subtotal"], amounts["tax"], amounts["total"], check.fact(ROUNDS) is not None)
    return check
