"""What a merchant sells, as a person once said: used for its later receipts."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from paddlescan.document import Field, Receipt
from paddlescan.document.codec import decode
from paddlescan.store.edits import FieldEdit
from paddlescan.store.moments import now
from paddlescan.store.rows import RememberedCategory
from paddlescan.store.rules import Rules

CATEGORY = "category"
_SURE = 0.99
_MOST_LOOKED_AT = 500
"""Edits of categories, the newest first, among which an earlier one of a merchant is looked for."""


def every(db: sqlite3.Connection) -> tuple[RememberedCategory, ...]:
    """All that is remembered, by merchant."""
    rows = db.execute("SELECT merchant, category, at FROM merchant_category ORDER BY merchant COLLATE NOCASE")
    return tuple(RememberedCategory(*row) for row in rows)


def forget(db: sqlite3.Connection, merchant: str, rules: Rules) -> None:
    """Remember nothing of a merchant any more; one that is not known is no error."""
    db.execute("DELETE FROM merchant_category WHERE merchant_key = ?", (rules.merchant_key(merchant),))


def put_back(db: sqlite3.Connection, item: RememberedCategory, rules: Rules) -> None:
    """Remember again what was forgotten, unless there is a newer word."""
    row = rules.merchant_key(item.merchant), item.merchant, item.category, item.at
    db.execute(
        "INSERT OR IGNORE INTO merchant_category (merchant_key, merchant, category, at) VALUES (?, ?, ?, ?)", row
    )


def recall(db: sqlite3.Connection, receipt: Receipt, rules: Rules) -> Receipt:
    """A reading with the category that a person gave its merchant before; what was read becomes a candidate."""
    key = rules.merchant_key(receipt.value("merchant"))
    row = db.execute("SELECT category FROM merchant_category WHERE merchant_key = ?", (key,)).fetchone()
    if row is None or not key:
        return receipt
    read = receipt.field(CATEGORY)
    others = () if read is None else tuple(v for v in (read.value, *read.candidates) if v and v != row[0])
    known = replace(read, value=row[0]) if read is not None else Field(CATEGORY, row[0])
    return receipt.with_field(CATEGORY, replace(known, confidence=_SURE, doubtful=False, candidates=others))


def learn(db: sqlite3.Connection, edit: FieldEdit, merchant: str, rules: Rules) -> None:
    """A person said what a receipt is for: remember it of its merchant; if it is taken back, what was said before."""
    key = rules.merchant_key(merchant)
    if edit.name != CATEGORY or not key:
        return
    if edit.after is not None and edit.after.origin == "user" and not edit.as_read:
        _remember(db, key, merchant, edit.after.value)
    elif edit.before is not None and edit.before.origin == "user":
        gone = "DELETE FROM merchant_category WHERE merchant_key = ? AND category = ?"
        if db.execute(gone, (key, edit.before.value)).rowcount and (said := _said_of_another(db, edit, key, rules)):
            _remember(db, key, *said)


def _remember(db: sqlite3.Connection, key: str, merchant: str, category: str) -> None:
    db.execute(
        "INSERT OR REPLACE INTO merchant_category (merchant_key, merchant, category, at) VALUES (?, ?, ?, ?)",
        (key, merchant, category, now()),
    )


def _said_of_another(db: sqlite3.Connection, edit: FieldEdit, key: str, rules: Rules) -> tuple[str, str] | None:
    """Merchant and category of the receipt of a merchant, not this one, of which a person last said it."""
    rows = db.execute(
        "SELECT r.fields FROM history h JOIN receipt r ON r.id = h.receipt_id"
        " WHERE h.name = ? AND h.receipt_id <> ? ORDER BY h.id DESC LIMIT ?",
        (CATEGORY, edit.receipt_id, _MOST_LOOKED_AT),
    )
    for (fields,) in rows:
        other = Receipt(fields=decode(fields, tuple[Field, ...]))
        said, merchant = other.field(CATEGORY), other.value("merchant")
        if said is not None and said.origin == "user" and rules.merchant_key(merchant) == key:
            return merchant, said.value
    return None
