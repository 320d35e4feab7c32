"""Fields settled by a QR code: its error correction knows better than any recogniser, if it is this receipt's code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from paddlescan.document import AMOUNT_FIELDS, Check, Code, Field, Kind, Quad
from paddlescan.extraction.codes import understood
from paddlescan.extraction.codes.said import Said
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.rules import judge
from paddlescan.extraction.rules.codes import QR
from paddlescan.extraction.text import letters_and_digits

_SURE, _FAIR, _SHAKEN = 0.99, 0.95, 0.5
"""Confidence in what the page says too, in what the code alone says, and in what the page says otherwise."""
_NUMBERS = frozenset({"invoice_number", "invoice_code", "check_code", "seller_tax_id", "buyer_tax_id"})
_NAMES = frozenset({"merchant", "buyer", "address"})
_KEEP = 5
_SHORT = 5
"""A number of fewer characters stands within others by chance."""
_MISREAD = 0.25
"""Of the characters of a number: so many may be misread for it to be the same number."""

State = Literal["printed", "misread", "silent", "otherwise"]


class _Found(NamedTuple):
    """How the page stands to one value of a code: printed there, printed and misread, not seen, or another."""

    state: State
    line: Line | None = None


def kind_of(codes: Sequence[Code]) -> Kind | None:
    """The kind of receipt that these codes stand on, where they say it."""
    return next((said.kind for code in codes if (said := understood(code)) is not None and said.kind), None)


def settle(page: Page, fields: tuple[Field, ...], codes: Sequence[Code]) -> tuple[tuple[Field, ...], Check | None]:
    """The fields with what the receipt's code says in them, and the check whether the page says the same.

    Of several codes that which most of the page bears out. A value that stands on the page too is certain and keeps
    its place; one that the page reads nearly so repairs the reading, if the page bears out anything else of the code;
    where the page has another, the code's is put in and is doubtful. No check where the page has nothing to compare.
    """
    by_name = {field.name: field for field in fields}
    chosen = max(_told(page, by_name, codes), key=lambda told: told[2], default=None)
    if chosen is None:
        return fields, None
    code, said, borne_out = chosen
    compared: dict[str, str] = {}
    as_read: dict[str, str] = {}
    for name, value in said.items():
        found, read = _found(page, name, value, by_name.get(name)), by_name.get(name)
        if name in _NAMES and read and read.value and found.state != "printed":
            others = _others(read.value, value, *read.candidates)
            by_name[name] = replace(read, candidates=others)  # a shop's name may rightly be another than its firm's
            continue
        state = "otherwise" if found.state == "misread" and not borne_out else found.state
        by_name[name] = _settled(name, value, read, found.line, code.quad, state, borne_out)
        if state != "silent":
            compared[name] = value
            as_read[name] = read.value if state == "otherwise" and read else value
    check = judge(QR, as_read, compared)
    return tuple(by_name.values()), check


def _told(
    page: Page, by_name: Mapping[str, Field], codes: Sequence[Code]
) -> Iterator[tuple[Code, dict[str, str], int]]:
    """Each code that is understood, its fields, and how many of them stand on the page."""
    for code in codes:
        said = understood(code)
        if said is not None:
            fields = _figured(said, by_name)
            count = sum(_found(page, n, v, by_name.get(n)).state == "printed" for n, v in fields.items())
            yield code, fields, count


def _figured(said: Said, by_name: Mapping[str, Field]) -> dict[str, str]:
    """A code's fields, its amount under the name that the page gives it.

    Some issuers put the total where the net belongs: an amount that the page has under the other name, and not under
    this one, is left out.
    """
    fields = dict(said.fields)
    amounts = {name: by_name[name].value for name in ("subtotal", "total") if name in by_name}
    if said.net_or_total is not None:
        fields |= {name: value for name, value in amounts.items() if value == said.net_or_total}
    for name, other in (("subtotal", "total"), ("total", "subtotal")):
        if other not in said.fields and name in said.fields:
            value = said.fields[name]
            if amounts.get(other) == value and amounts.get(name, value) != value:
                del fields[name]
    return fields


def _found(page: Page, name: str, value: str, read: Field | None) -> _Found:
    if name == "currency":
        return _Found("silent")  # printed as a sign that several countries use
    if read is not None and read.value == value and read.quad is not None:
        return _Found("printed")
    if name in AMOUNT_FIELDS:
        wanted = abs(Decimal(value))
        line = next((one.line for one in page.sums if one.amount.value == wanted), None)
    elif name == "date":
        day = date.fromisoformat(value)
        line = next((line for line, found in page.dates if day in (found.value, found.other)), None)
    else:
        line = next((line for line in page.sheet.lines if _stands_in(value, line.text)), None)
    if line is not None:
        return _Found("printed", line)
    if read is None or not read.value:
        return _Found("silent")
    return _Found("misread" if name in _NUMBERS and _nearly(value, read.value) else "otherwise")


def _stands_in(value: str, text: str) -> bool:
    """Whether a text says a value, whatever stands between its characters; a short number is a word of its own."""
    wanted = letters_and_digits(value)
    if len(wanted) < _SHORT and wanted.isascii():
        return bool(wanted) and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE) is not None
    return wanted in letters_and_digits(text)


def _nearly(value: str, read: str) -> bool:
    """Whether a number was read with a few characters wrong, or one lost."""
    if len(value) == len(read):
        return sum(a != b for a, b in zip(value, read, strict=True)) <= max(1, _MISREAD * len(value))
    short, long = sorted((value, read), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _settled(
    name: str, value: str, read: Field | None, line: Line | None, place: Quad, state: State, borne_out: int
) -> Field:
    """The field with the code's value. Where it was read it keeps its place and the text as it was read."""
    kept = read if read is not None and read.value else None
    text, quad = (kept.text, kept.quad) if kept else (None, place)
    if line is not None:
        text, quad = line.source.text, line.source.quad
    confidence = {"printed": _SURE, "misread": _SURE, "silent": _FAIR, "otherwise": _SHAKEN}[state]
    doubtful = state == "otherwise" or (state == "silent" and not borne_out and name != "currency")
    others = _others(value, kept.value, *kept.candidates) if kept else ()
    return Field(name, value, text, confidence, quad, "qr", doubtful, others)


def _others(value: str, *offered: str) -> tuple[str, ...]:
    """What else a field could be, without its value."""
    return tuple(other for other in dict.fromkeys(offered) if other and other != value)[:_KEEP]
