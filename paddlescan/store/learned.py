"""What a person made of a text that was read: offered where the same text is read again, never put in its place.

The offer is the field's first candidate, and the field is doubtful, so that a person comes to it. The reading itself
stays as it was read: what is taken back leads there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from paddlescan.document import Check, Field, Receipt
from paddlescan.document.codec import decode, encode
from paddlescan.store import receipts
from paddlescan.store.edits import FieldEdit
from paddlescan.store.moments import now
from paddlescan.store.rows import Learned
from paddlescan.store.rules import Rules
from paddlescan.store.scanning import scan

TAUGHT: tuple[str, ...] = ("merchant", "buyer")
"""Fields whose corrections are remembered: names come again, numbers and dates do not."""
_MOST_LOOKED_AT = 500
"""Edits of a field, the newest first, among which an earlier one of the same text is looked for."""

Text = tuple[str, str]
"""Name of a field, and a folded text."""


def every(db: sqlite3.Connection) -> tuple[Learned, ...]:
    """All that is remembered, the newest first."""
    return tuple(
        Learned(*row) for row in db.execute("SELECT name, seen, text, value, at FROM learned ORDER BY at DESC, seen")
    )


def forget(db: sqlite3.Connection, name: str, seen: str) -> None:
    """Offer it no more; one that is not known is no error. What was offered already stays a candidate."""
    db.execute("DELETE FROM learned WHERE name = ? AND seen = ?", (name, seen))


def put_back(db: sqlite3.Connection, item: Learned) -> None:
    """Remember again what was forgotten, unless there is a newer word."""
    row = item.name, item.seen, item.text, item.value, item.at
    db.execute("INSERT OR IGNORE INTO learned (name, seen, text, value, at) VALUES (?, ?, ?, ?, ?)", row)


def learn(db: sqlite3.Connection, edits: Sequence[FieldEdit], rules: Rules) -> None:
    """A person changed fields: remember what became of what was read, and offer it where the same was read in the
    same batch. What is taken back is remembered no more."""
    changed: dict[tuple[int, Text], None] = {}
    for edit in edits:
        text = _learn(db, edit, rules) if edit.name in TAUGHT else None
        row = db.execute("SELECT batch_id FROM receipt WHERE id = ?", (edit.receipt_id,)).fetchone()
        if text is not None and row is not None:
            changed[row[0], text] = None
        if edit.as_read:
            offer(db, edit.receipt_id, rules)
    for batch, text in changed:
        for receipt_id in _others(db, batch, text, rules):
            if _offer(db, receipt_id, (text[0],), rules):
                receipts.touch(db, receipt_id)


def offer(db: sqlite3.Connection, receipt_id: int, rules: Rules) -> None:
    """A receipt was read: what a person made of the same texts before becomes the first candidate."""
    _offer(db, receipt_id, TAUGHT, rules)


def _learn(db: sqlite3.Connection, edit: FieldEdit, rules: Rules) -> Text | None:
    """Remember an edit, or that it was taken back; the text of which there is something new, or None."""
    read = _read(db, edit.receipt_id, edit.name)
    seen = rules.merchant_key(read.value) if read is not None else ""
    if read is None or not seen:
        return None
    said = edit.after
    if said is not None and said.origin == "user" and not edit.as_read and said.value and said.value != read.value:
        known = db.execute("SELECT value FROM learned WHERE name = ? AND seen = ?", (edit.name, seen)).fetchone()
        _remember(db, edit.name, (seen, read.value), said.value)
        return None if known == (said.value,) else (edit.name, seen)
    if edit.before is None or edit.before.origin != "user" or edit.before.value == read.value:
        return None
    gone = "DELETE FROM learned WHERE name = ? AND seen = ? AND value = ?"
    if not db.execute(gone, (edit.name, seen, edit.before.value)).rowcount:
        return None
    if value := _said_of_another(db, edit, seen, rules):
        _remember(db, edit.name, (seen, read.value), value)
    return edit.name, seen


def _remember(db: sqlite3.Connection, name: str, seen: tuple[str, str], value: str) -> None:
    """seen: the text folded, and as it was read."""
    db.execute(
        "INSERT OR REPLACE INTO learned (name, seen, text, value, at) VALUES (?, ?, ?, ?, ?)",
        (name, *seen, value, now()),
    )


def _said_of_another(db: sqlite3.Connection, edit: FieldEdit, seen: str, rules: Rules) -> str | None:
    """What a person last made of the same text on another receipt, and left so."""
    rows = db.execute(
        "SELECT h.before, h.after, r.fields FROM history h JOIN receipt r ON r.id = h.receipt_id"
        " WHERE h.name = ? AND h.receipt_id <> ? ORDER BY h.id DESC LIMIT ?",
        (edit.name, edit.receipt_id, _MOST_LOOKED_AT),
    )
    for before, after, fields in rows:
        if before is None or after is None:
            continue
        was, became = decode(before, Field), decode(after, Field)
        now_there = Receipt(fields=decode(fields, tuple[Field, ...])).field(edit.name)
        corrected = was.origin != "user" and became.origin == "user" and became.value not in ("", was.value)
        left_so = now_there is not None and now_there.value == became.value
        if corrected and left_so and rules.merchant_key(was.value) == seen:
            return became.value
    return None


def _others(db: sqlite3.Connection, batch: int, text: Text, rules: Rules) -> Iterable[int]:
    """The receipts of a batch of whose field nobody has said anything, and that read the same text."""
    name, seen = text
    alike: dict[str, bool] = {}
    found: list[int] = []
    rows = db.execute(
        "SELECT id, fields FROM receipt WHERE batch_id = ? AND NOT removed AND joined_to IS NULL", (batch,)
    )
    for receipt_id, fields in rows.fetchall():
        for there in scan(fields, (name,)):
            if there.value not in alike:
                alike[there.value] = rules.merchant_key(there.value) == seen
            if alike[there.value] and there.origin != "user":
                found.append(receipt_id)
    return found


def _offer(db: sqlite3.Connection, receipt_id: int, names: tuple[str, ...], rules: Rules) -> bool:
    """Bring a receipt's fields in line with what is remembered. Whether that changes anything."""
    row = db.execute("SELECT fields, checks, page_id FROM receipt WHERE id = ?", (receipt_id,)).fetchone()
    if row is None:
        return False
    receipt = before = Receipt(fields=decode(row[0], tuple[Field, ...]))
    for name in names:
        there = receipt.field(name)
        if there is None or there.origin == "user" or not there.value:
            continue
        key = name, rules.merchant_key(there.value)
        known = db.execute("SELECT value FROM learned WHERE name = ? AND seen = ?", key).fetchone()
        read = _read(db, receipt_id, name) or there
        receipt = receipt.with_field(name, read if known is None else _with_offer(read, known[0]))
    if receipt == before:
        return False
    checks = decode(row[1], tuple[Check, ...])
    db.execute(
        "UPDATE receipt SET fields = ?, needs_review = ? WHERE id = ?",
        (encode(receipt.fields), receipts.wants_review(receipt.fields, checks), receipt_id),
    )
    if row[2] is not None:
        receipts.settle(db, row[2])
    return True


def _with_offer(read: Field, value: str) -> Field:
    """The field as read, doubtful, with what a person made of the same text before as its first candidate."""
    if value == read.value:
        return read
    others = tuple(candidate for candidate in read.candidates if candidate != value)
    return replace(read, doubtful=True, candidates=(value, *others))


def _read(db: sqlite3.Connection, receipt_id: int, name: str) -> Field | None:
    """What was read of a field the last time."""
    reading = receipts.reading(db, receipt_id)
    return None if reading is None else reading.field(name)
