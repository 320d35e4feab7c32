"""Opens source files for a child that may open none; a dead disk keeps nobody waiting for long.

Opening, and closing too, can wait for a network disk without end, so both happen in a thread of their own that is
left behind when it does.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from paddlescan.document import SourceFile
from paddlescan.errors import DiskSilent, PaddleScanError
from paddlescan.imaging.files import open_source
from paddlescan.pipeline.countdown import Countdown

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.1
MOST_STUCK = 4
"""Threads that may hang over one disk before its next file is not even tried."""
MOST_IN_ALL = 32
"""The same, over all disks together."""
_ESCAPED = re.compile(r"\\([0-7]{3})")


_stuck: set[_Attempt] = set()


class OpeningStopped(Exception):
    """Whoever owns the child wants its end."""


class Opener:
    """Opens one file at a time. `cancel` may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._attempt: _Attempt | None = None
        self._cancelled = False

    @contextmanager
    def opened(self, source: SourceFile, seconds: float) -> Iterator[int]:
        """An open descriptor, only within. Raises what `open_source` raises, DiskSilent where the disk does not
        answer within that time, OpeningStopped after `cancel`."""
        attempt = _Attempt(source)
        with self._lock:
            self._attempt = attempt
            if self._cancelled:
                raise OpeningStopped
        if _is_given_up(source):
            raise DiskSilent(file=source.name)
        attempt.start()
        try:
            left = Countdown(seconds)
            while not attempt.done.wait(min(LOOK_EVERY_S, max(0.0, left.left))) and not left.over():
                pass
            if not attempt.done.is_set():
                attempt.leave()
                log.warning("a source file could not be opened in time")
                raise DiskSilent(file=source.name)
            if self._cancelled:
                attempt.leave()
                raise OpeningStopped
            yield attempt.descriptor()
        finally:
            attempt.released.set()

    def cancel(self) -> None:
        """Nothing is opened from now on, and nobody waits any more."""
        with self._lock:
            self._cancelled = True
            if self._attempt is not None:
                self._attempt.done.set()


def disk_of(path: str) -> str:
    """Which disk a file lies on, by its name alone: a look at it might wait without end.

    The folder where that disk is mounted. For the one that holds everything, and where no system says what is mounted,
    the file's own folder: links from there lead anywhere.
    """
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        mounts = []
    places = (_ESCAPED.sub(lambda found: chr(int(found[1], 8)), line.split(" ")[1]) for line in mounts if " " in line)
    holding = [place for place in places if place != "/" and path.startswith(f"{place}/")]
    return max(holding, key=len, default=str(Path(path).parent))


def _is_given_up(source: SourceFile) -> bool:
    stuck = tuple(_stuck)
    if not stuck:
        return False
    disk = disk_of(source.path)
    return len(stuck) >= MOST_IN_ALL or sum(attempt.disk == disk for attempt in stuck) >= MOST_STUCK


class _Attempt:
    """One file, opened and closed by a thread of its own."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self.disk = ""
        """Where it hangs, once it was left."""
        self._file: BinaryIO | None = None
        self._error: PaddleScanError | None = None
        self._over = False
        self._lock = threading.Lock()  # between leaving it and its end
        self.done, self.released = threading.Event(), threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, daemon=True, name="opening").start()

    def leave(self) -> None:
        """Nobody waits for it any more; until it ends it counts as stuck."""
        self.disk = disk_of(self._source.path)
        with self._lock:
            if not self._over:
                _stuck.add(self)

    def descriptor(self) -> int:
        """Of the open file. Raises why there is none."""
        if self._error is not None:
            raise self._error
        assert self._file is not None
        return self._file.fileno()

    def _run(self) -> None:
        try:
            self._open()
            self.done.set()
            if self._file is not None:
                self.released.wait()
                self._file.close()
        except OSError:
            pass  # closing what was only read
        finally:
            with self._lock:
                self._over = True
                _stuck.discard(self)

    def _open(self) -> None:
        try:
            self._file = open_source(self._source)
        except PaddleScanError as error:
            self._error = error
        except Exception as error:  # noqa: BLE001 our bug; its text may name the file
            log.error("opening: %s", type(error).__name__)
            self._error = PaddleScanError(file=self._source.name)
