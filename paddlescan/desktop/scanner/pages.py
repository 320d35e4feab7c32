"""Pages as scanimage leaves them: whether one is whole, and where it is kept.

scanimage tells of a page that ended early, or that a full disk cut off, as of any other. So each is looked through
before it becomes a source file.
"""

from __future__ import annotations

import os
import struct
import zlib
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from paddlescan.disk import folder_trouble, make_private_folder, sync_folder, wants_room
from paddlescan.errors import DiskFull, FolderUnwritable, PaddleScanError
from paddlescan.export.atomic import PRIVATE, put_in_place

_START = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
_LARGEST_SIDE = 100_000
"""Pixels; more is no page."""
_BLOCK = 1 << 20
_MOST_NAMES = 10_000


def is_whole(file: BinaryIO) -> bool:
    """Whether a PNG has all its parts, undamaged, as many rows of pixels as it says, and its end."""
    try:
        return _is_whole(file)
    except (zlib.error, struct.error):
        return False


def _is_whole(file: BinaryIO) -> bool:
    if file.read(8) != _START:
        return False
    wanted = got = 0
    pixels = zlib.decompressobj()
    while True:
        length, kind = struct.unpack(">I4s", file.read(8))
        check = zlib.crc32(kind)
        while length:
            block = file.read(min(length, _BLOCK))
            if not block:
                return False
            length -= len(block)
            check = zlib.crc32(block, check)
            if kind == b"IHDR":
                wanted = _bytes_wanted(block)
            elif kind == b"IDAT":
                got += _count(pixels, block)
                if got > wanted:
                    return False
        if struct.unpack(">I", file.read(4))[0] != check:
            return False
        if kind == b"IEND":
            return 0 < wanted == got + len(pixels.flush()) and pixels.eof


def _bytes_wanted(head: bytes) -> int:
    """Of all rows, each with the byte before it; 0 for a picture that no scanner makes."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    if interlaced or colour not in _CHANNELS or not (0 < width <= _LARGEST_SIDE and 0 < height <= _LARGEST_SIDE):
        return 0
    return int(height * (1 + (width * depth * _CHANNELS[colour] + 7) // 8))


def _count(pixels: zlib._Decompress, block: bytes) -> int:
    """How many bytes this block brings, unpacked a piece at a time."""
    count = 0
    while block:
        count += len(pixels.decompress(block, _BLOCK))
        block = pixels.unconsumed_tail
    return count


class Keeper:
    """Keeps the pages of one scan in the folder of scanned pages, under names that tell when and which."""

    def __init__(self, folder: Path, begun: datetime) -> None:
        self._folder, self._begun, self._number = folder, begun, 0

    def make_folder(self) -> None:
        """Raises DiskFull, FolderUnwritable."""
        try:
            make_private_folder(self._folder)
        except OSError as error:
            raise folder_trouble(error, self._folder) from error

    def keep(self, page: Path) -> Path:
        """Let a whole page be a source file that lasts. page: on the same disk. Raises DiskFull, FolderUnwritable."""
        try:
            page.chmod(PRIVATE)
            with page.open("rb+") as file:
                os.fsync(file.fileno())
            target = self._named(page)
            sync_folder(self._folder)
        except OSError as error:
            raise self.trouble(error) from error
        return target

    def _named(self, page: Path) -> Path:
        for _ in range(_MOST_NAMES):
            self._number += 1
            target = self._folder / f"scan-{self._begun:%Y-%m-%d-%H%M%S}-{self._number:03}{page.suffix}"
            try:
                put_in_place(page, target, overwrite=False, private=True)
            except FileExistsError:  # another window scanned in the same second
                continue
            page.unlink(missing_ok=True)
            return target
        raise FileExistsError("names run out")

    def trouble(self, error: OSError) -> PaddleScanError:
        """What it means for a person that the folder takes no page."""
        if wants_room(error):
            return DiskFull(detail="the scanned page", file=str(self._folder))
        return FolderUnwritable(file=str(self._folder), detail=error.strerror or type(error).__name__)
