"""Which C library the packed program wants."""

from __future__ import annotations

import mmap
import re
from pathlib import Path

_WANTED = re.compile(rb"\0GLIBC_2\.(\d+)(?:\.\d+)?(?=\0)")


def newest_glibc(folder: Path) -> str:
    """The newest version of the GNU C library that a program or library in a folder asks for, such as `2.36`."""
    newest = 17
    for file in folder.rglob("*"):
        if file.is_symlink() or not file.is_file() or file.stat().st_size < 64:
            continue
        with file.open("rb") as opened:
            if opened.read(4) != b"\x7fELF":
                continue
            with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as held:
                newest = max([newest, *(int(found[1]) for found in _WANTED.finditer(held))])
    return f"2.{newest}"
