"""Takes what was read out of the way. The only place where PaddleScan moves an original, and only when it was told to.

Nothing that lies in the place it goes to is replaced. Onto another disk a file is copied, the copy is read back, and
only then the original goes. A file that is another by now than the one that was read stays where it is.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from paddlescan.desktop.hot_folder.listing import mark_of
from paddlescan.disk import sync_folder
from paddlescan.document.source import printable_name
from paddlescan.errors import NotMoved
from paddlescan.export.leftovers import new_part, sweep_once
from paddlescan.export.renames import rename_to_new, rename_to_reserved

MOST_NAMES = 10_000
CROWDED = "too many files there have this name"
"""Known to `words.reason`."""
COARSE_S = 2.0
"""Seconds: how finely the most backward disks (FAT) tell times."""


def free_name(target: Path) -> Path:
    """This place, or the same with a number where that is taken: `a (2).jpg`. Raises NotMoved where none is free."""
    for number in range(1, MOST_NAMES + 1):
        free = target if number == 1 else target.with_name(f"{target.stem} ({number}){target.suffix}")
        if not os.path.lexists(free):
            return free
    raise crowded(target)


def crowded(target: Path) -> NotMoved:
    """What to tell where no name is free."""
    return NotMoved(file=printable_name(str(target.parent)), detail=CROWDED)


def move(origin: Path, target: Path, mark: str, sha256: str) -> bool:
    """Move a file to a place that is free. mark, sha256: as it was when it was read.

    False, and nothing was done: it is gone, or is another by now. Raises NotMoved; FileExistsError where the place was
    taken in the meantime. Called again after a kill, it brings to an end what was begun.
    """
    if mark_at(origin) != mark:
        return False
    try:
        _make_folder(target.parent)
        copied = os.path.lexists(target)
        if copied and not was_copied(target, mark, sha256):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        if not copied and _renamed(origin, target):
            if mark_at(target) == mark:
                sync_folder(target.parent)
                sync_folder(origin.parent)
                return True
            _renamed(target, free_name(origin))  # a new file had taken the name: it was not read yet
            return False
        if not copied:
            _copy(origin, target, sha256)
        if mark_at(origin) == mark:
            origin.unlink()
            sync_folder(origin.parent)
        return True
    except FileExistsError:
        raise
    except OSError as error:
        if mark_at(origin) != mark and not os.path.lexists(target):
            return False
        raise _told(error, target) from error


def _make_folder(folder: Path) -> None:
    """A file of that name is no place that was just taken, for which another name would be tried."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from error


def was_moved(target: Path, sha256: str) -> bool:
    """Whether a file arrived there as a whole, though the program ended before it could say so."""
    try:
        return _sha256(target) == sha256
    except OSError:
        return False


def mark_at(path: Path) -> str:
    """Its mark now; empty where it is gone."""
    try:
        return mark_of(path.lstat())
    except OSError:
        return ""


def was_copied(target: Path, mark: str, sha256: str) -> bool:
    """Whether an earlier try put it there; a file that a person put there has another time or content."""
    there = mark_at(target)
    return _size(there) == _size(mark) and _same_time(there, mark) and was_moved(target, sha256)


def unreserve(target: Path, mark: str) -> None:
    """Remove the empty file that an earlier try left, which was killed when it had reserved the name. Never fails.

    mark: of the file that was to be moved there.
    """
    there = mark_at(target)
    if _size(there) == "0" and _size(mark) != "0" and _same_time(there, mark):
        with suppress(OSError):
            target.unlink()


def _size(mark: str) -> str:
    return mark.partition(" ")[0]


def _same_time(one: str, other: str) -> bool:
    """Of two marks; as far as a disk tells it."""
    times = [int(mark.split(" ")[1]) for mark in (one, other) if mark]
    return len(times) == 2 and abs(times[0] - times[1]) < COARSE_S * 1e9


def _renamed(origin: Path, target: Path) -> bool:
    """Rename without replacing. False where the target is on another disk, or this cannot be done.

    Whatever has the name at that moment is moved, and nothing is deleted.
    """
    try:
        if rename_to_new(origin, target):
            return True
        if os.name == "nt":
            origin.rename(target)  # never replaces there
        else:
            rename_to_reserved(origin, target)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def _copy(origin: Path, target: Path, sha256: str) -> None:
    """Put a copy in place, whole or not at all, with the times of the original."""
    sweep_once(target.parent)
    part: Path | None = None
    try:
        with new_part(target.parent, _private) as file:
            part = Path(file.name)
            with origin.open("rb") as source:
                shutil.copyfileobj(source, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
            if os.name == "posix":  # while it is held, or a sweep of another program might take it
                _finish(part, origin, target, sha256)
        if os.name != "posix":
            _finish(part, origin, target, sha256)
        sync_folder(target.parent)
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _finish(part: Path, origin: Path, target: Path, sha256: str) -> None:
    if _sha256(part) != sha256:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    with suppress(OSError):
        shutil.copystat(origin, part, follow_symlinks=False)
    _name(part, target)


def _name(part: Path, target: Path) -> None:
    """Give a finished copy its name, which must be free."""
    if rename_to_new(part, target):
        return
    if os.name == "nt":
        part.rename(target)
        return
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # no hard links here (FAT, some network folders)
        rename_to_reserved(part, target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(error: OSError, target: Path) -> NotMoved:
    return NotMoved(file=printable_name(str(target.parent)), detail=os.strerror(error.errno or errno.EIO))
