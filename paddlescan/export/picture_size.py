"""How large an encoded picture is, told from its first bytes: nothing is decoded."""

from __future__ import annotations

import struct

_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Markers of the frame headers that every PDF reader knows: baseline, extended, progressive (ITU-T T.81, table B.1)."""
_PNG_START = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
"""Signature of a PNG, and the head of the chunk that comes first (PNG 1.2, 3.1 and 4.1.1)."""
_COLOUR_AS_IT_IS = (8, 2, 0, 0, 0)
"""Eight bits, red, green and blue, not interlaced."""


def jpeg_size(jpeg: bytes) -> tuple[int, int]:
    """Width and height of a colour JPEG in pixels, from its frame header. Raises ValueError for anything else."""
    place = 2
    while jpeg[:2] == b"\xff\xd8" and place + 10 <= len(jpeg) and jpeg[place] == 0xFF:
        marker, length = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if marker in _FRAMES:
            bits, height, width, components = struct.unpack(">BHHB", jpeg[place + 4 : place + 10])
            if bits == 8 and components == 3 and width and height:
                return width, height
            break
        place += 2 + length
    raise ValueError("no colour JPEG")


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height of a plain colour PNG in pixels, from its header. Raises ValueError for anything else."""
    if png.startswith(_PNG_START) and len(png) >= 33:
        width, height, *kind = struct.unpack(">IIBBBBB", png[16:29])
        if tuple(kind) == _COLOUR_AS_IT_IS and width and height:
            return width, height
    raise ValueError("no colour PNG")
