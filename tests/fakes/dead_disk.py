"""A disk that does not answer, as a network share whose server is gone: every look at it waits."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_DEAD_DISK = (
    ""
    if sys.platform == "linux" and os.geteuid() == 0 and os.access("/dev/fuse", os.R_OK | os.W_OK)
    else ("mounting a disk wants Linux, root and /dev/fuse")
)
"""Why there can be none here; empty where there can."""
_AT_ONCE = 2


@contextmanager
def dead_disk(folder: Path) -> Iterator[None]:
    """Mount one at an empty folder: a FUSE file system behind which nobody ever reads a request."""
    libc = ctypes.CDLL(None, use_errno=True)
    server = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
    options = f"fd={server},rootmode=40000,user_id=0,group_id=0"
    try:
        if libc.mount(b"dead", os.fsencode(folder), b"fuse", 6, options.encode()) != 0:
            raise OSError(ctypes.get_errno(), "mount")
        yield
    finally:
        os.close(server)  # whoever waits hears that the disk is gone
        libc.umount2(os.fsencode(folder), _AT_ONCE)
