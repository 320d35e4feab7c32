"""What ends a process that reads, whatever it was asked."""

from __future__ import annotations


class DeviceFailed(Exception):
    """The runtime under an engine failed on a page that is well: a GPU that was taken away, a driver that stopped.

    Not about the page, so no page is failed for it; nor is the process of any use from then on. Its text is the
    runtime's error by its type, never its message, which may be about the page.
    """


class DeviceMemoryShort(DeviceFailed):
    """The device had no memory for what was asked of it. The runtime is well: it may be asked for less."""


SPENT = (MemoryError, DeviceFailed)
"""Goes through every boundary and ends the process; its supervisor replaces it."""
