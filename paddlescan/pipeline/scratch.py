"""Scratch folders: one for each child, gone with it, and swept up later where both were killed.

They hold pixels of receipts. Whoever owns a folder holds a lock on it that the kernel drops at its death, so that
a sweep takes what nobody owns any more and nothing else, also with two programs at once.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from paddlescan.disk import wants_room
from paddlescan.errors import DiskFull, FolderUnwritable
from paddlescan.held import HeldFolder, new_held_folder, remove_unheld

log = logging.getLogger(__name__)

_PREFIX = "paddlescan-child-"
_NAME = re.compile(_PREFIX + r"[a-z0-9_]{8}(-gone)?")
_sweeping = threading.Lock()
_swept: set[Path] = set()


def make_scratch(root: Path | None) -> HeldFolder:
    """A new folder for one child, readable by its owner only; below root, or the system's temporary folder.

    A root that somebody cleaned away is made again. Raises OSError.
    """
    root = root or Path(tempfile.gettempdir())
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep_once(root)
    return new_held_folder(lambda: Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root)))


def child_scratch(root: Path | None) -> HeldFolder:
    """As `make_scratch`; raises DiskFull or FolderUnwritable, which a person can do something about."""
    folder = root or Path(tempfile.gettempdir())
    try:
        return make_scratch(folder)
    except OSError as error:
        log.warning("no scratch folder: %s", errno.errorcode.get(error.errno or 0, "unknown"))
        if wants_room(error):
            raise DiskFull(detail="temporary files", file=str(folder)) from None
        raise FolderUnwritable(file=str(folder), detail=os.strerror(error.errno or errno.EIO)) from None


def sweep_once(root: Path) -> None:
    """Remove what dead programs left below root, the first time that this program asks for it there. Never fails."""
    with _sweeping:
        if root not in _swept:
            _swept.add(root)
            sweep_scratch(root)


def sweep_scratch(root: Path) -> None:
    """Remove the folders below root that no living program holds. Never fails: what cannot go now stays."""
    with suppress(OSError):
        gone = [_remove(folder) for folder in list(root.iterdir()) if _NAME.fullmatch(folder.name)]
        if any(gone):
            log.info("%d scratch folders of programs that are gone were removed", sum(gone))


def _remove(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return False  # anything may lie in the system's temporary folder, also under a name like ours
    name = folder.name
    return remove_unheld(folder, folder if name.endswith("-gone") else folder.with_name(f"{name}-gone"))
