"""From what was dropped to source files: folders walked in the order a person expects, nothing opened.

Knows nothing of what is in a file; inside folders the extension decides, because nobody wants a
failed row for every spreadsheet that lies beside the receipts.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from paddlescan.document import SourceFile
from paddlescan.document.source import printable_name
from paddlescan.errors import Failure, FileVanished, NoPermission, PaddleScanError, UnreadableFile, UnsupportedFormat

_RASTERS = "jpg jpeg jpe jfif png tif tiff bmp dib gif webp jp2 j2k j2c jpf jpx heic heif hif avif pnm pbm pgm ppm mpo"
_ORIGINALS = "ofd xml"
_NOT_READ_YET = "psd"  # a person would miss them: they become rows that say why they were not read
EXTENSIONS = frozenset((*_RASTERS.split(" "), *_ORIGINALS.split(" "), _NOT_READ_YET, "pdf"))
"""Of files that are taken from folders, lower case. A file named by itself is always taken."""

_DIGITS = re.compile(r"(\d+)")
_DEEPEST = 200
"""Folders in folders; deeper ones are a mistake or malice."""

NaturalKey = tuple[tuple[tuple[int, int, str], ...], str]


@dataclass(frozen=True, slots=True)
class IntakeProblem:
    """Something that was dropped and cannot become a page: a row that says why."""

    source: SourceFile
    failure: Failure

    @property
    def name(self) -> str:
        """As the person dropped it."""
        return self.source.name


def walk(paths: Sequence[str | os.PathLike[str]]) -> Iterator[SourceFile | IntakeProblem]:
    """Source files in the order of the paths, inside folders in natural order (2 before 10).

    Names are relative to what was dropped and begin with a dropped folder's own name. Skipped inside folders: hidden
    files, and those whose extension is not in EXTENSIONS. A folder reached twice (through links) is walked once for
    each dropped path. Never opens, and never waits for, what is no plain file.
    """
    for path in paths:
        absolute = os.path.abspath(os.fspath(path))
        name = os.path.basename(absolute) or absolute
        try:
            mode = Path(absolute).stat().st_mode
        except (OSError, ValueError) as error:
            yield _problem(absolute, name, error)
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(absolute, name, set(), 0)
        elif stat.S_ISREG(mode):
            yield _source(absolute, name)
        else:
            yield IntakeProblem(_source(absolute, name), UnsupportedFormat(file=printable_name(name)).failure)


def natural_key(name: str) -> NaturalKey:
    """Sorts as people do: numbers by value, letters without regard to case; equal names by their code points."""
    parts = tuple(
        (0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part.casefold())
        for part in _DIGITS.split(name)
        if part
    )
    return parts, name


def _folder(path: str, name: str, seen: set[tuple[int, int]], depth: int) -> Iterator[SourceFile | IntakeProblem]:
    try:
        status = Path(path).stat()
        identity = (status.st_dev, status.st_ino)
        if identity in seen and status.st_ino:
            return
        seen.add(identity)
        if depth > _DEEPEST:
            raise OSError(errno.ENAMETOOLONG, "too deep")
        with os.scandir(path) as listing:
            entries = sorted((e for e in listing if not e.name.startswith(".")), key=lambda e: natural_key(e.name))
    except OSError as error:
        yield _problem(path, name, error)
        return
    for entry in entries:
        inside = f"{name}/{entry.name}"
        try:
            if _is_folder(entry):
                yield from _folder(entry.path, inside, seen, depth + 1)
            elif _extension(entry.name) not in EXTENSIONS:
                continue
            elif entry.is_file():
                yield _source(entry.path, inside)
            else:  # a pipe, a device, a link to nothing
                mode = Path(entry.path).stat().st_mode
                if not stat.S_ISREG(mode):
                    raise UnsupportedFormat(file=printable_name(inside))
                yield _source(entry.path, inside)
        except PaddleScanError as error:
            yield IntakeProblem(_source(entry.path, inside), error.failure)
        except OSError as error:
            yield _problem(entry.path, inside, error)


def _extension(name: str) -> str:
    stem, _, extension = name.rpartition(".")
    return extension.lower() if stem else ""


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _source(absolute: str, name: str) -> SourceFile:
    return SourceFile(os.fsencode(absolute), printable_name(name.replace(os.sep, "/")))


def _problem(absolute: str, name: str, error: OSError | ValueError) -> IntakeProblem:
    number = error.errno if isinstance(error, OSError) else errno.ENOENT
    kind: type[PaddleScanError] = UnreadableFile
    if number in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE):
        kind = FileVanished
    elif number in (errno.EACCES, errno.EPERM):
        kind = NoPermission
    return IntakeProblem(_source(absolute, name), kind(file=printable_name(name)).failure)
