"""The columns that an export may have: each with its kind, its header by language, and its value for a receipt.

The one place that knows them; CSV, workbook, report, templates and the reading back of an export ask here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Literal

from paddlescan.document import AMOUNT_FIELDS, BLANK, FIELD_NAMES, Language
from paddlescan.document.export import ExportRow
from paddlescan.words import caption, category_word, check_sentence, error_sentence, quality_word

Kind = Literal["text", "amount", "date", "count", "picture"]
"""What a column holds: `count` is a whole number, `picture` a small picture of the page, in a workbook only."""

Value = str | Decimal | date | int
"""A date or an amount that is none stays the text that was typed; nothing is the empty string."""

_FIRST = ("merchant", "date", "total", "currency", "tax", "subtotal", "invoice_number", "invoice_code")

DEFAULT_KEYS: tuple[str, ...] = (
    "state",
    *_FIRST,
    *(name for name in FIELD_NAMES if name not in _FIRST),
    "kind",
    "file",
    "page",
    "receipt_number",
    "seen_before",
    "error",
)
"""The columns of an export for which none were chosen, in their order."""

EMPTY = "empty"
"""A column for what is written in by hand; the only one of which a sheet may have several."""

KEYS: tuple[str, ...] = ("number", "picture", *DEFAULT_KEYS, "doubtful", "checks", EMPTY)
"""Every column: the running `number` of the row, the `picture` of the page, `state`, the fields, `kind`, `file`,
`page`, which receipt of the page, where it was seen before, `error`, the names of the `doubtful` fields, the sentences
of the `checks` that failed, an empty one."""

_COUNTS = frozenset({"number", "page", "receipt_number"})

_AMOUNT = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EXACT_DIGITS = 15
"""Significant digits that a spreadsheet's number holds."""
_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets disagree about the days before: Excel knows a 29 February 1900."""


def kind(key: str) -> Kind:
    """What the column holds."""
    if key == "picture":
        return "picture"
    if key in _COUNTS:
        return "count"
    return "amount" if key in AMOUNT_FIELDS else "date" if key == "date" else "text"


def header(key: str, language: Language) -> str:
    """What the column is called where nobody gave it another name."""
    return "" if key == EMPTY else caption(key, language)


def text(row: ExportRow, key: str, language: Language, number: int) -> str:
    """What stands in the column, as text. number: of the row, counted from 1; in a `picture` column nothing stands."""
    special = _SPECIAL.get(key)
    if special is not None:
        return special(row, language)
    match key:
        case "number":
            return str(number)
        case "picture" | "empty":
            return ""
        case "page":
            return str(row.page) if row.source else ""
        case "receipt_number":
            return str(row.receipt.number) if row.source else ""
    return row.receipt.value(key)


def value(row: ExportRow, key: str, language: Language, number: int) -> Value:
    """What stands in the column, typed by its kind. number: as for `text`."""
    return typed(text(row, key, language, number), kind(key))


def typed(shown: str, wanted: Kind) -> Value:
    """A text as the value of its kind: a real date, an amount that a spreadsheet holds exactly; else itself."""
    if wanted == "date" and _DATE.fullmatch(shown):
        try:
            day = date.fromisoformat(shown)
        except ValueError:
            return shown
        return day if day >= _FIRST_DAY else shown
    if wanted == "amount" and _AMOUNT.fullmatch(shown):
        amount = Decimal(shown.replace(",", ""))
        return amount if len(amount.normalize().as_tuple().digits) <= _EXACT_DIGITS else shown
    if wanted == "count" and shown.isdecimal():
        return int(shown)
    return shown


def is_odd(found: Value, wanted: Kind) -> bool:
    """Whether a value is no date or amount in a column of such: an impossible day, or words."""
    return wanted in ("date", "amount") and isinstance(found, str) and found != ""


def state_word(row: ExportRow, language: Language) -> str:
    """The word for the state of a row, a blank page's too."""
    if row.status == "done" and row.is_blank:
        return quality_word((BLANK,), language)
    return caption(row.status, language)


def doubtful_names(row: ExportRow) -> tuple[str, ...]:
    """Names of the fields that a person should look at."""
    return tuple(field.name for field in row.receipt.fields if field.doubtful)


def failed_checks(row: ExportRow, language: Language) -> tuple[str, ...]:
    """A sentence for each check that the receipt does not pass."""
    return tuple(check_sentence(check, language) for check in row.receipt.checks if not check.passed)


def seen_before(row: ExportRow) -> str:
    """The file, page and number of the receipt that this one is a copy of: `a.pdf 2/1`; else nothing."""
    first = row.duplicate_of
    return f"{first.source} {first.page}/{first.receipt}" if first else ""


def error_text(row: ExportRow, language: Language) -> str:
    """What went wrong with the page and what to do about it; nothing where nothing did."""
    if row.failure is None:
        return ""
    return ("" if language == "zh" else " ").join(error_sentence(row.failure, language))


def _joined_names(row: ExportRow, language: Language) -> str:
    names = (caption(name, language) for name in doubtful_names(row))
    return ("、" if language == "zh" else ", ").join(names)


def _joined_checks(row: ExportRow, language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(failed_checks(row, language))


_SPECIAL: dict[str, Callable[[ExportRow, Language], str]] = {
    "state": state_word,
    "kind": lambda row, language: caption(row.receipt.kind, language) if row.was_read else "",
    "file": lambda row, _: row.source,
    "seen_before": lambda row, _: seen_before(row),
    "error": error_text,
    "category": lambda row, language: category_word(row.receipt.value("category"), language),
    "doubtful": _joined_names,
    "checks": _joined_checks,
}
