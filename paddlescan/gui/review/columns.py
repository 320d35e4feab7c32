"""Which columns the table has, in which order and how wide at first. No Qt."""

from __future__ import annotations

from typing import Final, Literal

from paddlescan.document import AMOUNT_FIELDS, PageState

STATE = "state"
FILE = "file"
RESCAN: Final = "rescan"
"""Chosen in place of a state: the rows whose paper should be scanned again."""
DUPLICATE: Final = "duplicate"
"""Chosen in place of a state: the rows whose receipt was seen before."""
Chosen = PageState | Literal["rescan", "duplicate"]
"""What a chip lets through."""

COLUMNS: tuple[str, ...] = (
    STATE,
    "merchant",
    "date",
    "total",
    "currency",
    "subtotal",
    "tax",
    "invoice_number",
    "invoice_code",
    "category",
    "project",
    "note",
    "address",
    "buyer",
    "buyer_tax_id",
    "seller_tax_id",
    "check_code",
    "passenger",
    "origin_station",
    "destination_station",
    "train_number",
    FILE,
)
"""Every column: the state, all fields, the file."""

SHOWN_AT_FIRST: frozenset[str] = frozenset(
    {STATE, "merchant", "date", "total", "tax", "invoice_number", "category", FILE}
)

WIDTHS: dict[str, int] = {STATE: 112, "merchant": 280, "date": 100, "invoice_number": 210, "category": 152, FILE: 222}
"""Device-independent pixels at first; others are 96 (amounts) or 140."""


def first_width(column: str) -> int:
    """How wide a column is before anyone pulls at it."""
    return WIDTHS.get(column, 96 if column in AMOUNT_FIELDS else 140)


def editable(column: str) -> bool:
    """Whether a clerk may type into the column."""
    return column not in (STATE, FILE)
