"""Marks beside the store: one for each program that has it open, held by a lock that the kernel drops at its death.

A mark that nobody holds belongs to a program that did not end cleanly: it was killed, or the machine went down.
"""

from __future__ import annotations

import glob
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from paddlescan.disk import sync_folder
from paddlescan.errors import StoreBusy, StoreUnwritable
from paddlescan.store.care.files import companion
from paddlescan.store.trouble import store_trouble

_TRIES = 10


class Mark:
    """Says that this program has the store open."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    def remove(self) -> None:
        """The program ends cleanly: nobody need check anything. Once."""
        file = Path(self._lock.lock_file)
        if os.name == "posix":
            with suppress(OSError):
                file.unlink(missing_ok=True)  # while it is held: nobody can take it for a dead one's
        self._lock.release()
        with suppress(OSError):
            file.unlink(missing_ok=True)

    def abandon(self) -> None:
        """Let go of the mark and leave it there, as a death does: something did not end as it should."""
        self._lock.release()


@dataclass(frozen=True, slots=True)
class Others:
    """Who else left or holds a mark."""

    dead: tuple[Path, ...]
    alive: int


def set_mark(store: Path) -> Mark:
    """A mark of this program, on the disk. Raises StoreUnwritable."""
    for _ in range(_TRIES):
        lock = _lock(companion(store, f".open-{os.getpid()}-{secrets.token_hex(4)}"))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        except OSError as error:
            raise store_trouble(error, store) from error
        sync_folder(store.parent)
        return Mark(lock)
    raise StoreUnwritable(detail="no lock file", file=str(store.parent))


def look(store: Path) -> Others:
    """The marks that are there. To be called by one program at a time (`one_at_a_time`)."""
    dead: list[Path] = []
    alive = 0
    for file in sorted(store.parent.glob(f"{glob.escape(store.name)}.open-*")):
        lock = _lock(file)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            alive += 1
        except OSError:
            continue  # somebody else's, or gone meanwhile
        else:
            lock.release()
            dead.append(file)
    return Others(tuple(dead), alive)


@contextmanager
def one_at_a_time(store: Path, wait_s: float, does: Literal["opening", "copying"] = "opening") -> Iterator[None]:
    """Only one program looks after the store at a time, and one copies it. Who does both begins with the first.

    Raises StoreBusy after so many seconds, StoreUnwritable.
    """
    lock = _lock(companion(store, f".{does}.lock"))
    try:
        lock.acquire(timeout=wait_s)
    except Timeout:
        raise StoreBusy from None
    except OSError as error:
        raise store_trouble(error, store) from error
    try:
        yield
    finally:
        lock.release()


def _lock(file: Path) -> FileLock:
    return FileLock(file, mode=0o600, thread_local=False)  # set by one thread of a window, removed by another
