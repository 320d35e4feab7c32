"""Whether a receipt was seen before: what makes two receipts the same, and what sets them apart.

Strong is the file itself and a number that is given once (code and number, a 20-digit number). Weaker is a
merchant's own number, weakest that merchant, date and total agree: a person is asked in all cases, and told which.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from paddlescan.document import Check, Kind, Receipt
from paddlescan.document.sameness import NOT_SEEN_BEFORE, SameKey
from paddlescan.extraction.rules import amount_of
from paddlescan.extraction.text import fold, letters_and_digits, plain
from paddlescan.words.checks import SAID, check_detail

_TICKETS: frozenset[Kind] = frozenset(
    {"taxi_receipt", "train_ticket", "bus_ticket", "toll_receipt", "quota_invoice", "flight_itinerary"}
)
"""Of these one person may have several of one day and price, or a colleague the like: only their numbers tell."""

_ONCE = 20
"""Digits of a number that is given once in all China (数电票)."""
_LONG = 6
"""A merchant's number of fewer characters starts anew every day."""
_GLUED_DATE = r"(?:\d{2,4}[-/.]\d{1,2}[-/.]\d{2,4}?)?"
_TIME = re.compile(rf"(?<!\d){_GLUED_DATE}([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?!\d)")
_MOST_TIMES = 8


def same_keys(receipt: Receipt, picture: str | None) -> tuple[SameKey, ...]:
    """The keys of a receipt, the strongest first; none for one on which nothing was read or typed.

    picture: names the file by its content, the page in it and the receipt on that; None: on no page.
    """
    if not any(found.value for found in receipt.fields):
        return ()
    marks = tuple((name, value) for name, value in _marks(receipt).items() if value)
    named = [("picture", picture)] if picture else []
    named += list(_numbers(receipt)) + list(_sum(receipt))
    return tuple(SameKey(name, value, marks) for name, value in dict.fromkeys(named))  # type: ignore[arg-type]


def apart(mine: SameKey, other: SameKey) -> bool:
    """Whether two receipts that share a key are two all the same, by what else is printed on them."""
    if mine.name in ("picture", "invoice"):
        return False
    if mine.name == "number":
        return _differ(mine, other, "code") or (_differ(mine, other, "date") and _differ(mine, other, "total"))
    here, there = set(mine.mark("times").split()), set(other.mark("times").split())
    if any(len(time) > len("hh:mm") for time in here & there):
        return False  # printed in the same second: a number that differs was misread
    if _differ(mine, other, "code") or _differ(mine, other, "number"):
        return True
    minutes = {time[:5] for time in here}
    return bool(here and there) and minutes.isdisjoint(time[:5] for time in there)


def seen_before(key: SameKey | None) -> Check:
    """The failed check of a receipt that shares this key with an earlier one; None: it shares none, and passes."""
    if key is None:
        made = Check(NOT_SEEN_BEFORE, True, facts=((SAID, "clear"),))
    else:
        invoice = key.value if key.name == "invoice" else ""
        figures = {name: key.mark(name) for name in ("number", "date", "total")} | {"invoice": invoice}
        made = Check(NOT_SEEN_BEFORE, False, facts=((SAID, key.name), *((n, v) for n, v in figures.items() if v)))
    return replace(made, detail=check_detail(made))


def merchant_key(name: str) -> str:
    """A merchant's name in the form in which it is compared: letters and digits, look-alikes as one."""
    return fold(name).text


def _marks(receipt: Receipt) -> dict[str, str]:
    total = amount_of(receipt.value("total"))
    return {
        "code": _code(receipt.value("invoice_code")),
        "number": _code(receipt.value("invoice_number")),
        "date": receipt.value("date"),
        "total": "" if total is None else f"{total:.2f}",
        "times": " ".join(_times(receipt)),
    }


def _numbers(receipt: Receipt) -> Iterator[tuple[str, str]]:
    code, number = _code(receipt.value("invoice_code")), _code(receipt.value("invoice_number"))
    if len(number) < 3 or not any(c.isdigit() for c in number):
        return
    if number.isdigit() and len(number) == _ONCE:
        yield "invoice", number
        return
    if len(code) >= 8 and len(number) >= _LONG:
        yield "invoice", f"{code} {number}"
    who = [_code(receipt.value("seller_tax_id")), merchant_key(receipt.value("merchant"))]
    if receipt.kind in _TICKETS and len(number) >= 8:
        who.append(receipt.kind)
    elif receipt.kind in _TICKETS and len(number) >= _LONG and (ride := _day_and_total(receipt)):
        # The red number of a paper ticket comes again in another year.
        yield "number", f"{receipt.kind} {number} {ride}"
    rest = ""
    if len(number) < _LONG:
        if receipt.kind in _TICKETS or not (rest := _day_and_total(receipt)):
            return
        rest = " " + rest
    yield from (("number", f"{whose} {number}{rest}") for whose in who if whose)


def _sum(receipt: Receipt) -> Iterator[tuple[str, str]]:
    merchant, rest = merchant_key(receipt.value("merchant")), _day_and_total(receipt)
    if merchant and rest and receipt.kind not in _TICKETS:
        yield "sum", f"{merchant} {rest}"


def _day_and_total(receipt: Receipt) -> str:
    date, total = receipt.value("date"), amount_of(receipt.value("total"))
    return f"{date} {total:.2f}" if date and total else ""


def _times(receipt: Receipt) -> tuple[str, ...]:
    found = dict.fromkeys(
        f"{int(hour):02}:{minute}" + (f":{second}" if second else "")
        for line in receipt.lines
        for hour, minute, second in _TIME.findall(plain(line.text))
    )
    return tuple(found)[:_MOST_TIMES]


def _code(value: str) -> str:
    return letters_and_digits(unicodedata.normalize("NFKC", value))


def _differ(mine: SameKey, other: SameKey, name: str) -> bool:
    return bool(mine.mark(name) and other.mark(name)) and mine.mark(name) != other.mark(name)
