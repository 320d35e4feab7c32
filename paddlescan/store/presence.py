"""Which stores this process has open, and whether they are still in their place.

SQLite goes on with an open file whose name is gone: what it commits then is lost with the last connection. So whoever
writes looks first. Nobody makes an empty store where one vanished that others of this process still have open, nor
goes on with another store that stands there now: the numbers of receipts that this process knows mean others in it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from pathlib import Path

Identity = tuple[int, int]
"""Of a file, whatever its name: device and inode."""

_lock = threading.Lock()
_open: Counter[Path] = Counter()
_known: dict[Path, tuple[str, ...]] = {}


def identity(path: Path) -> Identity | None:
    """Of the file that has this name now; None where there is none, or its disk does not answer."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def own_id(db: sqlite3.Connection) -> str:
    """What a store was called by chance when it was made; empty where it was made before there were such names.

    A copy that PaddleScan makes has one of its own: put in the store's place, it is another store.
    """
    return next(iter(all_ids(db)), "")


def all_ids(db: sqlite3.Connection) -> tuple[str, ...]:
    """Its own id, then those of broken stores that it goes on with: their receipts have the same numbers in it."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'identity'").fetchone() is None:
        return ()
    return tuple(str(own) for (own,) in db.execute("SELECT id FROM identity ORDER BY rowid"))


def opened(path: Path, ids: tuple[str, ...] = ()) -> None:
    """One more connection to the file of this name. ids: of the store in it, see `all_ids`."""
    with _lock:
        _open[path.absolute()] += 1
        _known.setdefault(path.absolute(), ids)


def known(path: Path) -> str | None:
    """The id of the store that this process has open under this name; None where it has none open.

    Whoever opens one asks once: a moment later another thread may have closed the last.
    """
    with _lock:
        ids = _known.get(path.absolute())
    return None if ids is None else next(iter(ids), "")


def known_ids(path: Path) -> tuple[str, ...]:
    """All ids of the store that this process has open under this name."""
    with _lock:
        return _known.get(path.absolute(), ())


def closed(path: Path) -> None:
    """One connection less."""
    with _lock:
        _open[path.absolute()] -= 1
        if _open[path.absolute()] <= 0:
            _known.pop(path.absolute(), None)
