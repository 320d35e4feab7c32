"""Electronic originals as receipts: every field exactly as the issuer wrote it, none of them read from pixels."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, cast

from paddlescan.document import AMOUNT_FIELDS, FIELD_NAMES, Entry, Field, Item, Kind, Original, Quad, Receipt, TextLine
from paddlescan.extraction import patterns, ranking
from paddlescan.extraction.checks import check
from paddlescan.extraction.codes.said import iso
from paddlescan.extraction.extract import extract_receipt, look_at
from paddlescan.extraction.fields import category
from paddlescan.extraction.layouts import layout_for

_COUNT = re.compile(r"\[\d+\]")
_DAY = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})")
_WHOLE = frozenset({"invoice_number", "total"})
"""An original that says these says all it knows: what else is printed is no field of it."""
_SPACED = frozenset({"merchant", "buyer", "address", "passenger"})
"""Fields whose value may hold spaces."""


def receipt_of(
    original: Original, lines: Sequence[TextLine], width: int, height: int, today: datetime.date | None = None
) -> Receipt:
    """The receipt that an electronic original is.

    lines: the text of the page as it is drawn, whose size is width x height in pixels. Fields have the origin `xml`
    and confidence 1; they are doubtful only where a check of theirs fails. What such a receipt should have and the
    original does not say is taken from the text of the page, and so is its category; of an original that does not
    even say its number and total, or has no entries at all, everything that is printed is.
    """
    printed = extract_receipt(lines, width, height, today)
    if not original.entries:
        return printed
    found = {name: field for name in _mapping()["fields"] if (field := _field(name, original.entries, lines))}
    if any(name in found for name in AMOUNT_FIELDS):
        found.setdefault("currency", Field("currency", "CNY", origin="xml"))
    layout = layout_for(_kind(original.entries, printed.kind))
    for name in layout.expects if found.keys() >= _WHOLE else FIELD_NAMES:
        if name not in found and (read := printed.field(name)) is not None:
            found[name] = read
    for name in layout.expects:
        found.setdefault(name, Field(name, "", confidence=0.0, origin="xml", doubtful=True))
    page = replace(look_at(lines, today), layout=layout, language="zh")
    for field in ranking.choose(ranking.rank_all(category.propose(page))):
        found.setdefault(field.name, field)
    items = tuple(_items(original.entries))
    fields, checks = check(page, tuple(sorted(found.values(), key=lambda f: FIELD_NAMES.index(f.name))), items)
    return replace(printed, kind=layout.kind, language="zh", fields=fields, items=items, checks=checks)


@cache
def _mapping() -> dict[str, Any]:
    return cast(dict[str, Any], patterns.read("originals"))


def _plain(path: str) -> str:
    """A path without its counts."""
    return _COUNT.sub("", path)


def _ends(path: str, end: str) -> bool:
    return path == end or path.endswith(f"/{end}")


def _field(name: str, entries: Sequence[Entry], lines: Sequence[TextLine]) -> Field | None:
    for end in _mapping()["fields"][name]:
        for entry in entries:
            if _ends(entry.path, end) and (value := _value(name, entry.text)):
                quad = entry.quad or _place(name, value, lines)
                return Field(name, value, entry.text, 1.0, quad, "xml")
    return None


def _value(name: str, text: str) -> str | None:
    """The text of an entry in the form that the field has; None where it has not that form."""
    text = " ".join(text.split())
    if name in AMOUNT_FIELDS:
        return _amount(text)
    if name == "date":
        match = _DAY.match(text)
        return iso(*match.groups()) if match else None
    if name in _SPACED:
        return text or None
    text = text.replace(" ", "")
    return text.removesuffix("站") if name.endswith("_station") else text or None


def _amount(text: str) -> str | None:
    try:
        number = Decimal(text.lstrip("¥￥").replace(",", "").strip())
    except InvalidOperation:
        return None
    return f"{number:.2f}" if number.is_finite() and abs(number) < 10**12 else None


def _place(name: str, value: str, lines: Sequence[TextLine]) -> Quad | None:
    """Where a value stands on the drawn page, if it does so once, by itself or behind its label."""
    forms = [value]
    if name == "date":
        year, month, day = value.split("-")
        forms = [value, f"{year}年{month}月{day}日", f"{year}年{int(month)}月{int(day)}日", year + month + day]
    squeezed = [("".join(line.text.split()), line.quad) for line in lines]
    within = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w.])", re.ASCII)
    for found in (
        [quad for text, quad in squeezed if text.lstrip("¥￥") in forms],
        [quad for text, quad in squeezed if within.search(text)],
    ):
        if len(found) == 1:
            return found[0]
    return None


def _kind(entries: Sequence[Entry], printed: Kind) -> Kind:
    """The kind by what the entries say; of a voucher that is not known here, by what is printed."""
    for rule in _mapping()["kinds"]:
        if any(_ends(_plain(e.path), rule["path"]) and rule.get("has", "") in e.text for e in entries):
            return cast(Kind, rule["kind"])
    return printed if all(e.path.startswith("xbrl/") for e in entries) else "vat_invoice"


def _items(entries: Sequence[Entry]) -> Iterator[Item]:
    """The line items, in their order; only the first form of them that the original has."""
    for shape in _mapping()["items"]:
        rows: dict[str, dict[str, str]] = {}
        for entry in entries:
            parent, _, name = entry.path.rpartition("/")
            if not parent.startswith("CustomTag/") and _ends(_plain(parent), shape["path"]):
                rows.setdefault(parent, {})[name] = " ".join(entry.text.split())
        for row in rows.values():
            if row.get(shape["description"]):
                yield Item(
                    row[shape["description"]],
                    row.get(shape["quantity"]),
                    row.get(shape["unit_price"]),
                    _amount(row.get(shape["amount"], "")),
                )
        if rows:
            return
