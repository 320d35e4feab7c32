"""Small files beside the store, for what it does not hold yet: a kill, or the end of the session, loses none of it.

Each file is locked by the window that answers for it, so that no other window takes it; with a window that is gone its
locks are gone, too, and the next one takes what it left.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from filelock import FileLock, Timeout

from paddlescan.disk import folder_trouble
from paddlescan.document.codec import BadData, decode, encode
from paddlescan.export.atomic import write_atomically

log = logging.getLogger(__name__)

T = TypeVar("T")


class KeptFiles(Generic[T]):
    """A folder of files that hold one kind of value each. Any thread may call."""

    def __init__(self, folder: Path, kind: type[T]) -> None:
        self._folder, self._kind = folder, kind
        self._locks: dict[Path, FileLock] = {}
        self._one_at_a_time = threading.Lock()

    def new(self) -> Path:
        """A name for a file that is not written yet; names sort in the order of asking."""
        return self._folder / f"{time.time_ns():020d}-{secrets.token_hex(4)}.json"

    def write(self, file: Path, value: T) -> None:
        """Write it down, over what the file held. Raises DiskFull, ExportFailed, FolderUnwritable."""
        with self._one_at_a_time:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise folder_trouble(error, self._folder) from error
            with suppress(OSError, Timeout):  # a disk that knows no locks: better taken twice than lost
                self._lock(file)
            write_atomically(file, encode(value), overwrite=True, private=True)

    def forget(self, file: Path) -> None:
        """What it holds is in the store, or nobody wants it."""
        with self._one_at_a_time:
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                log.warning("a kept file is not forgotten: %s", type(error).__name__)  # saved again, it changes nothing
            self._release(file)

    def set_aside(self, file: Path) -> None:
        """What it holds is for nobody here: it stays on the disk, and no window takes it."""
        with self._one_at_a_time:
            with suppress(OSError):  # a folder that may not be written: it is asked again the next time
                file.replace(file.with_suffix(".other"))
            self._release(file)

    def let_go(self, file: Path | None = None) -> None:
        """The next window may take this file (None: all of them); it stays as it is."""
        with self._one_at_a_time:
            for one in [file] if file is not None else list(self._locks):
                self._release(one)

    def take(self) -> tuple[tuple[Path, T], ...]:
        """What windows that are gone left, in the order of coming. It stays on the disk until `forget`.

        Nobody else takes it from now on, nor does this window once more. A file that is damaged is set aside.
        """
        found: list[tuple[Path, T]] = []
        with self._one_at_a_time:
            for file in sorted(self._folder.glob("*.json")):
                if file in self._locks:
                    continue
                try:
                    self._lock(file)
                    found.append((file, decode(file.read_bytes(), self._kind)))
                    continue
                except (Timeout, FileNotFoundError):
                    pass  # another window's that lives, or that has just saved it
                except BadData:
                    log.warning("a kept file is damaged, set aside")
                    with suppress(OSError):  # a folder that may not be written
                        file.replace(file.with_suffix(".damaged"))
                except OSError as error:
                    log.warning("a kept file is not readable: %s", type(error).__name__)
                self._release(file)
        return tuple(found)

    def peek(self) -> tuple[T, ...]:
        """What the files hold, whoever answers for them; what cannot be read is left out."""
        found: list[T] = []
        for file in sorted(self._folder.glob("*.json")):
            with suppress(OSError, BadData):
                found.append(decode(file.read_bytes(), self._kind))
        return tuple(found)

    def _lock(self, file: Path) -> None:
        if file not in self._locks:
            lock = FileLock(file.with_suffix(".lock"), mode=0o600, thread_local=False)
            lock.acquire(timeout=0)
            self._locks[file] = lock

    def _release(self, file: Path) -> None:
        """Let go of a lock; its file goes with it, for nobody takes a lock of a file that is gone."""
        lock = self._locks.pop(file, None)
        if lock is not None:
            with suppress(OSError):
                Path(lock.lock_file).unlink(missing_ok=True)
            lock.release()
