"""Line items of Taiwan's receipts: whole dollars, a row each: 茶葉蛋 13 x 2 26TX, or columns on a form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from paddlescan.document import Field, Item
from paddlescan.extraction.page import Page
from paddlescan.extraction.text import cjk_count, letter_count, squeeze

_FIGURE = re.compile(r"(?<![\w.])\$?(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.00)?\s?(?:T?X)?(?![\w.%])")
_TIMES = re.compile(r"(?<=\d)\s?[xX×*]\s?(?=\d)")
_MOST = 100
"""Rows that are looked at."""


def find_items(page: Page, fields: Iterable[Field]) -> tuple[Item, ...]:
    """The rows in which quantity times price is the amount; none unless they add up to the total, or to the net sum."""
    wanted = {f.value for f in fields if f.name in ("total", "subtotal") and f.value}
    items: list[Item] = []
    for row in page.sheet.rows[:_MOST]:
        texts = [squeeze(page.sheet.lines[i].text) for i in row]
        name = texts[0]
        figures = [int(m[1].replace(",", "")) for text in texts[1:] for m in _FIGURE.finditer(_TIMES.sub(" ", text))]
        if cjk_count(name) + letter_count(name) < 2 or len(figures) != 3 or ":" in name:
            continue
        first, second, amount = figures
        if first * second == amount:
            sign = any(_TIMES.search(text) for text in texts[1:])
            quantity, price = (second, first) if sign else (first, second)
            items.append(Item(name, str(quantity), f"{price}.00", f"{amount}.00"))
    made = sum((Decimal(item.amount or 0) for item in items), Decimal(0))
    return tuple(items) if f"{made:.2f}" in wanted else ()
