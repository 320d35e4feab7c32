"""What follows for other receipts when one changes, in the order in which it must be settled."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from paddlescan.store import categories, joins, learned, receipts, same
from paddlescan.store.edits import FieldEdit
from paddlescan.store.rules import Rules

_NO_KEY = frozenset({"category", "project", "note"})
"""What a person adds: nobody tells by these whether two receipts are the same, so their keys stay as they are."""


def page_read(db: sqlite3.Connection, page_id: int, rules: Rules) -> None:
    """A page has a result: first what belongs together, for a later page is no copy of the first."""
    joins.settle_page(db, page_id, rules)
    for (receipt_id,) in db.execute("SELECT id FROM receipt WHERE page_id = ?", (page_id,)).fetchall():
        learned.offer(db, receipt_id, rules)
        same.note(db, receipt_id, rules)


def edited(db: sqlite3.Connection, edits: Sequence[FieldEdit], rules: Rules) -> None:
    """Fields were edited: what a person said is remembered, copies begin and end."""
    for edit in edits:
        if edit.name != categories.CATEGORY:
            continue
        row = receipts.one(db, edit.receipt_id)
        merchant = row.values.get("merchant") if row is not None else None
        if merchant is not None:
            categories.learn(db, edit, merchant.value, rules)
    learned.learn(db, edits, rules)
    keyed = {edit.receipt_id for edit in edits if edit.name not in _NO_KEY or _says_nothing_else(db, edit.receipt_id)}
    for receipt_id in {edit.receipt_id for edit in edits}:
        joins.worked_on(db, receipt_id, rules)
        (same.note if receipt_id in keyed else same.judge)(db, receipt_id, rules)


def removed(db: sqlite3.Connection, receipt_ids: Iterable[int], rules: Rules) -> None:
    """Rows were taken out, or put back: what is out was not seen before."""
    for receipt_id in receipt_ids:
        same.note(db, receipt_id, rules)


def _says_nothing_else(db: sqlite3.Connection, receipt_id: int) -> bool:
    """Whether a receipt has nothing but what a person added: with the first of it come keys, with the last they go."""
    row = receipts.one(db, receipt_id)
    return row is None or not any(field.value for name, field in row.values.items() if name not in _NO_KEY)
