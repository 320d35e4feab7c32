"""Files that are whole or absent: written beside their place, synced, and put there in one step."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from paddlescan.disk import sync_folder, wants_room
from paddlescan.document.source import printable_name
from paddlescan.errors import DiskFull, ExportExists, ExportFailed, PaddleScanError
from paddlescan.export.leftovers import new_part, sweep_once
from paddlescan.export.renames import rename_to_new, rename_to_reserved

PRIVATE = 0o600


class Obstacle(StrEnum):
    """Why a file cannot be written: sentences without their end, known to `words.reason`."""

    NO_FOLDER = "the folder is not there"
    NOT_YOURS = "it may not be written by you"
    DISK_READ_ONLY = "the disk is read-only"
    IS_FOLDER = "it is a folder"
    LONG_NAME = "its name is too long"
    NOT_ORDINARY = "it is no ordinary file"
    READ_ONLY = "it is read-only"
    ORIGINAL = "it is one of the originals, which are never changed"
    TWICE = "two exports have this name"
    SHEET_FULL = "a sheet cannot hold so many rows"


_REASONS = {
    errno.ENOENT: Obstacle.NO_FOLDER,
    errno.ENOTDIR: Obstacle.NO_FOLDER,
    errno.EACCES: Obstacle.NOT_YOURS,
    errno.EPERM: Obstacle.NOT_YOURS,
    errno.EROFS: Obstacle.DISK_READ_ONLY,
    errno.EISDIR: Obstacle.IS_FOLDER,
    errno.ENAMETOOLONG: Obstacle.LONG_NAME,
}


def write_atomically(path: Path, data: bytes, overwrite: bool, private: bool = False) -> None:
    """Write a whole file or none. private: see `atomic_file`. Raises ExportExists, ExportFailed, DiskFull."""
    with atomic_file(path, overwrite, private) as file:
        file.write(data)


def make_folder(folder: Path) -> None:
    """Make a folder for files to come, and those above it; one that is there is fine. Raises ExportFailed, DiskFull."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _told(error, folder) from error


def check_target(path: Path, overwrite: bool) -> None:
    """Say early what `atomic_file` would say late: ExportExists for a file that is there, ExportFailed for no file.

    Nothing is written. A file that comes into being afterwards is noticed by `atomic_file` itself.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        _check_folder(path, path.absolute().parent)
        return
    except OSError as error:
        raise _told(error, path) from error
    if stat.S_ISDIR(mode):
        raise _failed(path, Obstacle.IS_FOLDER)
    if not overwrite:
        raise ExportExists(file=_name(path))
    if not stat.S_ISREG(mode):
        raise _failed(path, Obstacle.NOT_ORDINARY)
    if not os.access(path, os.W_OK):
        raise _failed(path, Obstacle.READ_ONLY)


def _check_folder(path: Path, folder: Path) -> None:
    """Raise ExportFailed where no new file can be made: better before 500 pages are read than after."""
    if not folder.is_dir():
        raise _failed(path, Obstacle.NO_FOLDER)
    if not os.access(folder, os.W_OK):
        raise _failed(path, Obstacle.DISK_READ_ONLY if _is_read_only(folder) else Obstacle.NOT_YOURS)


def _is_read_only(folder: Path) -> bool:
    if os.name != "posix":
        return False
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


@contextmanager
def atomic_file(path: Path, overwrite: bool, private: bool = False) -> Iterator[BinaryIO]:
    """A file to write; it takes its place when the block ends well, and leaves nothing behind otherwise.

    A file that is replaced keeps its mode; a link keeps pointing where it did. With overwrite=False a
    file that appears meanwhile is not replaced either. A new file has the rights that its folder and the user's
    umask give, as an export should; private: its owner alone may read it, whatever was there before (our own files).
    Raises ExportExists, ExportFailed, DiskFull.
    """
    check_target(path, overwrite)
    target = path.resolve()
    sweep_once(target.parent)
    part: Path | None = None
    try:
        try:
            with new_part(target.parent, _private if private else None) as file:
                part = Path(file.name)
                if overwrite and not private:
                    with suppress(OSError):  # what replaces a private file is private from its first byte on
                        part.chmod(stat.S_IMODE(target.stat().st_mode))
                yield file
                file.flush()
                os.fsync(file.fileno())
                if os.name == "posix":  # while it is held, or a sweep of another program might take it
                    _put_in_place(part, target, overwrite, private)
            if os.name != "posix":
                _put_in_place(part, target, overwrite, private)
        finally:
            if part is not None:
                with suppress(OSError):
                    part.unlink(missing_ok=True)
        sync_folder(target.parent)
    except FileExistsError as error:
        raise ExportExists(file=_name(path)) from error
    except OSError as error:
        raise _told(error, path) from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


def _put_in_place(part: Path, target: Path, overwrite: bool, private: bool) -> None:
    """Give the finished file its name. Raises FileExistsError where that is taken and may not be replaced."""
    if overwrite:
        with suppress(FileNotFoundError):
            if not private:
                part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    elif os.name == "nt":
        part.rename(target)  # never replaces on Windows
    else:
        try:
            os.link(part, target)
        except FileExistsError:
            raise
        except OSError:  # no hard links here (FAT, some network folders)
            if not rename_to_new(part, target):
                rename_to_reserved(part, target)


def _told(error: OSError, path: Path) -> PaddleScanError:
    if wants_room(error):
        return DiskFull(detail=_name(Path(path.name)), file=_name(path.absolute().parent))
    return _failed(path, _REASONS.get(error.errno or 0) or os.strerror(error.errno or 0))


def _failed(path: Path, detail: str) -> ExportFailed:
    return ExportFailed(file=_name(path), detail=str(detail))


def _name(path: Path) -> str:
    return printable_name(str(path))
