"""Several receipts among the lines of one page, told apart by what is printed; and parts that are one receipt.

Receipts that lie exactly parallel (glued with care, or exported onto one PDF page) show nothing in the picture that
proves them several. Here a clear gap is a border only where a receipt of its own stands on both sides of it: a head,
and then a date and a total, as `wholeness` counts them. Cuts go right across or right down, one after another, so that
strips and grids fall apart. A copy of a receipt below it, or a payment slip, says the same date and total and stays.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence

from paddlescan.document import TextLine
from paddlescan.extraction.dates import find_dates
from paddlescan.extraction.labels import tokens_of
from paddlescan.extraction.rows import Line, lay_out
from paddlescan.extraction.text import is_cjk, plain
from paddlescan.extraction.wholeness import (
    FEWEST,
    Told,
    are_copies,
    head,
    is_receipt,
    rows_of,
    says_who,
    tail,
    together,
    told,
)

_GAP = 1.0  # line heights between receipts, at least
_MOST_CUTS = 24  # widest gaps that are looked at each way
_MOST_RECEIPTS = 40
_CLOSE = 6.0  # line heights between two parts of one torn receipt

Piece = tuple[Line, ...]
"""Lines that may be a receipt, in reading order."""


def split(lines: Sequence[TextLine], width: int, height: int) -> tuple[tuple[TextLine, ...], ...]:
    """The lines of each receipt on a page, in reading order; nearly always one group, which is `lines` as they came.

    lines: as recognised, in any order, quads in pixels of a page of width x height. Every line is in exactly one group.
    Where a page leaves a doubt it is one receipt. The method is the recursive X-Y cut (Nagy and Seth, "Hierarchical
    representation of optically scanned documents", ICPR 1984), with receipts instead of white space for a judge.
    """
    whole = (tuple(lines),)
    today = datetime.date.today()
    if min(width, height) < 1 or len(lines) < 2 * FEWEST or not _may_be_several(lines, today):
        return whole
    sheet = lay_out(lines)
    said = told(sheet, today)
    pieces = _distinct(_cut(sheet.lines, sheet.line_height, said), said)
    if not 2 <= len(pieces) <= _MOST_RECEIPTS:
        return whole
    return tuple(tuple(line.source for line in piece) for piece in _reading_order(pieces))


def belongs_together(first: Sequence[TextLine], second: Sequence[TextLine]) -> bool:
    """Whether two regions that a picture shows apart are one receipt, torn or folded between head and total.

    first, second: the lines read from each, in pixels of the source page, in any order. True only where they lie close
    to each other, one has a head and no total, and the other a total and no head.
    """
    if not first or not second:
        return False
    sheet = lay_out([*first, *second])
    said = told(sheet, datetime.date.today())
    own = {id(line) for line in first}
    parts = [tuple(m for m in sheet.lines if (id(m.source) in own) == mine) for mine in (True, False)]
    upper, lower = sorted(parts, key=lambda part: min(line.top for line in part))
    gap = min(line.top for line in lower) - max(line.bottom for line in upper)
    shared = min(max(m.right for m in upper), max(m.right for m in lower)) - max(
        min(m.left for m in upper), min(m.left for m in lower)
    )
    narrower = min(max(m.right for m in part) - min(m.left for m in part) for part in parts)
    if gap > _CLOSE * sheet.line_height or shared < 0.5 * narrower:
        return False
    above, below = (together(said, part) for part in (upper, lower))
    if above.totals or not below.totals or (above.dates and below.dates and not above.dates & below.dates):
        return False
    return (
        head(said, upper) >= 2 and not says_who(together(said, rows_of(lower)[0])) and not below.numbers - above.numbers
    )


def _may_be_several(lines: Sequence[TextLine], today: datetime.date) -> bool:
    """Whether there are two dates, or two numbers of receipts, as nearly every page shows at little cost."""
    dated = numbered = 0
    for line in lines:
        text = plain(line.text)
        if any(c.isdigit() for c in text) or len(text) <= 12:
            dated += bool(find_dates(text, "dmy", today))
            numbered += any(map(is_cjk, text)) and bool(tokens_of(text) & {"number_invoice", "invoice_code"})
            if dated >= 2 or numbered >= 2:
                return True
    return False


def _distinct(pieces: list[Piece], said: dict[int, Told]) -> list[Piece]:
    """A copy or a slip that says the same as the receipt before it becomes part of that again."""
    kept = pieces[:1]
    for piece in pieces[1:]:
        if are_copies(together(said, kept[-1]), together(said, piece)):
            kept[-1] = (*kept[-1], *piece)
        else:
            kept.append(piece)
    return kept


def _cut(piece: Piece, line_height: float, said: dict[int, Told]) -> list[Piece]:
    """The receipts of a piece: cut at its best border, and each part again."""
    best: tuple[float, Piece, Piece] | None = None
    ways: tuple[tuple[Callable[[Line], float], Callable[[Line], float]], ...] = (
        (lambda line: line.top, lambda line: line.bottom),
        (lambda line: line.left, lambda line: line.right),
    )
    for down, (start, end) in zip((True, False), ways, strict=True):
        for gap, first, second in _borders(piece, start, end, _GAP * line_height):
            if not (is_receipt(said, first) and is_receipt(said, second)):
                continue
            score = head(said, second) - (tail(said, first) if down else 0) + min(gap / line_height, 8.0) / 2.0
            if best is None or score > best[0]:
                best = score, first, second
    if best is None:
        return [piece]
    return [*_cut(best[1], line_height, said), *_cut(best[2], line_height, said)]


def _borders(
    piece: Piece, start: Callable[[Line], float], end: Callable[[Line], float], least: float
) -> list[tuple[float, Piece, Piece]]:
    """Where nothing is printed right across a piece: how wide the gap is, and what lies on both sides; widest first."""
    order = sorted(piece, key=start)
    reached = end(order[0])
    found: list[tuple[float, int]] = []
    for n, line in enumerate(order[1:], 1):
        if start(line) - reached >= least and min(n, len(order) - n) >= FEWEST:
            found.append((start(line) - reached, n))
        reached = max(reached, end(line))
    widest = sorted(found, reverse=True)[:_MOST_CUTS]
    return [(gap, _in_order(order[:n]), _in_order(order[n:])) for gap, n in widest]


def _in_order(lines: Iterable[Line]) -> Piece:
    return tuple(sorted(lines, key=lambda line: line.index))


def _reading_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Rows of receipts from top to bottom, each from left to right."""

    def middle(piece: Piece) -> float:
        return (min(line.top for line in piece) + max(line.bottom for line in piece)) / 2

    waiting = sorted(pieces, key=middle)
    ordered: list[Piece] = []
    while waiting:
        bottom = max(line.bottom for line in waiting[0])
        row = [p for p in waiting if middle(p) < bottom and min(line.top for line in p) <= middle(waiting[0])]
        ordered += sorted(row, key=lambda p: min(line.left for line in p))
        waiting = [p for p in waiting if not any(p is other for other in row)]
    return ordered
