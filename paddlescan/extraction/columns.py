"""The columns of a table by its heading: which words stand where, and to which column a figure belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paddlescan.extraction import patterns
from paddlescan.extraction.labels import find
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line

_TOLD = ("description", "quantity", "unit_price", "amount")
"""Columns that make a row the heading of a table; two of them are enough."""
_BESIDES = ("tax", "other")
"""Columns beside them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading: what its column holds, and where the word stands, in pixels of the upright frame."""

    name: str
    """description, quantity, unit_price, amount, tax or other."""
    left: float
    right: float

    def distance(self, left: float, right: float) -> float:
        """How far something is from the heading: by the nearest of left edges, right edges and middles."""
        middles = abs((left + right) - (self.left + self.right)) / 2
        return min(abs(left - self.left), abs(right - self.right), middles)


def span(line: Line, start: int, end: int) -> tuple[float, float]:
    """Where the characters from `start` up to `end` of a line stand, letters taken to be equally wide."""
    size = max(len(line.text), 1)
    return line.left + line.width * start / size, line.left + line.width * end / size


def heading(lines: Sequence[Line]) -> tuple[Column, ...]:
    """The columns that a row of lines names, left to right; empty where it is no heading of a table.

    A heading names two different columns at least, and no figure. Of headings that say the same ("Net amount  Amount")
    the last stands for it.
    """
    if any(c.isdigit() for line in lines for c in line.text):
        return ()
    found: dict[str, Column] = {}
    others: list[Column] = []
    for line in lines:
        for word in find(line.text, patterns.item_columns()):
            column = Column(next(n for n in (*_TOLD, *_BESIDES) if n in word.tokens), *span(line, word.start, word.end))
            if column.name in _BESIDES:
                others.append(column)
            elif column.name != "description" or column.name not in found:
                found[column.name] = column
    if len(found) < 2:
        return ()
    return tuple(sorted((*found.values(), *others), key=lambda c: c.left))


def find_heading(page: Page, before: int) -> tuple[int, tuple[Column, ...]]:
    """The first row above row `before` that heads a table, and its columns; (-1, ()) where there is none."""
    priced = {one.line.row for one in page.sums if one.amount.decimals}
    for number, row in enumerate(page.sheet.rows[:before]):
        if number not in priced and (columns := heading([page.sheet.lines[i] for i in row])):
            return number, columns
    return -1, ()


def column_of(columns: Sequence[Column], left: float, right: float) -> str | None:
    """The column nearest to something; None without columns."""
    return min(columns, key=lambda c: c.distance(left, right)).name if columns else None
