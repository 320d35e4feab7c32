"""The history of a receipt: which edits it had, and what they are called."""

from __future__ import annotations

import sqlite3

from paddlescan.document import Field
from paddlescan.document.codec import decode
from paddlescan.document.export import HistoryEntry
from paddlescan.store.edits import FieldEdit


def of_receipt(db: sqlite3.Connection, receipt_id: int) -> tuple[HistoryEntry, ...]:
    """The edits of a receipt, the oldest first.

    An undone edit is two entries, there and back. A confirmation that was undone changed no value: it is left out.
    """
    query = "SELECT name, before, after, at, by FROM history WHERE receipt_id = ? ORDER BY id"
    entries: list[HistoryEntry] = []
    for name, before_bytes, after_bytes, at, by in db.execute(query, (receipt_id,)):
        before, after = _field(before_bytes), _field(after_bytes)
        old, new = None if before is None else before.value, None if after is None else after.value
        entry = HistoryEntry(name, old, new, at, by)
        if entry.before != entry.after or _is_confirmed(after):
            entries.append(entry)
            continue
        same = [i for i, earlier in enumerate(entries) if earlier.field == name]
        if same and entries[same[-1]].before == entries[same[-1]].after:
            del entries[same[-1]]
    return tuple(entries)


def told(edit: FieldEdit, before: Field | None, after: Field | None) -> str:
    """What the journal calls an edit."""
    if edit.as_read:
        return "edit_undone"
    same = before is not None and after is not None and before.value == after.value
    return "confirmed" if same else "edited"


def _is_confirmed(field: Field | None) -> bool:
    return field is not None and field.origin == "user" and not field.doubtful


def _field(field: bytes | None) -> Field | None:
    return None if field is None else decode(field, Field)
