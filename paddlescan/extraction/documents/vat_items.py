"""The table of a Chinese VAT invoice: names, quantities, unit prices and amounts without tax.

Amounts stand flush right above their sum, so the sum finds them, whatever became of the headings; where those were
read they say which sum is one of amounts and which of taxes. What a table says is believed only if its amounts make
the sum, on an invoice of several pages that of the page (小计).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from paddlescan.document import Field, Item
from paddlescan.extraction.columns import Column, span
from paddlescan.extraction.item_rows import item_of
from paddlescan.extraction.page import Page, Sum
from paddlescan.extraction.rows import Line
from paddlescan.extraction.rules.sums import CENT
from paddlescan.extraction.text import cjk_count, letter_count, squeeze

_FIGURE = re.compile(r"(?<![\w.])-?\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,15})?(?![\w.%])")
_NOT_NAMES = re.compile(r"^(?:[合计\s]{1,6}|小计|价税合计.*|.*(?:大写|小写).*|(?:项目|商品|货物.{0,14})名称)$")
_SUM_OF_ALL = re.compile(r"合\s{0,8}计|(?:本页)?小\s{0,8}计")
SUM_OF_PAGE = re.compile(r"(?:本页)?小\s{0,8}计")
"""On each page of an invoice of several; only the last has 合计."""
_HEADINGS = {"amount": re.compile(r"金\s{0,8}额"), "tax": re.compile(r"税\s{0,8}额")}
_FLUSH = 2.0
"""Line heights that an amount's right edge may be off its sum's."""
_MOST = 200
"""Rows of a table."""
_TRIED = 12
"""Places of the sum that are tried, from the foot upwards."""
_MOST_OF_ONE = 10_000
"""A quantity that was not read is worked out from amount and price up to this one."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with an amount, and what stands left of it."""

    amount: Sum
    left: tuple[Line, ...]

    @property
    def value(self) -> Decimal:
        """Negative for a discount."""
        return _value(self.amount)


def find_items(page: Page, fields: Iterable[Field]) -> tuple[Item, ...]:
    """The rows of the table, top down; none unless they add up to the subtotal among `fields`, or to the page's own."""
    wanted = next((f.value for f in fields if f.name == "subtotal" and f.value), None)
    sums = [one for one in page.sums if wanted == ("-" if one.amount.negative else "") + one.amount.printed]
    tried = sorted(sums, key=lambda one: -one.line.middle)[:_TRIED]
    tried += [one for one in page.sums if one not in tried and _is_sum(page, one, SUM_OF_PAGE)][-_TRIED:]
    for net in (one for one in tried if not _is_tax(page, one)):
        rows = _rows(page, net)
        if rows and sum((row.value for row in rows), Decimal(0)) == _value(net):
            edge = min((row.left[0].left for row in rows if row.left), default=0.0)
            ends = [row.amount.line.row for row in rows[1:]] + [net.line.row]
            return tuple(_item(page, row, end, edge) for row, end in zip(rows, ends, strict=True))
    return ()


def _value(one: Sum) -> Decimal:
    return -one.amount.value if one.amount.negative else one.amount.value


def _is_sum(page: Page, one: Sum, words: re.Pattern[str]) -> bool:
    """Whether an amount stands right of a line that says nothing but one of these words."""
    return any(
        line.right < one.line.left
        and abs(line.middle - one.line.middle) < 0.9 * max(line.height, one.line.height)
        and words.fullmatch(line.text.strip(" :"))
        for line in page.sheet.lines
    )


def _is_tax(page: Page, one: Sum) -> bool:
    """Whether a sum is one of taxes: by the headings above it; where they were not read, by a greater sum before it."""
    headings = _headings(page, one)
    if len(headings) == len(_HEADINGS):
        left, right = span(one.line, one.amount.start, one.amount.end)
        return headings["tax"].distance(left, right) < headings["amount"].distance(left, right)
    return any(
        other.amount.decimals == 2 and _right(other) < _right(one) and abs(_value(other)) > abs(_value(one))
        for other in page.sums
        if abs(other.line.middle - one.line.middle) < 0.5 * max(other.line.height, one.line.height)
    )


def _headings(page: Page, one: Sum) -> dict[str, Column]:
    """金额 and 税额 above a sum, the lowest of each."""
    found = {}
    for line in page.sheet.lines:
        if line.middle < one.line.middle and not any(c.isdigit() for c in line.text):
            for name, word in _HEADINGS.items():
                for match in word.finditer(line.text):
                    found[name] = Column(name, *span(line, match.start(), match.end()))
    return found


def _rows(page: Page, net: Sum) -> list[_Row]:
    reach = _FLUSH * page.sheet.line_height
    found = []
    for one in page.sums:
        above = one.line.middle < net.line.middle - net.line.height / 2
        flush = abs(_right(one) - _right(net)) < reach
        if one.amount.decimals == 2 and above and flush and not _is_sum(page, one, _SUM_OF_ALL):
            left = tuple(
                m for m in page.sheet.row_of(one.line) if m.left < one.line.left and m.height < 3 * one.line.height
            )
            found.append(_Row(one, left))
    return found[-_MOST:]


def _right(one: Sum) -> float:
    """Where an amount ends."""
    return span(one.line, one.amount.start, one.amount.end)[1]


def _item(page: Page, row: _Row, end: int, edge: float) -> Item:
    quantity, price = _multiplied(row)
    return item_of(_name(page, row, end, edge), quantity, price, row.value)


def _multiplied(row: _Row) -> tuple[Decimal | None, Decimal | None]:
    """Quantity and unit price: the two figures left of the amount that make it.

    The quantities of a table are often read downwards as one, and lost; then price and amount say what it was.
    """
    figures = _figures(row)
    amount = abs(row.value)
    for n, price in enumerate(figures):
        for quantity in figures[n + 1 :]:
            if abs(price * quantity - amount) <= _rounded(price, quantity):
                return quantity, price
    if figures and figures[0] > 0:
        quantity = (amount / figures[0]).quantize(Decimal(1))
        if 0 < quantity < _MOST_OF_ONE and abs(quantity * figures[0] - amount) <= CENT:
            return quantity, figures[0]
    return None, None


def _rounded(price: Decimal, quantity: Decimal) -> Decimal:
    """How far price times quantity may be from the amount: half of the price's last digit for each."""
    exponent = price.as_tuple().exponent
    return (
        max(CENT, abs(quantity) * Decimal(5).scaleb(exponent - 1))
        if isinstance(exponent, int) and exponent <= -2
        else CENT
    )


def _figures(row: _Row) -> list[Decimal]:
    """Figures of a row, from its amount to the left."""
    own = row.amount.line.text[: row.amount.amount.start]
    texts = [line.text for line in row.left if not _is_name(line)] + [own]
    found = [Decimal(m[0].replace(",", "")) for text in texts for m in _FIGURE.finditer(text)]
    return found[::-1][:4]


def _is_name(line: Line) -> bool:
    return cjk_count(line.text) + letter_count(line.text) > 1


def _name(page: Page, row: _Row, end: int, edge: float) -> str:
    """The words at the left edge of the row, and of the rows below it that have no amount."""
    reach = 4 * page.sheet.line_height
    parts = [line for line in row.left[:1] if line.left < edge + reach and _may_name(line)]
    for number in range(row.amount.line.row + 1, end):
        parts += _first(page, page.sheet.rows[number], edge + reach)
    return "".join(squeeze(line.source.text) for line in parts)


def _first(page: Page, row: Sequence[int], reach: float) -> list[Line]:
    """The first line of a row, if it can go on with a name."""
    line = page.sheet.lines[row[0]]
    goes_on = line.left < reach and _may_name(line)
    return [line] if goes_on and line.height < 3 * page.sheet.line_height else []


def _may_name(line: Line) -> bool:
    return _is_name(line) and not _NOT_NAMES.match(line.text.strip())
