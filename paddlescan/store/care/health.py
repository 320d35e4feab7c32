"""Whether a store is whole: SQLite's own checks, and whether what it holds can be read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from paddlescan.document import Check, Field, PrepareOptions, ScanOptions
from paddlescan.document.codec import BadData, decode
from paddlescan.errors import Failure
from paddlescan.store.care.files import companion
from paddlescan.store.connection import mark_suspect, translated
from paddlescan.store.schema import MIGRATIONS

State = Literal["whole", "index", "broken"]

MAGIC = b"SQLite format 3\x00"
_ONLY_INDEX = re.compile(
    r"row \S+ missing from index |wrong # of entries in index |non-unique entry in index |"
    r"row \S+ of index |rowid \S+ at .* out of order in index"
)
READABLE: dict[str, dict[str, Any]] = {
    "batch": {"options": ScanOptions, "roots": tuple[str, ...]},
    "page": {"prepare": PrepareOptions, "failure": Failure},
    "receipt": {"fields": tuple[Field, ...], "checks": tuple[Check, ...], "cleared": tuple[str, ...]},
    "history": {"before": Field, "after": Field},
}
"""Columns whose bytes must be readable, or the batch they stand in cannot be shown."""

_BESIDE_THE_FILE = (
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM),
)


@contextmanager
def reading_only(path: Path, alone: bool = False, busy_s: float = 5.0) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing. alone: the file as it stands, without a write-ahead log beside it."""
    how = "immutable=1" if alone else "mode=rw" if companion(path, "-journal").exists() else "mode=ro"
    where = f"{path.absolute().as_uri()}?{how}"
    with closing(sqlite3.connect(where, uri=True, isolation_level=None, timeout=busy_s)) as db:
        yield db


def state_of(db: sqlite3.Connection, version: int | None = None) -> State:
    """Check from end to end. version: what `READABLE` is to be read for; None: that is not asked.

    Raises sqlite3.Error that `says_nothing`.
    """
    try:
        told = [str(row[0]) for row in db.execute("PRAGMA integrity_check(100)")]
        if told != ["ok"]:
            return "index" if all(_ONLY_INDEX.match(line) for line in told) else "broken"
        if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
            return "broken"
        if version is not None and _version(db) == version:
            _read_all(db)
    except BadData:
        return "broken"
    except sqlite3.OperationalError as error:
        if says_nothing(error):
            raise
        return "broken"
    except sqlite3.Error:
        return "broken"
    return "whole"


def ever_used(db: sqlite3.Connection) -> bool:
    """Whether a batch was ever made in a store, also if it was deleted since. Raises sqlite3.Error."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone() is None:
        return False
    return db.execute("SELECT 1 FROM sqlite_sequence WHERE name = 'batch'").fetchone() is not None


def is_whole(path: Path) -> bool:
    """Check a store from end to end. Raises StoreBusy, StoreUnwritable; marks a broken one for the next start."""
    with translated(path), reading_only(path) as db:
        whole = state_of(db, len(MIGRATIONS)) == "whole"
    if not whole:
        mark_suspect(path)
    return whole


def starts_well(db: sqlite3.Connection) -> bool:
    """Whether schema and the first page of every table can be read: asked at every start, some milliseconds."""
    try:
        names = [str(name) for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            db.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()
    except sqlite3.OperationalError as error:
        if says_nothing(error):
            raise
        return False
    except sqlite3.Error:
        return False
    return True


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _read_all(db: sqlite3.Connection) -> None:
    for table, columns in READABLE.items():
        kinds = tuple(columns.values())
        for row in db.execute(f"SELECT {', '.join(columns)} FROM {table}"):
            for value, kind in zip(row, kinds, strict=True):
                if value is not None:
                    decode(value, kind)


def says_nothing(error: sqlite3.Error) -> bool:
    """Whether an error says nothing of what is in the file: another program's lock, a full disk, a folder in which
    nothing may be written."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF in _BESIDE_THE_FILE
