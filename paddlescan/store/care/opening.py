"""How a program opens the store at its start: looked after first, then made or brought up to date, then marked as open.

One program at a time does this. What a start finds wrong it puts right where nobody else has the store open;
nothing is ever deleted for being broken.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType

from paddlescan.disk import make_private_folder
from paddlescan.errors import StoreDamaged, StoreTooNew, StoreUnwritable
from paddlescan.store.care import marks
from paddlescan.store.care.copying import copies, copy_of, forget_half_made
from paddlescan.store.care.files import companion, exists, remove, saved_file, take_place
from paddlescan.store.care.found import Found, Saved
from paddlescan.store.care.health import ever_used, reading_only, says_nothing, starts_well, state_of
from paddlescan.store.care.marks import Mark, Others
from paddlescan.store.care.salvage import salvage
from paddlescan.store.connection import (
    BUSY_SECONDS,
    GONE,
    Database,
    open_there,
    suspect_file,
    translated,
)
from paddlescan.store.schema import MIGRATIONS

log = logging.getLogger(__name__)

WAIT_S = 60.0
"""How long a start waits for another program that has the store locked, or looks after it."""


class Held:
    """The store is open in this program: whoever got it ends it once, when every connection is closed."""

    def __init__(self, found: Found, mark: Mark) -> None:
        self.found = found
        self._mark: Mark | None = mark

    def end(self, clean: bool = True) -> None:
        """Every connection is closed. clean: False where some thread did not end: the next start looks closely."""
        mark, self._mark = self._mark, None
        if mark is not None:
            mark.remove() if clean else mark.abandon()

    def __enter__(self) -> Held:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()


def begin(path: Path, checking: Callable[[], None] | None = None, wait_s: float = WAIT_S) -> Held:
    """Open the store for a program: afterwards `Store(path)` finds it whole and up to date, in any thread.

    After an end that was not clean the file is checked from end to end, which takes two seconds for ten thousand
    receipts on a slow disk: not for a window's thread. checking: called before that. A store of an earlier version
    is copied before its tables change. A broken one is set aside, and what can be saved of it and of the newest copy
    is in a new one: `found` says so.

    Raises StoreTooNew (nothing is changed), StoreBusy (after wait_s seconds), StoreUnwritable, DiskFull, and
    StoreDamaged where it is broken and another program has it open.
    """
    path = Path(path).absolute()
    with translated(path):
        make_private_folder(path.parent)
    with marks.one_at_a_time(path, wait_s):
        others = marks.look(path)
        mark = marks.set_mark(path)
        try:
            with translated(path):
                found = _look_after(path, others, checking, wait_s)
        except BaseException:
            mark.remove()
            raise
        for file in (*others.dead, suspect_file(path)):
            remove(file)
    forget_half_made(path)
    return Held(found, mark)


def _look_after(path: Path, others: Others, checking: Callable[[], None] | None, wait_s: float) -> Found:
    if saved_file(path).exists() and not others.alive:
        aside = take_place(path)  # a start was cut off that had saved all it could
        log.warning("a store that was saved before takes its place")
        return _up_to_date(path, Found(checked=True, saved=Saved(_receipts(path), aside)), wait_s)
    unclean = bool(others.dead) or suspect_file(path).exists()
    if unclean and checking is not None:
        checking()
    try:
        with translated(path):
            found = _examine(path, unclean, wait_s) if _is_there(path, others) else Found(checked=unclean)
            return _up_to_date(path, found, wait_s)
    except StoreDamaged as error:
        if others.alive:
            raise
        log.error("the store is broken (%s): saving what can be saved", error.code)
        if checking is not None:
            checking()
    saved = salvage(path)
    return _up_to_date(path, Found(checked=True, saved=saved), wait_s)


def _is_there(path: Path, others: Others) -> bool:
    """Whether there is a store, or none was ever made. Raises StoreDamaged where one is missing or no file,
    StoreUnwritable where a link leads to none: its disk may come back."""
    if path.is_file() and path.stat().st_size:
        return True
    if path.is_symlink() and not path.exists():
        raise StoreUnwritable(detail=GONE, file=str(Path(os.path.realpath(path)).parent))
    lost = bool(others.alive) or (exists(path) and not path.is_file())  # they have one open that vanished
    wal = companion(path, "-wal")
    lost = lost or (wal.is_file() and wal.stat().st_size > 0) or _used_copy(path)
    if lost:
        raise StoreDamaged(detail="it is missing")
    return False


def _examine(path: Path, closely: bool, wait_s: float) -> Found:
    """Raises StoreDamaged, StoreTooNew. Only SQLite opens the file: a process that closes any other handle of it loses
    its locks (POSIX), and then another program may remove the log under its hands."""
    with reading_only(path, busy_s=wait_s) as db:
        if int(db.execute("PRAGMA user_version").fetchone()[0]) > len(MIGRATIONS):
            raise StoreTooNew  # what it should be, only the newer version knows
        if not closely:
            if not starts_well(db):
                raise StoreDamaged(detail="its tables cannot be read")
            if not ever_used(db) and _used_copy(path):
                raise StoreDamaged(detail="it is empty, and there is a copy of it")
            return Found()
        state = state_of(db, len(MIGRATIONS))
    if state == "index" and _mend_indexes(path, wait_s):
        log.warning("the indexes of the store were built anew")
        return Found(checked=True, mended=True)
    if state != "whole":
        raise StoreDamaged(detail="a check failed")
    log.info("the last end was not clean: the store was checked, it is whole")
    return Found(checked=True)


def _used_copy(path: Path) -> bool:
    """Whether there is a copy in which a batch was made: a store without one was made where that had vanished."""
    for copy in copies(path):
        with suppress(sqlite3.Error), reading_only(copy.file, alone=True) as db:
            return ever_used(db)
    return False


def _mend_indexes(path: Path, wait_s: float) -> bool:
    """Build all indexes anew from the tables. Whether the store is whole then. Raises sqlite3.Error that has nothing
    to do with what is in the file."""
    with closing(open_there(path, wait_s)) as db:
        try:
            db.execute("REINDEX")
        except sqlite3.DatabaseError as error:
            if says_nothing(error):
                raise
            return False
        return state_of(db, len(MIGRATIONS)) == "whole"


def _up_to_date(path: Path, found: Found, wait_s: float) -> Found:
    """Make the store or bring it up to date, with a copy before."""
    before = _version(path)
    old = 0 < before < len(MIGRATIONS)
    if old:
        copy_of(path, before_version=len(MIGRATIONS))
    Database(path, MIGRATIONS, max(wait_s, BUSY_SECONDS), upgrade=True).close()
    if old:
        log.info("the store was brought from version %d to %d", before, len(MIGRATIONS))
        return Found(found.checked, found.mended, found.saved, before)
    return found


def _version(path: Path) -> int:
    if not path.exists() or not path.stat().st_size:
        return 0
    with reading_only(path) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def _receipts(path: Path) -> int:
    with reading_only(path) as db:
        return int(db.execute("SELECT COUNT(*) FROM receipt WHERE NOT removed AND joined_to IS NULL").fetchone()[0])
