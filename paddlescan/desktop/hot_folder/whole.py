"""A look into a file that has come to rest: whether it is whole, and what tells its content from any other's."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import stat
import sys
from dataclasses import dataclass
from typing import BinaryIO

from paddlescan.desktop.hot_folder.listing import Seen, mark_of
from paddlescan.errors import NoPermission

_BLOCK = 1 << 20
_TAIL = 2048
_ENDS = ((b"\xff\xd8\xff", b"\xff\xd9"), (b"\x89PNG", b"IEND"), (b"%PDF-", b"%%EOF"))
"""How files of some kinds begin, and what then stands near their end."""


@dataclass(frozen=True, slots=True)
class Content:
    """Of a file that is not being written."""

    sha256: str
    has_end: bool
    """False: its kind has a mark at the end, which is missing. It may be half, or made by an odd program."""


def examine(seen: Seen) -> Content | None:
    """Read a file through. None: it is being written, or is another by now; the next look tells.

    Raises NoPermission.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(seen.path, flags)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM):
            raise NoPermission(file=seen.name) from error
        return None
    with open(descriptor, "rb") as file:  # noqa: PTH123 what was opened without following a link
        try:
            if not _is_as(seen, file) or is_open_for_writing(file):
                return None
            content = _content(file)
            return content if _is_as(seen, file) else None
        except OSError:  # a network disk that went away meanwhile
            return None


def _is_as(seen: Seen, file: BinaryIO) -> bool:
    status = os.fstat(file.fileno())
    return stat.S_ISREG(status.st_mode) and mark_of(status) == seen.mark


def _content(file: BinaryIO) -> Content:
    digest, head, tail = hashlib.sha256(), b"", b""
    while block := file.read(_BLOCK):
        digest.update(block)
        head = head or block[:8]
        tail = (tail + block)[-_TAIL:]
    ends = [end for begins, end in _ENDS if head.startswith(begins)]
    return Content(digest.hexdigest(), all(end in tail for end in ends))


if sys.platform == "linux":
    import fcntl

    def is_open_for_writing(file: BinaryIO) -> bool:
        """Whether any program has this file open to write. False also where the disk or the rights do not let us know.

        Linux grants a lease on a file to its owner only while nobody writes it. Ours is given back at once; who wants
        to write in that moment waits that long, and the signal that tells us so is one that nobody hears.
        """
        descriptor = file.fileno()
        try:
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except OSError as error:
            return error.errno == errno.EAGAIN
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        return False

else:

    def is_open_for_writing(file: BinaryIO) -> bool:
        """Not known here."""
        return False
