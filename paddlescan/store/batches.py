"""Batches: what one drop or one command scans."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from paddlescan.document import ScanOptions
from paddlescan.document.codec import decode, encode
from paddlescan.document.source import printable_name
from paddlescan.errors import RowGone
from paddlescan.store import events, same
from paddlescan.store.moments import now
from paddlescan.store.rows import BatchOwner, BatchSummary
from paddlescan.store.rules import Rules

_SUMMARY = """
SELECT b.id, b.name, b.owner, b.created_at, b.options, b.roots, b.fronted, b.stopped,
       COALESCE(p.pages, 0), COALESCE(p.waiting, 0), COALESCE(p.reading, 0), COALESCE(p.done, 0),
       COALESCE(p.needs_review, 0), COALESCE(p.failed, 0),
       (SELECT COUNT(*) FROM receipt r WHERE r.batch_id = b.id AND NOT r.removed AND r.joined_to IS NULL),
       (SELECT COUNT(*) FROM receipt r LEFT JOIN page rp ON rp.id = r.page_id
        WHERE r.batch_id = b.id AND r.needs_review AND NOT r.removed AND r.joined_to IS NULL
        AND COALESCE(rp.state, 'done') IN ('done', 'needs_review')),
       (SELECT COUNT(*) FROM receipt r JOIN page rp ON rp.id = r.page_id
        WHERE r.batch_id = b.id AND NOT r.removed AND r.joined_to IS NULL AND rp.state = 'failed')
FROM batch b LEFT JOIN (
    SELECT batch_id, COUNT(*) AS pages, SUM(state = 'waiting') AS waiting, SUM(state = 'reading') AS reading,
           SUM(state = 'done') AS done, SUM(state = 'needs_review') AS needs_review, SUM(state = 'failed') AS failed
    FROM page {of_pages} GROUP BY batch_id
) p ON p.batch_id = b.id
"""


def create(db: sqlite3.Connection, name: str, owner: BatchOwner, options: ScanOptions, roots: Sequence[str]) -> int:
    """Add a batch and return its id."""
    cursor = db.execute(
        "INSERT INTO batch (name, owner, created_at, options, roots) VALUES (?, ?, ?, ?, ?)",
        (name, owner, now(), encode(options), _canonical(roots)),
    )
    batch = int(cursor.lastrowid or 0)
    events.note(db, batch, None, "created", owner)
    return batch


def rename(db: sqlite3.Connection, batch: int, name: str) -> None:
    """Name a batch. Raises RowGone."""
    if db.execute("UPDATE batch SET name = ? WHERE id = ?", (name, batch)).rowcount == 0:
        raise RowGone


def delete(db: sqlite3.Connection, batch: int, rules: Rules | None) -> None:
    """Delete a batch with all that belongs to it; a batch that is not there is no error.

    Receipts of other batches that were seen in it before were seen elsewhere, or nowhere.
    """
    same.without(db, [i for (i,) in db.execute("SELECT id FROM receipt WHERE batch_id = ?", (batch,))], rules)
    db.execute("DELETE FROM batch WHERE id = ?", (batch,))


def every(db: sqlite3.Connection) -> tuple[BatchSummary, ...]:
    """All batches, the newest first."""
    return tuple(_summary(row) for row in db.execute(_SUMMARY.format(of_pages="") + " ORDER BY b.id DESC"))


def one(db: sqlite3.Connection, batch: int) -> BatchSummary:
    """One batch. Raises RowGone."""
    query = _SUMMARY.format(of_pages="WHERE batch_id = ?") + " WHERE b.id = ?"  # asked often: no others are counted
    row = db.execute(query, (batch, batch)).fetchone()
    if row is None:
        raise RowGone
    return _summary(row)


def options_of(db: sqlite3.Connection, batch: int) -> ScanOptions:
    """The options of a batch. Raises RowGone."""
    row = db.execute("SELECT options FROM batch WHERE id = ?", (batch,)).fetchone()
    if row is None:
        raise RowGone
    return decode(row[0], ScanOptions)


def _canonical(roots: Sequence[str]) -> bytes:
    return encode(tuple(printable_name(root) for root in roots))


def _summary(row: tuple[Any, ...]) -> BatchSummary:
    batch, name, owner, created_at, options, roots, fronted, stopped, *counts = row
    options, roots = decode(options, ScanOptions), decode(roots, tuple[str, ...])
    summary = BatchSummary(batch, name, owner, created_at, options, roots, *counts)
    return replace(summary, fronted=fronted, stopped=bool(stopped))
