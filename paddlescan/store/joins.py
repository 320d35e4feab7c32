"""Receipts that go on over several pages of one file. Pages are read in any order and again, so what belongs together
is settled when a page is saved: for it and the pages beside it, in the same transaction.

Each page keeps its own reading. `follows` says of a receipt that it goes on with the page before; the chain of those
has one row in the table, that of its first page, to which all the others are `joined_to`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from paddlescan.document import Check, Field, Receipt
from paddlescan.document.codec import decode, encode
from paddlescan.errors import RowGone
from paddlescan.store import events, same
from paddlescan.store.edits import merge_reading
from paddlescan.store.receipts import settle, touch, wants_review
from paddlescan.store.rules import Rules

Joining = Literal["joined", "apart"]
"""What a person said of a page: it goes on with the one before, or it is a receipt of its own."""

_CUT = 100
"""Behind each so many pages of a file another receipt begins, whatever its pages say: all are joined at each save."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The only receipt of a page that was read."""

    receipt_id: int
    page_id: int
    number: int
    removed: bool
    worked_on: bool
    follows: bool
    joining: Joining | None
    joined_to: int | None


def settle_page(db: sqlite3.Connection, page_id: int, rules: Rules) -> None:
    """A page was read, failed, or looks different: settle what it and its neighbours belong to."""
    row = db.execute(
        "SELECT p.source_id, p.number, s.page_count FROM page p JOIN source s ON s.id = p.source_id WHERE p.id = ?",
        (page_id,),
    ).fetchone()
    if row is None or (row[2] or 1) < 2:
        return
    source, number, _ = row
    for following in (number, number + 1):
        _link(db, source, following, rules)
    for start in sorted({_head(db, source, number - 1), _head(db, source, number), _head(db, source, number + 1)}):
        _settle_chain(db, source, start, rules)


def joinings(db: sqlite3.Connection, page_ids: Sequence[int]) -> dict[int, Joining | None]:
    """What a person said of these pages."""
    found: dict[int, Joining | None] = {}
    for page_id in page_ids:
        for (joining,) in db.execute("SELECT joining FROM receipt WHERE page_id = ? LIMIT 1", (page_id,)):
            found[page_id] = joining
    return found


def set_joinings(db: sqlite3.Connection, said: dict[int, Joining | None], rules: Rules) -> None:
    """A person said it of these pages, or takes it back (None). Raises RowGone for a page without a receipt."""
    for page_id, joining in said.items():
        if db.execute("UPDATE receipt SET joining = ? WHERE page_id = ?", (joining, page_id)).rowcount == 0:
            raise RowGone
    for page_id in said:
        settle_page(db, page_id, rules)


def worked_on(db: sqlite3.Connection, receipt_id: int, rules: Rules) -> None:
    """A person typed into a receipt: if it went on with another meanwhile, and nobody but us says so, it comes back."""
    row = db.execute("SELECT page_id, joined_to, joining FROM receipt WHERE id = ?", (receipt_id,)).fetchone()
    if row is not None and row[1] is not None and row[2] is None:
        set_joinings(db, {row[0]: "apart"}, rules)


def _page(db: sqlite3.Connection, source: int, number: int) -> _Page | None:
    """The receipt of a page, if it holds just one and was read."""
    rows = db.execute(
        "SELECT r.id, p.id, p.number, r.removed, EXISTS (SELECT 1 FROM history h WHERE h.receipt_id = r.id),"
        " r.follows, r.joining, r.joined_to, p.state <> 'failed' AND r.present FROM page p"
        " JOIN receipt r ON r.page_id = p.id WHERE p.source_id = ? AND p.number = ?",
        (source, number),
    ).fetchall()
    if len(rows) != 1 or not rows[0][8]:
        return None
    receipt_id, page_id, number, removed, worked, follows, joining, joined_to, _ = rows[0]
    return _Page(receipt_id, page_id, number, bool(removed), bool(worked), bool(follows), joining, joined_to)


def _link(db: sqlite3.Connection, source: int, number: int, rules: Rules) -> None:
    """Settle whether a page goes on with the one before."""
    before = None if number % _CUT == 1 else _page(db, source, number - 1)
    db.execute(
        "UPDATE receipt SET follows = ? WHERE page_id = (SELECT id FROM page WHERE source_id = ? AND number = ?)",
        (_goes_on(db, before, _page(db, source, number), rules), source, number),
    )


def _goes_on(db: sqlite3.Connection, before: _Page | None, page: _Page | None, rules: Rules) -> bool:
    if before is None or page is None or page.joining == "apart":
        return False
    if page.joining == "joined":
        return True
    if not page.follows and (before.removed or page.removed or page.worked_on):
        return False  # what a person did to a row of its own is not taken away
    return rules.continues(_reading(db, before), _reading(db, page))


def _head(db: sqlite3.Connection, source: int, number: int) -> int:
    """The page on which the receipt begins that goes on on this one."""
    while (page := _page(db, source, number)) is not None and page.follows:
        number -= 1
    return number


def _settle_chain(db: sqlite3.Connection, source: int, start: int, rules: Rules) -> None:
    """Make one receipt of a page and those that go on with it."""
    head = _page(db, source, start)
    if head is None:
        _stand_alone(db, source, start, rules)
        return
    chain = [head]
    while (page := _page(db, source, start + len(chain))) is not None and page.follows:
        chain.append(page)
    if len(chain) == 1 and head.joined_to is None and not _is_joined(db, head.receipt_id):
        return
    for page in chain[1:]:
        if page.joined_to != head.receipt_id:
            db.execute("UPDATE receipt SET joined_to = ? WHERE id = ?", (head.receipt_id, page.receipt_id))
            events.note_page(db, page.page_id, "goes_on", str(head.number))
            touch(db, page.receipt_id)
            same.note(db, page.receipt_id, rules)
            settle(db, page.page_id)
    _read_together(db, head, chain, rules)


def _stand_alone(db: sqlite3.Connection, source: int, number: int, rules: Rules) -> None:
    """The receipts of a page that was not read, or holds several: none of them goes on with another page."""
    rows = db.execute(
        "SELECT r.id, r.page_id, r.joined_to IS NOT NULL FROM receipt r JOIN page p ON p.id = r.page_id"
        " WHERE p.source_id = ? AND p.number = ?"
        " AND (r.joined_to IS NOT NULL OR r.id IN (SELECT receipt_id FROM joined_reading))",
        (source, number),
    ).fetchall()
    for receipt_id, page_id, was_joined in rows:
        if was_joined:
            events.note_page(db, page_id, "stands_alone")
        db.execute("DELETE FROM joined_reading WHERE receipt_id = ?", (receipt_id,))
        db.execute("UPDATE receipt SET joined_to = NULL WHERE id = ?", (receipt_id,))
        touch(db, receipt_id)
        same.note(db, receipt_id, rules)
        settle(db, page_id)


def _read_together(db: sqlite3.Connection, head: _Page, chain: Sequence[_Page], rules: Rules) -> None:
    """Put the reading of all pages into the row of the first; what a person typed there stays."""
    reading = rules.join([_reading(db, page) for page in chain])
    if len(chain) > 1:
        db.execute(
            "INSERT OR REPLACE INTO joined_reading (receipt_id, receipt) VALUES (?, ?)",
            (head.receipt_id, encode(reading)),
        )
    else:
        db.execute("DELETE FROM joined_reading WHERE receipt_id = ?", (head.receipt_id,))
    fields, cleared, checks = db.execute(
        "SELECT fields, cleared, checks FROM receipt WHERE id = ?", (head.receipt_id,)
    ).fetchone()
    merged = merge_reading(decode(fields, tuple[Field, ...]), decode(cleared, tuple[str, ...]), reading.fields)
    said = rules.recheck(merged, reading.checks, decode(checks, tuple[Check, ...]))
    db.execute(
        "UPDATE receipt SET joined_to = NULL, kind = ?, language = ?, needs_review = ?, fields = ?, checks = ?"
        " WHERE id = ?",
        (reading.kind, reading.language, wants_review(merged, said), encode(merged), encode(said), head.receipt_id),
    )
    if head.joined_to is not None:
        events.note_page(db, head.page_id, "stands_alone")
    touch(db, head.receipt_id)
    same.note(db, head.receipt_id, rules)
    settle(db, head.page_id)


def _is_joined(db: sqlite3.Connection, receipt_id: int) -> bool:
    return db.execute("SELECT 1 FROM joined_reading WHERE receipt_id = ?", (receipt_id,)).fetchone() is not None


def _reading(db: sqlite3.Connection, page: _Page) -> Receipt:
    """What was read on one page alone."""
    row = db.execute("SELECT receipt FROM receipt_reading WHERE receipt_id = ?", (page.receipt_id,)).fetchone()
    return Receipt() if row is None else decode(row[0], Receipt)
