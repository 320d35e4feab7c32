"""What lies in a watched folder now. Opens no file, follows no link, waits for no pipe."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.document.source import printable_name
from paddlescan.errors import Failure, NoPermission, WatchedFolderGone
from paddlescan.pipeline.intake import EXTENSIONS, natural_key

DEEPEST = 50
"""Folders in folders that are looked into; deeper ones are a mistake or malice."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it lies there."""

    path: bytes = field(repr=False)
    """Absolute."""
    name: str = field(repr=False)
    """As `SourceFile.name`: begins with the watched folder's own name."""
    mark: str = field(repr=False)
    """See `mark_of`."""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found."""

    files: tuple[Seen, ...]
    """In natural order."""
    closed: tuple[bytes, ...] = field(default=(), repr=False)
    """Folders that could not be looked into: of what lies in them nothing is known."""

    def knows_of(self, path: bytes) -> bool:
        """Whether a file of that path would have been seen."""
        return not any(path.startswith(folder + os.fsencode(os.sep)) for folder in self.closed)

    def denied(self) -> tuple[Failure, ...]:
        """What to tell of the folders that could not be looked into."""
        return tuple(NoPermission(file=printable_name(os.fsdecode(folder))).failure for folder in self.closed)


def mark_of(status: os.stat_result) -> str:
    """By what a file is known again without a look into it: size, time of the last change and inode."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def is_wanted(name: str) -> bool:
    """Whether a file of that name is a page when it is whole: no hidden or temporary one, of a kind that is read.

    Half-made files have endings such as `.part`, `.tmp`, `.crdownload` or `~`, and are looked at when they are renamed.
    """
    stem, _, extension = name.rpartition(".")
    return not name.startswith((".", "~")) and bool(stem) and extension.lower() in EXTENSIONS


def list_folder(folder: Path, deep: bool, leave_out: tuple[Path, ...] = ()) -> Listing:
    """The files in a folder (deep: and below it) that are pages. leave_out: folders below it that are not looked into.

    Raises WatchedFolderGone.
    """
    closed: list[bytes] = []
    seen: set[tuple[int, int]] = set()
    out = {os.path.realpath(each) for each in leave_out}
    try:
        files = list(_entries(str(folder), folder.name or str(folder), seen, closed, out, DEEPEST if deep else 0))
    except OSError as error:
        raise WatchedFolderGone(file=printable_name(str(folder))) from error
    return Listing(tuple(sorted(files, key=lambda each: natural_key(each.name))), tuple(closed))


def _entries(
    path: str, name: str, seen: set[tuple[int, int]], closed: list[bytes], out: set[str], deeper: int
) -> Iterator[Seen]:
    with os.scandir(path) as listing:
        entries = list(listing)
    for entry in entries:
        inside = f"{name}/{entry.name}"
        try:
            if entry.is_dir(follow_symlinks=False):
                if deeper and not entry.name.startswith(".") and _is_new(entry, seen) and entry.path not in out:
                    yield from _below(entry.path, inside, seen, closed, out, deeper - 1)
                continue
            if not is_wanted(entry.name):
                continue
            status = entry.stat(follow_symlinks=False)
        except OSError:  # gone in this moment, or a disk that does not answer: the next look tells
            continue
        if stat.S_ISREG(status.st_mode):
            if not status.st_ino:  # Windows does not tell it here
                status = Path(entry.path).lstat()
            yield Seen(os.fsencode(entry.path), printable_name(inside), mark_of(status), status.st_size)


def _below(
    path: str, name: str, seen: set[tuple[int, int]], closed: list[bytes], out: set[str], deeper: int
) -> Iterator[Seen]:
    try:
        yield from _entries(path, name, seen, closed, out, deeper)
    except FileNotFoundError:
        return
    except OSError:
        closed.append(os.fsencode(path))


def _is_new(entry: os.DirEntry[str], seen: set[tuple[int, int]]) -> bool:
    """Whether this folder was not met yet: a disk that is mounted within itself would never end."""
    status = entry.stat(follow_symlinks=False)
    identity = (status.st_dev, status.st_ino)
    if status.st_ino and identity in seen:
        return False
    seen.add(identity)
    return True
