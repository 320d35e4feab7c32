"""What one row of a page says about a line item: its words, its figures, and which of them multiply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from paddlescan.document import Item
from paddlescan.extraction import patterns
from paddlescan.extraction.columns import Column, column_of, span
from paddlescan.extraction.page import Page, Sum
from paddlescan.extraction.rows import Line
from paddlescan.extraction.rules.sums import CENT
from paddlescan.extraction.text import cjk_count, digit_count, letter_count, squeeze

_PRICE = r"(?:RM|[$£€¥₹])?\s?(?P<price>\d{1,6}[.,]\d{2,4})(?!\d)"
_TIMES = re.compile(
    rf"(?<![\w.,])@?\s?(?P<quantity>\d{{1,4}}(?:[.,]\d{{1,3}})?)\s?(?:[x×*@]\s?)+{_PRICE}", re.IGNORECASE
)
"""4 X 2.30, @6 X RM 13.80, 2 @ 5.00."""
_EACH = re.compile(rf"@\s?{_PRICE}", re.IGNORECASE)
_BEFORE = re.compile(r"^\W{0,2}(?P<quantity>\d{1,4}(?:[.,]\d{1,3})?)\s?[x×](?![a-z])", re.IGNORECASE)
_BEHIND = re.compile(r"(?<=[\s\d])[x×*]\s?(?P<quantity>\d{1,3})(?![\w.,])", re.IGNORECASE)
_LEADING = re.compile(r"^\W{0,2}(?P<quantity>\d{1,3})\s(?=\D)")
_CODE = re.compile(r"(?<![\w.])#?\d{5,}(?![\w.])")
_COLUMNS = re.compile(r"(?: \d{1,4}){2,12}$")
"""Figures of the next columns, glued to the words: CR-VANILLA 20 0 0 20."""
_LEFT_OVER = " :;*-_=~.,'\"|<>·•@#"
_GOODS = re.compile(r"^\*[^*\s]{1,20}\*(?=\w)")
"""The kind of goods before their name, as Chinese invoices print it: *纸制品*复印纸."""
_MANY = 12
"""Figures of a row that are looked at."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a row, from left to right in pixels of the upright frame."""

    value: Decimal = field(repr=False)
    decimals: int
    left: float
    right: float
    column: str | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row, read as a part of a line item."""

    number: int
    """Its place among the page's rows."""
    text: str = field(repr=False)
    """Its words, without figures and codes; empty where it has none to speak of."""
    raw: str = ""
    """All that it says."""
    figures: tuple[Figure, ...] = ()
    """Its amounts, left to right."""
    sums: tuple[Sum, ...] = ()
    quantities: tuple[Decimal, ...] = ()
    """What is said to be a quantity: 2 x, x2, or below such a heading; the surest first."""
    perhaps: tuple[Decimal, ...] = ()
    """Whole numbers that could be one."""
    prices: tuple[Decimal, ...] = ()
    """What is said to be a price of one: @ 5.00, 2 x 5.00."""


def item_of(description: str, quantity: Decimal | None, price: Decimal | None, amount: Decimal) -> Item:
    """A line item with its figures as decimal strings: money with two digits, or as many as are needed."""
    return Item(
        description,
        None if quantity is None else format(quantity.normalize(), "f"),
        None if price is None else _money(price),
        _money(amount),
    )


def _money(value: Decimal) -> str:
    return f"{value:.2f}" if value == value.quantize(CENT) else format(value.normalize(), "f")


def item_rows(page: Page, columns: Sequence[Column], rows: Sequence[int]) -> Iterator[ItemRow]:
    """The rows of these numbers as parts of items."""
    by_row: dict[int, list[Sum]] = {}
    for one in page.sums:
        by_row.setdefault(one.line.row, []).append(one)
    for number in rows:
        lines = [page.sheet.lines[i] for i in page.sheet.rows[number]]
        yield _read(number, lines, by_row.get(number, [])[:_MANY], columns)


def _read(number: int, lines: Sequence[Line], sums: Sequence[Sum], columns: Sequence[Column]) -> ItemRow:
    figures = []
    for one in sums:
        left, right = span(one.line, one.amount.start, one.amount.end)
        value = -one.amount.value if one.amount.negative else one.amount.value
        figures.append(Figure(value, one.amount.decimals, left, right, column_of(columns, left, right)))
    whole = squeeze(" ".join(line.text for line in lines))
    quantities, prices = [], []
    for match in _TIMES.finditer(whole):
        quantities.append(_decimal(match["quantity"]))
        prices.append(_decimal(match["price"]))
    prices += [_decimal(match["price"]) for match in _EACH.finditer(whole)]
    for pattern in (_BEFORE, _BEHIND):
        quantities += [_decimal(m["quantity"]) for m in pattern.finditer(whole)]
    quantities += [f.value for f in figures if f.column == "quantity" and f.value > 0]
    perhaps = [f.value for f in figures if f.decimals in (0, 3) and 0 < f.value < 1000]
    perhaps += [_decimal(m["quantity"]) for line in lines[:1] for m in _LEADING.finditer(line.text)]
    prices += [f.value for f in figures if f.column == "unit_price" and f.value > 0]
    return ItemRow(
        number,
        words(lines, sums),
        squeeze(" ".join(line.source.text for line in lines)),
        tuple(figures),
        tuple(sums),
        tuple(dict.fromkeys(quantities)),
        tuple(dict.fromkeys(perhaps)),
        tuple(dict.fromkeys(prices)),
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def words(lines: Sequence[Line], sums: Sequence[Sum]) -> str:
    """A row's words: amounts, codes, quantities and units taken out, cells without words left out.

    A column of short cells is often read downwards as one (元元元): it belongs to no row.
    """
    cells = []
    low = min((line.height for line in lines), default=1.0)
    for line in lines:
        if line.height > 1.8 * low and line.height > 1.5 * line.width:
            continue
        text = line.source.text[: len(line.text)]
        for one in reversed([s for s in sums if s.line is line and (s.amount.decimals >= 2 or s.amount.currency)]):
            text = text[: one.amount.start] + " " + text[one.amount.end :]
        for pattern in (_TIMES, _EACH, _BEFORE, _BEHIND, _CODE):
            text = pattern.sub(" ", text)
        text = _COLUMNS.sub("", squeeze(text)).rstrip(_LEFT_OVER)
        text = text if _GOODS.match(text) else text.lstrip(_LEFT_OVER)
        if is_wordy(text):
            cells.append(text)
    return " ".join(cells)


def is_wordy(text: str) -> bool:
    """Whether a text can be a description: two letters more than its units, or an ideograph, and not all figures."""
    rest = " ".join(w for w in text.split() if w.casefold().strip("*.()=") not in patterns.item_units())
    letters = letter_count(rest)
    return cjk_count(rest) > 0 or (letters >= 3 and 3 * letters >= digit_count(rest))


def multiply(amount: Decimal, rows: Sequence[ItemRow], own: Figure) -> tuple[Decimal, Decimal] | None:
    """(quantity, unit price) among the figures of an item's rows that make its amount, to half a cent each way.

    What is said to be a quantity or price is tried before what only could be; None where nothing comes out.
    """
    said = [q for row in rows for q in row.quantities]
    figures = [f for row in rows for f in row.figures if f is not own]
    prices = [p for row in rows for p in row.prices] + [f.value for f in figures if f.decimals >= 2 and f.value > 0]
    if own.decimals == 0:  # a page without cents
        prices += [f.value for f in figures if f.decimals == 0 and f.value > 0]
    for q in said:
        for p in (*prices, *((abs(amount),) if q == 1 else ())):
            if p != q and abs(q * p - abs(amount)) < CENT:
                return q, p
    for q in (q for row in rows for q in row.perhaps):
        for p in prices:
            if p != q and abs(q * p - abs(amount)) < CENT:
                return q, p
    return None
