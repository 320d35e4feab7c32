"""Whether lines are a whole receipt: whose it is at its head, then a date and a total; and what tells two apart."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from paddlescan.extraction.amounts import find_amounts
from paddlescan.extraction.dates import find_dates
from paddlescan.extraction.labels import find_labels, name_tokens, role_of, tokens_of
from paddlescan.extraction.layouts import layouts
from paddlescan.extraction.rows import Line, Sheet
from paddlescan.extraction.text import fold, is_cjk

FEWEST = 4  # lines of a receipt
_HEAD_ROWS = 6  # in which a receipt says whose it is
_TAIL_ROWS = 4  # in which a receipt's end does not
_LONGEST = 60  # characters; longer lines are prose, whose names and dates say nothing
_FORM_WEIGHT = 3  # of a layout's word that is a form's own name
_TOTALS = {"total", "total_incl", "total_within", "total_tax", "cash_total", "payable", "rounded"}
_NUMBERS = {"number_invoice", "number_receipt", "number_bill"}
_CONTACT = {"phone", "registration", "web"}
_ADDRESS_ZH = re.compile(r"(?:路|街|道|巷|弄)[^\d]{0,6}\d{1,5}\s?号|[市省][^\s\d]{1,8}[区县]")
_DIGITS = re.compile(r"\d[\d-]{3,}\d")


@dataclass(frozen=True, slots=True)
class Told:
    """What one line says, or several together, of where a receipt begins and what it is."""

    signs: frozenset[str] = frozenset()
    """Of `name`, `address`, `contact`, `title`, `number` and `form`: a head has several."""
    dates: frozenset[datetime.date] = frozenset()
    totals: frozenset[Decimal] = frozenset()
    """Amounts that a total's label names."""
    amounts: frozenset[Decimal] = field(default=frozenset(), repr=False)
    """Amounts with a currency's sign, or behind a label of money."""
    numbers: frozenset[str] = frozenset()
    """Printed numbers of receipts."""
    ends: bool = False
    """Nothing of a head comes below: a summary of taxes, thanks."""


@cache
def _form_words() -> tuple[str, ...]:
    """Folded words that name a form: taxi, toll, ticket, VAT invoice."""
    return tuple(
        word for layout in layouts() for word, weight in layout.words if weight >= _FORM_WEIGHT and not word.isascii()
    )


def told(sheet: Sheet, today: datetime.date) -> dict[int, Told]:
    """What each line says, by its index."""
    return {line.index: _said(sheet, line, today) for line in sheet.lines}


def _said(sheet: Sheet, line: Line, today: datetime.date) -> Told:
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
    return Told(
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


def together(said: dict[int, Told], lines: Iterable[Line]) -> Told:
    """What lines say taken together; `said` is what each says, by its index."""
    return _joined([said[line.index] for line in lines])


def _joined(many: Sequence[Told]) -> Told:
    return Told(
        frozenset().union(*(one.signs for one in many)),
        frozenset().union(*(one.dates for one in many)),
        frozenset().union(*(one.totals for one in many)),
        frozenset().union(*(one.amounts for one in many)),
        frozenset().union(*(one.numbers for one in many)),
        any(one.ends for one in many),
    )


def rows_of(piece: Sequence[Line]) -> list[list[Line]]:
    """The rows of a piece from top to bottom."""
    rows: dict[int, list[Line]] = {}
    for line in piece:
        rows.setdefault(line.row, []).append(line)
    return [rows[number] for number in sorted(rows)]


def says_who(said: Told) -> bool:
    """Whether something says whose receipt begins here, or what form: a name, a title, an address and what follows."""
    signs = said.signs
    return bool(signs & {"name", "title", "form"}) or ("address" in signs and bool(signs & {"contact", "number"}))


def head(said: dict[int, Told], piece: Sequence[Line]) -> int:
    """How much of a head stands at the top of a piece, above all money: 0 where nothing says who or what."""
    top = Told()
    for row in rows_of(piece)[:_HEAD_ROWS]:
        found = together(said, row)
        if (found.totals or found.ends) and not says_who(found):
            break
        top = _joined([top, found])
    return len(top.signs) if says_who(top) else 0


def tail(said: dict[int, Told], piece: Sequence[Line]) -> int:
    """How much of a head stands at the bottom of a piece, below all figures of money."""
    signs: frozenset[str] = frozenset()
    for row in reversed(rows_of(piece)[-_TAIL_ROWS:]):
        found = together(said, row)
        if found.amounts or found.totals:
            break
        signs |= found.signs
    return len(signs)


def is_receipt(said: dict[int, Told], piece: Sequence[Line]) -> bool:
    """Whether a piece has all that a receipt needs; forms of the state need no total's label, nor a date."""
    if len(piece) < FEWEST:
        return False
    there = together(said, piece)
    size = head(said, piece)
    if "form" in there.signs and size and there.amounts and (there.dates or there.numbers):
        return True
    return size >= 2 and bool(there.dates) and bool(there.totals)


def are_copies(one: Told, other: Told) -> bool:
    """Whether two pieces may be the same receipt: the same total, and nothing that tells them apart."""
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return False
    if "form" in one.signs & other.signs and one.dates and other.dates and not one.dates & other.dates:
        return False
    ours, theirs = one.totals or one.amounts, other.totals or other.amounts
    return bool(ours and theirs) and max(ours) == max(theirs)
