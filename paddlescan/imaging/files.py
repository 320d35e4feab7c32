"""Opening what a person dropped, without ever waiting for a pipe or waking a device."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from paddlescan.document import SourceFile
from paddlescan.errors import (
    ElsewhereStored,
    FileChanged,
    FileVanished,
    NoPermission,
    PaddleScanError,
    TruncatedFile,
    UnreadableFile,
    UnsupportedFormat,
)

_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ESTALE}
_ADDRESS = re.compile(rb"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_BLOCK = 1024 * 1024
_FORBIDDEN = {errno.EACCES, errno.EPERM}


def open_source(source: SourceFile) -> BinaryIO:
    """Open a source file for reading; the caller closes it.

    Raises FileVanished, NoPermission, UnsupportedFormat (a folder, pipe, socket or device), UnreadableFile, or
    ElsewhereStored for an address.
    """
    if _ADDRESS.match(source.raw_path):
        raise ElsewhereStored(file=source.name)
    path = source.path
    try:
        _want_regular(Path(path).stat().st_mode, source)
        # Non-blocking, because what was a file a moment ago may be a pipe now; on a regular file it changes nothing.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
        try:
            _want_regular(os.fstat(descriptor).st_mode, source)
            return open(descriptor, "rb")  # noqa: PTH123 (the caller closes it)
        except BaseException:
            os.close(descriptor)
            raise
    except OSError as error:
        raise kind_of(error)(file=source.name) from error
    except ValueError as error:  # a null byte in the path
        raise FileVanished(file=source.name) from error


def _want_regular(mode: int, source: SourceFile) -> None:
    if not stat.S_ISREG(mode):
        raise UnsupportedFormat(file=source.name)


def kind_of(error: OSError) -> type[PaddleScanError]:
    """What an error of the system means for the person whose file it is."""
    if error.errno in _GONE:
        return FileVanished
    return NoPermission if error.errno in _FORBIDDEN else UnreadableFile


@contextmanager
def unchanged(file: BinaryIO, name: str) -> Iterator[None]:
    """Raise FileChanged if the file is written to, cut or made longer meanwhile, whatever else went wrong with it.

    A file that is replaced by another of its name is not noticed: an open one goes on being the old one.
    """
    before = stamp_of(file)
    try:
        yield
    except (UnreadableFile, TruncatedFile) as error:
        if stamp_of(file) != before:
            raise FileChanged(file=name) from error
        raise
    if stamp_of(file) != before:
        raise FileChanged(file=name)


def stamp_of(file: BinaryIO) -> tuple[int, ...] | None:
    """What tells whether an open file was written to since; None for one that lies in memory. Never raises."""
    try:
        status = os.fstat(file.fileno())
    except (OSError, ValueError):  # no file of the system, or one on a disk that is gone
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def size_of(file: BinaryIO) -> int:
    """Bytes in a seekable file; its position is at the start afterwards."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def sha256_of(file: BinaryIO) -> str:
    """SHA-256 of the whole file, hexadecimal; its position is at the start afterwards."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()
