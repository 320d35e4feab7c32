"""The rules of checks as plain arithmetic: used when a page is read, and again when a person edits a field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from paddlescan.document import FIELD_NAMES, Check, Field
from paddlescan.extraction.codes.agreement import QR_AGREES, qr_agrees

NET_PLUS_TAX = "net_plus_tax_is_total"
CAPITALS = "amount_in_capitals_is_total"
ROUNDING = Decimal("0.05")
"""The most that a shop rounds a sum by where small coins are gone."""

ROUNDS = "rounds"
"""Fact of NET_PLUS_TAX: this page rounds its total."""
SPELT = "spelt"
"""Fact of CAPITALS: the amount in capitals, as a decimal string."""
LET_PASS = "let_pass"
"""Fact of any check, perhaps several times: the detail with which it failed and a person let it pass."""
ACCEPTED = " (accepted by hand)"
"""Ends the detail of a check that failed and that a person let pass."""

NEEDED: dict[str, tuple[str, ...]] = {NET_PLUS_TAX: ("subtotal", "tax", "total"), CAPITALS: ("total",)}
"""The fields that a rule cannot do without."""

_AMOUNT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_PLAIN = re.compile(r"-?\d{1,12}\.\d\d", re.ASCII)
_SIGNS = re.compile(r"^([+-]?)\s*(?:¥|RM|[$€£])\s*|\s*元$", re.IGNORECASE)
_BIGGEST = 10**12


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


def amount_of(value: str) -> Decimal | None:
    """The number that an amount's text is, or None. `1,234.50` is a number, `1.234,50` is not certain."""
    return _amount_of(value) if value else None


@lru_cache(maxsize=32_768)
def _amount_of(value: str) -> Decimal | None:
    if _PLAIN.fullmatch(value):
        return Decimal(value)
    text = _SIGNS.sub(r"\1", unicodedata.normalize("NFKC", value).strip().replace("−", "-"))
    if not _AMOUNT.fullmatch(text):
        return None
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:  # pragma: no cover - the pattern lets nothing else through
        return None
    return number if abs(number) < _BIGGEST else None


def judge_again(check: Check, amounts: Mapping[str, Decimal]) -> Check:
    """The same check over edited amounts, by field name.

    One that lacks a figure cannot be judged: it is not passed, and says so. A rule that is not known here stays as
    it was.
    """
    needed = NEEDED.get(check.name, ())
    missing = [name for name in needed if name not in amounts]
    if missing:
        return Check(check.name, False, f"not judged: no amount in {', '.join(missing)}", check.facts)
    if check.name == CAPITALS and (spelt := check.fact(SPELT)) is not None:
        return capitals(Decimal(spelt), amounts["total"])
    if check.name == NET_PLUS_TAX:
        return net_plus_tax(amounts["subtotal"], amounts["tax"], amounts["total"], check.fact(ROUNDS) is not None)
    return check


def recheck(fields: Iterable[Field], read: Iterable[Check], now: Iterable[Check] = ()) -> tuple[Check, ...]:
    """What the checks of a receipt say of its fields, edits applied.

    read: the checks of its newest reading: all of them come back, in this order, judged again. now: the checks
    as they stood until now; what a person let pass there passes wherever its figures are the same again.
    """
    values = {f.name: f.value for f in fields}
    amounts = {name: amount for name, value in values.items() if (amount := amount_of(value)) is not None}
    let_pass = {check.name: _let_pass(check) for check in now}
    judged = (_again(check, values) or judge_again(check, amounts) for check in read)
    return tuple(_remember(check, let_pass.get(check.name, ())) for check in judged)


def _again(check: Check, values: Mapping[str, str]) -> Check | None:
    """A check over other fields than amounts, judged again; None where it is none of them."""
    said = {name: value for name, value in check.facts if name in FIELD_NAMES}
    return qr_agrees(said, values) if check.name == QR_AGREES else None


def failing(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks that a person may let pass."""
    return tuple(check for check in checks if not check.passed)


def accept(checks: Iterable[Check], said: Iterable[Check]) -> tuple[Check, ...]:
    """The checks after a person said "it is right as it is" to some failed ones, with the figures they had."""
    said = tuple(said)
    return tuple(
        _remember(check, (*_let_pass(check), check.detail))
        if not check.passed and any((check.name, check.detail) == (c.name, c.detail) for c in said)
        else check
        for check in checks
    )


def take_back(checks: Iterable[Check], said: Iterable[Check]) -> tuple[Check, ...]:
    """The checks without what `accept` made of them for the same `said`; they fail again if they do today."""
    taken = {(check.name, check.detail) for check in said}
    result = []
    for check in checks:
        left = tuple(detail for detail in _let_pass(check) if (check.name, detail) not in taken)
        passed = check.passed and not is_accepted(check)
        plain = replace(check, passed=passed, detail=check.detail.removesuffix(ACCEPTED))
        result.append(_remember(plain, left))
    return tuple(result)


def is_accepted(check: Check) -> bool:
    """Whether a person let this check pass."""
    return check.passed and check.detail.endswith(ACCEPTED)


def _let_pass(check: Check) -> tuple[str, ...]:
    """The details of this check that a person let pass."""
    noted = tuple(detail for name, detail in check.facts if name == LET_PASS)
    return noted or ((check.detail.removesuffix(ACCEPTED),) if is_accepted(check) else ())


def _remember(check: Check, let_pass: tuple[str, ...]) -> Check:
    """The check with a note of what a person let pass; it passes if that is what it says now."""
    facts = tuple(fact for fact in check.facts if fact[0] != LET_PASS)
    facts += tuple((LET_PASS, detail) for detail in dict.fromkeys(let_pass))
    if not check.passed and check.detail in let_pass:
        return replace(check, passed=True, detail=check.detail + ACCEPTED, facts=facts)
    return replace(check, facts=facts)
