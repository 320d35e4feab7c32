"""What a child may use up: the kernel's limits, for every POSIX system.

The supervisor's guard looks at resident memory ten times a second and at the clock; these hold between two looks, and
when there is no supervisor any more.
"""

from __future__ import annotations

import sys

LARGEST_FILE = 1 << 30
"""Bytes. The largest that a child writes by itself is a prepared page: some tens of megabytes."""
OPEN_FILES = 256
"""An engine has about 20."""
DATA = 4 << 30
"""Bytes of memory that can be written. An engine has 0.45 GB; with pictures of 48 to 94 megapixels 0.9 to 1.4 GB."""
ADDRESSES = 32 << 30
"""Bytes of addresses, for what `DATA` does not count: maps of files. Shared memory of no file, which is not counted
either, is refused by the filter of calls."""
REQUEST_SECONDS = 600
"""Processor time of all threads for one request: five times what its deadline gives one."""
LIFE_SECONDS = 6 * 3600
"""Processor time of a child in all; one that is replaced after 200 pages takes about ten minutes."""


if sys.platform != "win32":

    def _lower(kind: int, value: int) -> bool:
        """Never raises a limit that is lower already; False where the system does not take it."""
        import resource

        _, hard = resource.getrlimit(kind)
        limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (limit, limit))
        except (OSError, ValueError):
            return False
        return True


def limit_everything(graphics: bool) -> bool:
    """Set all limits, for good. graphics: a card's driver maps far more than it uses, so memory stays the guard's."""
    if sys.platform == "win32":
        return False
    import resource

    wanted = [
        (resource.RLIMIT_CORE, 0),  # it would hold the receipt
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CPU, LIFE_SECONDS),
    ]
    if not graphics:
        wanted += [(resource.RLIMIT_DATA, DATA), (resource.RLIMIT_AS, ADDRESSES)]
    held = [_lower(kind, value) for kind, value in wanted]
    allow_seconds()
    return all(held)


def allow_seconds() -> None:
    """Processor time for the next request, counted from what is used by now: beyond it the kernel ends the child."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + REQUEST_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
