"""Pages as scanimage leaves them: whether one is whole, and how it is kept.

They come as plain rows of pixels (PNM): scanimage's own PNG breaks off with scanners that do not know beforehand how
long a sheet is, and with those that scan in three passes. It tells of a page that ended early, or that a full disk cut
off, as of any other; so its rows are counted. A whole page becomes a PNG, which loses nothing of it.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from paddlescan.disk import folder_trouble, make_private_folder, wants_room
from paddlescan.document.source import printable_name
from paddlescan.errors import DiskFull, ExportExists, ExportFailed, FolderUnwritable, PaddleScanError
from paddlescan.export.atomic import atomic_file

Kind = Literal["1", "L", "RGB"]

_HEAD = re.compile(rb"P([456])\s(?:#[^\n]{0,200}\n\s*)*(\d{1,6})\s+(\d{1,6})(?:\s+(\d{1,5}))?\s")
_KINDS: dict[bytes, tuple[Kind, int]] = {b"4": ("1", 1), b"5": ("L", 8), b"6": ("RGB", 24)}
_HEAD_BYTES = 4096
_MOST_BYTES = 1 << 30
"""Of one page: more than A3 in colour at 600 dots an inch."""
_PACKING = zlib.Z_RLE
"""What scanners see is noise: looking for what repeats takes three times as long and saves nothing (A4 in colour)."""
_MOST_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class Picture:
    """The pixels of a whole page, row by row from the top."""

    kind: Kind
    """Of "1", eight pixels a byte, set bits are black."""
    width: int
    height: int
    pixels: bytes = field(repr=False)


def read_page(file: Path) -> Picture | None:
    """The page in a PNM file; None where rows are missing, or where it is none. Raises OSError.

    Of 16 bits a colour the upper 8 are taken. A driver that sends more rows than it announced sends them for a reason.
    """
    with file.open("rb") as opened:
        head = _HEAD.match(opened.read(_HEAD_BYTES))
        if head is None or (head[4] is None) != (head[1] == b"4"):
            return None
        kind, bits = _KINDS[head[1]]
        width, announced, most = int(head[2]), int(head[3]), int(head[4] or 1)
        deep = 2 if most > 255 else 1
        row = (width * bits * deep + 7) // 8
        opened.seek(head.end())
        data = opened.read(_MOST_BYTES + 1)
    height = len(data) // row if row else 0
    if not announced or height < announced or len(data) > _MOST_BYTES or most not in (1, 255, 65535):
        return None
    pixels = data[: height * row]
    return Picture(kind, width, height, pixels[::2] if deep == 2 else pixels)


class Keeper:
    """Keeps the pages of one scan in the folder of scanned pages, under names that tell when and which."""

    def __init__(self, folder: Path, begun: datetime, resolution: int | None = None) -> None:
        """resolution: dots an inch, to be told in the files."""
        self._folder, self._begun, self._resolution, self._number = folder, begun, resolution, 0
        self._shown = printable_name(str(folder))

    def make_folder(self) -> None:
        """Raises DiskFull, FolderUnwritable."""
        try:
            make_private_folder(self._folder)
        except OSError as error:
            raise folder_trouble(error, self._folder) from error

    def keep(self, picture: Picture) -> Path:
        """Let a page be a source file that lasts, for its owner alone. Raises DiskFull, FolderUnwritable."""
        for _ in range(_MOST_NAMES):
            self._number += 1
            target = self._folder / f"scan-{self._begun:%Y-%m-%d-%H%M%S}-{self._number:03}.png"
            try:
                self._write(picture, target)
            except ExportExists:  # an earlier page, or one of another window of the same second
                continue
            except DiskFull:
                raise self.full from None
            except ExportFailed as error:
                raise FolderUnwritable(file=self._shown, detail=error.parameters.get("detail", "")) from error
            return target
        raise FolderUnwritable(file=self._shown, detail="its name is too long")

    def _write(self, picture: Picture, target: Path) -> None:
        from PIL import Image  # here, in the thread that scans: the window does without

        mode = "1;I" if picture.kind == "1" else picture.kind
        image = Image.frombuffer(picture.kind, (picture.width, picture.height), picture.pixels, "raw", mode, 0, 1)
        told = {"dpi": (self._resolution, self._resolution)} if self._resolution else {}
        with atomic_file(target, overwrite=False, private=True) as file:
            image.save(file, "PNG", compress_level=1, compress_type=_PACKING, **told)

    @property
    def full(self) -> PaddleScanError:
        """The disk takes no more pages."""
        return DiskFull(detail="the scanned page", file=self._shown)

    def trouble(self, error: OSError) -> PaddleScanError:
        """What it means for a person that the folder cannot be used."""
        if wants_room(error):
            return self.full
        return FolderUnwritable(file=self._shown, detail=error.strerror or type(error).__name__)
