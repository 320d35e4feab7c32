"""The same receipt seen before: the table of keys, and who is a copy of whom.

The first is the one that stands first: in the earlier batch, then in dropping order. Of n receipts that share a
key, the n-1 others are copies of it, whatever the order in which they were read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from paddlescan.document import Check, Field, Receipt
from paddlescan.document.codec import decode, encode
from paddlescan.document.sameness import NOT_SEEN_BEFORE, SameKey
from paddlescan.store.receipts import BY_HAND, settle, touch, wants_review
from paddlescan.store.rules import Rules

_PLACE = "batch_id, position, page_number, number, receipt_id"
_NOT_THE_SAME_SCAN = """
batch_id NOT IN (SELECT b.id FROM batch b JOIN batch mine ON mine.id = ? AND mine.owner = 'cli'
                 WHERE b.id <> mine.id AND b.owner = 'cli' AND b.roots = mine.roots)
"""
"""A command that scans the same paths once more hands nothing in a second time."""
_MOST_LOOKED_AT = 50
"""Earlier receipts that share a key and are looked at, whether they are set apart."""

Place = tuple[int, int, int, int, int]
"""Batch, position of the source, page, number on the page, receipt id: what is smaller stands before."""


def note(db: sqlite3.Connection, receipt_id: int, rules: Rules) -> None:
    """Bring the keys of a receipt in line with it as it stands now, and tell it and others whose copies they are."""
    copies = _copies(db, (receipt_id,))
    write_keys(db, receipt_id, rules)
    for other in {receipt_id, *copies, *_later(db, receipt_id)}:
        _judge(db, other, rules, is_other=other != receipt_id)


def judge(db: sqlite3.Connection, receipt_id: int, rules: Rules) -> None:
    """Tell a receipt whose copy it is; its keys are as they were."""
    _judge(db, receipt_id, rules, is_other=False)


def without(db: sqlite3.Connection, receipt_ids: Iterable[int], rules: Rules | None) -> None:
    """These receipts are about to go: delete them, and tell their copies whose they are now."""
    gone = tuple(receipt_ids)
    copies = _copies(db, gone) - set(gone)
    db.executemany("DELETE FROM receipt WHERE id = ?", ((receipt_id,) for receipt_id in gone))
    if rules is not None:
        for other in copies:
            _judge(db, other, rules, is_other=True)


def write_keys(db: sqlite3.Connection, receipt_id: int, rules: Rules) -> None:
    """Bring the keys of a receipt in line with it as it stands now, and tell nobody."""
    db.execute("DELETE FROM same_key WHERE receipt_id = ?", (receipt_id,))
    row = db.execute(
        "SELECT r.batch_id, COALESCE(p.position, ?), COALESCE(p.number, 1), r.number, r.id, r.kind, r.fields,"
        " s.sha256, r.removed OR r.joined_to IS NOT NULL, COALESCE(j.receipt, g.receipt)"
        " FROM receipt r LEFT JOIN page p ON p.id = r.page_id LEFT JOIN source s ON s.id = p.source_id"
        " LEFT JOIN receipt_reading g ON g.receipt_id = r.id LEFT JOIN joined_reading j ON j.receipt_id = r.id"
        " WHERE r.id = ?",
        (BY_HAND, receipt_id),
    ).fetchone()
    if row is None:
        return
    place, (kind, fields, sha256, out, reading) = row[:5], row[5:]
    db.execute("UPDATE receipt SET keyed = 1 WHERE id = ?", (receipt_id,))
    if out:
        return
    lines = () if reading is None else decode(reading, Receipt).lines
    receipt = Receipt(kind=kind, fields=decode(fields, tuple[Field, ...]), lines=lines)
    picture = None if sha256 is None or reading is None else f"{sha256} {place[2]} {place[3]}"
    db.executemany(
        f"INSERT INTO same_key (name, value, {_PLACE}, strength, marks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key.name, key.value, *place, strength, encode(key.marks))
            for strength, key in enumerate(rules.same_keys(receipt, picture))
        ),
    )


def _judge(db: sqlite3.Connection, receipt_id: int, rules: Rules, is_other: bool) -> None:
    """Set the check and the link of one receipt; what a person said about it is remembered in the check."""
    row = db.execute("SELECT page_id, fields, checks, same_as FROM receipt WHERE id = ?", (receipt_id,)).fetchone()
    if row is None:
        return
    page_id, fields, checks = row[0], decode(row[1], tuple[Field, ...]), decode(row[2], tuple[Check, ...])
    key, first = _first(db, receipt_id, rules)
    fresh = rules.seen_before(key)
    (said,) = rules.recheck((), (fresh,), checks)
    kept = tuple(check for check in checks if check.name != NOT_SEEN_BEFORE)
    if key is not None or said.facts != fresh.facts:  # what a person said of a copy is not forgotten with it
        kept += (said,)
    same_as = None if said.passed else first
    if (kept, same_as) == (checks, row[3]):
        return
    db.execute(
        "UPDATE receipt SET checks = ?, needs_review = ?, same_as = ? WHERE id = ?",
        (encode(kept), wants_review(fields, kept), same_as, receipt_id),
    )
    if is_other:
        touch(db, receipt_id)
    if page_id is not None:
        settle(db, page_id)


def _first(db: sqlite3.Connection, receipt_id: int, rules: Rules) -> tuple[SameKey | None, int | None]:
    """The receipt that stands first among those that are the same as this one, and by which of its keys."""
    query = f"SELECT name, value, marks, {_PLACE} FROM same_key WHERE receipt_id = ? ORDER BY strength"
    for name, value, marks, *place in db.execute(query, (receipt_id,)).fetchall():
        mine = _key(name, value, marks)
        for other, other_id in _before(db, mine, tuple(place)):
            if not rules.apart(mine, other):
                return mine, other_id
    return None, None


def _before(db: sqlite3.Connection, key: SameKey, place: tuple[Any, ...]) -> Iterator[tuple[SameKey, int]]:
    rows = db.execute(
        f"SELECT marks, receipt_id FROM same_key WHERE name = ? AND value = ? AND ({_PLACE}) < (?, ?, ?, ?, ?)"
        f" AND {_NOT_THE_SAME_SCAN} ORDER BY {_PLACE} LIMIT ?",
        (key.name, key.value, *place, place[0], _MOST_LOOKED_AT),
    ).fetchall()
    return ((_key(key.name, key.value, marks), receipt_id) for marks, receipt_id in rows)


def _copies(db: sqlite3.Connection, receipt_ids: Iterable[int]) -> set[int]:
    """The receipts that are copies of these."""
    found: set[int] = set()
    for receipt_id in receipt_ids:
        found.update(i for (i,) in db.execute("SELECT id FROM receipt WHERE same_as = ?", (receipt_id,)))
    return found


def _later(db: sqlite3.Connection, receipt_id: int) -> set[int]:
    """The receipts behind this one whose first it may be: none where a key has an earlier one already."""
    query = f"SELECT name, value, marks, {_PLACE} FROM same_key WHERE receipt_id = ?"
    found: set[int] = set()
    for name, value, marks, *place in db.execute(query, (receipt_id,)).fetchall():
        mine = _key(name, value, marks)
        if name in ("picture", "invoice") and next(_before(db, mine, tuple(place)), None) is not None:
            continue
        rows = db.execute(
            f"SELECT receipt_id FROM same_key WHERE name = ? AND value = ? AND ({_PLACE}) > (?, ?, ?, ?, ?)",
            (name, value, *place),
        )
        found.update(i for (i,) in rows)
    return found


def _key(name: Any, value: str, marks: bytes) -> SameKey:
    return SameKey(name, value, decode(marks, tuple[tuple[str, str], ...]))
