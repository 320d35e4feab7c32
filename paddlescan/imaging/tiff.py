"""The directories of a TIFF, read without believing them: how many pages there are, and what each would cost.

Pillow reads a page's table of strips into Python numbers before anybody can ask how long it is; so it is asked here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_STRIPS = 500_000
"""Strips or tiles of a page: 120 million pixels in tiles of 16 x 16 are 470,000."""
_SUBFILE_TYPE = 254
_TABLES = (273, 279, 324, 325)  # places and sizes of strips, and of tiles
_NO_PAGE = 0b101  # bit 0 a thumbnail, bit 2 a transparency mask


@dataclass(frozen=True, slots=True)
class Directory:
    """One of the pictures of a TIFF."""

    is_page: bool
    """Not a thumbnail or a mask of another."""
    strips: int
    """How many strips or tiles its tables name."""


def directories(file: BinaryIO) -> Iterator[Directory]:
    """The directories of a TIFF or BigTIFF in their order, until the chain ends, breaks off or comes back on itself.

    file: seekable; its position is anywhere afterwards. Each costs one read of its entries; their values, of which
    there may be millions, are not read.
    """
    file.seek(0)
    head = file.read(16)
    order = "<" if head[:2] == b"II" else ">"
    big = head[2:4] in (b"+\x00", b"\x00+")
    count_as, entry_as, place_as = (order + c for c in (("Q", "HHQ", "Q") if big else ("H", "HHI", "I")))
    start = 8 if big else 4
    place, seen = _number(place_as, head, start), set[int]()
    while place and place not in seen:
        seen.add(place)
        file.seek(place)
        count = _number(count_as, file.read(struct.calcsize(count_as)), 0)
        width = struct.calcsize(entry_as) + struct.calcsize(place_as)
        entries = file.read(min(count, 65_536) * width) if count else b""
        if count == 0 or len(entries) < count * width:
            return
        yield _directory(entries, width, order, entry_as)
        place = _number(place_as, file.read(struct.calcsize(place_as)), 0)


def _directory(entries: bytes, width: int, order: str, entry_as: str) -> Directory:
    subfile = strips = 0
    at_value = struct.calcsize(entry_as)
    for at in range(0, len(entries), width):
        tag, kind, count = struct.unpack_from(entry_as, entries, at)
        if tag == _SUBFILE_TYPE:
            subfile = _number(order + ("H" if kind == 3 else "I"), entries, at + at_value)
        elif tag in _TABLES:
            strips = max(strips, count)
    return Directory(not subfile & _NO_PAGE, strips)


def _number(form: str, data: bytes, at: int) -> int:
    """The number there; 0 where the data ends before it does."""
    return int(struct.unpack_from(form, data, at)[0]) if len(data) >= at + struct.calcsize(form) else 0
