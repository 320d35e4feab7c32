"""Copies of the originals under names that say what they are. Planned first, to be looked at; then made.

One copy a source file, named after its first receipt that was read, whatever number of receipts it holds: a file cannot
be cut, and the same file under forty names helps nobody. A file of which nothing was read that the pattern asks for
keeps its own name. Originals are read only, and no file that is there is ever replaced: a name that is taken gets
` (2)`. A copy that is there already, made by an earlier run, is not made again.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO

from paddlescan.document import Language, SourceFile
from paddlescan.document.export import ExportRow
from paddlescan.errors import (
    ExportExists,
    ExportFailed,
    Failure,
    FileChanged,
    FileVanished,
    NoPermission,
    PaddleScanError,
    UnreadableFile,
)
from paddlescan.export.atomic import atomic_file, make_folder
from paddlescan.export.name_pattern import NAMES, PLACES, NamePattern
from paddlescan.export.safe_names import safe_ending, safe_stem, same_name
from paddlescan.words import caption

_BLOCK = 1 << 20
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ESTALE)
_FORBIDDEN = (errno.EACCES, errno.EPERM)


@dataclass(frozen=True, slots=True)
class PlannedCopy:
    """One original and the name of its copy."""

    source: SourceFile
    target: str = field(repr=False)
    """A bare name."""
    sha256: str | None
    """Of the original as it was read; None: nobody looked."""
    receipts: int
    """How many the file holds; the name is that of the first."""
    there: bool = False
    """Whether the folder holds this very copy already."""
    missing: tuple[str, ...] = ()
    """What the pattern asks for and was not read, by name; where that is all of it, the file keeps its own name."""
    taken: bool = False
    """Whether another file has the name that the pattern makes, so that a number stands behind it."""


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What became of a plan."""

    copied: int
    there: int
    """Copies that were in the folder already."""
    failed: tuple[tuple[PlannedCopy, Failure], ...]


def plan_copies(
    rows: Iterable[ExportRow], pattern: NamePattern, folder: Path, language: Language
) -> tuple[PlannedCopy, ...]:
    """What would be copied into a folder, in the order of the table. Writes nothing; the folder need not be there."""
    files = _files(rows)
    digits = len(str(len(files)))
    taken = _Names(folder)
    plan: list[PlannedCopy] = []
    for number, file in enumerate(files, 1):
        ending = safe_ending(PurePath(file.source.path).suffix)
        stem = _stem(file, pattern, f"{number:0{digits}}", language)
        target, there = taken.give(stem, ending, file.sha256)
        missing = tuple(name for name in NAMES if name in pattern.names - set(PLACES) - set(file.values))
        again = not there and target != stem + ending
        plan.append(PlannedCopy(file.source, target, file.sha256, file.receipts, there, missing, again))
    return tuple(plan)


@dataclass(slots=True)
class _File:
    source: SourceFile
    sha256: str | None
    receipts: int = 0
    values: dict[str, str] = field(default_factory=dict, repr=False)
    """Of its first receipt that was read."""


def _files(rows: Iterable[ExportRow]) -> list[_File]:
    """The files of the rows, each once."""
    files: dict[bytes, _File] = {}
    for row in rows:
        if row.ref is None:
            continue  # added by hand
        source = row.ref.source
        file = files.setdefault(source.raw_path, _File(source, row.sha256))
        if row.failure is None:
            file.receipts += 1
            file.values = file.values or _values(row)
    return list(files.values())


def _values(row: ExportRow) -> dict[str, str]:
    values = {found.name: found.value for found in row.receipt.fields if found.value}
    return values and values | {"kind": row.receipt.kind, "page": str(row.page)}


def _stem(file: _File, pattern: NamePattern, number: str, language: Language) -> str:
    name = PurePath(file.source.name).stem
    if not pattern.names <= set(PLACES) and not pattern.names & set(file.values):
        return safe_stem(name, caption("file", language))
    return pattern.fill({"page": "1"} | file.values | {"file": name, "number": number}, language)


class _Names:
    """The names of a folder, given out once each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._given: set[str] = set()
        self._there: dict[str, str] = {}
        with suppress(OSError):
            self._there = {same_name(file.name): file.name for file in folder.iterdir()}

    def give(self, stem: str, ending: str, sha256: str | None) -> tuple[str, bool]:
        """A name that no other file has, and whether the folder holds it already with just this content."""
        name, number = stem + ending, 2
        while True:
            key = same_name(name)
            there = self._there.get(key)
            same = there is not None and sha256 is not None and key not in self._given and self._is(there, sha256)
            if same or (there is None and key not in self._given):
                self._given.add(key)
                return (there if same and there else name), same
            name, number = f"{stem} ({number}){ending}", number + 1

    def _is(self, name: str, sha256: str) -> bool:
        path = self._folder / name
        with suppress(OSError):
            if stat.S_ISREG(path.lstat().st_mode):
                with path.open("rb") as file:
                    return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        return False


def copy_renamed(
    plan: Iterable[PlannedCopy], folder: Path, progress: Callable[[int], None] | None = None
) -> CopyReport:
    """Make the copies that are not there yet; each is whole or absent, has its original's times, and was compared.

    progress: called with how many of the plan are done; what it raises ends the work, and what was copied stays. A copy
    that fails is in the report, and the rest goes on. Raises ExportFailed where the folder cannot be made, DiskFull.
    """
    make_folder(folder)
    copied, there, failed = 0, 0, []
    for done, one in enumerate(plan, 1):
        if one.there:
            there += 1
        else:
            try:
                _copy(one, folder / one.target)
                copied += 1
            except PaddleScanError as error:
                if error.code == "disk_full":
                    raise
                failed.append((one, error.failure))
        if progress is not None:
            progress(done)
    return CopyReport(copied, there, tuple(failed))


def _copy(one: PlannedCopy, target: Path) -> None:
    if os.path.lexists(target):  # a link to nowhere is there, too: writing would follow it
        raise ExportExists(file=str(target))
    with _original(one.source) as original:
        times = os.fstat(original.fileno())
        with atomic_file(target, overwrite=False) as copy:
            digest = hashlib.sha256()
            while block := original.read(_BLOCK):
                digest.update(block)
                copy.write(block)
            if one.sha256 not in (None, digest.hexdigest()):
                raise FileChanged(file=one.source.name)
            copy.flush()
            with open(copy.name, "rb") as again:  # noqa: PTH123 a name that `atomic_file` made
                if hashlib.file_digest(again, "sha256").digest() != digest.digest():
                    raise ExportFailed(file=str(target), detail=os.strerror(errno.EIO))
    with suppress(OSError):
        os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))


@contextmanager
def _original(source: SourceFile) -> Iterator[BinaryIO]:
    """The original, to read. Raises FileVanished, NoPermission or UnreadableFile."""
    try:
        # Non-blocking: what was a file may be a pipe now, and nobody would ever write to it.
        descriptor = os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        code = getattr(error, "errno", None)
        kind = FileVanished if code in _GONE else NoPermission if code in _FORBIDDEN else UnreadableFile
        raise kind(file=source.name) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableFile(file=source.name)
    with open(descriptor, "rb") as file:  # noqa: PTH123
        yield file
