"""The journal's table: what happened to a batch and to each of its pages, a row an event.

An event is written in the transaction of what it tells, so neither is there without the other. It holds codes and
figures only: no value, no name, no path. Events are ordered by their id, never by their time: a clock may jump.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from paddlescan.store.moments import now

MOST_OF_PAGE = 200
"""Events kept of one page: some forty readings of it."""
MOST_OF_BATCH = 2000
"""Events kept of a batch itself, apart from those of its pages."""
_FIRST = 10
"""Of these the oldest, which are always kept: how it came in, and its first reading."""
_AT_A_TIME = 50
"""So many are dropped together, so that not every event drops one."""
LEFT_OUT = "left_out"
"""Stands where events were dropped; its detail says how many."""

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DETAIL = re.compile(r"[a-z0-9_.,:+-]{0,80}")
_INSERT = """
INSERT INTO event (batch_id, id, page_id, receipt, at, what, detail, who)
VALUES (?1, COALESCE((SELECT MAX(id) FROM event WHERE batch_id = ?1), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7)
"""
_COLUMNS = """
SELECT e.id, e.page_id, p.number, s.page_count, s.name, e.receipt, e.at, e.what, e.detail, e.who
FROM event e LEFT JOIN page p ON p.id = e.page_id LEFT JOIN source s ON s.id = p.source_id
"""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    id: int
    """Grows with every event of its batch, in the order in which they happened."""
    page_id: int | None
    """None: to the batch."""
    page_number: int | None
    """Of its page, from 1."""
    page_count: int | None
    """Of the page's source; None: nobody has looked yet."""
    source: str = field(repr=False)
    """Name of the page's source; empty for an event of the batch."""
    receipt: int | None
    """Number of the receipt on its page; None: the whole page."""
    at: str
    """ISO 8601 with the offset from UTC, to the second, by the clock of that moment."""
    what: str
    """A code; `resources/messages/journal.json` has its words."""
    detail: str
    """A code or a figure; never anything of a receipt."""
    who: str = field(repr=False)
    """Login name of the person who did it; empty: the program."""


def note(
    db: sqlite3.Connection,
    batch: int,
    page_id: int | None,
    what: str,
    detail: str = "",
    *,
    receipt: int | None = None,
    who: str = "",
) -> None:
    """Write an event down; nothing, where batch or page are gone. Raises ValueError for what is no code."""
    _check(what, detail)
    table, key = ("batch", batch) if page_id is None else ("page", page_id)
    if db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (key,)).fetchone() is None:
        return
    db.execute(_INSERT, (batch, page_id, receipt, now(), what, detail, who))
    _bound(db, batch, page_id)


def note_page(db: sqlite3.Connection, page_id: int, what: str, detail: str = "", *, who: str = "") -> None:
    """The same of a page, where its batch is not at hand."""
    row = db.execute("SELECT batch_id FROM page WHERE id = ?", (page_id,)).fetchone()
    if row is not None:
        note(db, row[0], page_id, what, detail, who=who)


def note_receipt(db: sqlite3.Connection, receipt_id: int, what: str, detail: str = "", *, who: str = "") -> None:
    """The same of a receipt: an event of its page, or of its batch where it was added by hand."""
    row = db.execute("SELECT batch_id, page_id, number FROM receipt WHERE id = ?", (receipt_id,)).fetchone()
    if row is not None:
        batch, page_id, number = row
        note(db, batch, page_id, what, detail, receipt=None if page_id is None else number, who=who)


def note_pages(db: sqlite3.Connection, batch: int, page_ids: Iterable[int], what: str, detail: str = "") -> None:
    """The same event of many pages that are there; far faster than one by one."""
    _check(what, detail)
    at = now()
    db.executemany(_INSERT, ((batch, page_id, None, at, what, detail, "") for page_id in page_ids))


def note_switches(db: sqlite3.Connection, page_id: int, names: Iterable[str]) -> None:
    """Switches of a page were moved. A knob that is dragged is one event: what comes right behind it joins it."""
    row = db.execute(
        "SELECT batch_id, id, what, detail FROM event WHERE page_id = ? ORDER BY batch_id, id DESC LIMIT 1", (page_id,)
    ).fetchone()
    if row is None or row[2] != "switches":
        note_page(db, page_id, "switches", _listed(names))
        return
    together = _listed((*row[3].split(","), *names))
    db.execute("UPDATE event SET detail = ?, at = ? WHERE batch_id = ? AND id = ?", (together, now(), *row[:2]))


def select(
    db: sqlite3.Connection, batch: int, after: int, page_id: int | None, most: int, without: Sequence[str] = ()
) -> Iterator[Event]:
    """At most so many events behind an id, the oldest first: of a batch with its pages, or of one page."""
    where = "e.batch_id = ?" if page_id is None else "e.batch_id = ? AND e.page_id = ?"
    keys = (batch,) if page_id is None else (batch, page_id)
    others = f"AND e.what NOT IN ({', '.join('?' * len(without))})" if without else ""
    query = f"{_COLUMNS} WHERE {where} AND e.id > ? {others} ORDER BY e.id LIMIT ?"
    yield from (_event(row) for row in db.execute(query, (*keys, after, *without, most)))


def story(db: sqlite3.Connection, page_id: int) -> list[tuple[str, str]]:
    """Code and detail of all events of a page, the oldest first; quick, and without names."""
    query = "SELECT what, detail FROM event WHERE page_id = ? ORDER BY batch_id, id"
    return db.execute(query, (page_id,)).fetchall()


def newest(db: sqlite3.Connection, batch: int, most: int, without: Sequence[str] = ()) -> tuple[Event, ...]:
    """The newest events of a batch with its pages, the oldest of them first."""
    others = f"AND e.what NOT IN ({', '.join('?' * len(without))})" if without else ""
    query = f"{_COLUMNS} WHERE e.batch_id = ? {others} ORDER BY e.id DESC LIMIT ?"
    return tuple(_event(row) for row in db.execute(query, (batch, *without, most)))[::-1]


def _check(what: str, detail: str) -> None:
    """What could be content of a receipt, or the name of a file, does not get in."""
    if not _CODE.fullmatch(what) or not _DETAIL.fullmatch(detail):
        raise ValueError("an event is told by codes and figures")  # quotes nothing of it


def _listed(names: Iterable[str]) -> str:
    """Names in one detail, as many as have room."""
    known = dict.fromkeys(name for name in names if name)
    text = ""
    for name in sorted(known):
        longer = f"{text},{name}" if text else name
        if len(longer) > 80:
            break
        text = longer
    return text


def _bound(db: sqlite3.Connection, batch: int, page_id: int | None) -> None:
    """Drop the middle of a long story, and leave a note in its place."""
    keys: tuple[int, ...] = (batch,)
    which, most = "batch_id = ? AND page_id IS NULL", MOST_OF_BATCH
    if page_id is not None:
        which, keys, most = "batch_id = ? AND page_id = ?", (batch, page_id), MOST_OF_PAGE
    (there,) = db.execute(f"SELECT COUNT(*) FROM event WHERE {which}", keys).fetchone()
    if there <= most:
        return
    some = db.execute(
        f"SELECT id, what, detail FROM event WHERE {which} ORDER BY id LIMIT ? OFFSET ?", (*keys, _AT_A_TIME, _FIRST)
    ).fetchall()
    gone = sum(int(detail) if what == LEFT_OUT else 1 for _, what, detail in some)
    db.executemany("DELETE FROM event WHERE batch_id = ? AND id = ?", ((batch, event) for event, _, _ in some[:-1]))
    db.execute(
        "UPDATE event SET what = ?, detail = ?, receipt = NULL, who = '' WHERE batch_id = ? AND id = ?",
        (LEFT_OUT, str(gone), batch, some[-1][0]),
    )


def _event(row: tuple[Any, ...]) -> Event:
    event, page_id, number, count, source, receipt, at, what, detail, who = row
    return Event(event, page_id, number, count, source or "", receipt, at, what, detail, who)
