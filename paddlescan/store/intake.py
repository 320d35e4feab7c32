"""Sources and their pages coming in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from paddlescan.document import PageRef, SourceFile, SourceInfo
from paddlescan.document.codec import encode
from paddlescan.errors import Failure, RowGone
from paddlescan.store import batches, events, pages
from paddlescan.store.rows import PageRow

_CHUNK = 500
"""Paths asked for in one statement; SQLite takes at least 999 parameters."""


def add(
    db: sqlite3.Connection, batch: int, sources: Sequence[SourceFile], failure: Failure | None = None
) -> tuple[PageRow, ...]:
    """Add sources behind those that are there, each with its page 1; it waits, or has failed already."""
    prepare = batches.options_of(db, batch).prepare
    first_source, first_page = _last_id(db, "source") + 1, _last_id(db, "page") + 1
    position = db.execute("SELECT COALESCE(MAX(position) + 1, 0) FROM source WHERE batch_id = ?", (batch,)).fetchone()[
        0
    ]
    db.executemany(
        "INSERT INTO source (id, batch_id, position, raw_path, name) VALUES (?, ?, ?, ?, ?)",
        ((first_source + n, batch, position + n, s.raw_path, s.name) for n, s in enumerate(sources)),
    )
    state, switches = ("failed" if failure else "waiting"), encode(prepare)
    told = encode(failure) if failure else None
    db.executemany(
        "INSERT INTO page (id, batch_id, source_id, position, number, state, prepare, failure)"
        " VALUES (?, ?, ?, ?, 1, ?, ?, ?)",
        ((first_page + n, batch, first_source + n, position + n, state, switches, told) for n in range(len(sources))),
    )
    events.note_pages(db, batch, range(first_page, first_page + len(sources)), "added")
    return tuple(
        PageRow(
            id=first_page + n,
            batch=batch,
            ref=PageRef(source, 1, first_page + n),
            position=position + n,
            state="failed" if failure else "waiting",
            attempts=0,
            prepare=prepare,
            page_count=None,
            sha256=None,
            failure=failure,
        )
        for n, source in enumerate(sources)
    )


def set_info(db: sqlite3.Connection, page_id: int, info: SourceInfo) -> tuple[PageRow, ...]:
    """Note what a look at a page's source told, and add the pages that are missing. Returns the added ones.

    New pages wait with the batch's own switches: an angle set by hand is that of one page. Raises RowGone.
    """
    row = db.execute("SELECT batch_id, source_id, position FROM page WHERE id = ?", (page_id,)).fetchone()
    if row is None:
        raise RowGone
    batch, source, position = row
    db.execute(
        "UPDATE source SET format = ?, page_count = ?, sha256 = ? WHERE id = ?",
        (info.format, info.page_count, info.sha256, source),
    )
    there = {number for (number,) in db.execute("SELECT number FROM page WHERE source_id = ?", (source,))}
    missing = [number for number in range(1, info.page_count + 1) if number not in there]
    if not missing:
        return ()
    switches = encode(batches.options_of(db, batch).prepare)
    db.executemany(
        "INSERT INTO page (batch_id, source_id, position, number, state, prepare) VALUES (?, ?, ?, ?, 'waiting', ?)",
        ((batch, source, position, number, switches) for number in missing),
    )
    numbers = set(missing)
    added = tuple(page for page in pages.of_source(db, source) if page.ref.number in numbers)
    events.note_pages(db, batch, (page.id for page in added), "found")
    return added


def find_paths(db: sqlite3.Connection, batch: int | None, paths: Sequence[bytes]) -> Iterator[PageRow]:
    """The first pages of sources at these paths, in one batch or (None) in all."""
    for start in range(0, len(paths), _CHUNK):
        some = paths[start : start + _CHUNK]
        marks = ", ".join("?" * len(some))
        where = f"s.raw_path IN ({marks}) AND p.number = 1 AND (? IS NULL OR p.batch_id = ?)"
        yield from pages.select(db, where, (*some, batch, batch))


def find_content(db: sqlite3.Connection, batch: int | None, sha256: str) -> Iterator[PageRow]:
    """The first pages of sources with this content, in one batch or (None) in all."""
    return pages.select(db, "s.sha256 = ? AND p.number = 1 AND (? IS NULL OR p.batch_id = ?)", (sha256, batch, batch))


def _last_id(db: sqlite3.Connection, table: str) -> int:
    """The highest id ever given in a table: ids of deleted rows are never given again."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return int(row[0]) if row else 0
