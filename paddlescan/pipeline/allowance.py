"""What one child may take, from its start to its end, and when it has served enough.

The guard keeps it; here stand the sums. A child that may read on a graphics card gets more memory until it says on what
it reads. One that has grown, or served long, is worn out: whoever owns it replaces it between two requests.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from paddlescan.ocr.cards import has_driver
from paddlescan.pipeline.ends import ChildLimits, Worn
from paddlescan.pipeline.guard import Guard, Overstepped
from paddlescan.pipeline.messages import Hello, Start


class Allowance:
    """Of one child. Belongs to the thread that owns the child; `overstepped` is called from the guard's."""

    def __init__(
        self, pid: int, start: Start, limits: ChildLimits, scratch: Path, overstepped: Callable[[Overstepped], None]
    ) -> None:
        self.gpu_bytes = limits.gpu_bytes if _may_use_gpu(start) else 0
        """What it may take besides, for a card."""
        self.served = 0
        """Its answers."""
        self._limits = limits
        self._first_memory = 0
        self._guard = Guard(pid, limits.memory_bytes + self.gpu_bytes, scratch, limits.scratch_bytes, overstepped)

    @property
    def memory_bytes(self) -> int:
        """What it may take now, resident."""
        return self._guard.memory_bytes

    @property
    def peak_bytes(self) -> int:
        """The most memory that it was seen to take."""
        return self._guard.peak_bytes

    def begin(self, seconds: float) -> None:
        """A request begins; it has this long."""
        self._guard.arm(seconds)

    def end(self) -> None:
        """The request is over, however."""
        self._guard.disarm()

    def ready(self, hello: Hello) -> None:
        """The child has said on what it reads."""
        if hello.engine is None or hello.engine.device != "gpu":
            self._guard.allow(self._limits.memory_bytes)

    def answered(self) -> None:
        """One request more."""
        self.served += 1
        if self.served == 1:
            self._first_memory = self._guard.memory()

    def worn(self) -> Worn | None:
        """Why it should be replaced before it is asked anything more; None: it need not."""
        if self.served >= self._limits.recycle_requests:
            return "served"
        grown = self._guard.memory() - self._first_memory if self._first_memory else 0
        return "grown" if grown > self._limits.recycle_growth_bytes else None

    def close(self) -> None:
        """The child is gone, or goes: nobody looks at it any more."""
        self._guard.close()


def _may_use_gpu(start: Start) -> bool:
    return start.engine is not None and start.engine.device != "cpu" and has_driver()
