"""What makes bytes and names last through a power cut; folders that others may not look into; disks that are full."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from paddlescan.errors import DiskFull, FolderUnwritable, PaddleScanError

PRIVATE = 0o700
_LITTLE_ROOM = 1 << 20
"""Fewer bytes free, and a disk is taken for full where something went wrong on it."""
_A_LOOK = 64 << 10
"""Bytes that are written to see whether there is room: more than the smallest file of a database takes."""


def wants_room(error: OSError) -> bool:
    """Whether the system refused for want of room: of bytes, of files, or of a person's share of the disk."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def is_full(folder: Path) -> bool:
    """Whether the disk of a folder takes hardly anything more; not where nothing can be written there by any means.

    It is tried: what a person's share is, and how many files a disk takes, few of them tell.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_A_LOOK))
        return shutil.disk_usage(folder).free < _LITTLE_ROOM
    except OSError as error:
        return wants_room(error)


def folder_trouble(error: OSError, folder: Path) -> PaddleScanError:
    """What it means for a person that a folder of ours cannot be made or used."""
    if wants_room(error):
        return DiskFull(detail=folder.name, file=str(folder.parent))
    return FolderUnwritable(file=str(folder), detail=error.strerror or type(error).__name__)


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
