"""Misread characters put right where something else on the page proves what stands there.

A repair needs a witness that does not rest on the misread characters, and there must be one value only that it allows
and that the read one could have been taken for. What two values would satisfy is left as it was read. Only what the
recogniser read is ever repaired: no person's word, no QR code, no PDF's own text.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from paddlescan.document import Field
from paddlescan.extraction.dates import YEAR_LIKE
from paddlescan.extraction.proofs import SURE_LINE, Proofs
from paddlescan.extraction.rules import ROUNDING, amount_of, amounts_agree, date_of, is_usual_rate
from paddlescan.extraction.rules.numbers import (
    BUYER_TAX_ID,
    CODE_AND_DATE,
    NUMBER_AND_DATE,
    SELLER_TAX_ID,
    tax_id_is_right,
    year_of_code,
    year_of_number,
)
from paddlescan.extraction.rules.rule import Rule
from paddlescan.extraction.rules.sums import CAPITALS, CENT, FARE, NET_PLUS_TAX
from paddlescan.extraction.rules.uscc import meant_by
from paddlescan.extraction.rules.values import compact

LIKE = {
    "0": "869",
    "1": "74",
    "2": "7",
    "3": "85",
    "4": "91",
    "5": "6389",
    "6": "805",
    "7": "12",
    "8": "0369",
    "9": "4805",
}
"""Digits that recognisers take for each other; slashed zeros are read as 8."""
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s?[-/.年])")
_SURE_READING = 0.97
"""From this confidence in its line on, a fare is not doubted for being unusual."""
_NEARLY = Decimal("0.8")
"""Of what a ride costs at least: so far beyond the usual a fare is still possible."""
_SURE, _LIKELY = 0.97, 0.7
"""Confidence in a value that is proved, and in a fare that is likely."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A field that a rule proved to have been misread."""

    rule: Rule
    field: str
    read: str
    """The value as it was read."""
    value: str = dataclasses.field(repr=False)
    """The value that is proved."""


def repair(proofs: Proofs, fields: tuple[Field, ...]) -> tuple[tuple[Field, ...], dict[str, Repair]]:
    """The fields with what is proved in place of what was misread, and the repairs by the name of their rule.

    A repaired field has the origin `check`; its text stays as read, the value that was read is its first candidate.
    """
    by_name = {f.name: f for f in fields}
    made: dict[str, Repair] = {}
    for find in (_by_capitals, _by_sum, _by_distance, _by_check_digit, _by_year):
        for found in find(proofs, by_name):
            by_name[found.field] = _mended(by_name[found.field], found)
            made[found.rule.name] = found
    return tuple(by_name[f.name] for f in fields), made


def is_misread(read: str, meant: str) -> bool:
    """Whether two numbers of the same length differ, and only by digits that are taken for each other."""
    if len(read) != len(meant) or read == meant:
        return False
    return all(a == b or b in LIKE.get(a, "") for a, b in zip(read, meant, strict=True))


def _mended(field: Field, found: Repair) -> Field:
    others = (found.read, *(c for c in field.candidates if c not in (found.read, found.value)))
    likely = found.rule is FARE  # a likely price is less than a proof: a person should look
    confidence = _LIKELY if likely else max(field.confidence, _SURE)
    return replace(field, value=found.value, origin="check", confidence=confidence, doubtful=likely, candidates=others)


def _read(by_name: dict[str, Field], name: str) -> Decimal | None:
    """The amount of a field, if it is there."""
    field = by_name.get(name)
    return amount_of(field.value) if field is not None else None


def _may_touch(by_name: dict[str, Field], name: str) -> bool:
    field = by_name.get(name)
    return field is not None and field.origin == "ocr" and bool(field.value)


def _adds_up(by_name: dict[str, Field]) -> bool:
    """Whether the net and a tax make the total."""
    net, tax, total = (_read(by_name, name) for name in ("subtotal", "tax", "total"))
    return net is not None and total is not None and bool(tax) and amounts_agree(net, tax or Decimal(0), total)


def _by_capitals(proofs: Proofs, by_name: dict[str, Field]) -> Iterator[Repair]:
    """The total by the amount in capitals, where it looks like it; or where net and tax bear the capitals out, too."""
    total, spelt = _read(by_name, "total"), proofs.spelt
    if total is None or spelt is None or spelt.value == total or not _may_touch(by_name, "total"):
        return
    if not spelt.whole or proofs.confidence_of(spelt) < SURE_LINE:
        return
    if _adds_up(by_name):
        return  # the sum speaks for the figure, against the words
    net, tax = _read(by_name, "subtotal"), _read(by_name, "tax")
    borne_out = net is not None and tax is not None and amounts_agree(net, tax, spelt.value)
    read, meant = f"{total:.2f}", f"{spelt.value:.2f}"
    wrong = sum(a != b for a, b in zip(read, meant, strict=False))
    if is_misread(read, meant) or (borne_out and len(read) == len(meant) and wrong == 1):
        yield Repair(CAPITALS, "total", by_name["total"].value, meant)


def _by_sum(proofs: Proofs, by_name: dict[str, Field]) -> Iterator[Repair]:
    """One of net, tax and total by the other two, where the tax has a usual rate then and in no other way."""
    net, tax, total = (_read(by_name, name) for name in ("subtotal", "tax", "total"))
    if net is None or tax is None or total is None or tax <= 0 or net == total:
        return
    off = abs(net + tax - total)
    if off <= ROUNDING or proofs.figures.stands_there(off):
        return  # it comes out, or the page says itself what is missing
    found = []
    for name, read, made in (("total", total, net + tax), ("subtotal", net, total - tax), ("tax", tax, total - net)):
        for meant in _around(made, proofs.rounds):
            three = {"subtotal": net, "tax": tax, "total": total} | {name: meant}
            exact = amounts_agree(three["subtotal"], three["tax"], three["total"])
            if not exact and three["total"] % ROUNDING:
                continue  # a rounded total is a sum of coins
            if meant > 0 and _rate(three["subtotal"], three["tax"]) and is_misread(f"{read:.2f}", f"{meant:.2f}"):
                found.append(Repair(NET_PLUS_TAX, name, by_name[name].value, f"{meant:.2f}"))
    least = min((_changes(one) for one in found), default=0)
    found = [one for one in found if _changes(one) == least]
    if len(found) == 1 and _may_touch(by_name, found[0].field):
        misread = amount_of(found[0].read)
        if misread is not None and not _said_twice(proofs, misread):
            yield found[0]


def _changes(found: Repair) -> int:
    """How many digits were misread."""
    return sum(a != b for a, b in zip(found.read, found.value, strict=False))


def _around(made: Decimal, rounds: bool) -> Iterator[Decimal]:
    """What an amount may be by the other two: just that, or where totals are rounded a few cents more or less."""
    reach = int(ROUNDING / CENT) if rounds else 0
    yield from (made + n * CENT for n in range(-reach, reach + 1))


def _rate(net: Decimal, tax: Decimal) -> bool:
    return is_usual_rate(net, tax, within=CENT)


def _said_twice(proofs: Proofs, value: Decimal) -> bool:
    """Whether an amount stands on several lines of the page, or is what was paid: nobody misreads it twice."""
    lines = {one.line.index for one in proofs.figures.places.get(value, ())}
    return len(lines) > 1 or value in proofs.figures.paid_less_change


def _by_distance(proofs: Proofs, by_name: dict[str, Field]) -> Iterator[Repair]:
    """A taxi fare that its distance makes impossible, and that was read without certainty; or one with odd cents.

    Meters count in tenths of a yuan, so a fare that ends in 8 was printed with a slashed zero.
    """
    total, ride = _read(by_name, "total"), proofs.ride
    if total is None or ride is None or not _may_touch(by_name, "total") or proofs.spelt is not None:
        return
    if _adds_up(by_name):
        return
    low, high = ride.fares
    read = f"{total:.2f}"
    if read[-1] == "0":
        possible_price = low * _NEARLY <= total <= high / _NEARLY
        if possible_price or by_name["total"].confidence >= _SURE_READING or _said_twice(proofs, total):
            return
        ways = {way for way in _variants(read, LIKE) if way[-3:] == read[-3:]}
    else:
        ways = set()
    ways |= {"".join(way) for way in product(*(("8", "0") if c == "8" else (c,) for c in read[-9:]))}
    possible = {w for w in ways if w[0] != "0" and w[-1] == "0" and low <= Decimal(w) <= high}
    if len(possible) == 1 and read not in possible:
        yield Repair(FARE, "total", by_name["total"].value, possible.pop())


def _variants(text: str, like: dict[str, str]) -> Iterator[str]:
    """The text with one character taken for one of its look-alikes."""
    for n, char in enumerate(text):
        for other in like.get(char, ""):
            yield text[:n] + other + text[n + 1 :]


def _by_check_digit(proofs: Proofs, by_name: dict[str, Field]) -> Iterator[Repair]:
    """A 统一社会信用代码 by its check characters."""
    for rule in (SELLER_TAX_ID, BUYER_TAX_ID):
        (name,) = rule.binds
        if not _may_touch(by_name, name):
            continue
        number = compact(by_name[name].value)
        if len(number) != 18 or tax_id_is_right(number, "CN") is not False:
            continue
        meant = meant_by(number)
        if meant is not None:
            yield Repair(rule, name, by_name[name].value, meant)


def _by_year(proofs: Proofs, by_name: dict[str, Field]) -> Iterator[Repair]:
    """A year in the future by the year in the invoice's number or code: one of its look-alikes is not too early.

    The field may already hold a guess at what that year was.
    """
    if not _may_touch(by_name, "date"):
        return
    printed = _YEAR.search(by_name["date"].text or "")
    day, today = date_of(by_name["date"].value), proofs.page.today
    if printed is None or day is None or int(printed[1]) <= today.year:
        return
    year = printed[1]
    issued = year_of_number(by_name["invoice_number"].value) if "invoice_number" in by_name else None
    made = year_of_code(by_name["invoice_code"].value) if "invoice_code" in by_name else None
    if proofs.country != "CN" or (issued is None and made is None):
        return
    years = (int(year[:3] + digit) for digit in YEAR_LIKE.get(year[3], ""))
    days = _days(day, (y for y in years if (y == issued if issued else made is not None and y >= made)))
    possible = [d for d in days if d <= today]
    if len(possible) == 1:
        rule = NUMBER_AND_DATE if issued else CODE_AND_DATE
        yield Repair(rule, "date", f"{year}{by_name['date'].value[4:]}", possible[0].isoformat())


def _days(day: datetime.date, years: Iterable[int]) -> Iterator[datetime.date]:
    """The same day in other years, where they have it."""
    for year in years:
        try:
            yield day.replace(year=year)
        except ValueError:  # the 29th of February
            continue
