"""Several receipts among the lines of one page, told apart by what is printed; and parts that are one receipt.

Receipts that lie exactly parallel (glued with care, or exported onto one PDF page) show nothing in the picture that
proves them several. Here a clear gap is a border only where a receipt of its own stands on both sides of it: a head,
and then a date and a total, as `_Evidence` counts them. Cuts go right across or right down, one after another, so that
strips and grids fall apart. A copy of a receipt below it, or a payment slip, says the same date and total and stays.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from paddlescan.document import TextLine
from paddlescan.extraction.amounts import find_amounts
from paddlescan.extraction.dates import find_dates
from paddlescan.extraction.labels import find_labels, name_tokens, role_of, tokens_of
from paddlescan.extraction.layouts import layouts
from paddlescan.extraction.rows import Line, Sheet, lay_out
from paddlescan.extraction.text import fold, is_cjk

_GAP = 1.0  # line heights between receipts, at least
_FEWEST = 4  # lines of a receipt
_HEAD_ROWS = 6  # in which a receipt says whose it is
_TAIL_ROWS = 4  # in which a receipt's end does not
_MOST_CUTS = 24  # widest gaps that are looked at each way
_MOST_RECEIPTS = 40
_LONGEST = 60  # characters; longer lines are prose, whose names and dates say nothing
_FORM_WEIGHT = 3  # of a layout's word that is a form's own name
_CLOSE = 6.0  # line heights between two parts of one torn receipt
_TOTALS = {"total", "total_incl", "total_within", "total_tax", "cash_total", "payable", "rounded"}
_NUMBERS = {"number_invoice", "number_receipt", "number_bill"}
_CONTACT = {"phone", "registration", "web"}
_ADDRESS_ZH = re.compile(r"(?:路|街|道|巷|弄)[^\d]{0,6}\d{1,5}\s?号|[市省][^\s\d]{1,8}[区县]")
_DIGITS = re.compile(r"\d[\d-]{3,}\d")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What one line says of where a receipt begins and what it is."""

    signs: frozenset[str] = frozenset()
    """Of `name`, `address`, `contact`, `title`, `number` and `form`: a head has several."""
    dates: frozenset[datetime.date] = frozenset()
    totals: frozenset[Decimal] = frozenset()
    """Amounts that a total's label names."""
    amounts: frozenset[Decimal] = frozenset()
    """Amounts with a currency's sign, or behind a label of money."""
    numbers: frozenset[str] = frozenset()
    """Printed numbers of receipts."""
    ends: bool = False
    """Nothing of a head comes below: a summary of taxes, thanks."""

    def __or__(self, other: _Evidence) -> _Evidence:
        return _Evidence(
            self.signs | other.signs,
            self.dates | other.dates,
            self.totals | other.totals,
            self.amounts | other.amounts,
            self.numbers | other.numbers,
            self.ends or other.ends,
        )


_Piece = tuple[Line, ...]


def split(lines: Sequence[TextLine], width: int, height: int) -> tuple[tuple[TextLine, ...], ...]:
    """The lines of each receipt on a page, in reading order; nearly always one group, which is `lines` as they came.

    lines: as recognised, in any order, quads in pixels of a page of width x height. Every line is in exactly one group.
    Where a page leaves a doubt it is one receipt. The method is the recursive X-Y cut (Nagy and Seth, "Hierarchical
    representation of optically scanned documents", ICPR 1984), with receipts instead of white space for a judge.
    """
    whole = (tuple(lines),)
    today = datetime.date.today()
    if min(width, height) < 1 or len(lines) < 2 * _FEWEST or not _may_be_several(lines, today):
        return whole
    sheet = lay_out(lines)
    said = _evidence(sheet, today)
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
    said = _evidence(sheet, datetime.date.today())
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
    above, below = (_sum(said, part) for part in (upper, lower))
    if above.totals or not below.totals or (above.dates and below.dates and not above.dates & below.dates):
        return False
    return _head(said, upper) >= 2 and not _says_who(_sum(said, _rows(lower)[0])) and not below.numbers - above.numbers


# What lines say --------------------------------------------------------------------------------------


def _may_be_several(lines: Sequence[TextLine], today: datetime.date) -> bool:
    """Whether there are two dates, or two numbers of receipts, as nearly every page shows at little cost."""
    dated = numbered = 0
    for line in lines:
        text = line.text
        if any(c.isdigit() for c in text) or len(text) <= 12:
            dated += bool(find_dates(text, "dmy", today))
            numbered += any(map(is_cjk, text)) and bool(tokens_of(text) & {"number_invoice", "invoice_code"})
            if dated >= 2 or numbered >= 2:
                return True
    return False


@cache
def _form_words() -> tuple[str, ...]:
    """Folded words that name a form: taxi, toll, ticket, VAT invoice."""
    return tuple(
        word for layout in layouts() for word, weight in layout.words if weight >= _FORM_WEIGHT and not word.isascii()
    )


def _evidence(sheet: Sheet, today: datetime.date) -> dict[int, _Evidence]:
    """What each line says, by its index."""
    return {line.index: _said(sheet, line, today) for line in sheet.lines}


def _said(sheet: Sheet, line: Line, today: datetime.date) -> _Evidence:
    tokens, names = tokens_of(line.text), name_tokens(line.text)
    folded = fold(line.text).text
    found = find_amounts(line.text)
    is_prose = len(line.text) > _LONGEST
    role = role_of(tokens)
    totals: frozenset[Decimal] = frozenset()
    if role in _TOTALS or role == "amount":
        beside = [m for m in sheet.row_of(line) if m.left > line.left]
        places = [found, *(find_amounts(m.text) for m in beside[:2])]
        totals = frozenset(next(([a.value for a in place if a.value > 0] for place in places if place), []))
    signs = {
        "name": names & {"company", "trade"},
        "address": "address" in names or _ADDRESS_ZH.search(line.text),
        "contact": tokens & _CONTACT,
        "title": any("title" in m.tokens and _is_title(line.text[m.start : m.end]) for m in find_labels(line.text)),
        "number": tokens & (_NUMBERS | {"invoice_code"}),
        "form": any(word in folded for word in _form_words()),
    }
    return _Evidence(
        frozenset() if is_prose else frozenset(sign for sign, there in signs.items() if there),
        frozenset() if is_prose else frozenset(d.value for d in find_dates(line.text, "dmy", today)),
        totals if role in _TOTALS else frozenset(),
        totals | frozenset(a.value for a in found if a.currency and a.value > 0),
        _printed_numbers(sheet, line) if tokens & _NUMBERS else frozenset(),
        bool(tokens & {"summary", "greeting"}),
    )


def _is_title(word: str) -> bool:
    """Whether a word is a form's title, and not TAX or GST, which stand everywhere."""
    return sum(c.isalpha() for c in word) >= (2 if any(map(is_cjk, word)) else 6)


def _printed_numbers(sheet: Sheet, line: Line) -> frozenset[str]:
    """Numbers on a line with a number's label, or right beside it."""
    texts = [line.text, *(m.text for m in sheet.row_of(line) if m.left > line.left)][:2]
    for text in texts:
        numbers = [number.replace("-", "") for number in _DIGITS.findall(text)]
        if numbers:
            return frozenset(numbers)
    return frozenset()


def _sum(said: dict[int, _Evidence], lines: Iterable[Line]) -> _Evidence:
    total = _Evidence()
    for line in lines:
        total |= said[line.index]
    return total


# What a receipt has ----------------------------------------------------------------------------------


def _rows(piece: Sequence[Line]) -> list[list[Line]]:
    """The rows of a piece from top to bottom."""
    rows: dict[int, list[Line]] = {}
    for line in piece:
        rows.setdefault(line.row, []).append(line)
    return [rows[number] for number in sorted(rows)]


def _says_who(said: _Evidence) -> bool:
    """Whether something says whose receipt begins here, or what form: a name, a title, an address and what follows."""
    signs = said.signs
    return bool(signs & {"name", "title", "form"}) or ("address" in signs and bool(signs & {"contact", "number"}))


def _head(said: dict[int, _Evidence], piece: Sequence[Line]) -> int:
    """How much of a head stands at the top of a piece, above all money: 0 where nothing says who or what."""
    top = _Evidence()
    for row in _rows(piece)[:_HEAD_ROWS]:
        found = _sum(said, row)
        if (found.totals or found.ends) and not _says_who(found):
            break
        top |= found
    return len(top.signs) if _says_who(top) else 0


def _tail(said: dict[int, _Evidence], piece: Sequence[Line]) -> int:
    """How much of a head stands at the bottom of a piece, below all figures of money."""
    signs: frozenset[str] = frozenset()
    for row in reversed(_rows(piece)[-_TAIL_ROWS:]):
        found = _sum(said, row)
        if found.amounts or found.totals:
            break
        signs |= found.signs
    return len(signs)


def _is_receipt(said: dict[int, _Evidence], piece: Sequence[Line]) -> bool:
    """Whether a piece has all that a receipt needs; forms of the state need no total's label, nor a date."""
    if len(piece) < _FEWEST:
        return False
    there = _sum(said, piece)
    head = _head(said, piece)
    if "form" in there.signs and head and there.amounts and (there.dates or there.numbers):
        return True
    return head >= 2 and bool(there.dates) and bool(there.totals)


def _distinct(pieces: list[_Piece], said: dict[int, _Evidence]) -> list[_Piece]:
    """A copy or a slip that says the same as the receipt before it becomes part of that again."""
    kept = pieces[:1]
    for piece in pieces[1:]:
        if _are_copies(_sum(said, kept[-1]), _sum(said, piece)):
            kept[-1] = (*kept[-1], *piece)
        else:
            kept.append(piece)
    return kept


def _are_copies(one: _Evidence, other: _Evidence) -> bool:
    """Whether two pieces may be the same receipt: the same total, and nothing that tells them apart."""
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return False
    if "form" in one.signs & other.signs and one.dates and other.dates and not one.dates & other.dates:
        return False
    ours, theirs = one.totals or one.amounts, other.totals or other.amounts
    return bool(ours and theirs) and max(ours) == max(theirs)


# Where it is cut -------------------------------------------------------------------------------------


def _cut(piece: _Piece, line_height: float, said: dict[int, _Evidence]) -> list[_Piece]:
    """The receipts of a piece: cut at its best border, and each part again."""
    best: tuple[float, _Piece, _Piece] | None = None
    ways: tuple[tuple[Callable[[Line], float], Callable[[Line], float]], ...] = (
        (lambda line: line.top, lambda line: line.bottom),
        (lambda line: line.left, lambda line: line.right),
    )
    for down, (start, end) in zip((True, False), ways, strict=True):
        for gap, first, second in _borders(piece, start, end, _GAP * line_height):
            if not (_is_receipt(said, first) and _is_receipt(said, second)):
                continue
            score = _head(said, second) - (_tail(said, first) if down else 0) + min(gap / line_height, 8.0) / 2.0
            if best is None or score > best[0]:
                best = score, first, second
    if best is None:
        return [piece]
    return [*_cut(best[1], line_height, said), *_cut(best[2], line_height, said)]


def _borders(
    piece: _Piece, start: Callable[[Line], float], end: Callable[[Line], float], least: float
) -> list[tuple[float, _Piece, _Piece]]:
    """Where nothing is printed right across a piece: how wide the gap is, and what lies on both sides; widest first."""
    order = sorted(piece, key=start)
    reached = end(order[0])
    found: list[tuple[float, int]] = []
    for n, line in enumerate(order[1:], 1):
        if start(line) - reached >= least and min(n, len(order) - n) >= _FEWEST:
            found.append((start(line) - reached, n))
        reached = max(reached, end(line))
    widest = sorted(found, reverse=True)[:_MOST_CUTS]
    return [(gap, _in_order(order[:n]), _in_order(order[n:])) for gap, n in widest]


def _in_order(lines: Iterable[Line]) -> _Piece:
    return tuple(sorted(lines, key=lambda line: line.index))


def _reading_order(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Rows of receipts from top to bottom, each from left to right."""

    def middle(piece: _Piece) -> float:
        return (min(line.top for line in piece) + max(line.bottom for line in piece)) / 2

    waiting = sorted(pieces, key=middle)
    ordered: list[_Piece] = []
    while waiting:
        bottom = max(line.bottom for line in waiting[0])
        row = [p for p in waiting if middle(p) < bottom and min(line.top for line in p) <= middle(waiting[0])]
        ordered += sorted(row, key=lambda p: min(line.left for line in p))
        waiting = [p for p in waiting if not any(p is other for other in row)]
    return ordered
