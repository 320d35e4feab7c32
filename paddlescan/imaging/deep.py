"""Pictures of more than 8 bits a colour that Pillow reads wrongly without a word: they are taken another way.

Colours of JPEG 2000 beyond 8 bits (white overflows to black in Pillow 13), and TIFF whose 16-bit colours lie in planes
of their own (a plane is taken for pixels).
"""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

import cv2
import numpy as np
from PIL import Image

_CODESTREAM = b"\xff\x4f\xff\x51"
_HEAD_BYTES = 64 * 1024
_WIDTH, _HEIGHT, _COMPRESSION, _PHOTOMETRIC, _SAMPLES, _PLANES, _EXTRA = 256, 257, 259, 262, 277, 284, 338
_STRIPS, _TILES = (273, 279), (324, 325)
_KEPT = (_WIDTH, _HEIGHT, _COMPRESSION, 266, 274, 278, 317, 322, 323)
"""Tags that hold for each plane: sizes, compression, order of bits, orientation, rows of a strip, predictor, tiles."""


def jpeg2000_bits(file: BinaryIO) -> int:
    """The most bits that any component of a JPEG 2000 has; 8 where its header cannot be found.

    ISO/IEC 15444-1, A.5.1. The file's position is anywhere afterwards.
    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    start = head.find(_CODESTREAM)
    if start < 0 or len(head) < start + 42:
        return 8
    count = int(struct.unpack_from(">H", head, start + 40)[0])
    depths = head[start + 42 : start + 42 + 3 * count : 3]
    return max(((depth & 0x7F) + 1 for depth in depths), default=8)


def deep_jpeg2000(file: BinaryIO, bits: int, image: Image.Image) -> Image.Image:
    """The picture in 8 bits a colour. image: the same, opened by Pillow, for its colour profile. Raises ValueError."""
    file.seek(0)
    values = cv2.imdecode(np.frombuffer(file.read(), np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None or values.shape[:2] != (image.height, image.width) or values.ndim != 3:
        raise ValueError("not decoded")
    eight = np.right_shift(values, max(bits - 8, 0)).astype(np.uint8)
    order = [2, 1, 0, 3][: eight.shape[2]]
    made = Image.fromarray(np.ascontiguousarray(eight[:, :, order]))
    return _with_profile(made, image)


def has_deep_planes(image: Image.Image) -> bool:
    """Whether the page of a TIFF at which an opened picture stands keeps 16-bit colours in planes."""
    tags = image.tag_v2  # type: ignore[attr-defined]
    return tags.get(_PLANES, 1) == 2 and max(tags.get(258, (1,)), default=1) == 16


def deep_planes(file: BinaryIO, image: Image.Image) -> Image.Image:
    """That page in 8 bits a colour: each plane is read as a grey page of a TIFF made for it."""
    file.seek(0)
    data, ways = _as_pages(file.read(), image)
    with Image.open(io.BytesIO(data), formats=("TIFF",)) as pages:
        planes: list[Image.Image] = []
        for number in range(ways):
            pages.seek(number)
            planes.append(Image.fromarray(np.right_shift(np.asarray(pages), 8).astype(np.uint8)))
    tags = image.tag_v2  # type: ignore[attr-defined]
    if len(planes) >= 4 and tags.get(_PHOTOMETRIC) == 5:
        return _with_profile(Image.merge("CMYK", planes[:4]), image)
    if len(planes) >= 4 and tags.get(_EXTRA):
        return _with_profile(Image.merge("RGBA", planes[:4]), image)
    return _with_profile(Image.merge("RGB", planes[:3]), image) if len(planes) >= 3 else planes[0]


def _as_pages(data: bytes, image: Image.Image) -> tuple[bytes, int]:
    """The file with a directory for each plane behind it, and how many planes there are. Raises ValueError."""
    tags = image.tag_v2  # type: ignore[attr-defined]
    order = "<" if tags.prefix == b"II" else ">"
    ways = int(tags.get(_SAMPLES, 1))
    where, how_long = _TILES if _TILES[0] in tags else _STRIPS
    blocks = len(tags[where]) // ways
    if blocks < 1 or len(tags[how_long]) != len(tags[where]):
        raise ValueError("planes without strips")
    out = bytearray(data)
    next_at = 4
    shown_as = tags.get(_PHOTOMETRIC, 1) if ways == 1 else 1
    for plane in range(ways):
        entries = {tag: (int(tags[tag]),) for tag in _KEPT if tag in tags}
        entries |= {258: (16,), _PHOTOMETRIC: (shown_as,), _SAMPLES: (1,), _PLANES: (1,)}
        entries |= {tag: tuple(tags[tag][plane * blocks : (plane + 1) * blocks]) for tag in (where, how_long)}
        table, places = b"", len(out)
        for tag, values in sorted(entries.items()):
            packed = struct.pack(f"{order}{len(values)}I", *values)
            if len(values) > 1:
                out += packed
                packed, places = struct.pack(order + "I", places), len(out)
            table += struct.pack(order + "HHI", tag, 4, len(values)) + packed
        struct.pack_into(order + "I", out, next_at, len(out))
        out += struct.pack(order + "H", len(entries)) + table + bytes(4)
        next_at = len(out) - 4
    out[:4] = b"II*\0" if order == "<" else b"MM\0*"
    return bytes(out), ways


def _with_profile(made: Image.Image, image: Image.Image) -> Image.Image:
    if "icc_profile" in image.info:
        made.info["icc_profile"] = image.info["icc_profile"]
    return made
