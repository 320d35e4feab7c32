"""What a field takes of a text that a person pointed at: the amount of "TOTAL RM 42.40", the day of "Date: 14/03/2026".

The person chose the place, so nothing is judged here. What fits the field's kind is taken; a text without an amount, a
day or a currency gives such a field nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from paddlescan.document import AMOUNT_FIELDS
from paddlescan.extraction import patterns
from paddlescan.extraction.amounts import Amount, find_amounts
from paddlescan.extraction.capitals import find_capitals
from paddlescan.extraction.dates import find_dates
from paddlescan.extraction.text import is_cjk, plain

NUMBER_FIELDS = frozenset({"invoice_number", "invoice_code", "seller_tax_id", "buyer_tax_id", "check_code"})
"""Fields whose value is a number on a form, letters and dashes included."""

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9*/_-]*")
_GROUPS = re.compile(r"\d[\d ]*\d")
_TRAIN = re.compile(r"(?<![A-Za-z0-9])[GDCZTKYSLP]?\d{1,4}(?!\d)")
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_LABEL = re.compile(
    r"^\s*(?:(?:销\s?售\s?方|购\s?买\s?方|收款(?:单位|方)|付款(?:单位|方)|商\s?户|乘车人|旅客|地\s?址|[销购买]?方?名\s?称)"
    r"(?:名称|信息)?|sold\s(?:to|by)|bill(?:ed)?\sto|buyer|seller|merchant|customer|vendor|name|address|to)\s*[:：]\s*",
    re.IGNORECASE,
)
_LABELLED_FIELDS = frozenset({"merchant", "buyer", "passenger", "address", "origin_station", "destination_station"})


def joined(texts: Iterable[str]) -> str:
    """Lines as one text: line breaks become spaces, none between two Chinese characters."""
    text = ""
    for line in (" ".join(text.split()) for text in texts):
        glued = bool(text and line) and is_cjk(text[-1]) and is_cjk(line[0])
        text += line if glued or not text else f" {line}"
    return text.strip()


def fitting(name: str, texts: Iterable[str], currency: str = "", today: date | None = None) -> str:
    """What the field of that name takes of these lines; "" where they hold nothing that fits.

    currency: of the receipt (ISO 4217), which says how its country writes 03/04/2018; such a day stays as printed where
    nobody knows. today: no day of a receipt is later.
    """
    lines = [line for line in texts if line.strip()]
    whole = joined(lines)
    if name in AMOUNT_FIELDS:
        return _amount(lines) or ""
    if name == "date":
        return _day(lines, currency, today or date.today()) or ""
    if name == "currency":
        return _currency(lines) or ""
    if name in NUMBER_FIELDS:
        return _number(name, whole) or whole
    if name == "train_number":
        found = _TRAIN.search(plain(whole))
        return found[0] if found else whole
    return (_LABEL.sub("", whole) if name in _LABELLED_FIELDS else whole) or whole


def _amount(lines: Iterable[str]) -> str | None:
    """The last amount with decimals or a currency, as amounts stand to the right and below; else the last number."""
    found: list[Amount] = [amount for line in lines for amount in find_amounts(plain(line))]
    for better in (
        [a for a in found if a.decimals == 2 and not a.mended],
        [a for a in found if a.decimals or a.currency],
        found,
    ):
        if better:
            last = better[-1]
            return f"{'-' if last.negative and last.value else ''}{last.printed}"
    spelt = next((one for one in map(find_capitals, lines) if one is not None), None)
    return f"{spelt.value:.2f}" if spelt is not None else None


def _day(lines: Iterable[str], currency: str, today: date) -> str | None:
    order = _order_of(currency)
    for line in lines:
        text = plain(line)
        for found in find_dates(text, order or "dmy", today):
            if found.form == "misread":
                continue
            unsure = found.other is not None and found.other != found.value and order is None
            return text[found.start : found.end].strip() if unsure else found.value.isoformat()
    return None


def _order_of(currency: str) -> str | None:
    """How all countries with that currency write a day; None where they differ, or none is known."""
    orders = {order for code, order in patterns.money().countries.values() if code == currency}
    return orders.pop() if len(orders) == 1 else None


def _currency(lines: Iterable[str]) -> str | None:
    signs = dict(patterns.money().signs)
    codes = frozenset(signs.values())
    for line in map(plain, lines):
        printed = [a.currency for a in find_amounts(line) if a.currency in codes]
        written = [code for code in _CODE.findall(line) if code in codes]
        alone = [code for sign, code in signs.items() if sign in line and not sign.isalpha()] if not printed else []
        words = [signs[word] for word in re.findall(r"[A-Za-z$]+", line) if word in signs]
        for found in (printed, written, words, alone):
            if found:
                return found[0]
    return None


def _number(name: str, text: str) -> str | None:
    """The longest run of figures and letters that holds a figure; a check code stands in groups."""
    text = plain(text)
    if name == "check_code":
        groups = max(_GROUPS.findall(text), key=len, default="")
        return groups or None
    runs = [run.strip("-/_*") if name == "invoice_number" else run for run in _NUMBER.findall(text)]
    return max((run for run in runs if any(c.isdigit() for c in run)), key=len, default=None)
