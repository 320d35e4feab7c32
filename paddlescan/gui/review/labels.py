"""Names of fields, columns and problems in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from paddlescan.gui.review.values import Problem


def _names() -> dict[str, str]:
    tr = QCoreApplication.translate
    return {
        "state": tr("Fields", "State"),
        "file": tr("Fields", "File"),
        "merchant": tr("Fields", "Merchant"),
        "date": tr("Fields", "Date"),
        "total": tr("Fields", "Total"),
        "currency": tr("Fields", "Currency"),
        "invoice_number": tr("Fields", "Invoice number"),
        "subtotal": tr("Fields", "Net"),
        "tax": tr("Fields", "Tax"),
        "address": tr("Fields", "Address"),
        "invoice_code": tr("Fields", "Invoice code"),
        "seller_tax_id": tr("Fields", "Seller's tax id"),
        "buyer": tr("Fields", "Buyer"),
        "buyer_tax_id": tr("Fields", "Buyer's tax id"),
        "check_code": tr("Fields", "Check code"),
        "passenger": tr("Fields", "Passenger"),
        "origin_station": tr("Fields", "From"),
        "destination_station": tr("Fields", "To"),
        "train_number": tr("Fields", "Train"),
        "category": tr("Fields", "Category"),
        "project": tr("Fields", "Project"),
        "note": tr("Fields", "Note"),
    }


def _problems() -> dict[Problem, str]:
    tr = QCoreApplication.translate
    return {
        "no_amount": tr("Fields", "This is not an amount. Write it like 1234.50."),
        "too_exact": tr("Fields", "An amount has two digits after the point."),
        "no_date": tr("Fields", "This is not a date. Write it like 2026-03-05."),
        "no_such_day": tr("Fields", "There is no such day. Write the date like 2026-03-05."),
        "unclear_date": tr("Fields", "Which is the day and which the month? Write it like 2026-03-05."),
        "no_currency": tr("Fields", "A currency has three letters, like CNY or MYR."),
    }


def field_label(name: str) -> str:
    """The name of a field, or of the columns `state` and `file`. KeyError for another."""
    return _names()[name]


def problem_sentence(problem: Problem) -> str:
    """Why a value cannot be right, and how to write it."""
    return _problems()[problem]
