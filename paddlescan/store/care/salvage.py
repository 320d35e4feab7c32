"""Saves what can be saved of a broken store: a new one of its readable rows, with the newest copy where they have gaps.

What the broken file still gives is newer and wins. A row that only the copy has is taken where its table has gaps:
where the table is whole, the row was deleted.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from paddlescan.disk import sync_file, sync_folder
from paddlescan.store import events, presence
from paddlescan.store.care.copying import Copy, copies
from paddlescan.store.care.files import COMPANIONS, companion, exists, private, remove, saved_file, take_place
from paddlescan.store.care.found import Saved
from paddlescan.store.care.gaps import close_gaps, with_edits
from paddlescan.store.care.health import reading_only, state_of
from paddlescan.store.care.loose_rows import LooseRows, tables_of
from paddlescan.store.care.page_file import PageFile
from paddlescan.store.connection import migrate, transaction
from paddlescan.store.schema import MIGRATIONS

log = logging.getLogger(__name__)

_AT_ONCE = 1000
"""Rows of one statement."""


def salvage(path: Path) -> Saved:
    """Put a new store in place of a broken one, which is set aside. Nobody else may have it open.

    May be cut off anywhere: until the new store is finished, the broken one stays where it is. Raises OSError and
    sqlite3.Error where the disk does not let it.
    """
    part = companion(path, ".saving")
    _forget(part)
    try:
        saved, gaps = _save_in(part, path)
        sync_file(part)
        part.rename(saved_file(path))
    except BaseException:
        _forget(part)  # half made, it is of no use, and the disk may be full
        raise
    sync_folder(path.parent)
    aside = take_place(path)
    log.warning("the store was broken: %d receipts are in a new one; gaps in %d tables", saved.receipts, gaps)
    return replace(saved, aside=aside)


def _forget(part: Path) -> None:
    for leftover in (part, *(companion(part, ending) for ending in COMPANIONS)):
        remove(leftover)


def _save_in(part: Path, path: Path) -> tuple[Saved, int]:
    """Make the new store. Returns what is in it, and how many tables have gaps."""
    copy = _good_copy(path)
    private(part)
    file = _pages(path)
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = MEMORY")
        db.execute("PRAGMA synchronous = OFF")  # it is synced as a whole in the end
        known = file.version if 0 < file.version <= len(MIGRATIONS) else 0
        migrate(db, MIGRATIONS[: known or (copy and _version(copy.file)) or len(MIGRATIONS)])
        with transaction(db):
            gaps, counted = _save_rows(db, file)
            if counted:
                _go_on_with(db, path)
        used = copy if copy is not None and gaps and _fill(db, copy, gaps) else None
        with transaction(db):
            close_gaps(db)
            _note(db, "salvaged" if exists(path) else "")
        count = _receipts(db)
    return Saved(count, None, "" if used is None else used.made.isoformat(" ", "minutes")), len(gaps)


def _pages(path: Path) -> PageFile:
    """The pages to take rows from: with the log beside the file, unless only without it the file is whole."""
    if path.is_file() and companion(path, "-wal").is_file():
        with suppress(sqlite3.Error), reading_only(path, alone=True) as db:
            if state_of(db) == "whole":
                return PageFile(path, with_log=False)  # then it is the log of another store
    return PageFile(path)


def _good_copy(path: Path) -> Copy | None:
    """The newest copy that is whole and of a version we know."""
    for copy in copies(path):
        with suppress(sqlite3.Error), reading_only(copy.file, alone=True) as db:
            if 0 < _version_of(db) <= len(MIGRATIONS) and state_of(db) == "whole":
                return copy
    return None


def _save_rows(db: sqlite3.Connection, file: PageFile) -> tuple[set[str], bool]:
    """Insert every row that can be read. Returns the tables that have gaps, and whether it is known which numbers of
    receipts were given."""
    tables = tables_of(db)
    rows = LooseRows(file, tables)
    ways = {
        table.name: f"INSERT OR IGNORE INTO {table.name} ({', '.join(column.name for column in table.columns)})"
        f" VALUES ({', '.join('?' * len(table.columns))})"
        for table in tables
    }
    sequences: dict[str, int] = {}
    for table, row in rows.each():
        if table.name == "sqlite_sequence":
            name, seq = str(row[0]), row[1]
            sequences[name] = max(sequences.get(name, 0), seq if isinstance(seq, int) else 0)
        else:
            with suppress(sqlite3.IntegrityError):
                db.execute(ways[table.name], row)
    for name, seq in sequences.items():
        _raise_sequence(db, name, seq)
    ours = {table.name for table in tables if not table.name.startswith("sqlite_")}
    gaps = ours - rows.whole if "batch" in sequences else ours  # a store that never had a batch lacks everything
    return gaps, "receipt" in sequences


def _go_on_with(db: sqlite3.Connection, path: Path) -> None:
    """Name the broken store, if that can be read: what was kept for its receipts is for those of the new one."""
    if presence.own_id(db):
        with suppress(sqlite3.Error), reading_only(path, alone=True) as broken:
            ids = presence.all_ids(broken)
            db.executemany("INSERT INTO identity VALUES (?)", [(each,) for each in ids])


def _fill(db: sqlite3.Connection, copy: Copy, gaps: set[str]) -> bool:
    """Take from a copy the rows that tables with gaps lack. Whether there were any."""
    db.execute("ATTACH ? AS copy", (f"{copy.file.absolute().as_uri()}?immutable=1",))
    before = db.total_changes
    try:
        with transaction(db):
            newest = db.execute("SELECT COALESCE(MAX(id), 0) FROM copy.history").fetchone()[0]
            there = {i for (i,) in db.execute("SELECT id FROM receipt")}
            for (name,) in db.execute("SELECT name FROM copy.sqlite_master WHERE type = 'table'").fetchall():
                if name in gaps:
                    _take(db, str(name), gaps)
                elif name == "sqlite_sequence":
                    for table, seq in db.execute("SELECT name, seq FROM copy.sqlite_sequence").fetchall():
                        _raise_sequence(db, table, seq)
            changed = db.total_changes > before
            _edit_again(db, newest, there)
    finally:
        db.execute("DETACH copy")
    return changed


def _take(db: sqlite3.Connection, table: str, gaps: set[str]) -> None:
    """The rows of one table. What belongs to a row that was deleted was deleted, too."""
    ours = {row[1] for row in db.execute(f'PRAGMA main.table_info("{table}")')}
    theirs = [row[1] for row in db.execute(f'PRAGMA copy.table_info("{table}")')]
    columns = ", ".join(name for name in theirs if name in ours)
    parents = {str(row[3]): str(row[2]) for row in db.execute(f'PRAGMA main.foreign_key_list("{table}")')}
    there = " AND ".join(
        f"({column} IS NULL OR {column} IN (SELECT id FROM main.{parent}))"
        for column, parent in parents.items()
        if parent not in gaps and column in theirs
    )
    if columns:
        where = f" WHERE {there}" if there else ""
        db.execute(f'INSERT OR IGNORE INTO main."{table}" ({columns}) SELECT {columns} FROM copy."{table}"{where}')


def _edit_again(db: sqlite3.Connection, newest: int, there: set[int]) -> None:
    """Receipts that came from the copy get the edits that were made since, from the history that was saved."""
    for (receipt_id,) in db.execute(
        "SELECT DISTINCT receipt_id FROM history WHERE id > ? AND receipt_id IN (SELECT id FROM receipt)", (newest,)
    ).fetchall():
        if receipt_id not in there:
            with_edits(db, receipt_id, newest)


def _raise_sequence(db: sqlite3.Connection, table: str, seq: int) -> None:
    """Numbers that were given once are not given again."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone() is None:
        return
    if db.execute("UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?", (seq, table)).rowcount == 0:
        db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, seq))


def _note(db: sqlite3.Connection, how: str) -> None:
    """Write it into the journal of every batch, where the store is of a version that has one."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'event'").fetchone() is not None:
        for (batch,) in db.execute("SELECT id FROM batch").fetchall():
            events.note(db, batch, None, "restored", how)


def _receipts(db: sqlite3.Connection) -> int:
    joined = any(row[1] == "joined_to" for row in db.execute("PRAGMA table_info(receipt)"))
    where = " AND joined_to IS NULL" if joined else ""
    return int(db.execute(f"SELECT COUNT(*) FROM receipt WHERE NOT removed{where}").fetchone()[0])


def _version(file: Path) -> int:
    with reading_only(file, alone=True) as db:
        return _version_of(db)


def _version_of(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
