"""Folders and files of ours that a living program holds, and what becomes of them when it is gone.

Whoever makes one holds a lock on it that the kernel drops at death. So whatever nobody holds any more can be removed by
the next program, and nothing else is, also with two programs at once. Only the standard library is imported: jailed
children tidy up with it, too.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

_TRIES = 10
_AT_ONCE = 1000
"""Names read of a folder before they are dealt with."""


@dataclass(frozen=True, slots=True)
class HeldFolder:
    """A folder of ours."""

    folder: Path
    _hold: int
    """The descriptor that holds the lock."""

    def remove(self) -> None:
        """The folder, with what is in it; then let go of it. Once. Never fails."""
        if sys.platform == "win32":
            os.close(self._hold)  # a file in it
            remove_folder(self.folder)
        else:
            remove_folder(self.folder)
            os.close(self._hold)


def new_held_folder(make: Callable[[], Path]) -> HeldFolder:
    """A new folder, held. make: makes one under a new name each time. Raises OSError."""
    for _ in range(_TRIES):
        folder = make()
        with suppress(FileNotFoundError):  # swept up already
            descriptor = _open_folder(folder)
            if hold(folder, descriptor):
                return HeldFolder(folder, descriptor)
            os.close(descriptor)
    raise FileNotFoundError("new folders vanish")


def remove_unheld(path: Path, aside: Path) -> bool:
    """Remove a file or folder of ours that no living program holds. Never fails; False if it stays.

    aside: the name that a folder gets first on Windows, where one in use cannot be renamed.
    """
    try:
        return _remove_unheld(path, aside)
    except OSError:
        return False


def remove_folder(folder: Path) -> bool:
    """Remove a folder of ours with all that a child may have put there. Never fails; False if something stays.

    However deep it is, whatever rights its folders have; links are removed and never followed.
    """
    try:
        return _remove_folder(folder)
    except (OSError, RecursionError):
        return False


if sys.platform == "win32":  # a file that is open cannot be removed there, nor its folder be renamed

    def hold(path: Path, descriptor: int) -> bool:
        """Being open is enough."""
        return True

    def take(path: Path) -> int | None:
        """A descriptor that holds a file of a dead program; None where that cannot be had."""
        ours = path.with_suffix(".taken")
        try:
            path.rename(ours)
            ours.rename(path)
            return os.open(path, os.O_RDONLY)
        except OSError:
            return None

    def _open_folder(folder: Path) -> int:
        return os.open(folder / "held", os.O_CREAT | os.O_RDWR)

    def _remove_unheld(path: Path, aside: Path) -> bool:
        state = path.lstat()
        if stat.S_ISDIR(state.st_mode):
            if path != aside:
                path.rename(aside)
            remove_folder(aside)
        else:
            path.unlink()
        return True

    def _remove_folder(folder: Path) -> bool:
        shutil.rmtree(folder, ignore_errors=True)
        return not os.path.lexists(folder)

else:
    import fcntl

    def hold(path: Path, descriptor: int) -> bool:
        """False if a sweep was faster, and took it for one that nobody holds."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.path.samestat(os.fstat(descriptor), path.lstat())
        except (BlockingIOError, FileNotFoundError):
            return False
        except OSError:  # a disk without locks: there nobody can sweep either
            return True

    def take(path: Path) -> int | None:
        """A descriptor that holds a file or folder of a dead program; None where that cannot be had."""
        try:
            state = path.lstat()
            if state.st_uid != os.getuid() or not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
                return None
            is_folder = stat.S_ISDIR(state.st_mode)
            descriptor = _open_folder(path) if is_folder else os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), path.lstat()):
                return descriptor
        except OSError:
            pass
        os.close(descriptor)
        return None

    def _open_folder(folder: Path) -> int:
        return _enter(str(folder), None)

    def _remove_unheld(path: Path, aside: Path) -> bool:
        descriptor = take(path)
        if descriptor is None:
            return False
        try:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                return remove_folder(path)
            path.unlink()
            return True
        finally:
            os.close(descriptor)

    def _remove_folder(folder: Path) -> bool:
        """Folders within folders are moved to the top before they are emptied: two are open at any time, however deep
        the tree is, and no path is ever longer than a name."""
        top = _enter(str(folder), None)
        try:
            moved = _Names()
            while _empty(top, top, moved):
                pass
        finally:
            os.close(top)
        folder.rmdir()
        return True

    class _Names:
        """New names at the top."""

        def __init__(self) -> None:
            self._number = 0

        def next(self, top: int) -> str:
            while True:
                self._number += 1
                name = f"{self._number}-moved"
                try:
                    os.lstat(name, dir_fd=top)
                except FileNotFoundError:
                    return name

    def _empty(folder: int, top: int, moved: _Names) -> bool:
        """Deal with some of what is in a folder; False if nothing is there, or nothing of it can be removed.

        At the top, folders are emptied and removed; elsewhere they are moved to the top.
        """
        with os.scandir(folder) as entries:
            some = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in islice(entries, _AT_ONCE)]
        done = 0
        for name, is_folder in some:
            with suppress(OSError):
                if not is_folder:
                    os.unlink(name, dir_fd=folder)
                elif folder == top:
                    _empty_and_remove(name, top, moved)
                else:
                    os.close(_enter(name, folder))  # moving a folder wants the right to write in it
                    os.rename(name, moved.next(top), src_dir_fd=folder, dst_dir_fd=top)
                done += 1
        return done > 0

    def _empty_and_remove(name: str, top: int, moved: _Names) -> None:
        inside = _enter(name, top)
        try:
            while _empty(inside, top, moved):
                pass
        finally:
            os.close(inside)
        os.rmdir(name, dir_fd=top)

    def _enter(name: str, parent: int | None) -> int:
        """Open a folder, no link to one, that its owner may list, write and enter from now on."""
        flags = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            descriptor = os.open(name, os.O_RDONLY | flags, dir_fd=parent)
        except PermissionError:
            _allow_owner(name, parent, flags)
            descriptor = os.open(name, os.O_RDONLY | flags, dir_fd=parent)
        with suppress(OSError):
            if os.fstat(descriptor).st_mode & 0o700 != 0o700:
                os.fchmod(descriptor, 0o700)
        return descriptor

    def _allow_owner(name: str, parent: int | None, flags: int) -> None:
        """Let the owner list a folder that he may not; never where a link leads."""
        if sys.platform != "linux":
            os.chmod(name, 0o700, dir_fd=parent, follow_symlinks=False)
            return
        place = os.open(name, os.O_PATH | flags, dir_fd=parent)
        try:
            Path(f"/proc/self/fd/{place}").chmod(0o700)
        finally:
            os.close(place)
