"""How the graphics card of one machine does: whose engine reads on it, tells, and asks before the next one starts."""

from __future__ import annotations

import threading

MOST_GPU_FAILURES = 3
"""A GPU that failed this often, without a page read in between, is done without."""


class GpuRecord:
    """Shared by the workers whose engines run on that machine. Any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0

    @property
    def is_lost(self) -> bool:
        """Whether it failed too often. An engine that did without it once, does so for good."""
        with self._lock:
            return self._failures >= MOST_GPU_FAILURES

    def failed(self) -> None:
        """It failed under an engine."""
        with self._lock:
            self._failures += 1

    def works(self) -> None:
        """It read a page."""
        with self._lock:
            self._failures = 0
