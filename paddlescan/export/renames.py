"""Giving a file a name that must be free, on disks without hard links (a stick with FAT), and on the most backward."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def rename_to_new(part: Path, target: Path) -> bool:
    """Rename unless the target exists (Linux: renameat2 with RENAME_NOREPLACE). False where the system or the disk does
    not know how, and then nothing was done. Raises FileExistsError and other OSError."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):  # an old C library
        return False
    if call(_AT_FDCWD, os.fsencode(part), _AT_FDCWD, os.fsencode(target), _RENAME_NOREPLACE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNKNOWN:
        return False
    raise OSError(code, os.strerror(code), str(target))


def rename_to_reserved(part: Path, target: Path) -> None:
    """The same in two steps, for disks that cannot do it in one: the name is reserved, then our own is replaced.

    What reserves it is an empty file with the time of `part`, by which it is known where a kill left it behind. Raises
    FileExistsError and other OSError; then the target is not there.
    """
    target.open("xb").close()
    try:
        with suppress(OSError):
            status = part.stat()
            os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
        part.replace(target)
    except BaseException:  # a disk that vanished: no empty file may stand for what is not there
        target.unlink(missing_ok=True)
        raise
