"""Which rules can be judged on a page, and what they say of the fields: belief rises and falls with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from paddlescan.document import AMOUNT_FIELDS, Check, Field, Item
from paddlescan.extraction import repairs
from paddlescan.extraction.figures import Figures, figures_of
from paddlescan.extraction.page import Page
from paddlescan.extraction.proofs import SURE_LINE, Proofs
from paddlescan.extraction.rules import (
    ROUNDING,
    ROUNDS,
    SPELT,
    amount_of,
    amounts_agree,
    contradicted,
    days,
    judge,
    numbers,
    proved,
    sums,
)
from paddlescan.extraction.rules.days import CURRENCIES
from paddlescan.extraction.rules.numbers import COUNTRY, KIND, READ_ON
from paddlescan.extraction.rules.rule import Rule
from paddlescan.extraction.rules.sums import COUNT, DISTANCE, HIGH, ITEMS, LOW
from paddlescan.words.checks import REPAIRED, SAID

_SURE = 0.97
"""The least confidence in a field that a check proves."""
_SHAKEN = 0.5
"""The most confidence in a field that something on the page contradicts."""
_PRINTED_IN_CHINA = ("vat_invoice", "taxi_receipt", "bus_ticket", "toll_receipt", "quota_invoice")
"""Kinds whose codes and numbers come from the tax administration."""
_FULLY_DIGITAL = ("train_ticket", "flight_itinerary")
"""Kinds that may have a number of 20 digits, and else have numbers of their own."""
_SURER_LINE = 0.97
"""The least confidence in a line whose amount in capitals may speak against a total that adds up."""

Judgeable = tuple[Rule, dict[str, str]]
"""A rule that this page can be judged by, and the facts that it gives."""


def check(
    page: Page, fields: tuple[Field, ...], items: Sequence[Item] = ()
) -> tuple[tuple[Field, ...], tuple[Check, ...]]:
    """The fields with what is proved repaired and their belief moved by the checks, and the checks that were made.

    A rule that cannot be judged makes no check; one that passes and hardly could over a misread value proves the
    fields it binds, one that fails makes just those doubtful. An amount that was put right stays doubtful: where the
    paper itself is wrong, a person must see it.
    """
    proofs = Proofs(page, figures_of(page))
    fields, mended = repairs.repair(proofs, fields)
    values = {f.name: f.value for f in fields if f.value}
    checks: list[Check] = []
    for rule, facts in _to_judge(proofs, values, items):
        made = judge(rule, values, {**facts, **_told(mended.get(rule.name))})
        if made is not None and _may_say(proofs, made, values):
            checks.append(made)
    shaken, sure = contradicted(checks), proved(checks)
    if "total" not in sure and (_paid_otherwise(values, proofs.figures) or _odd_fare(page, values)):
        shaken |= {"total"}
    believed = (_shaken(f) if f.name in shaken else _confirmed(f) if f.name in sure else f for f in fields)
    money = {repair.field for repair in mended.values()} & AMOUNT_FIELDS
    return tuple(replace(f, doubtful=True) if f.name in money else f for f in believed), tuple(checks)


def _told(repair: repairs.Repair | None) -> dict[str, str]:
    """The facts of a check that proved a misread character."""
    return {} if repair is None else dict(zip(REPAIRED, (repair.field, repair.read, repair.value), strict=True))


def _confirmed(field: Field) -> Field:
    return replace(field, confidence=max(field.confidence, _SURE), doubtful=False)


def _shaken(field: Field) -> Field:
    return replace(field, confidence=min(field.confidence, _SHAKEN), doubtful=True)


def _to_judge(proofs: Proofs, values: dict[str, str], items: Sequence[Item]) -> Iterator[Judgeable]:
    """The rules whose fields are there, each with the facts of this page."""
    for rule, facts in _facts(proofs, values, items):
        if all(values.get(field) for field in rule.binds):
            yield rule, facts


def _facts(proofs: Proofs, values: dict[str, str], items: Sequence[Item]) -> Iterator[Judgeable]:
    """The rules that a page like this has to keep."""
    page = proofs.page
    read_on = {READ_ON: page.today.isoformat()}
    if _is_a_whole(proofs, values):
        yield sums.NET_PLUS_TAX, {ROUNDS: "yes"} if proofs.rounds else {}
    yield from _items(proofs, values, items)
    if proofs.spelt is not None:
        yield sums.CAPITALS, {SPELT: f"{proofs.spelt.value:.2f}"}
    if proofs.ride is not None:
        low, high = proofs.ride.fares
        ride = {LOW: f"{low:.2f}", HIGH: f"{high:.2f}", DISTANCE: str(proofs.ride.kilometres)}
        yield sums.FARE, ride
    country = {COUNTRY: proofs.country}
    yield numbers.SELLER_TAX_ID, country
    yield numbers.BUYER_TAX_ID, country if proofs.country == "CN" else {}
    if page.kind in _PRINTED_IN_CHINA and proofs.country == "CN":
        yield numbers.NUMBER, {KIND: page.kind} | read_on
        yield numbers.CODE, {KIND: page.kind} | read_on
        yield numbers.CODE_AND_DATE, {}
        if page.kind == "vat_invoice":
            yield numbers.NUMBER_AND_DATE, {}
    elif page.kind in _FULLY_DIGITAL and len(values.get("invoice_number", "")) == 20:
        yield numbers.NUMBER, {KIND: page.kind} | read_on
    yield days.DATE, read_on
    if page.place.country is not None and proofs.currencies:
        yield days.CURRENCY, {COUNTRY: page.place.country, CURRENCIES: " ".join(proofs.currencies)}


def _is_a_whole(proofs: Proofs, values: dict[str, str]) -> bool:
    """Whether net and tax should make the total on this page.

    A net that equals the total has its tax inside. And where what is missing stands on the page itself (service, a
    discount, goods of another rate, an older balance), net and tax are no whole; nor are they where total and tax
    agree without the net, which is then what the goods cost before a coupon.
    """
    if _adds_up(proofs, values):
        return True
    net, tax, total = _three(values)
    if net is None or tax is None or total is None or abs(net - total) <= ROUNDING:
        return False
    if sums.is_included(tax, total) and not repairs.is_misread(f"{net:.2f}", f"{total - tax:.2f}"):
        return False
    return tax != 0 and not proofs.figures.stands_there(abs(net + tax - total))


def _three(values: dict[str, str]) -> tuple[Decimal | None, ...]:
    return tuple(amount_of(values.get(name, "")) for name in sums.NET_PLUS_TAX.binds)


def _adds_up(proofs: Proofs, values: dict[str, str]) -> bool:
    """Whether net and tax do make the total, and the net is not the total itself."""
    net, tax, total = _three(values)
    if net is None or tax is None or total is None or abs(net - total) <= ROUNDING:
        return False
    return amounts_agree(net, tax, total, proofs.rounds)


def _items(proofs: Proofs, values: dict[str, str], items: Sequence[Item]) -> Iterator[Judgeable]:
    """What the items make, where all of them have an amount and it is the total or the net.

    Or where it would be but for a digit that is easily misread; any other sum says that the table is not whole.
    """
    amounts = [amount_of(item.amount or "") for item in items]
    made = sum((a for a in amounts if a is not None), Decimal(0))
    if len(amounts) < 2 or None in amounts or not made:
        return
    tax, total = (amount_of(values.get(name, "")) for name in ("tax", "total"))
    is_net = bool(tax) and total is not None and made == total - (tax or 0)  # which the page may not print
    facts = {ITEMS: f"{made:.2f}", COUNT: str(len(amounts))} | ({ROUNDS: "yes"} if proofs.rounds else {})
    for rule in (sums.ITEMS_TOTAL, sums.ITEMS_NET):
        wanted = amount_of(values.get(rule.binds[0], ""))
        if wanted is None:
            continue
        same = abs(made - wanted) <= (ROUNDING if proofs.rounds else 0)
        if same or (
            not is_net
            and _consistent(items)
            and repairs.is_misread(f"{wanted:.2f}", f"{made:.2f}")
            and not proofs.figures.stands_there(abs(made - wanted))
        ):
            yield rule, facts
            return


def _consistent(items: Sequence[Item]) -> bool:
    """Whether each item says its quantity and price, and they make its amount."""
    for item in items:
        quantity, price, amount = (amount_of(v or "") for v in (item.quantity, item.unit_price, item.amount))
        if quantity is None or price is None or amount is None or abs(quantity * price - amount) > sums.CENT:
            return False
    return True


def _may_say(proofs: Proofs, made: Check, values: dict[str, str]) -> bool:
    """Whether what a check says is worth saying: of what fails, that it speaks against the fields, and not against
    what they were judged by; of what always passes, that it supports them."""
    if made.name == sums.FARE.name:
        return made.fact(SAID) == sums.USUAL
    if made.passed:
        return True
    if made.name == sums.CAPITALS.name:
        adds = _adds_up(proofs, values)
        least = _SURER_LINE if adds else SURE_LINE
        spelt = proofs.spelt
        return spelt is not None and spelt.whole and proofs.confidence_of(spelt) >= least
    return True


def _paid_otherwise(values: dict[str, str], figures: Figures) -> bool:
    """Whether what was paid less the change is no such total: one of the figures was misread."""
    total = amount_of(values.get("total", ""))
    if total is None or not figures.paid_less_change:
        return False
    paid = figures.paid_less_change | {v for role in ("cash", "card") for v in figures.by_role.get(role, ())}
    return not any(abs(value - total) <= ROUNDING for value in paid)


def _odd_fare(page: Page, values: dict[str, str]) -> bool:
    """Whether a taxi fare has hundredths, which no meter counts: a slashed zero was read as 8."""
    total = amount_of(values.get("total", ""))
    return page.kind == "taxi_receipt" and total is not None and total * 10 % 1 != 0
