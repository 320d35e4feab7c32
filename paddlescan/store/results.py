"""Page results: going in, coming back as read, and going out to an export."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from paddlescan.document import Check, Field, PageRef, PageResult, Receipt, SourceFile, Status
from paddlescan.document.codec import decode, encode
from paddlescan.document.export import ExportRow, ReceiptPlace
from paddlescan.store import across, categories, edit_history, events, numbering, pages, receipts, same
from paddlescan.store.edits import Judge, merge_reading
from paddlescan.store.rows import PageHead, ReceiptRow
from paddlescan.store.rules import Rules

_NOTHING = encode(())


def save(
    db: sqlite3.Connection,
    page_id: int,
    result: PageResult,
    token: int | None,
    judge: Judge | None = None,
    rules: Rules | None = None,
) -> bool:
    """Keep the result of a claimed page. False, and nothing changes, if the claim holds no longer.

    rules: by them it is settled with which other pages it makes a receipt, and which receipts were seen before.
    """
    row = db.execute("SELECT batch_id, source_id, state, claims FROM page WHERE id = ?", (page_id,)).fetchone()
    if row is None or row[2] != "reading" or (token is not None and row[3] != token):
        return False
    batch, source = row[:2]
    if result.error is not None:
        fail(db, batch, page_id, encode(result.error))
        events.note(db, batch, page_id, "failed", result.error.code)
        if rules is not None:
            across.page_read(db, page_id, rules)
        return True
    _save_head(db, page_id, result)
    db.execute(
        "UPDATE source SET sha256 = COALESCE(?, sha256), page_count = COALESCE(page_count, ?) WHERE id = ?",
        (result.sha256, result.page_count, source),
    )
    numbering.renumber(db, page_id, result)
    for receipt in result.receipts:
        known = receipt if rules is None else categories.recall(db, receipt, rules)
        _save_receipt(db, batch, page_id, known, judge or (None if rules is None else rules.recheck))
    _drop_absent(db, page_id, {r.number for r in result.receipts}, max(r.count for r in result.receipts), rules)
    quality = " ".join(finding.name for finding in result.quality)
    db.execute("UPDATE page SET state = 'done', failure = NULL, quality = ? WHERE id = ?", (quality, page_id))
    receipts.settle(db, page_id)
    if rules is not None:
        across.page_read(db, page_id, rules)
    (state,) = db.execute("SELECT state FROM page WHERE id = ?", (page_id,)).fetchone()
    events.note(db, batch, page_id, "to_check" if state == "needs_review" else "read", str(len(result.receipts)))
    return True


def fail(db: sqlite3.Connection, batch: int, page_id: int, failure: bytes) -> None:
    """Mark a page failed. It has one row in the table, unless an earlier reading left it some: these stay."""
    db.execute("UPDATE page SET state = 'failed', failure = ?, quality = '' WHERE id = ?", (failure, page_id))
    if db.execute("SELECT 1 FROM receipt WHERE page_id = ?", (page_id,)).fetchone() is None:
        _insert(db, batch, page_id, Receipt(), present=False)


def as_read(db: sqlite3.Connection, page_id: int) -> PageResult | None:
    """What the newest reading of a page gave, without edits; None: not read yet, or the page is gone."""
    page = pages.one(db, page_id)
    if page is None:
        return None
    if page.failure is not None:
        return PageResult(page.ref, page.page_count or 1, page.sha256, error=page.failure)
    row = db.execute("SELECT head FROM page_reading WHERE page_id = ?", (page_id,)).fetchone()
    if row is None:
        return None
    head = decode(row[0], PageHead)
    query = (
        "SELECT g.receipt FROM receipt r JOIN receipt_reading g ON g.receipt_id = r.id"
        " WHERE r.page_id = ? AND r.present ORDER BY r.number"
    )
    return PageResult(
        page=page.ref,
        page_count=head.page_count,
        sha256=head.sha256,
        width=head.width,
        height=head.height,
        receipts=tuple(decode(data, Receipt) for (data,) in db.execute(query, (page_id,))),
        quality=head.quality,
        engine=head.engine,
        seconds=head.seconds,
    )


def export_rows(db: sqlite3.Connection, some: Sequence[ReceiptRow]) -> Iterator[ExportRow]:
    """What an export wants to know of these rows."""
    query = (
        "SELECT r.checks, COALESCE(j.receipt, g.receipt), h.head, s.sha256, s.raw_path FROM receipt r"
        " LEFT JOIN page p ON p.id = r.page_id LEFT JOIN source s ON s.id = p.source_id"
        " LEFT JOIN receipt_reading g ON g.receipt_id = r.id LEFT JOIN joined_reading j ON j.receipt_id = r.id"
        " LEFT JOIN page_reading h ON h.page_id = r.page_id WHERE r.id = ?"
    )
    for row in some:
        found = db.execute(query, (row.receipt_id,)).fetchone()
        if found is not None:
            yield _export_row(db, row, *found)


def _export_row(
    db: sqlite3.Connection,
    row: ReceiptRow,
    checks: bytes,
    reading: bytes | None,
    head: bytes | None,
    sha256: str | None,
    raw_path: bytes | None,
) -> ExportRow:
    receipt = receipts.current(row, None if reading is None else decode(reading, Receipt), checks)
    known: dict[str, Any] = {}
    if head is not None:
        page = decode(head, PageHead)
        known = {name: getattr(page, name) for name in ("width", "height", "quality", "engine", "seconds")}
    return ExportRow(
        source=row.source,
        status=_status(row, receipt),
        page=row.page_number,
        page_count=row.page_count,
        receipt=receipt,
        was_read=reading is not None,
        sha256=sha256,
        failure=row.failure,
        duplicate_of=None if row.same_as is None else row.same_as.place,
        more_pages=tuple(ReceiptPlace(row.source, row.page_number + 1 + n, 1) for n in range(len(row.later_pages))),
        history=edit_history.of_receipt(db, row.receipt_id),
        receipt_id=row.receipt_id,
        ref=None if raw_path is None else PageRef(SourceFile(raw_path, row.source), row.page_number, row.page_id or 0),
        **known,
    )


def _status(row: ReceiptRow, receipt: Receipt) -> Status:
    """The state of the row; where its page is just being read again, that of the reading before."""
    if row.failure is not None:
        return "failed"
    return "needs_review" if receipt.needs_review else "done"


def _save_head(db: sqlite3.Connection, page_id: int, result: PageResult) -> None:
    head = PageHead(
        result.page_count, result.sha256, result.width, result.height, result.quality, result.engine, result.seconds
    )
    db.execute("INSERT OR REPLACE INTO page_reading (page_id, head) VALUES (?, ?)", (page_id, encode(head)))


def _save_receipt(db: sqlite3.Connection, batch: int, page_id: int, receipt: Receipt, judge: Judge | None) -> None:
    """Put a reading into the row of its number; what a person typed there stays, and is judged with it."""
    row = db.execute(
        "SELECT id, fields, cleared, checks FROM receipt WHERE page_id = ? AND number = ?", (page_id, receipt.number)
    ).fetchone()
    if row is None:
        receipt_id = _insert(db, batch, page_id, receipt, present=True)
    else:
        receipt_id, fields, cleared, checks = row
        merged = merge_reading(decode(fields, tuple[Field, ...]), decode(cleared, tuple[str, ...]), receipt.fields)
        said = judge(merged, receipt.checks, decode(checks, tuple[Check, ...])) if judge else receipt.checks
        db.execute(
            "UPDATE receipt SET present = 1, count = ?, kind = ?, language = ?, needs_review = ?, fields = ?,"
            " checks = ? WHERE id = ?",
            (
                receipt.count,
                receipt.kind,
                receipt.language,
                receipts.wants_review(merged, said),
                encode(merged),
                encode(said),
                receipt_id,
            ),
        )
    db.execute(
        "INSERT OR REPLACE INTO receipt_reading (receipt_id, receipt) VALUES (?, ?)", (receipt_id, encode(receipt))
    )


def _insert(db: sqlite3.Connection, batch: int, page_id: int, receipt: Receipt, present: bool) -> int:
    cursor = db.execute(
        "INSERT INTO receipt (batch_id, page_id, number, count, kind, language, present, needs_review, fields, checks,"
        " cleared) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            batch,
            page_id,
            receipt.number,
            receipt.count,
            receipt.kind,
            receipt.language,
            present,
            receipt.needs_review,
            encode(receipt.fields),
            encode(receipt.checks),
            _NOTHING,
        ),
    )
    return int(cursor.lastrowid or 0)


def _drop_absent(db: sqlite3.Connection, page_id: int, numbers: set[int], count: int, rules: Rules | None) -> None:
    """Receipts that the new reading does not have go, unless a person worked on them: these stay, and count."""
    for receipt_id, number in db.execute("SELECT id, number FROM receipt WHERE page_id = ?", (page_id,)).fetchall():
        if number in numbers:
            continue
        if db.execute("SELECT 1 FROM history WHERE receipt_id = ?", (receipt_id,)).fetchone() is None:
            same.without(db, (receipt_id,), rules)
        else:
            db.execute("UPDATE receipt SET present = 0 WHERE id = ?", (receipt_id,))
    db.execute(
        "UPDATE receipt SET count = MAX(?, (SELECT MAX(number) FROM receipt WHERE page_id = ?)) WHERE page_id = ?",
        (count, page_id, page_id),
    )
