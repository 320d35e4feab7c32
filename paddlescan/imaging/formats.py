"""Which format a file has, told by its content and never by its name."""

from __future__ import annotations

import os
import re
import struct
from typing import BinaryIO, Literal

Format = Literal["jpeg", "png", "tiff", "gif", "bmp", "webp", "jpeg2000", "pnm", "heic", "avif", "pdf", "ofd", "xml"]

_STARTS: tuple[tuple[bytes, Format], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "jpeg2000"),
    (b"\xff\x4f\xff\x51", "jpeg2000"),
    (b"%PDF-", "pdf"),
)
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_AVIF_BRANDS = {b"avif", b"avis"}
_HEAD_BYTES = 1024  # a PDF may begin with that much junk (ISO 32000, implementation note 13)
_TAIL_BYTES = 64 * 1024
_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*\x00?<\x00?(?:\?\x00?x\x00?m\x00?l|[eE]Invoice|xbrl)")
"""The first bytes of an XML text in UTF-8 or UTF-16, with a declaration or the root of an invoice."""
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_OTHER_ZIPS = (b"[Content_Types].xml", b"word/", b"xl/", b"ppt/", b"mimetype", b"META-INF/", b"_rels/")
"""Parts that a zip begins with which is an office document, a book or a program."""
_HTML = re.compile(rb"<!doctype html|<html|<svg", re.IGNORECASE)


def detect_format(file: BinaryIO) -> Format | None:
    """The format of a seekable file by its first kilobyte (and a zip's end), or None for one that we do not read.

    The file's position is at the start afterwards.
    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if (
        head[:2] == b"BM"
        and len(head) > 26
        and struct.unpack_from("<I", head, 14)[0] in (12, 16, 40, 52, 56, 64, 108, 124)
    ):
        return "bmp"
    if head[:1] == b"P" and head[1:2] in b"123456" and head[2:3] in (b" ", b"\t", b"\r", b"\n"):
        return "pnm"
    if head[:4] == b"PK\x03\x04":
        return "ofd" if _is_ofd(file, head) else None
    if _XML.match(head) and not _HTML.search(head):
        return "xml"
    return "pdf" if b"%PDF-" in head else None


def is_packed(file: BinaryIO) -> bool:
    """Whether it is an archive of files (a zip, unless it is some program's own kind; RAR, 7z, gzip and the like).

    Asked where `detect_format` knows no format. The file's position is at the start afterwards.
    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return not any(mark in head for mark in _OTHER_ZIPS)
    return head.startswith(_ARCHIVES) or head[257:262] == b"ustar"


def _is_ofd(file: BinaryIO, head: bytes) -> bool:
    """Whether a zip is an OFD, by the names of its parts: in its first one or in the list at its end."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - _TAIL_BYTES))
    tail = file.read(_TAIL_BYTES)
    file.seek(0)
    return any(mark in part for part in (head, tail) for mark in (b"OFD.xml", b"Doc_0/"))


def _by_brand(head: bytes) -> Format | None:
    """HEIC or AVIF by the brands of an ISO base media file: the major one, then the compatible ones."""
    size = min(struct.unpack_from(">I", head)[0], len(head))
    brands = [head[8:12], *(head[i : i + 4] for i in range(16, size - 3, 4))]
    for brand in brands:
        if brand in _AVIF_BRANDS:
            return "avif"
        if brand in _HEIC_BRANDS:
            return "heic"
    return None


def ends_early(file: BinaryIO, name: Format) -> bool:
    """Whether a file that did not decode lacks its end, as an unfinished copy does.

    Asked only after a decoder gave up: for every format looks for the mark that a whole file ends with, or for
    the length that it says it has. Formats without either are never said to end early.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL_BYTES))
    tail = file.read(_TAIL_BYTES)
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    match name:
        case "jpeg":
            return b"\xff\xd9" not in tail
        case "png":
            return b"IEND" not in tail
        case "gif":
            return b";" not in tail[-16:]
        case "pdf":
            return b"%%EOF" not in tail
        case "webp":
            return int(struct.unpack_from("<I", head, 4)[0]) + 8 > size
        case "bmp":
            return int(struct.unpack_from("<I", head, 2)[0]) > size
        case "tiff":
            return _tiff_outside(file, size)
        case "ofd":
            return b"PK\x05\x06" not in tail
        case "heic" | "avif":
            return _boxes_outside(file, size)
        case _:
            return False


def _tiff_outside(file: BinaryIO, size: int) -> bool:
    """Whether the first directory of a TIFF, or a strip or tile that it names, lies past the end of the file."""
    head = file.read(8)
    if len(head) < 8:
        return True
    order = "<" if head[:2] == b"II" else ">"
    if head[2:4] in (b"+\x00", b"\x00+"):
        return False  # BigTIFF: other sizes throughout, and rare
    place = int(struct.unpack_from(order + "I", head, 4)[0])
    file.seek(place)
    count_bytes = file.read(2)
    if len(count_bytes) < 2:
        return True
    entries = file.read(12 * int(struct.unpack(order + "H", count_bytes)[0]))
    last = {
        tag: _last_value(file, order, entries[at : at + 12])
        for at in range(0, len(entries) - 11, 12)
        if (tag := struct.unpack_from(order + "H", entries, at)[0]) in (273, 279, 324, 325)
    }
    file.seek(0)
    return any(last.get(start, 0) + last.get(length, 0) > size for start, length in ((273, 279), (324, 325)))


def _last_value(file: BinaryIO, order: str, entry: bytes) -> int:
    """The last number of a TIFF directory entry of shorts or longs; past every end where even that is cut off."""
    kind, count = struct.unpack_from(order + "HI", entry, 2)
    width, letter = (2, "H") if kind == 3 else (4, "I")
    if count * width <= 4:
        return int(struct.unpack_from(order + letter, entry, 8 + (count - 1) * width)[0]) if count else 0
    file.seek(int(struct.unpack_from(order + "I", entry, 8)[0]) + (count - 1) * width)
    value = file.read(width)
    return int(struct.unpack(order + letter, value)[0]) if len(value) == width else 1 << 40


def _boxes_outside(file: BinaryIO, size: int) -> bool:
    """Whether a top-level box of an ISO base media file reaches past the end of the file."""
    at = 0
    for _ in range(64):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            break
        length = int(struct.unpack_from(">I", head)[0])
        if length == 1 and len(head) == 16:
            length = int(struct.unpack_from(">Q", head, 8)[0])
        if length == 0:  # to the end of the file
            break
        if length < 8:
            break
        at += length
    file.seek(0)
    return at > size
