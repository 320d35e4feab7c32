"""Pages: the rows of the page list, and the queue in which they wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from typing import Any

from paddlescan.document import PageRef, PrepareOptions, SourceFile
from paddlescan.document.codec import decode, encode
from paddlescan.errors import Failure, RowGone
from paddlescan.store import events
from paddlescan.store.rows import Claim, PageRow

LOSSES = frozenset({"crashed", "timed_out", "out_of_memory", "bad_answer", "device_failed", "fills_disk"})
"""Why a page waits again that took its engine down."""
_CLEAN_SHEET = frozenset({"read", "to_check", "failed", "read_again"})

_COLUMNS = """
SELECT p.id, p.batch_id, p.number, p.position, p.state, p.attempts, p.prepare, p.failure,
       s.raw_path, s.name, s.page_count, s.sha256, p.quality,
       (SELECT MIN(COALESCE(h.removed, r.removed)) FROM receipt r LEFT JOIN receipt h ON h.id = r.joined_to
        WHERE r.page_id = p.id)
FROM page p JOIN source s ON s.id = p.source_id
"""


def select(db: sqlite3.Connection, where: str, parameters: tuple[object, ...]) -> Iterator[PageRow]:
    """Pages in dropping order. `where` is ours and names the tables p (page) and s (source)."""
    rows = db.execute(f"{_COLUMNS} WHERE {where} ORDER BY p.batch_id, p.position, p.number", parameters)
    return (_page(row) for row in rows)


def of_batch(db: sqlite3.Connection, batch: int) -> tuple[PageRow, ...]:
    """All pages of a batch in dropping order."""
    return tuple(select(db, "p.batch_id = ?", (batch,)))


def of_source(db: sqlite3.Connection, source: int) -> tuple[PageRow, ...]:
    """All pages of a source by number."""
    return tuple(select(db, "p.source_id = ?", (source,)))


def one(db: sqlite3.Connection, page_id: int) -> PageRow | None:
    """One page, None if it is gone."""
    return next(select(db, "p.id = ?", (page_id,)), None)


def claim(
    db: sqlite3.Connection, batch: int, prefer: int | None, from_the_end: bool = False, most_starts: int | None = None
) -> Claim | None:
    """Hand out the preferred page if it waits, else the first (or the last) that does; None if none does.

    most_starts: leave out those that were begun this often by now, without an end.
    """
    order = "position DESC, number DESC" if from_the_end else "position, number"
    most = most_starts if most_starts is not None else -1
    waits = "batch_id = ? AND state = 'waiting' AND (? < 0 OR attempts < ?)"
    row = None
    if prefer is not None:
        row = db.execute(f"SELECT id FROM page WHERE id = ? AND {waits}", (prefer, batch, most, most)).fetchone()
    row = (
        row or db.execute(f"SELECT id FROM page WHERE {waits} ORDER BY {order} LIMIT 1", (batch, most, most)).fetchone()
    )
    if row is None:
        return None
    db.execute(
        "UPDATE page SET state = 'reading', attempts = attempts + 1, claims = claims + 1 WHERE id = ?", (row[0],)
    )
    page = one(db, row[0])
    if page is None:
        raise RowGone
    engines_lost = _engines_lost(db, page.id) if page.attempts > 1 else 0
    events.note(db, batch, page.id, "begun", str(page.attempts))
    token = db.execute("SELECT claims FROM page WHERE id = ?", (row[0],)).fetchone()[0]
    return Claim(
        ref=page.ref,
        prepare=page.prepare,
        attempts=page.attempts,
        # Attempts fall behind claims when a page is read again: its file may be another by now.
        inspected=page.page_count is not None and page.attempts == token,
        token=token,
        page_count=page.page_count,
        sha256=page.sha256,
        engines_lost=engines_lost,
    )


def _engines_lost(db: sqlite3.Connection, page_id: int) -> int:
    """How many engines a page has taken down since it was last read or asked for, as the journal says."""
    told = [what if what != "waits" else detail for what, detail in events.story(db, page_id)]
    last = max((n for n, each in enumerate(told) if each in _CLEAN_SHEET), default=-1)
    return sum(each in LOSSES for each in told[last + 1 :])


def release(db: sqlite3.Connection, page_id: int, count_attempt: bool, token: int | None, why: str = "") -> bool:
    """Let a claimed page wait again. False, and nothing changes, if the claim holds no longer."""
    cursor = db.execute(
        "UPDATE page SET state = 'waiting', attempts = MAX(0, attempts - ?)"
        " WHERE id = ? AND state = 'reading' AND (? IS NULL OR claims = ?)",
        (0 if count_attempt else 1, page_id, token, token),
    )
    if cursor.rowcount > 0:
        events.note_page(db, page_id, "waits", why)
        return True
    return False


def read_again(db: sqlite3.Connection, page_id: int, prepare: PrepareOptions | None, who: str = "") -> None:
    """Let a page wait again from its first attempt on, with other switches where given. Raises RowGone.

    A reading in flight of the same page is no longer wanted: its claim ends here.
    """
    moved = _moved(db, page_id, prepare)
    switches = None if prepare is None else encode(prepare)
    cursor = db.execute(
        "UPDATE page SET state = 'waiting', attempts = 0, failure = NULL, prepare = COALESCE(?, prepare) WHERE id = ?",
        (switches, page_id),
    )
    if cursor.rowcount == 0:
        raise RowGone
    if moved:
        events.note_switches(db, page_id, moved)
    events.note_page(db, page_id, "read_again", who=who)


def set_prepare(db: sqlite3.Connection, page_id: int, prepare: PrepareOptions) -> None:
    """Set a page's switches for its next reading. Raises RowGone."""
    moved = _moved(db, page_id, prepare)
    if db.execute("UPDATE page SET prepare = ? WHERE id = ?", (encode(prepare), page_id)).rowcount == 0:
        raise RowGone
    if moved:
        events.note_switches(db, page_id, moved)


def recover(db: sqlite3.Connection, batch: int) -> int:
    """Let the pages wait again that a dead process was reading; their attempts stay counted. Returns how many."""
    query = "UPDATE page SET state = 'waiting' WHERE batch_id = ? AND state = 'reading' RETURNING id"
    left = [page_id for (page_id,) in db.execute(query, (batch,)).fetchall()]
    events.note_pages(db, batch, left, "waits", "program_ended")
    return len(left)


def _moved(db: sqlite3.Connection, page_id: int, prepare: PrepareOptions | None) -> tuple[str, ...]:
    """The names of the switches of a page that these would move."""
    row = db.execute("SELECT prepare FROM page WHERE id = ?", (page_id,)).fetchone()
    if prepare is None or row is None:
        return ()
    before = _prepare(row[0])
    return tuple(each.name for each in fields(prepare) if getattr(before, each.name) != getattr(prepare, each.name))


@lru_cache(maxsize=256)
def _prepare(data: bytes) -> PrepareOptions:
    return decode(data, PrepareOptions)  # nearly all pages share one value


def _page(row: tuple[Any, ...]) -> PageRow:
    page, batch, number, position, state, attempts, prepare, failure, raw_path, name, count, sha256 = row[:12]
    quality, removed = row[12:]
    return PageRow(
        id=page,
        batch=batch,
        ref=PageRef(SourceFile(raw_path, name), number, page),
        position=position,
        state=state,
        attempts=attempts,
        prepare=_prepare(prepare),
        page_count=count,
        sha256=sha256,
        failure=None if failure is None else decode(failure, Failure),
        quality=tuple(quality.split()),
        removed=bool(removed),
    )
