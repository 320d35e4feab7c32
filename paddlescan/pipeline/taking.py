"""Taking over what a child left in its scratch folder, without trusting what lies there by now."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from paddlescan.errors import PaddleScanError

LARGEST = 1 << 30
"""Bytes; the most that the kernel lets a child write into one file."""


@contextmanager
def left_file(path: str) -> Iterator[BinaryIO]:
    """A picture that a child left, open to read; its file is gone afterwards.

    The child lives on, and may have put a link or a pipe there since it answered: what is no plain file is not opened.
    Raises PaddleScanError (`internal`) for that, and for a file that is gone or too large.
    """
    try:
        with _opened(path) as file:
            yield file
    finally:
        with suppress(OSError):  # gone, or a folder: all of it goes with the child
            Path(path).unlink()


def take_bytes(path: str) -> bytes:
    """What is in such a file. Raises as `left_file` does."""
    with left_file(path) as file:
        return file.read(LARGEST)


def _opened(path: str) -> BinaryIO:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise PaddleScanError from error
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            raise PaddleScanError
        return open(descriptor, "rb")  # noqa: PTH123 the caller closes it
    except BaseException:
        os.close(descriptor)
        raise
