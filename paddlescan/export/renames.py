"""Giving a file a name that must be free, in one step, on disks without hard links (a stick with FAT)."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
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
