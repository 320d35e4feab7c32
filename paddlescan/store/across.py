"""What follows for other receipts when one changes, in the order in which it must be settled."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from paddlescan.store import categories, joins, learned, receipts, same
from paddlescan.store.edits import FieldEdit
from paddlescan.store.rules import Rules


def page_read(db: sqlite3.Connection, page_id: int, rules: Rules) -> None:
    """A page has a result: first what belongs together, for a later page is no copy of the first."""
    joins.settle_page(db, page_id, rules)
    for (receipt_id,) in db.execute("SELECT id FROM receipt WHERE page_id = ?", (page_id,)).fetchall():
        learned.offer(db, receipt_id, rules)
        same.note(db, receipt_id, rules)


def edited(db: sqlite3.Connection, edits: Sequence[FieldEdit], rules: Rules) -> None:
    """Fields were edited: what a person said is remembered, copies begin and end."""
    for edit in edits:
        row = receipts.one(db, edit.receipt_id)
        merchant = row.values.get("merchant") if row is not None else None
        if merchant is not None:
            categories.learn(db, edit, merchant.value, rules)
    learned.learn(db, edits, rules)
    for receipt_id in {edit.receipt_id for edit in edits}:
        joins.worked_on(db, receipt_id, rules)
        same.note(db, receipt_id, rules)


def removed(db: sqlite3.Connection, receipt_ids: Iterable[int], rules: Rules) -> None:
    """Rows were taken out, or put back: what is out was not seen before."""
    for receipt_id in receipt_ids:
        same.note(db, receipt_id, rules)
