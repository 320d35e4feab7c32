"""The files of a store: what belongs to it, how a name becomes durable, how it is set aside."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from paddlescan.disk import sync_folder

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database file; without the first or the last one a file may lack its newest changes."""


def companion(path: Path, ending: str) -> Path:
    """The file beside a store with this ending."""
    return path.with_name(path.name + ending)


def saved_file(path: Path) -> Path:
    """A finished new store that waits to take the broken one's place."""
    return companion(path, ".saved")


def moment() -> str:
    """Now, for a file's name."""
    return datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")


def exists(path: Path) -> bool:
    """Whether there is anything of that name, be it a link that leads nowhere."""
    return os.path.lexists(path)


def set_aside(path: Path) -> Path | None:
    """Give a store and what belongs to it another, dated name beside it. The new name; None if nothing was there.

    The journals go first: a file that is still in place without them is broken as before, while a new file beside
    an old journal would be spoiled by it. Raises OSError.
    """
    number = 0
    while True:
        aside = companion(path, f".broken-{moment()}{f'-{number}' if number else ''}")
        if not any(exists(companion(aside, ending)) for ending in ("", *COMPANIONS)):
            break
        number += 1
    moved = False
    for ending in (*COMPANIONS, ""):
        if exists(companion(path, ending)):
            companion(path, ending).rename(companion(aside, ending))
            moved = True
    sync_folder(path.parent)
    return aside if moved else None


def take_place(path: Path) -> Path | None:
    """Put a finished new store (`saved_file`) in place of the one that is there, which is set aside. Its new name.

    May be cut off anywhere: done again, it goes on where it was. Raises OSError.
    """
    aside = set_aside(path)
    saved_file(path).rename(path)
    sync_folder(path.parent)
    return aside


def private(path: Path) -> None:
    """Make an empty file for the owner only. Raises OSError, FileExistsError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def remove(path: Path) -> None:
    """Take a file away, if it can be."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
