"""What makes bytes and names last through a power cut, and folders that others may not look into."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o700


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that (Windows cannot)."""
    if os.name != "posix":
        return
    with suppress(OSError):  # some network disks refuse it
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_private_folder(folder: Path) -> None:
    """Make a folder for its owner only (0700), and those above it that are not there yet; their names last.

    One that is there stays as it is. On Windows the rights come from the profile's folder. Raises OSError.
    """
    missing = []
    above = folder
    while not above.exists():
        missing.append(above)
        above = above.parent
    for new in reversed(missing):
        new.mkdir(mode=PRIVATE, exist_ok=True)
        sync_folder(new.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
