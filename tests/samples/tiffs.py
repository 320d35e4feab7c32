"""TIFFs that Pillow cannot write: planes apart, tiles, 16 bits, either order of bytes."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Entry = tuple[int, int, int, bytes]


def tiff(
    planes: Sequence[npt.NDArray[np.uint8]] | Sequence[npt.NDArray[np.uint16]],
    tile: int | None = None,
    apart: bool = True,
    big_endian: bool = False,
    **tags: int,
) -> bytes:
    """An uncompressed TIFF of these planes (all of one shape and of 8 or 16 bits), in one strip or in square tiles.

    apart: each plane by itself, or pixel by pixel. tags: more of them, as `t274=6`.
    """
    order = ">" if big_endian else "<"
    kind = planes[0].dtype.newbyteorder(order)
    blocks: list[bytes] = []
    for part in planes if apart else [np.dstack(list(planes))]:
        blocks += [block.astype(kind).tobytes() for block in _blocks(part, tile)]
    out = bytearray((b"MM\0*" if big_endian else b"II*\0") + bytes(4) + b"".join(blocks))
    places = [8 + sum(len(b) for b in blocks[:n]) for n in range(len(blocks))]

    def entry(tag: int, kind: int, values: Sequence[int]) -> Entry:
        packed = struct.pack(f"{order}{len(values)}{'H' if kind == 3 else 'I'}", *values)
        if len(packed) > 4:
            out.extend(packed)
            packed = struct.pack(order + "I", len(out) - len(packed))
        return tag, kind, len(values), packed.ljust(4, b"\0")

    height, width = planes[0].shape
    entries = [
        entry(256, 4, [width]),
        entry(257, 4, [height]),
        entry(258, 3, [kind.itemsize * 8] * len(planes)),
        entry(259, 3, [1]),
        entry(262, 3, [{1: 1, 4: 5}.get(len(planes), 2)]),
        entry(277, 3, [len(planes)]),
        entry(284, 3, [2 if apart else 1]),
        *(entry(int(tag[1:]), 3, [value]) for tag, value in tags.items()),
    ]
    sizes = [len(b) for b in blocks]
    if tile:
        entries += [entry(322, 4, [tile]), entry(323, 4, [tile]), entry(324, 4, places), entry(325, 4, sizes)]
    else:
        entries += [entry(273, 4, places), entry(278, 4, [height]), entry(279, 4, sizes)]
    struct.pack_into(order + "I", out, 4, len(out))
    out += struct.pack(order + "H", len(entries))
    out += b"".join(struct.pack(order + "HHI", *e[:3]) + e[3] for e in sorted(entries))
    return bytes(out + bytes(4))


def _blocks(part: npt.NDArray[np.generic], tile: int | None) -> list[npt.NDArray[np.generic]]:
    if tile is None:
        return [part]
    height, width = part.shape[:2]
    room = [(0, -height % tile), (0, -width % tile), *[(0, 0)] * (part.ndim - 2)]
    whole = np.pad(part, room)
    return [
        whole[y : y + tile, x : x + tile]
        for y in range(0, whole.shape[0], tile)
        for x in range(0, whole.shape[1], tile)
    ]
