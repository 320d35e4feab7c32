"""Receipts: the rows of the table, and what a person changes in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

from paddlescan.document import Check, Field, Receipt
from paddlescan.document.codec import decode, encode
from paddlescan.document.export import ReceiptPlace
from paddlescan.errors import Failure, RowGone
from paddlescan.store import edit_history, events
from paddlescan.store.edits import FieldEdit, Judge, rests_on, with_evidence
from paddlescan.store.moments import now
from paddlescan.store.rows import ReceiptRow, SameReceipt, StoredReceipt

BY_HAND = 1 << 62
"""The position of a row by hand: behind all that was dropped."""

LATER_PAGES = """
       CASE WHEN EXISTS (SELECT 1 FROM receipt m WHERE m.joined_to = r.id) THEN (SELECT group_concat(l.page_id) FROM (
           SELECT m.page_id FROM receipt m JOIN page q ON q.id = m.page_id WHERE m.joined_to = r.id ORDER BY q.number
       ) l) END"""
_COLUMNS = f"""
SELECT r.id, r.batch_id, r.page_id, COALESCE(p.position, ?), COALESCE(p.number, 1), COALESCE(s.page_count, 1),
       r.number, r.count, COALESCE(s.name, ''), COALESCE(p.state, 'done'), r.needs_review, r.kind, r.language,
       r.fields, p.failure, r.removed, r.cleared, COALESCE(p.quality, ''),
       f.id, f.batch_id, COALESCE(fs.name, ''), COALESCE(fp.number, 1), f.number, {LATER_PAGES}
FROM receipt r LEFT JOIN page p ON p.id = r.page_id LEFT JOIN source s ON s.id = p.source_id
LEFT JOIN receipt f ON f.id = r.same_as LEFT JOIN page fp ON fp.id = f.page_id
LEFT JOIN source fs ON fs.id = fp.source_id
"""
ORDER = "ORDER BY p.id IS NULL, p.position, p.number, r.number, r.id"
"""Dropping order, rows by hand last."""
_AT_ONCE = 500
"""Ids in one statement; SQLite takes at least 999 parameters."""


def select(db: sqlite3.Connection, where: str, parameters: tuple[object, ...]) -> Iterator[ReceiptRow]:
    """Rows in dropping order, those by hand last; what goes on with another receipt has none. `where` is ours; the
    tables are r, p and s."""
    rows = db.execute(f"{_COLUMNS} WHERE r.joined_to IS NULL AND {where} {ORDER}", (BY_HAND, *parameters))
    return (_receipt_row(row) for row in rows)


def of_batch(db: sqlite3.Connection, batch: int, include_removed: bool) -> tuple[ReceiptRow, ...]:
    """All rows of a batch."""
    return tuple(select(db, "r.batch_id = ? AND (? OR NOT r.removed)", (batch, include_removed)))


def of_page(db: sqlite3.Connection, page_id: int) -> tuple[ReceiptRow, ...]:
    """The rows of a page, removed ones too; of a later page of a receipt the row of that."""
    where = "(r.page_id = ? OR r.id = (SELECT joined_to FROM receipt WHERE page_id = ? AND joined_to IS NOT NULL))"
    return tuple(select(db, where, (page_id, page_id)))


def touched(db: sqlite3.Connection, batch: int, since: int) -> tuple[int, tuple[int, ...]]:
    """The stamp of a batch now, and its receipts that others have changed since another stamp."""
    found = db.execute("SELECT stamp FROM batch WHERE id = ?", (batch,)).fetchone()
    rows = db.execute("SELECT id FROM receipt WHERE batch_id = ? AND touched > ?", (batch, since))
    return (found[0] if found else 0), tuple(receipt_id for (receipt_id,) in rows)


def touch(db: sqlite3.Connection, receipt_id: int) -> None:
    """Another receipt has changed this one. The stamp is the batch's: it grows, whatever becomes of its receipts."""
    db.execute(
        "UPDATE batch SET stamp = stamp + 1 WHERE id = (SELECT batch_id FROM receipt WHERE id = ?)", (receipt_id,)
    )
    db.execute(
        "UPDATE receipt SET touched = (SELECT stamp FROM batch WHERE id = receipt.batch_id) WHERE id = ?",
        (receipt_id,),
    )


def one(db: sqlite3.Connection, receipt_id: int) -> ReceiptRow | None:
    """One row, None if it is gone."""
    return next(select(db, "r.id = ?", (receipt_id,)), None)


def some(db: sqlite3.Connection, receipt_ids: Sequence[int]) -> Iterator[ReceiptRow]:
    """The rows of these receipts, as far as they are there, in no order that matters."""
    for start in range(0, len(receipt_ids), _AT_ONCE):
        ids = tuple(receipt_ids[start : start + _AT_ONCE])
        yield from select(db, f"r.id IN ({','.join('?' * len(ids))})", ids)


def later_pages(ids: str | None) -> tuple[int, ...]:
    """The pages that LATER_PAGES named."""
    return tuple(int(page) for page in ids.split(",")) if ids else ()


def stored(db: sqlite3.Connection, receipt_id: int) -> StoredReceipt:
    """One receipt with all there is to know of it. Raises RowGone."""
    row = one(db, receipt_id)
    if row is None:
        raise RowGone
    checks, read = db.execute(
        "SELECT r.checks, COALESCE(j.receipt, g.receipt) FROM receipt r LEFT JOIN receipt_reading g"
        " ON g.receipt_id = r.id LEFT JOIN joined_reading j ON j.receipt_id = r.id WHERE r.id = ?",
        (receipt_id,),
    ).fetchone()
    as_read = None if read is None else decode(read, Receipt)
    return StoredReceipt(row, current(row, as_read, checks), as_read, edit_history.of_receipt(db, receipt_id))


def current(row: ReceiptRow, as_read: Receipt | None, checks: bytes) -> Receipt:
    """The receipt as it stands: what was read, with the row's fields and checks in place of the read ones."""
    base = as_read or Receipt()
    return Receipt(
        number=row.number,
        count=row.count,
        region=base.region,
        preparation=base.preparation,
        kind=row.kind,
        language=row.language,
        fields=tuple(row.values.values()),
        items=base.items,
        checks=decode(checks, tuple[Check, ...]),
        lines=base.lines,
    )


def apply_edits(db: sqlite3.Connection, edits: Iterable[FieldEdit], judge: Judge | None = None, who: str = "") -> None:
    """Set fields as the edits say, note it in the history, judge the checks. Raises RowGone if a receipt is gone.

    What an edit calls `before` is the editor's view; the history notes what really stood there. What it sets
    rests on the newest reading, also where the editor saw an older one. An edit that changes nothing leaves no trace.
    """
    for edit in edits:
        row = db.execute("SELECT fields, cleared FROM receipt WHERE id = ?", (edit.receipt_id,)).fetchone()
        if row is None:
            raise RowGone
        fields, cleared = row
        receipt = Receipt(fields=decode(fields, tuple[Field, ...]))
        before, read = receipt.field(edit.name), reading(db, edit.receipt_id)
        after = _settled(edit, read)
        names = set(decode(cleared, tuple[str, ...])) - {edit.name}
        if after is None and not edit.as_read and read is not None and read.field(edit.name) is not None:
            names.add(edit.name)
        if before == after and names == set(decode(cleared, tuple[str, ...])):
            continue
        db.execute(
            "UPDATE receipt SET fields = ?, cleared = ? WHERE id = ?",
            (encode(receipt.with_field(edit.name, after).fields), encode(sorted(names)), edit.receipt_id),
        )
        if before != after:
            db.execute(
                "INSERT INTO history (receipt_id, name, before, after, at, by) VALUES (?, ?, ?, ?, ?, ?)",
                (edit.receipt_id, edit.name, _bytes(before), _bytes(after), now(), who),
            )
            events.note_receipt(db, edit.receipt_id, edit_history.told(edit, before, after), edit.name, who=who)
        _judge_by(db, edit.receipt_id, judge, read)


def judge_checks(db: sqlite3.Connection, receipt_id: int, judge: Judge | None) -> None:
    """Set the checks of a receipt to what a rule says (None: they stay), and its state to match. Raises RowGone."""
    _judge_by(db, receipt_id, judge, None if judge is None else reading(db, receipt_id))


def _judge_by(db: sqlite3.Connection, receipt_id: int, judge: Judge | None, read: Receipt | None) -> None:
    """The same, where it is known already what was read the last time."""
    row = db.execute("SELECT page_id, fields, checks FROM receipt WHERE id = ?", (receipt_id,)).fetchone()
    if row is None:
        raise RowGone
    fields, checks = decode(row[1], tuple[Field, ...]), decode(row[2], tuple[Check, ...])
    if judge is not None:
        checks = judge(fields, checks if read is None else read.checks, checks)
    db.execute(
        "UPDATE receipt SET checks = ?, needs_review = ? WHERE id = ?",
        (encode(checks), wants_review(fields, checks), receipt_id),
    )
    if row[0] is not None:
        settle(db, row[0])


def add(db: sqlite3.Connection, batch: int, who: str = "") -> int:
    """Add an empty row by hand and return its id."""
    cursor = db.execute(
        "INSERT INTO receipt (batch_id, page_id, number, count, kind, language, present, fields, checks, cleared)"
        " VALUES (?, NULL, 1, 1, 'other', 'en', 0, ?, ?, ?)",
        (batch, encode(()), encode(()), encode(())),
    )
    events.note(db, batch, None, "row_added", who=who)
    return int(cursor.lastrowid or 0)


def set_removed(db: sqlite3.Connection, receipt_ids: Iterable[int], removed: bool, who: str = "") -> None:
    """Take rows out of table and export, or put them back; one that is gone is no error."""
    touched: set[int] = set()
    for receipt_id in receipt_ids:
        for (page_id,) in db.execute(
            "UPDATE receipt SET removed = ? WHERE id = ? AND removed <> ? RETURNING page_id",
            (removed, receipt_id, removed),
        ).fetchall():
            events.note_receipt(db, receipt_id, "removed" if removed else "put_back", who=who)
            if page_id is not None:
                touched.add(page_id)
    for page_id in touched:
        settle(db, page_id)


def settle(db: sqlite3.Connection, page_id: int) -> None:
    """Bring the state of a page that was read in line with its receipts."""
    db.execute(
        "UPDATE page SET state = CASE WHEN EXISTS"
        " (SELECT 1 FROM receipt WHERE page_id = page.id AND needs_review AND NOT removed AND joined_to IS NULL)"
        " THEN 'needs_review' ELSE 'done' END WHERE id = ? AND state IN ('done', 'needs_review')",
        (page_id,),
    )


def wants_review(fields: Iterable[Field], checks: Iterable[Check]) -> bool:
    """Whether a person should look: a doubtful field or a failed check."""
    return Receipt(fields=tuple(fields), checks=tuple(checks)).needs_review


def reading(db: sqlite3.Connection, receipt_id: int) -> Receipt | None:
    """What was read the last time, on all its pages."""
    row = db.execute(
        "SELECT COALESCE(j.receipt, g.receipt) FROM receipt_reading g LEFT JOIN joined_reading j"
        " ON j.receipt_id = g.receipt_id WHERE g.receipt_id = ?",
        (receipt_id,),
    ).fetchone()
    return None if row is None else decode(row[0], Receipt)


def _settled(edit: FieldEdit, read: Receipt | None) -> Field | None:
    """What an edit really sets, given the newest reading."""
    if read is None:
        return edit.after
    fresh = read.field(edit.name)
    if edit.as_read:
        return fresh
    if edit.after is None or edit.after.origin != "user" or rests_on(edit.after, fresh):
        return edit.after
    return with_evidence(edit.after, fresh)


def _bytes(field: Field | None) -> bytes | None:
    return None if field is None else encode(field)


def _receipt_row(row: tuple[Any, ...]) -> ReceiptRow:
    (receipt, batch, page, position, page_number, page_count, number, count) = row[:8]
    (source, state, needs_review, kind, language, fields, failure, removed, cleared, quality) = row[8:18]
    same, same_batch, same_source, same_page, same_number, later = row[18:]
    if state in ("done", "needs_review"):
        state = "needs_review" if needs_review else "done"
    return ReceiptRow(
        receipt_id=receipt,
        batch=batch,
        page_id=page,
        position=position,
        page_number=page_number,
        page_count=page_count,
        number=number,
        count=count,
        source=source,
        state=state,
        kind=kind,
        language=language,
        values=MappingProxyType({f.name: f for f in decode(fields, tuple[Field, ...])}),
        failure=None if failure is None else decode(failure, Failure),
        removed=bool(removed),
        cleared=frozenset(decode(cleared, tuple[str, ...])),
        quality=tuple(quality.split()),
        same_as=same and SameReceipt(same, same_batch, ReceiptPlace(same_source, same_page, same_number)),
        later_pages=later_pages(later),
    )
