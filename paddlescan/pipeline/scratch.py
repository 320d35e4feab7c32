"""Scratch folders: one for each child, gone with it, and swept up later where both were killed.

They hold pixels of receipts. Whoever owns a folder holds a lock on it that the kernel drops at its death, so that
a sweep takes what nobody owns any more and nothing else, also with two programs at once.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from paddlescan.errors import DiskFull, FolderUnwritable

log = logging.getLogger(__name__)

_PREFIX = "paddlescan-child-"
_NAME = re.compile(_PREFIX + r"[a-z0-9_]{8}(-gone)?")
_TRIES = 10
_sweeping = threading.Lock()
_swept: set[Path] = set()


@dataclass(frozen=True, slots=True)
class Scratch:
    """A folder of ours."""

    folder: Path
    _hold: int
    """The descriptor that holds the lock."""

    def remove(self) -> None:
        """The folder, with what is in it; then let go of it. Once."""
        if sys.platform == "win32":
            os.close(self._hold)  # a file in it
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
            os.close(self._hold)


def make_scratch(root: Path | None) -> Scratch:
    """A new folder for one child, readable by its owner only; below root, or the system's temporary folder.

    The first time a program asks for one there, what dead programs left is swept up. A root that somebody cleaned away
    is made again. Raises OSError.
    """
    root = root or Path(tempfile.gettempdir())
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _sweeping:
        if root not in _swept:
            _swept.add(root)
            sweep_scratch(root)
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root))
        hold = _hold_new(folder)
        if hold is not None:
            return Scratch(folder, hold)
    raise FileNotFoundError("scratch folders vanish")


def child_scratch(root: Path | None) -> Scratch:
    """As `make_scratch`; raises DiskFull or FolderUnwritable, which a person can do something about."""
    folder = root or Path(tempfile.gettempdir())
    try:
        return make_scratch(folder)
    except OSError as error:
        log.warning("no scratch folder: %s", errno.errorcode.get(error.errno or 0, "unknown"))
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(detail="temporary files", file=str(folder)) from None
        raise FolderUnwritable(file=str(folder), detail=os.strerror(error.errno or errno.EIO)) from None


def sweep_scratch(root: Path) -> None:
    """Remove the folders below root that no living program holds. Never fails: what cannot go now stays."""
    with suppress(OSError):
        gone = [_remove_unheld(folder) for folder in list(root.iterdir()) if _NAME.fullmatch(folder.name)]
        if any(gone):
            log.info("%d scratch folders of programs that are gone were removed", sum(gone))


if sys.platform == "win32":  # a folder in use cannot be renamed there

    def _hold_new(folder: Path) -> int | None:
        try:
            return os.open(folder / "held", os.O_CREAT | os.O_RDWR)
        except FileNotFoundError:
            return None  # swept up already

    def _remove_unheld(folder: Path) -> bool:
        ours = folder if folder.name.endswith("-gone") else folder.with_name(f"{folder.name}-gone")
        try:
            if folder.is_symlink():
                return False
            folder.rename(ours)
        except OSError:
            return False
        shutil.rmtree(ours, ignore_errors=True)
        return True

else:
    import fcntl

    def _hold_new(folder: Path) -> int | None:
        """None if a sweep was faster: it took the folder for one that nobody owns."""
        try:
            hold = _open(folder)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(hold), folder.lstat()):
                return hold
        except (BlockingIOError, FileNotFoundError):
            pass
        except OSError:  # a disk without locks: there nobody can sweep either
            return hold
        os.close(hold)
        return None

    def _remove_unheld(folder: Path) -> bool:
        try:
            hold = _open(folder)
        except OSError:
            return False  # no folder, or somebody else's
        try:
            if os.fstat(hold).st_uid != os.getuid():
                return False
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            return False
        finally:
            os.close(hold)
        return True

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
