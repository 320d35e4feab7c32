"""What a cell means, beside what the list of receipts says: the same, something else, or damage by a spreadsheet.

A spreadsheet shows values in its country's way and saves what it shows, and it drops digits of long numbers. So a
cell is compared by its meaning, and only where that is certain does it count as changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from paddlescan.document import AMOUNT_FIELDS
from paddlescan.export.cells import plain_text, text_cell
from paddlescan.export.read_back import ReadCell, Trouble
from paddlescan.pipeline.returning.amounts import comma_number_of, number_of
from paddlescan.pipeline.returning.days import DayOrder, days_of
from paddlescan.words import category_value

_CODES = frozenset(
    {"invoice_number", "invoice_code", "seller_tax_id", "buyer_tax_id", "check_code", "currency", "train_number"}
)
"""Fields of letters and digits: a full-width one is the same."""
_POWER = re.compile(r"[+-]?\d([.,]\d+)?E[+-]\d{2,}", re.IGNORECASE)
"""How a spreadsheet shows a number that is too long for it."""
_SHOWN_TOO_NARROW = re.compile(r"#{3,}")
_FAILED = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|(Err:|错误:)\d{3}", re.IGNORECASE)
_KEPT = 15
"""Digits of a number that a spreadsheet keeps; the others become zeros."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How the country of a spreadsheet writes what can be read in two ways. None, False: nothing speaks for it."""

    order: DayOrder | None = None
    comma: bool = False
    """A comma stands before the cents."""
    unicode: bool = True
    """False: letters that the file's encoding lacks became question marks."""


def habits_of(pairs: Iterable[tuple[str, ReadCell, str]], unicode: bool) -> Habits:
    """The habits by which most cells mean what the list says. pairs: field, cell, and what the list says of it."""
    orders: Counter[DayOrder] = Counter()
    commas = points = 0
    for name, cell, known in pairs:
        text = plain_text(cell.text)
        if name == "date" and known:
            days, meant = days_of(text), days_of(known)
            if len(set(days.values())) == 2 and len(set(meant.values())) == 1:
                day = next(iter(meant.values()))
                orders.update(order for order, read in days.items() if read == day)
        elif name in AMOUNT_FIELDS and known and (number := number_of(known)) is not None:
            with_point, with_comma = number_of(text), comma_number_of(text)
            if with_point != with_comma:
                points += with_point == number
                commas += with_comma == number
    by_count = orders.most_common()
    clear = by_count and (len(by_count) == 1 or by_count[0][1] > by_count[1][1])
    return Habits(by_count[0][0] if clear else None, commas > points, unicode)


def is_same(name: str, cell: ReadCell, known: str) -> bool:
    """Whether a cell can mean what the list says of a field."""
    text = plain_text(cell.text)
    if known in (cell.text, text):
        return True
    if name in AMOUNT_FIELDS and (number := number_of(known)) is not None:
        return number in (number_of(text), comma_number_of(text))
    if name == "date" and (meant := set(days_of(known).values())):
        return len(meant) == 1 and meant <= set(days_of(text).values())
    return _plain(name, text) == _plain(name, known) or _plain(name, cell.text) == _plain(name, known)


def sense(name: str, text: str) -> str:
    """One spelling of all texts that certainly mean the same."""
    if name in AMOUNT_FIELDS and (number := number_of(text)) is not None:
        return f"{number:.2f}"
    if name == "date" and len(days := set(days_of(text).values())) == 1:
        return days.pop().isoformat()
    return _plain(name, text)


def damage(name: str, cell: ReadCell, known: str, habits: Habits) -> Trouble | None:
    """What a spreadsheet did to a cell that does not mean what the list says; None: somebody wrote it so."""
    text = plain_text(cell.text).strip()
    if _FAILED.fullmatch(text) or _SHOWN_TOO_NARROW.fullmatch(text):
        return "error"
    if cell.trouble is not None and not (cell.trouble == "cut" and name in AMOUNT_FIELDS):
        return cell.trouble
    if _POWER.fullmatch(text) or _lost_digits(text, known):
        return "cut"
    return "letters" if not habits.unicode and _lost_letters(text, known) else None


def meant(name: str, cell: ReadCell, habits: Habits) -> str:
    """What a person would type to say what a cell means; as it stands where that is not certain."""
    text = " ".join(plain_text(cell.text).split())
    if name in AMOUNT_FIELDS:
        comma = comma_number_of(text) if habits.comma else None
        number = number_of(text) if comma is None else comma
        return text if number is None else _amount(number)
    if name == "date":
        day = _day_in(days_of(text), habits.order)
        return text if day is None else day.isoformat()
    return unicodedata.normalize("NFKC", text) if name in _CODES else text


def _amount(number: Decimal) -> str:
    return f"{number:.2f}" if number == round(number, 2) else f"{number:f}"


def _day_in(days: dict[DayOrder, date], order: DayOrder | None) -> date | None:
    if len(set(days.values())) == 1:
        return next(iter(days.values()))
    return days.get(order) if order is not None else None


def _plain(name: str, text: str) -> str:
    """A text without what makes no difference of meaning, as a cell can hold it."""
    clean = " ".join(plain_text(text_cell(text)).split())
    if name == "category":
        return category_value(clean)
    return unicodedata.normalize("NFKC", clean).upper() if name in _CODES else unicodedata.normalize("NFC", clean)


def _lost_digits(text: str, known: str) -> bool:
    """Whether a number lost zeros at its head, or had digits at its end turned into zeros."""
    written = text.replace(",", "")
    if not (written.isascii() and written.isdigit()):
        return False
    digits = unicodedata.normalize("NFKC", known).strip()
    if not (digits.isascii() and digits.isdigit()):
        return len(written) > _KEPT + 2 and set(written[_KEPT:]) == {"0"}
    bare = digits.lstrip("0")
    if written == bare:
        return True  # and not the same, or nobody had asked
    zeros = "0" * (len(bare) - _KEPT)
    return bool(zeros) and len(written) == len(bare) and written.endswith(zeros) and written[:14] == bare[:14]


def _lost_letters(text: str, known: str) -> bool:
    """Whether a text is the known one with question marks for letters that an encoding lacks (two for a rare one)."""
    units = "".join(c if ord(c) < 0x10000 else c + c for c in known)
    if "?" not in text or len(text) != len(units):
        return False
    return all(said == letter or (said == "?" and letter > "\x7f") for said, letter in zip(text, units, strict=True))
