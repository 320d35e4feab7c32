"""Watches one child process: a deadline for each request, ceilings for its memory and its files.

A thread of its own, because the thread that waits for an answer cannot look at a clock: `poll` is
content with half an answer, and a read has no deadline. While no request is in flight it looks seldom. What the machine
sleeps meanwhile does not count (`countdown`): after waking, a request has the time that it had left. A guard that
cannot do its work ends the child rather than leave it unwatched.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import psutil

from paddlescan.pipeline.child import log_error
from paddlescan.pipeline.countdown import Countdown

Overstepped = Literal["timed_out", "out_of_memory", "fills_disk", "crashed"]
"""What a child did; `crashed` stands for what its guard could not cope with."""
LOOK_EVERY_S = 0.1
IDLE_EVERY_S = 1.0
"""Between two looks at a child that nobody asks anything."""
FILES_EVERY = 10
"""Looks at memory between two looks at its files."""
MOST_FILES, DEEPEST = 10_000, 32
"""In a scratch folder: an engine has some dozens of files, two folders deep. More of them count as a full disk, since
they take room that no file's size tells, and counting them takes time."""


class Guard:
    """One child, from its start to its end. `kill` is called from the guard's thread, at most once."""

    def __init__(
        self, pid: int, memory_bytes: int, scratch: Path, scratch_bytes: int, kill: Callable[[Overstepped], None]
    ) -> None:
        self._pid = pid
        self.memory_bytes = memory_bytes
        """The ceiling."""
        self._scratch, self._scratch_bytes = scratch, scratch_bytes
        self._looks = 0
        self._kill = kill
        self._changed = threading.Condition()
        self._left: Countdown | None = None
        self._over = False
        self.peak_bytes = 0
        """The largest memory seen."""
        threading.Thread(target=self._watch, daemon=True, name=f"guard {pid}").start()

    def allow(self, memory_bytes: int) -> None:
        """The child may take so much memory from now on."""
        self.memory_bytes = memory_bytes

    def arm(self, seconds: float) -> None:
        """A request begins; it has this long."""
        with self._changed:
            self._left = Countdown(seconds)
            self._changed.notify()

    def disarm(self) -> None:
        """The answer is here."""
        with self._changed:
            self._left = None

    def close(self) -> None:
        """The child is gone; the thread ends by itself."""
        with self._changed:
            self._over = True
            self._changed.notify()

    def memory(self) -> int:
        """Resident bytes of the child now; 0 if it is gone."""
        try:
            size = int(psutil.Process(self._pid).memory_info().rss)
        except psutil.Error:
            return 0
        self.peak_bytes = max(self.peak_bytes, size)
        return size

    def _look(self) -> Overstepped | None:
        if self.memory() > self.memory_bytes:
            return "out_of_memory"
        self._looks += 1
        if self._looks % FILES_EVERY == 0 and holds_more(self._scratch, self._scratch_bytes):
            return "fills_disk"
        return None

    def _watch(self) -> None:
        try:
            while self._goes_on():
                pass
        except Exception as error:  # noqa: BLE001 our bug: no child goes on unwatched
            log_error("guard", error)
            self._end("crashed")

    def _goes_on(self) -> bool:
        """One look; whether there is anything left to watch."""
        with self._changed:
            left = self._left
            if not self._over and not (left and left.over()):
                self._changed.wait(LOOK_EVERY_S if left else IDLE_EVERY_S)
            if self._over:
                return False
            if self._left is not left:  # a request came or went: what it has taken is not looked at in its place
                return True
            late = left is not None and left.over()
        how: Overstepped | None = "timed_out" if late else self._look()
        with self._changed:
            if how is None or self._over or self._left is not left:  # not in the moment in which the answer came
                return not self._over
        self._end(how)
        return False

    def _end(self, how: Overstepped) -> None:
        with self._changed:
            if not self._over:
                self._over = True
                self._kill(how)


def holds_more(folder: Path, most_bytes: int) -> bool:
    """Whether the files below a folder take more than this; also where it holds too many, too deep ones, or folders
    that cannot be looked into. Links are not followed, and what vanishes meanwhile is left out."""
    total = seen = 0
    waiting = [(str(folder), 0)]
    while waiting:
        place, depth = waiting.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    seen += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, depth + 1))
                    else:
                        total += _size(entry)
                    if seen > MOST_FILES or depth > DEEPEST or total > most_bytes:
                        return True
        except FileNotFoundError:
            continue
        except OSError:
            return True
    return False


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0
