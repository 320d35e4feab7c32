"""What a clerk did that the store would not take (a full disk, a backup program's lock), kept beside it meanwhile.

A small file for each window, written when a save fails and gone when all is saved. A kill, or the end of the session,
does not take it: the next window saves what it holds before anything else. An edit that was saved after all changes
nothing the second time.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from paddlescan.document.codec import BadData, decode, encode
from paddlescan.errors import PaddleScanError
from paddlescan.export.atomic import write_atomically
from paddlescan.gui.review.checks import Acceptance
from paddlescan.store import FieldEdit, Joining

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """One thing that a clerk did: exactly one of these is given, and all of it belongs into one transaction."""

    edits: tuple[FieldEdit, ...] = field(default=(), repr=False)
    acceptance: Acceptance | None = field(default=None, repr=False)
    removed: tuple[int, ...] = ()
    put_back: tuple[int, ...] = ()
    joinings: tuple[tuple[int, Joining | None], ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    commands: tuple[KeptEdit, ...]


class KeptEdits:
    """The folder of the files. Belongs to the writer's thread, but for `take`, which comes before it begins."""

    def __init__(self, store: Path) -> None:
        self._folder = store.with_name(f"{store.name}.edits")
        name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"  # names sort in the order of coming
        self._file = self._folder / f"{name}.json"
        self._lock: FileLock | None = None
        self._taken: list[tuple[Path, FileLock]] = []

    def keep(self, commands: Sequence[KeptEdit]) -> None:
        """Write down what is not in the store, in its order. Where not even that can be written, it is logged."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._lock is None:
                self._lock = _lock_of(self._file)
                self._lock.acquire(timeout=0)
            write_atomically(self._file, encode(_Kept(tuple(commands))), overwrite=True, private=True)
        except (PaddleScanError, OSError, Timeout) as error:
            log.warning("%d edits are kept in memory only: %s", len(commands), type(error).__name__)

    def forget(self) -> None:
        """All is saved, or a person let it go: what earlier windows left, too."""
        own = [] if self._lock is None else [(self._file, self._lock)]
        for file, lock in (*own, *self._taken):
            with suppress(OSError):
                file.unlink(missing_ok=True)
            _release(lock)
        self._lock = None
        self._taken.clear()

    def let_go(self) -> None:
        """The window ends: the next one may take what is kept here."""
        for lock in (self._lock, *(lock for _, lock in self._taken)):
            if lock is not None:
                _release(lock)
        self._lock = None
        self._taken.clear()

    def take(self) -> tuple[KeptEdit, ...]:
        """What windows that are gone left, in the order of coming. It stays on the disk until `forget`."""
        found: list[KeptEdit] = []
        for file in sorted(self._folder.glob("*.json")):
            lock = _lock_of(file)
            try:
                lock.acquire(timeout=0)
                found += decode(file.read_bytes(), _Kept).commands
                self._taken.append((file, lock))
            except (Timeout, FileNotFoundError):
                _release(lock)  # another window's that lives, or that has just saved it
            except BadData:
                log.warning("kept edits are damaged, set aside")
                with suppress(OSError):
                    file.replace(file.with_suffix(".damaged"))
                _release(lock)
            except OSError as error:
                log.warning("kept edits are not readable: %s", type(error).__name__)
                _release(lock)
        return tuple(found)


def _lock_of(file: Path) -> FileLock:
    return FileLock(file.with_suffix(".lock"), mode=0o600, thread_local=False)


def _release(lock: FileLock) -> None:
    """Let go of a lock; its file goes with it, for nobody takes a lock of a file that is gone."""
    if lock.is_locked:
        with suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()
