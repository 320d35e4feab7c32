"""Which process works on a batch: a file lock that the kernel drops when the process dies."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from paddlescan.store.trouble import store_trouble


class Lease:
    """The right to read the pages of one batch. Held by one process at a time, by one Lease object in it."""

    def __init__(self, store: Path, batch: int) -> None:
        """store: the database file; the lock file lies beside it."""
        # Not thread-local: who acquires it and who releases it may be two threads of one window.
        self._lock = FileLock(store.with_name(f"{store.name}.batch-{batch}.lock"), mode=0o600, thread_local=False)

    def acquire(self) -> bool:
        """Take it if nobody has it; asking again while we hold it is fine. Raises StoreUnwritable."""
        if self.held:
            return True
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            raise store_trouble(error, Path(self._lock.lock_file)) from error
        return True

    def release(self) -> None:
        """Give it up; without effect if it is not held."""
        self._lock.release()

    def discard(self) -> None:
        """The batch is deleted: give the lease up, and remove its lock file. Only for who holds it."""
        file = Path(self._lock.lock_file)
        if os.name == "posix":
            with suppress(OSError):
                file.unlink(missing_ok=True)  # while it is held: who waits for it finds that the batch is gone
        self.release()
        with suppress(OSError):
            file.unlink(missing_ok=True)

    @property
    def held(self) -> bool:
        """Whether this object holds it."""
        return self._lock.is_locked

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release()
