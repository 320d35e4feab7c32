"""Makes a store of saved rows whole: every row has what it refers to again, and no receipt is lost for want of it.

A receipt whose page is gone stays as a row by hand; a page whose reading is gone is read again; an edit whose receipt
is gone makes a row by hand of what is known of it.
"""

from __future__ import annotations

import sqlite3

from paddlescan.document import Field, PrepareOptions, Receipt, ScanOptions
from paddlescan.document.codec import decode, encode
from paddlescan.store.moments import now
from paddlescan.store.receipts import wants_review
from paddlescan.store.rows import PageHead

_READ = "('done', 'needs_review')"


def close_gaps(db: sqlite3.Connection) -> None:
    """Within a transaction, with foreign keys off; afterwards `foreign_key_check` finds nothing."""
    columns = {row[1] for row in db.execute("PRAGMA table_info(receipt)")}
    _batches(db)
    _sources(db)
    _receipts(db)
    for name in ("same_as", "joined_to"):
        if name in columns:
            db.execute(f"UPDATE receipt SET {name} = NULL WHERE {name} NOT IN (SELECT id FROM receipt)")
    _find_pages(db)
    db.execute("UPDATE receipt SET page_id = NULL, present = 0 WHERE page_id NOT IN (SELECT id FROM page)")
    _pages(db)
    db.execute(
        f"UPDATE page SET state = CASE WHEN id IN (SELECT page_id FROM receipt WHERE needs_review AND NOT removed)"
        f" THEN 'needs_review' ELSE 'done' END WHERE state IN {_READ}"
    )
    if "keyed" in columns:
        db.execute("UPDATE receipt SET keyed = 0")  # by which receipts are known that were seen before: made anew
    _rest(db)


def with_edits(db: sqlite3.Connection, receipt_id: int, after: int) -> None:
    """Give a receipt the fields that edits behind this number of the history gave it."""
    (fields,) = db.execute("SELECT fields FROM receipt WHERE id = ?", (receipt_id,)).fetchone()
    receipt = Receipt(fields=decode(fields, tuple[Field, ...]))
    for name, value in db.execute(
        "SELECT name, after FROM history WHERE receipt_id = ? AND id > ? ORDER BY id", (receipt_id, after)
    ):
        receipt = receipt.with_field(name, None if value is None else decode(value, Field))
    db.execute(
        "UPDATE receipt SET fields = ?, needs_review = ? WHERE id = ?",
        (encode(receipt.fields), wants_review(receipt.fields, ()), receipt_id),
    )


def _batches(db: sqlite3.Connection) -> None:
    for (batch,) in db.execute(
        "SELECT batch_id FROM page UNION SELECT batch_id FROM source UNION SELECT batch_id FROM receipt"
        " EXCEPT SELECT id FROM batch"
    ).fetchall():
        _add_batch(db, batch)


def _add_batch(db: sqlite3.Connection, batch: int | None) -> int:
    cursor = db.execute(
        "INSERT INTO batch (id, name, owner, created_at, options, roots) VALUES (?, '', 'window', ?, ?, ?)",
        (batch, now(), encode(ScanOptions()), encode(())),
    )
    return int(cursor.lastrowid or 0)


def _sources(db: sqlite3.Connection) -> None:
    """A page whose source is gone gets one without a name: it cannot be read again, but its receipt is there."""
    for source, batch, position in db.execute(
        "SELECT source_id, batch_id, MIN(position) FROM page WHERE source_id NOT IN (SELECT id FROM source)"
        " GROUP BY source_id, batch_id"
    ).fetchall():
        db.execute(
            "INSERT OR IGNORE INTO source (id, batch_id, position, raw_path, name) VALUES (?, ?, ?, x'', '')",
            (source, batch, _free_position(db, batch, position)),
        )


def _free_position(db: sqlite3.Connection, batch: int, position: int) -> int:
    taken = db.execute("SELECT 1 FROM source WHERE batch_id = ? AND position = ?", (batch, position)).fetchone()
    if taken is None:
        return position
    return int(db.execute("SELECT MAX(position) + 1 FROM source WHERE batch_id = ?", (batch,)).fetchone()[0])


def _receipts(db: sqlite3.Connection) -> None:
    """Readings and edits whose receipt is gone become rows by hand, in the batch of the receipt made before them."""
    lost = db.execute(
        "SELECT receipt_id FROM receipt_reading UNION SELECT receipt_id FROM history EXCEPT SELECT id FROM receipt"
        " ORDER BY 1"
    ).fetchall()
    for (receipt_id,) in lost:
        near = db.execute(
            "SELECT batch_id FROM receipt ORDER BY id > ?, ABS(id - ?) LIMIT 1", (receipt_id, receipt_id)
        ).fetchone()
        batch = near[0] if near is not None else _add_batch(db, None)
        found = db.execute("SELECT receipt FROM receipt_reading WHERE receipt_id = ?", (receipt_id,)).fetchone()
        read = Receipt() if found is None else decode(found[0], Receipt)
        db.execute(
            "INSERT INTO receipt (id, batch_id, page_id, number, count, kind, language, present, fields, checks,"
            " cleared) VALUES (?, ?, NULL, 1, 1, ?, ?, 0, ?, ?, ?)",
            (receipt_id, batch, read.kind, read.language, encode(read.fields), encode(read.checks), encode(())),
        )
        with_edits(db, receipt_id, 0)


def _find_pages(db: sqlite3.Connection) -> None:
    """A page that is gone is known again where its reading says of which file of one page it was."""
    for page, batch, head in db.execute(
        "SELECT DISTINCT r.page_id, r.batch_id, g.head FROM receipt r JOIN page_reading g ON g.page_id = r.page_id"
        " WHERE r.page_id NOT IN (SELECT id FROM page)"
    ).fetchall():
        read = decode(head, PageHead)
        found = db.execute(
            "SELECT id, position FROM source WHERE batch_id = ? AND sha256 = ? AND page_count = 1"
            " AND id NOT IN (SELECT source_id FROM page) ORDER BY position",
            (batch, read.sha256),
        ).fetchone()
        if found is not None:
            db.execute(
                "INSERT INTO page (id, batch_id, source_id, position, number, state, prepare)"
                " VALUES (?, ?, ?, ?, 1, 'done', ?)",
                (page, batch, *found, encode(PrepareOptions())),
            )


def _pages(db: sqlite3.Connection) -> None:
    """Every source has a page, and a page that was read has what was read, or is read again."""
    db.execute(
        "INSERT OR IGNORE INTO page (batch_id, source_id, position, number, state, prepare)"
        " SELECT batch_id, id, position, 1, 'waiting', ? FROM source"
        " WHERE raw_path != x'' AND id NOT IN (SELECT source_id FROM page)",
        (encode(PrepareOptions()),),
    )
    db.execute(
        f"UPDATE page SET state = 'waiting', attempts = 0 WHERE state IN {_READ}"
        " AND id NOT IN (SELECT page_id FROM receipt WHERE page_id IS NOT NULL)"
        " AND source_id IN (SELECT id FROM source WHERE raw_path != x'')"
    )


def _rest(db: sqlite3.Connection) -> None:
    """Rows of other tables that still refer to nothing are of no use to anybody: they go, or forget it."""
    tables = [str(name) for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    while True:
        before = db.total_changes
        for table in tables:
            for _, _, parent, column, _, _, deleted, _ in db.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
                what = f'UPDATE "{table}" SET {column} = NULL' if deleted == "SET NULL" else f'DELETE FROM "{table}"'
                db.execute(f'{what} WHERE {column} NOT IN (SELECT id FROM "{parent}")')
        if db.total_changes == before:  # a row that went may have been what another referred to
            return
