"""Which database files this process has open, and whether they are still in their place.

SQLite goes on with an open file whose name is gone: what it commits then is lost with the last connection. So whoever
writes looks first, and nobody makes an empty store where one vanished that others of this process still have open.
"""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

Identity = tuple[int, int]
"""Of a file, whatever its name: device and inode."""

_lock = threading.Lock()
_open: Counter[Path] = Counter()


def identity(path: Path) -> Identity | None:
    """Of the file that has this name now; None where there is none, or its disk does not answer."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def opened(path: Path) -> None:
    """One more connection to the file of this name."""
    with _lock:
        _open[path.absolute()] += 1


def closed(path: Path) -> None:
    """One connection less."""
    with _lock:
        _open[path.absolute()] -= 1


def is_open(path: Path) -> bool:
    """Whether this process has a connection to the file of this name, or to one that had it."""
    with _lock:
        return _open[path.absolute()] > 0
