"""Watches one child process: a deadline for each request, ceilings for its memory and its files.

A thread of its own, because the thread that waits for an answer cannot look at a clock: `poll` is
content with half an answer, and a read has no deadline. Asleep while no request is in flight. What the machine
sleeps meanwhile does not count (`countdown`): after waking, a request has the time that it had left.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

import psutil

from paddlescan.pipeline.countdown import Countdown

Overstepped = Literal["timed_out", "out_of_memory", "fills_disk"]
LOOK_EVERY_S = 0.1
FILES_EVERY = 10
"""Looks at memory between two looks at its files."""


class Guard:
    """One child, from its start to its end. `kill` is called from the guard's thread, at most once."""

    def __init__(
        self, pid: int, memory_bytes: int, scratch: Path, scratch_bytes: int, kill: Callable[[Overstepped], None]
    ) -> None:
        self._pid = pid
        self._memory_bytes = memory_bytes
        self._scratch, self._scratch_bytes = scratch, scratch_bytes
        self._looks = 0
        self._kill = kill
        self._changed = threading.Condition()
        self._left: Countdown | None = None
        self._over = False
        self.peak_bytes = 0
        """The largest memory seen."""
        threading.Thread(target=self._watch, daemon=True, name=f"guard {pid}").start()

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
        if self.memory() > self._memory_bytes:
            return "out_of_memory"
        self._looks += 1
        if self._looks % FILES_EVERY == 0 and size_below(self._scratch) > self._scratch_bytes:
            return "fills_disk"
        return None

    def _watch(self) -> None:
        while True:
            with self._changed:
                if self._over:
                    return
                if self._left is None:
                    self._changed.wait()
                    continue
                late = self._left.over()
                if not late:
                    self._changed.wait(LOOK_EVERY_S)
                    if self._over or self._left is None:
                        continue
            how: Overstepped | None = "timed_out" if late else None
            if not late:
                how = self._look()
            with self._changed:
                if how and self._left is not None:  # not in the moment in which the answer came
                    self._over = True
                    self._kill(how)


def size_below(folder: Path) -> int:
    """Bytes in all files below a folder; links are not followed, and what vanishes meanwhile is left out."""
    total = 0
    for root, _, files in os.walk(folder):
        for name in files:
            with suppress(OSError):
                total += Path(root, name).lstat().st_size
    return total
