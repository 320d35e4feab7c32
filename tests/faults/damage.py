"""Damage to files, the same for the same seed.

Bits turned, bytes replaced, the end cut off, parts left out or told twice, parts of one file put into another, and
numbers that look like lengths made extreme.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_PNG = b"\x89PNG\r\n\x1a\n"


def damaged(sound: bytes, other: bytes, chosen: random.Random) -> bytes:
    """The file with one to four faults; some of a zip within one of its parts, and some of a PNG with sums that are
    right again, so that they are not noticed at the door."""
    if sound.startswith(b"PK\x03\x04") and chosen.random() < 0.8:
        return _within_zip(sound, other, chosen)
    changed = _faulty(sound, other, chosen)
    return _summed_png(changed) if sound.startswith(_PNG) and chosen.random() < 0.5 else changed


def _faulty(sound: bytes, other: bytes, chosen: random.Random) -> bytes:
    data = bytearray(sound)
    for _ in range(chosen.choice((1, 1, 2, 4))):
        if len(data) < 8:
            break
        chosen.choice((_flip, _replace, _cut, _repeat, _splice, _length))(data, other, chosen)
    return bytes(data)


def _place(data: bytearray, chosen: random.Random) -> int:
    """Anywhere, or (half the time) in the first 300 bytes, where the headers are."""
    return chosen.randrange(len(data) if chosen.random() < 0.5 else min(len(data), 300))


def _flip(data: bytearray, other: bytes, chosen: random.Random) -> None:
    for _ in range(chosen.choice((1, 3, 30))):
        data[_place(data, chosen)] ^= 1 << chosen.randrange(8)


def _replace(data: bytearray, other: bytes, chosen: random.Random) -> None:
    at = _place(data, chosen)
    data[at : at + chosen.choice((1, 4, 16, 200))] = chosen.randbytes(chosen.choice((1, 4, 16, 200)))


def _cut(data: bytearray, other: bytes, chosen: random.Random) -> None:
    del data[max(4, _place(data, chosen)) :]


def _repeat(data: bytearray, other: bytes, chosen: random.Random) -> None:
    start = _place(data, chosen)
    part = data[start : start + chosen.choice((4, 40, 400, 4000))]
    if chosen.random() < 0.5:
        del data[start : start + len(part)]
    else:
        data[start:start] = part * chosen.choice((1, 2, 20))


def _splice(data: bytearray, other: bytes, chosen: random.Random) -> None:
    if other:
        start = chosen.randrange(len(other))
        at = _place(data, chosen)
        data[at : at + chosen.choice((0, 50, 1000))] = other[start : start + chosen.choice((50, 1000, 10_000))]


def _length(data: bytearray, other: bytes, chosen: random.Random) -> None:
    form = chosen.choice(("<H", ">H", "<I", ">I"))
    width = struct.calcsize(form)
    at = max(0, min(_place(data, chosen), len(data) - width))
    old = int(struct.unpack_from(form, data, at)[0])
    new = chosen.choice((*EXTREMES, old + 1, old - 1, old * 2))
    struct.pack_into(form, data, at, new & ((1 << 8 * width) - 1))


def _within_zip(sound: bytes, other: bytes, chosen: random.Random) -> bytes:
    """The zip packed anew, with faults in one or two of its parts."""
    with zipfile.ZipFile(io.BytesIO(sound)) as package:
        parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    for name in chosen.sample(sorted(parts), min(len(parts), chosen.choice((1, 2)))):
        parts[name] = _faulty(parts[name], other, chosen)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _summed_png(data: bytes) -> bytes:
    """The PNG with the check sum of every chunk that can be found made right."""
    out, at = bytearray(data), 8
    while at + 12 <= len(out):
        (length,) = struct.unpack_from(">I", out, at)
        end = at + 8 + length
        if end + 4 > len(out):
            break
        struct.pack_into(">I", out, end, zlib.crc32(out[at + 4 : end]))
        at = end + 4
    return bytes(out)


def files(sources: Mapping[str, bytes], numbers: range, seed: int) -> Iterator[tuple[int, str, bytes]]:
    """Damaged files with their numbers, and names that tell how to make them again."""
    names = sorted(sources)
    for number in numbers:
        chosen = random.Random(seed * 1_000_003 + number)
        name = names[number % len(names)]
        yield number, f"{seed}-{number}-{name}", damaged(sources[name], sources[chosen.choice(names)], chosen)
