"""What a merchant sells, as a person once said: used for its later receipts."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from paddlescan.document import Field, Receipt
from paddlescan.store.edits import FieldEdit
from paddlescan.store.moments import now
from paddlescan.store.rows import RememberedCategory
from paddlescan.store.rules import Rules

CATEGORY = "category"
_SURE = 0.99


def every(db: sqlite3.Connection) -> tuple[RememberedCategory, ...]:
    """All that is remembered, by merchant."""
    rows = db.execute("SELECT merchant, category, at FROM merchant_category ORDER BY merchant COLLATE NOCASE")
    return tuple(RememberedCategory(*row) for row in rows)


def forget(db: sqlite3.Connection, merchant: str, rules: Rules) -> None:
    """Remember nothing of a merchant any more; one that is not known is no error."""
    db.execute("DELETE FROM merchant_category WHERE merchant_key = ?", (rules.merchant_key(merchant),))


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
    """A person said what a receipt is for: remember it of its merchant; if it is taken back, forget it."""
    key = rules.merchant_key(merchant)
    if edit.name != CATEGORY or not key:
        return
    if edit.after is not None and edit.after.origin == "user" and not edit.as_read:
        db.execute(
            "INSERT OR REPLACE INTO merchant_category (merchant_key, merchant, category, at) VALUES (?, ?, ?, ?)",
            (key, merchant, edit.after.value, now()),
        )
    elif edit.before is not None and edit.before.origin == "user":
        db.execute("DELETE FROM merchant_category WHERE merchant_key = ? AND category = ?", (key, edit.before.value))
