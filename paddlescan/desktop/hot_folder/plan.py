"""How a watched folder is watched: what a person chose."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from paddlescan.document.source import printable_name
from paddlescan.errors import AlreadyWatched
from paddlescan.store.trouble import store_trouble

EVERY_S = 5.0
SETTLE_S = 3.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Which folder, how often, and what becomes of the files."""

    folder: Path = field(repr=False)
    """Its real path."""
    deep: bool = False
    """Whether folders in it are looked into."""
    move_to: Path | None = field(default=None, repr=False)
    """Below it, `read` and `failed` take the files; None: they stay."""
    every_s: float = EVERY_S
    """Seconds between two looks."""
    settle_s: float = SETTLE_S
    """Seconds that a file must not change before it counts as whole."""

    @classmethod
    def of(cls, folder: str | os.PathLike[str], deep: bool = False, move_to: str = "", **times: float) -> Plan:
        """The plan for a folder as a person names it. times: `every_s`, `settle_s`."""
        target = Path(os.path.realpath(move_to)) if move_to else None
        return cls(Path(os.path.realpath(folder)), deep, target, **times)

    @property
    def name(self) -> str:
        """What the folder is called, in letters that any text can hold."""
        return printable_name(self.folder.name or str(self.folder))

    @property
    def key(self) -> bytes:
        """What the store calls the folder."""
        return os.fsencode(self.folder)

    @property
    def left_out(self) -> tuple[Path, ...]:
        """Folders whose files never arrive."""
        return () if self.move_to is None else (self.move_to / "read", self.move_to / "failed")

    def watches(self, path: bytes) -> bool:
        """Whether a file of this path would be seen in the folder."""
        place = Path(os.fsdecode(path))
        return place.is_relative_to(self.folder) and not any(place.is_relative_to(each) for each in self.left_out)

    def target_of(self, path: Path, failed: bool) -> Path:
        """Where a file goes that was read, or could not be; below it, it keeps its place. Needs `move_to`."""
        assert self.move_to is not None
        try:
            inside = path.relative_to(self.folder)
        except ValueError:
            inside = Path(path.name)
        return self.move_to / ("failed" if failed else "read") / inside


class Watch:
    """The right to watch a folder: a file lock that the kernel drops when the process dies."""

    def __init__(self, store: Path, folder: Path) -> None:
        """store: the database file; the lock file lies beside it. folder: its real path."""
        self._folder = folder
        name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
        self._lock = FileLock(store.with_name(f"{store.name}.watch-{name}.lock"), mode=0o600, thread_local=False)

    def acquire(self) -> None:
        """Take it. Raises AlreadyWatched, StoreUnwritable, DiskFull."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise AlreadyWatched(file=printable_name(str(self._folder))) from error
        except OSError as error:
            raise store_trouble(error, Path(self._lock.lock_file)) from error

    def release(self) -> None:
        """Give it up; without effect if it is not held."""
        self._lock.release()
