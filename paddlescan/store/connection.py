"""One connection to the database file: how it is opened, its transactions, its errors in our words.

Knows nothing of batches and receipts. A connection belongs to the thread that made it.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from paddlescan.disk import is_full, make_private_folder, sync_folder
from paddlescan.document.codec import BadData
from paddlescan.errors import (
    DiskFull,
    PaddleScanError,
    RowGone,
    StoreBusy,
    StoreDamaged,
    StoreTooNew,
    StoreUnwritable,
)
from paddlescan.store import presence
from paddlescan.store.trouble import store_trouble

BUSY_SECONDS = 5.0
"""How long a statement waits for another program's lock before it says StoreBusy."""

_PRAGMAS = (
    "synchronous = EXTRA",  # FULL, and without a log the name of a journal that was removed is on the disk, too
    "foreign_keys = ON",
    "secure_delete = ON",  # what was deleted cannot be read in the file any more, nor come back from a broken one
    "journal_size_limit = 16777216",  # a write-ahead log that a long reader made grow shrinks again
)
GONE = "it is no longer there"
ANOTHER = "another one stands in its place, which PaddleScan uses once it is closed and opened again"
EARLIER = "it is of an earlier version; opening PaddleScan once brings it up to date"
"""Why a store cannot be opened; known to `words.reason`."""


class Database:
    """A connection with WAL (or DELETE where WAL cannot be had), synchronous=EXTRA and foreign keys.

    It writes only to the file that has the name now: where that vanished (a disk that was pulled out, a folder that
    somebody moved), StoreUnwritable is raised, and every later use tries to open it anew. Nothing is made in its place
    while this process has it open, and another store that was put there is not written to.
    """

    def __init__(
        self,
        path: Path,
        steps: Sequence[Sequence[str]],
        busy_s: float = BUSY_SECONDS,
        vfs: str | None = None,
        *,
        make: bool = True,
        upgrade: bool = False,
    ) -> None:
        """Open the file, or make it (0600, in a folder of 0700) if it is not there.

        vfs: another of SQLite's file layers; None for the system's own. make: False where only one that is there is
        wanted. upgrade: bring one of an earlier version up to date; only for who made a copy of it before. Raises
        StoreTooNew, StoreDamaged, StoreBusy, StoreUnwritable, DiskFull; one of another version is not changed.
        """
        self.path = path
        self._steps, self._busy_s, self._vfs = steps, busy_s, vfs
        self._lost = False
        self._make, self._upgrade = make, upgrade
        with translated(path):
            ids = self._open()
        presence.opened(path, ids)
        self._counted = True

    def _open(self) -> tuple[str, ...]:
        """Returns what the store is called in itself: see `presence.all_ids`."""
        path, busy_s, vfs = self.path, self._busy_s, self._vfs
        known = presence.known(path)
        make = self._make and known is None
        if make:
            _make_private_file(path)
        self._connection = open_there(path, busy_s, vfs, empty=make)
        try:
            self._refuse(known)
            self.journal_mode = _choose_journal(self._connection, busy_s)
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            if make or self._upgrade:
                migrate(self._connection, self._steps)
            ids = presence.all_ids(self._connection)
        except BaseException:
            self._connection.close()
            raise
        self._identity = presence.identity(path)
        return ids

    def _refuse(self, known: str | None) -> None:
        """Another version's store, or where this process has one open already (known), another store."""
        db, steps = self._connection, len(self._steps)
        version = _version(db)
        if version > steps:
            raise StoreTooNew
        if known is not None and (version != steps or presence.own_id(db) != known):
            raise StoreUnwritable(detail=ANOTHER, file=str(self.path.parent))
        if 0 < version < steps and not self._upgrade:
            raise StoreUnwritable(detail=EARLIER, file=str(self.path.parent))

    def close(self) -> None:
        """Close the connection; what was committed stays."""
        self._connection.close()
        if self._counted:
            self._counted = False
            presence.closed(self.path)

    @contextmanager
    def _watched(self, writes: bool) -> Iterator[None]:
        """The connection is fit for use, and if its file fails it is opened anew the next time."""
        try:
            with translated(self.path):
                if self._lost or (writes and presence.identity(self.path) != self._identity):
                    self._lost = True
                    self._connection.close()
                    self._open()
                    self._lost = False
                yield
        except StoreUnwritable:
            self._lost = True
            raise

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes: all of it happens, or nothing does."""
        with self._watched(writes=True), transaction(self._connection, "BEGIN IMMEDIATE"):
            yield self._connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A transaction that only reads: all its statements see the same moment. Within another, it is part of that."""
        if not self._lost and self._connection.in_transaction:
            yield self._connection
            return
        with self._watched(writes=False), transaction(self._connection, "BEGIN"):
            yield self._connection


def open_there(path: Path, busy_s: float, vfs: str | None = None, empty: bool = False) -> sqlite3.Connection:
    """A connection to a store that is there: none is made. empty: the file may hold nothing yet.

    Raises StoreUnwritable where it is gone or emptied, sqlite3.Error, OSError.
    """
    if not path.exists() or not (empty or path.stat().st_size):  # asked first: SQLite would remove an empty one's log
        raise StoreUnwritable(detail=GONE, file=str(path.parent))
    where = f"{path.absolute().as_uri()}?mode=rw" + (f"&vfs={vfs}" if vfs else "")
    db = sqlite3.connect(where, uri=True, timeout=busy_s, isolation_level=None)
    db.execute("PRAGMA temp_store = MEMORY")  # or parts of receipts would lie in the system's temporary folder
    return db


@contextmanager
def transaction(db: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Commit at the end, roll back on any error. The connection has isolation_level=None."""
    db.execute(begin)
    try:
        yield
        db.execute("COMMIT")
    finally:
        if db.in_transaction:  # a full disk has already rolled back
            db.execute("ROLLBACK")


def migrate(db: sqlite3.Connection, steps: Sequence[Sequence[str]]) -> None:
    """Take the steps that are missing, all in one transaction. Raises StoreTooNew."""
    if _version(db) == len(steps):
        return
    with transaction(db):
        version = _version(db)  # again: another process may have been faster
        if version > len(steps):
            raise StoreTooNew
        for statement in chain.from_iterable(steps[version:]):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(steps)}")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _choose_journal(db: sqlite3.Connection, busy_s: float) -> str:
    """Set WAL, or DELETE where WAL cannot be had (a network home). Returns which it is."""
    deadline = time.monotonic() + busy_s
    while True:
        try:
            mode = str(db.execute("PRAGMA journal_mode = WAL").fetchone()[0])
            break
        except sqlite3.OperationalError as error:
            # Two programs that start at once: SQLite does not wait here, so we do.
            if _primary(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    if mode not in ("wal", "memory"):
        mode = str(db.execute("PRAGMA journal_mode = DELETE").fetchone()[0])
    return mode


def _make_private_file(path: Path) -> None:
    """Make folder and file for the owner only; a file that others may read is narrowed."""
    make_private_folder(path.parent)
    if path.exists():
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            with suppress(PermissionError):  # not ours; opening it says what is wrong
                path.chmod(0o600)
        return
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        sync_folder(path.parent)


def _primary(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Say SQLite's and the system's errors in our words; details name no content."""
    try:
        yield
    except sqlite3.Error as error:
        told = _in_our_words(error, path)
        if told is None:
            raise
        raise told from error
    except BadData as error:
        mark_suspect(path)
        raise StoreDamaged(detail="an entry does not fit") from error
    except OSError as error:
        raise store_trouble(error, path) from error


def _in_our_words(error: sqlite3.Error, path: Path) -> PaddleScanError | None:
    """The error a person can do something about; None for a mistake of ours."""
    name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
    match _primary(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusy()
        case sqlite3.SQLITE_FULL:
            return DiskFull(detail="the list of receipts", file=str(path.parent))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            mark_suspect(path)
            return StoreDamaged(detail=name)
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN if is_full(path.parent):
            return DiskFull(detail="the list of receipts", file=str(path.parent))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR:
            return StoreUnwritable(detail=_why_unwritable(error, path), file=str(path.parent))
        case sqlite3.SQLITE_CONSTRAINT if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
            return RowGone()
    return None


def suspect_file(path: Path) -> Path:
    """Beside a store with which a program met with damage: the next start looks closely."""
    return path.with_name(f"{path.name}.suspect")


def mark_suspect(path: Path) -> None:
    """Let the next start look closely at a store, where it can be noted."""
    with suppress(OSError):
        suspect_file(path).touch(mode=0o600)


def _why_unwritable(error: sqlite3.Error, path: Path) -> str:
    """In words known to `words.reason`."""
    if not path.exists():
        return GONE
    match _primary(error):
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return "it may only be read"
        case sqlite3.SQLITE_CANTOPEN:
            return "it cannot be opened"
    return "reading or writing the disk failed"
