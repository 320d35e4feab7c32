"""How a child ends, and what it may take before it is ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from paddlescan.pipeline.child import DEVICE_FAILED, OUT_OF_MEMORY

Cause = Literal["crashed", "timed_out", "out_of_memory", "bad_answer", "device_failed", "fills_disk", "stopped"]
Worn = Literal["grown", "served"]
"""Why a child that was well is replaced; `why.grown` and `why.served` among the words of the journal."""
_KILLED, _TOO_LONG = -9, -24
"""By SIGKILL, by SIGXCPU."""


class EngineLost(Exception):
    """The child is gone, and with it the request."""

    def __init__(self, cause: Cause, while_starting: bool = False, on_errand: bool = False) -> None:
        super().__init__(cause, while_starting, on_errand)
        self.cause: Cause = cause
        """`stopped`: by our own `kill`."""
        self.while_starting = while_starting
        """Before its hello: no page is to blame."""
        self.on_errand = on_errand
        """While it did an errand: the request that it was asked besides is not to blame."""


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What a child may take."""

    start_s: float = 120.0
    """From its start to its hello: a cold disk, a virus scanner."""
    request_s: float = 120.0
    memory_bytes: int = 1400 << 20
    """Resident. Looked at every tenth of a second while a request is in flight, every second while none is."""
    gpu_bytes: int = 4 << 30
    """Resident besides, for a child that reads on a graphics card, and where there is a driver of one for any that may,
    until it says on what it reads: CUDA's libraries alone are 2 GB and more, which are mapped as they are used."""
    scratch_bytes: int = 1 << 30
    """In all files of its scratch folder. Looked at every second while a request is in flight, every ten else."""
    recycle_requests: int = 200
    """A child that served this many is replaced: one that a hostile file took over reads no more than these. An engine
    starts in twice the time of a page, so this costs one part in a hundred."""
    recycle_growth_bytes: int = 600 << 20
    """A child that has grown by this much since its first answer is replaced before the next request. An engine that
    tries out two runtimes holds both: with this it was seen to come to the end of its trial on pages of several sizes,
    as it takes no more than a strip of each; replaced before, it would begin anew."""


def cause_of(returncode: int | None) -> Cause:
    """Why a child ended that we did not end. A SIGKILL that is not ours is the kernel's, when memory is short."""
    if returncode is None:
        return "bad_answer"  # alive, but its pipe ended
    if returncode == _TOO_LONG:
        return "timed_out"
    if returncode == DEVICE_FAILED:
        return "device_failed"
    return "out_of_memory" if returncode in (OUT_OF_MEMORY, _KILLED) else "crashed"
