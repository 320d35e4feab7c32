"""Names of fields, columns and problems in the window's language."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from paddlescan.document import AMOUNT_FIELDS
from paddlescan.extraction.typed import Problem
from paddlescan.gui.shared import language, named_page
from paddlescan.store import ReceiptLine, ReceiptRow
from paddlescan.words import caption, category_word

_AMOUNT = re.compile(r"-?[1-9][0-9]{3,14}(\.[0-9]+)?")
"""An amount that is long enough for groups; what cannot be read as one stays as it was typed."""


def _problems() -> dict[Problem, str]:
    translate = QCoreApplication.translate  # by this name, or lupdate does not see it
    return {
        "no_amount": translate("Fields", "This is not an amount. Write it like 1234.50."),
        "too_exact": translate("Fields", "An amount has two digits after the point."),
        "no_date": translate("Fields", "This is not a date. Write it like 2026-03-05."),
        "no_such_day": translate("Fields", "There is no such day. Write the date like 2026-03-05."),
        "unclear_date": translate("Fields", "Which is the day and which the month? Write it like 2026-03-05."),
        "no_year": translate("Fields", "Of which year? Write it like 2026-03-05."),
        "no_currency": translate("Fields", "A currency has three letters, like CNY or MYR."),
    }


def field_label(name: str) -> str:
    """The name of a field, or of the columns `state` and `file`. KeyError for another."""
    return caption(name, language())


def shown_value(name: str, value: str) -> str:
    """The value of a field as it is shown: a category by its word, all else as it is."""
    return category_word(value, language()) if name == "category" else value


def cell_value(name: str, value: str) -> str:
    """The value of a field as a cell shows it: as anywhere else, but amounts in groups, as the sums below them."""
    if name in AMOUNT_FIELDS and _AMOUNT.fullmatch(value):
        return f"{Decimal(value):,}"
    return shown_value(name, value)


def problem_sentence(problem: Problem) -> str:
    """Why a value cannot be right, and how to write it."""
    return _problems()[problem]


def file_text(row: ReceiptRow | ReceiptLine) -> str:
    """The name of the file, with pages and receipt where there are several; empty for a row by hand."""
    if row.page_id is None:
        return ""
    name = row.source.rsplit("/", 1)[-1]
    last = f"–{row.page_number + len(row.later_pages)}" if row.later_pages else ""
    if row.page_count > 1:
        name = named_page(name, f"{row.page_number}{last}", row.page_count)
    return name + (f" #{row.number}/{row.count}" if row.count > 1 else "")
