"""Questions over many rows of a sheet: what to look at next, sums, cells to copy. No Qt."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from paddlescan.document import FIELD_NAMES, Language, Quad, bounds
from paddlescan.export.cells import field_cell
from paddlescan.extraction.rules import amount_of
from paddlescan.gui.review.rows import page_of
from paddlescan.gui.review.sheet import ReviewSheet
from paddlescan.words import category_word

_TOUCHING = 0.15
"""Of the smaller one of two boxes: so much of it may lie in the other, though they are two places."""
Cell = tuple[int, str]
"""A receipt id and a column."""


def next_look(sheet: ReviewSheet, among: Sequence[int], after: Cell | None, step: int = 1) -> Cell | None:
    """The next field to look at in the order of `among`, round to the start; None where all is checked.

    step: 1 for the next, -1 for the one before. The field `after` itself comes last, if it is still to check.
    """
    here = _rank(after[1]) if after is not None else 0
    start = among.index(after[0]) if after is not None and after[0] in among else None
    if start is not None and after is not None:
        for name in _names(sheet, after[0], step):
            if (_rank(name) - here) * step > 0:
                return after[0], name
    for receipt_id in _round(among, start, step):
        for name in _names(sheet, receipt_id, step):
            return receipt_id, name
    return None


def _names(sheet: ReviewSheet, receipt_id: int, step: int) -> Sequence[str]:
    names = sheet.wants_look(receipt_id)
    return names if step > 0 else names[::-1]


def _round(among: Sequence[int], start: int | None, step: int) -> Iterator[int]:
    """Every row once, from the one behind `start` (before it, for -1) round to `start` itself; None: from the end."""
    if start is None:
        return iter(among) if step > 0 else reversed(among)
    ahead, behind = (range(start + 1, len(among)), range(start + 1))
    if step < 0:
        ahead, behind = range(start - 1, -1, -1), range(len(among) - 1, start - 1, -1)
    return (among[at] for places in (ahead, behind) for at in places)


def _rank(name: str) -> int:
    """The place of a field in its row; before all others what is no field."""
    return FIELD_NAMES.index(name) if name in FIELD_NAMES else -1


def cell_at(sheet: ReviewSheet, page_id: int, place: Quad, front: int | None = None) -> Cell | None:
    """The field of a page that was read from a place (pixels of the source page); None where there is none.

    front: the receipt in front, whose fields go first: receipts that lie askew reach into each other's boxes. Boxes
    that only touch are not the same place.
    """
    x0, y0, x1, y1 = bounds(place)
    best: tuple[bool, float, Cell] | None = None
    for receipt_id in sheet.ids_of_page(page_id):
        for name, field in sheet.row(receipt_id).values.items():
            if field.quad is None or page_of(sheet.row(receipt_id), field) != page_id:
                continue
            a0, b0, a1, b1 = bounds(field.quad)
            shared = max(0.0, min(x1, a1) - max(x0, a0)) * max(0.0, min(y1, b1) - max(y0, b0))
            if shared <= _TOUCHING * min((x1 - x0) * (y1 - y0), (a1 - a0) * (b1 - b0)):
                continue
            if best is None or (receipt_id == front, shared) > best[:2]:
                best = receipt_id == front, shared, (receipt_id, name)
    return None if best is None else best[2]


def sums(sheet: ReviewSheet, receipt_ids: Iterable[int]) -> dict[str, Decimal]:
    """The totals of some rows by currency ("" where none is known), by currency code."""
    result: dict[str, Decimal] = {}
    for line in sheet.lines(receipt_ids):  # ten thousand of them while a batch runs: no detours here
        total, code = line.some("total", "currency")
        number = amount_of(total)
        if number is not None:
            result[code] = result[code] + number if code in result else number
    return dict(sorted(result.items()))


def tsv(sheet: ReviewSheet, lines: Iterable[Iterable[Cell | None]], language: Language = "en") -> str:
    """Cells as tab-separated lines for any spreadsheet, by the rules of the CSV export; None leaves one empty.

    No line break in a cell; one with a TAB of those rules, or with a quotation mark, is quoted.
    """
    text = io.StringIO(newline="")
    csv.writer(text, "excel-tab", lineterminator="\n").writerows(
        [_copied(sheet, *cell, language) if cell else "" for cell in line] for line in lines
    )
    return text.getvalue().removesuffix("\n")


def _copied(sheet: ReviewSheet, receipt_id: int, column: str, language: Language) -> str:
    text = sheet.text(receipt_id, column)
    return field_cell(column, " ".join((category_word(text, language) if column == "category" else text).split()))
