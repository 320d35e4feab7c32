"""Copies of the store: made by SQLite's own backup while others go on writing, checked, and put in place whole.

A few are kept (`wanted`). They lie in `backups` beside the store, readable by the owner only.
"""

from __future__ import annotations

import logging
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from paddlescan.disk import make_private_folder, sync_file, sync_folder
from paddlescan.errors import DiskFull, PaddleScanError, StoreBusy, StoreDamaged
from paddlescan.store import presence
from paddlescan.store.care.files import companion, moment, private, remove
from paddlescan.store.care.health import reading_only, state_of
from paddlescan.store.care.marks import one_at_a_time
from paddlescan.store.connection import BUSY_SECONDS, mark_suspect, open_there, translated
from paddlescan.store.schema import NEW_ID

log = logging.getLogger(__name__)

PAGES_A_STEP = 1000
"""Database pages copied between two looks whether to stop: some ten milliseconds."""
MOST = 4
"""Copies kept of those that follow time."""
BEFORE_MIGRATION = 2
"""Copies kept of those made before the tables changed."""
SPARE_BYTES = 64 << 20
"""Room that is left on the disk beside a copy."""
WAIT_S = 60.0
"""How long a copy waits for those that other programs make."""
_LOOK_S = 0.2
AN_HOUR = timedelta(hours=1)
"""How old the newest copy becomes before another is made, if the store changed since."""
A_LITTLE = timedelta(minutes=10)
"""How old it may be when a program ends."""
QUICK_BYTES = 32 << 20
"""A larger store (some 2,000 receipts) is not copied in a moment: an end does not wait for that."""
A_WEEK = timedelta(days=7)
_PART = ".receipts.part"
"""The name of a copy while it is made."""
_NAME = re.compile(r"receipts-(\d{4}-\d{2}-\d{2}-\d{6})(?:-\d+)?(-before-version-\d+)?\.sqlite")


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy that was checked."""

    file: Path = field(repr=False)
    made: datetime
    """In the machine's own time."""
    before_migration: bool


class Stopped(Exception):
    """The program ends: the copy is not finished."""


def folder_of(store: Path) -> Path:
    """Where the copies lie."""
    return store.with_name("backups")


def copies(store: Path) -> tuple[Copy, ...]:
    """The copies there are, the newest first; last those that a wrong clock dated in the future."""
    found = []
    now = datetime.now()
    for file in folder_of(store).glob("receipts-*.sqlite"):
        match = _NAME.fullmatch(file.name)
        if match is not None:
            found.append(Copy(file, datetime.strptime(match[1], "%Y-%m-%d-%H%M%S"), match[2] is not None))
    return tuple(sorted(found, key=lambda copy: (copy.made <= now, copy.made, copy.file.name), reverse=True))


def copy_due(store: Path, after: timedelta = AN_HOUR) -> bool:
    """Whether the store changed since the newest copy, and that is this old; or there is none but from the future."""
    newest = next((copy for copy in copies(store) if not copy.before_migration), None)
    try:
        changed = max(file.stat().st_mtime for file in (store, companion(store, "-wal")) if file.exists())
        copied = newest.file.stat().st_mtime if newest is not None else 0.0
    except (OSError, ValueError):
        return False
    now = datetime.now()
    if newest is None or newest.made > now:
        return True
    return now - newest.made >= after and changed > copied


def copy_due_at_end(store: Path) -> bool:
    """Whether the store changed since the newest copy, that is some minutes old, and another takes but a moment."""
    return _size(store) <= QUICK_BYTES and copy_due(store, A_LITTLE)


def keep_copy(store: Path, stop: Callable[[], bool] | None = None) -> Copy | None:
    """Make a copy and let go of those that are not wanted any more. None if there is no room, or it was stopped.

    A store that turns out broken is marked as such for the next start. stop: asked between steps.
    Raises StoreBusy, StoreUnwritable, StoreDamaged.
    """
    try:
        with _alone(store, stop):
            made = _make(store, stop=stop)
            _let_go(store, {made, *wanted(copies(store), datetime.now())})
    except Stopped:
        return None
    except DiskFull:
        log.warning("no copy of the store: too little room on the disk")
        return None
    return made


def keep_only_copy(store: Path) -> Copy:
    """Make a copy and let go of all others: what was deleted before stands in none then.

    Raises DiskFull, StoreBusy, StoreUnwritable, StoreDamaged: then the others stay.
    """
    with _alone(store):
        made = _make(store)
        _let_go(store, {made})
    return made


def copy_of(store: Path, before_version: int | None = None, stop: Callable[[], bool] | None = None) -> Copy:
    """Make a copy, checked and on the disk. before_version: it is made because the tables are about to change.

    Raises Stopped, DiskFull (nothing is left behind), StoreBusy, StoreUnwritable, StoreDamaged.
    """
    with _alone(store, stop):
        return _make(store, before_version, stop)


@contextmanager
def _alone(store: Path, stop: Callable[[], bool] | None = None) -> Iterator[None]:
    """One program at a time makes copies: each takes away what a dead one left half done. Raises Stopped, StoreBusy."""
    deadline = time.monotonic() + WAIT_S
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(one_at_a_time(store, _LOOK_S, "copying"))
                break
            except StoreBusy:
                if stop is not None and stop():
                    raise Stopped from None
                if time.monotonic() > deadline:
                    raise
        yield


def _make(store: Path, before_version: int | None = None, stop: Callable[[], bool] | None = None) -> Copy:
    folder = folder_of(store)
    with translated(store):
        make_private_folder(folder)
        _room_for(store, folder)
        part = folder / _PART
        _remove_half_made(folder)
        private(part)
        try:
            _copy(store, part, stop)
            with reading_only(part, alone=True) as db:
                if state_of(db) != "whole":
                    mark_suspect(store)
                    raise StoreDamaged(detail="a copy of it is not whole")
            sync_file(part)
            file = _free_name(folder, "" if before_version is None else f"-before-version-{before_version}")
            part.rename(file)
            sync_folder(folder)
        finally:
            remove(part)
    log.info("a copy of the store was made")
    return next(copy for copy in copies(store) if copy.file == file)


def forget_half_made(store: Path) -> None:
    """Remove what a program that died left of a copy; nothing where somebody is making one. Never fails."""
    folder = folder_of(store)
    if any(folder.glob(f"{_PART}*")):
        with suppress(PaddleScanError, OSError), one_at_a_time(store, 0, "copying"):
            _remove_half_made(folder)


def _remove_half_made(folder: Path) -> None:
    part = folder / _PART
    for leftover in (part, companion(part, "-journal"), companion(part, "-wal"), companion(part, "-shm")):
        remove(leftover)


def _copy(store: Path, part: Path, stop: Callable[[], bool] | None) -> None:
    """SQLite's backup. With a write-ahead log one moment is copied, whatever others write meanwhile."""

    def look(_status: int, _left: int, _total: int) -> None:
        if stop is not None and stop():
            raise Stopped

    with (
        closing(open_there(store, BUSY_SECONDS)) as source,
        closing(sqlite3.connect(part, isolation_level=None)) as target,
    ):
        target.execute("PRAGMA synchronous = OFF")  # it is synced as a whole, once it is checked
        if source.execute("PRAGMA journal_mode").fetchone()[0] == "wal":  # asked of SQLite, see `opening._examine`
            source.execute("BEGIN")
            source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # the moment
            source.backup(target, pages=PAGES_A_STEP, progress=look)
        else:  # here a reader keeps writers out: they wait that long
            source.backup(target, pages=-1, progress=look)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, complete in itself
        if presence.own_id(target):
            target.execute(f"UPDATE identity SET id = {NEW_ID}")  # those it goes on with, too: it lacks later numbers


def _room_for(store: Path, folder: Path) -> None:
    if shutil.disk_usage(folder).free < _size(store) + SPARE_BYTES:
        raise DiskFull(detail="a copy of the list of receipts", file=str(folder))


def _size(store: Path) -> int:
    return sum(file.stat().st_size for file in (store, companion(store, "-wal")) if file.exists())


def _free_name(folder: Path, why: str) -> Path:
    now, number = moment(), 0
    while True:
        file = folder / f"receipts-{now}{f'-{number}' if number else ''}{why}.sqlite"
        if not file.exists():
            return file
        number += 1


def _let_go(store: Path, keep: set[Copy]) -> None:
    """Remove the other copies."""
    for copy in copies(store):
        if copy not in keep:
            remove(copy.file)


def wanted(there: Sequence[Copy], now: datetime) -> set[Copy]:
    """The copies to keep: at most four that follow time, and two from before the tables changed.

    Of the first the newest, the newest from before today, the newest that is a week old, and the oldest of this
    week, which grows into that. Of those dated in the future one, where there is room. there: the newest first.
    """
    dated = [copy for copy in there if not copy.before_migration]
    by_time, ahead = [copy for copy in dated if copy.made <= now], [copy for copy in dated if copy.made > now]
    old = [copy for copy in by_time if copy.made < now - A_WEEK]
    of_the_week = [copy for copy in by_time if copy not in old]
    before_today = [copy for copy in by_time if copy.made.date() < now.date()]
    changes = [copy for copy in there if copy.before_migration]
    keep = {*by_time[:1], *before_today[:1], *old[:1], *of_the_week[-1:]}
    return {*keep, *ahead[: len(keep) < MOST], *changes[:BEFORE_MIGRATION]}
