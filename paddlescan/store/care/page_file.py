"""A database file read page by page, without SQLite, so that one broken page hides no other.

Source: https://www.sqlite.org/fileformat2.html (the file, its write-ahead log, cells and records).
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from paddlescan.store.care.files import companion
from paddlescan.store.care.health import MAGIC

Value = int | float | str | bytes | None
Row = tuple[Value, ...]

LEAF_TABLE, LEAF_INDEX = 0x0D, 0x0A
INNER_TABLE, INNER_INDEX = 0x05, 0x02
_USUAL_SIZE = 4096
_INT_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Unreadable(Exception):
    """Bytes that are no cell, record or page of a database."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of a leaf page of a table, or of any page of an index."""

    rowid: int
    """0 in an index."""
    row: Row


class PageFile:
    """The pages of a store as far as there are any: the file, and over it what was committed to its log."""

    def __init__(self, path: Path, with_log: bool = True) -> None:
        """Raises OSError. A file that is missing or empty has the pages of its log."""
        self._main = path.read_bytes() if path.is_file() else b""
        log_file = companion(path, "-wal")
        self._log = log_file.read_bytes() if with_log and log_file.is_file() else b""
        self.size = _page_size(self._main[:100]) or _log_page_size(self._log[:32]) or _USUAL_SIZE
        self._frames, pages = _committed(self._log, self.size)
        self.count = max(pages, -(-len(self._main) // self.size))
        """Pages; the last may be cut off."""

    def page(self, number: int) -> bytes:
        """A page, zeros where the file has none. Numbers begin with 1."""
        if number in self._frames:
            start = self._frames[number]
            return self._log[start : start + self.size]
        return self._main[(number - 1) * self.size : number * self.size].ljust(self.size, b"\0")

    @property
    def version(self) -> int:
        """The version of the tables; 0 where that is not known."""
        head = self.page(1)[:100]
        return int.from_bytes(head[60:64], "big") if head.startswith(MAGIC) else 0

    def cells(self, number: int) -> tuple[tuple[Cell, ...], bool]:
        """The entries of a page that can be read, and whether that is all of them."""
        page = self.page(number)
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind not in (LEAF_TABLE, LEAF_INDEX, INNER_INDEX):
            return (), False
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + (12 if kind == INNER_INDEX else 8)
        found: list[Cell] = []
        if first + 2 * count > self.size:
            return (), False
        for at in range(first, first + 2 * count, 2):
            try:
                found.append(self._cell(page, int.from_bytes(page[at : at + 2], "big"), kind))
            except Unreadable:
                continue
        return tuple(found), len(found) == count

    def children(self, number: int) -> tuple[int, ...]:
        """The pages below an inner page, in order. Raises Unreadable."""
        page = self.page(number)
        start = 100 if number == 1 else 0
        if page[start] not in (INNER_TABLE, INNER_INDEX):
            raise Unreadable
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        pointers = [int.from_bytes(page[at : at + 2], "big") for at in range(start + 12, start + 12 + 2 * count, 2)]
        if any(not start + 12 <= at <= self.size - 4 for at in pointers):
            raise Unreadable
        below = [int.from_bytes(page[at : at + 4], "big") for at in pointers]
        below.append(int.from_bytes(page[start + 8 : start + 12], "big"))
        if any(not 1 < child <= self.count for child in below):
            raise Unreadable
        return tuple(below)

    def kind(self, number: int) -> int:
        """What sort of page it says it is."""
        return self.page(number)[100 if number == 1 else 0]

    def free(self) -> frozenset[int]:
        """The pages that hold nothing any more; none where their list cannot be trusted."""
        head = self.page(1)
        trunk, wanted = int.from_bytes(head[32:36], "big"), int.from_bytes(head[36:40], "big")
        found: set[int] = set()
        while trunk and trunk not in found and 1 < trunk <= self.count and len(found) <= wanted:
            page = self.page(trunk)
            leaves = int.from_bytes(page[4:8], "big")
            if leaves > self.size // 4 - 2:
                return frozenset()
            found |= {trunk, *(int.from_bytes(page[8 + 4 * n : 12 + 4 * n], "big") for n in range(leaves))}
            trunk = int.from_bytes(page[:4], "big")
        return frozenset(found) if len(found) == wanted else frozenset()

    def _cell(self, page: bytes, at: int, kind: int) -> Cell:
        if not 8 <= at < self.size - 2:
            raise Unreadable
        at += 4 if kind == INNER_INDEX else 0
        length, at = _varint(page, at)
        rowid = 0
        if kind == LEAF_TABLE:
            rowid, at = _varint(page, at)
        if length > self.count * self.size:
            raise Unreadable
        return Cell(_signed(rowid), _record(self._payload(page, at, length, kind == LEAF_TABLE)))

    def _payload(self, page: bytes, at: int, length: int, table: bool) -> bytes:
        usable = self.size
        most = usable - 35 if table else (usable - 12) * 64 // 255 - 23
        local = length
        if length > most:
            least = (usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (usable - 4)
            local = local if local <= most else least
        if at + local + (4 if local < length else 0) > usable:
            raise Unreadable
        parts, left = [page[at : at + local]], length - local
        following = int.from_bytes(page[at + local : at + local + 4], "big") if left else 0
        seen: set[int] = set()
        while left:
            if not 1 < following <= self.count or following in seen:
                raise Unreadable
            seen.add(following)
            more = self.page(following)
            parts.append(more[4 : 4 + min(left, usable - 4)])
            left -= len(parts[-1])
            following = int.from_bytes(more[:4], "big")
        return b"".join(parts)


def _page_size(head: bytes) -> int:
    """The page size of a header; 0 where it is none, or of a layout that PaddleScan never writes."""
    if not head.startswith(MAGIC) or len(head) < 100 or head[20]:
        return 0
    size = int.from_bytes(head[16:18], "big")
    size = 65536 if size == 1 else size
    return size if 512 <= size <= 65536 and size & (size - 1) == 0 else 0


def _log_page_size(head: bytes) -> int:
    if len(head) < 32 or head[:4] not in (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"):
        return 0
    size = int.from_bytes(head[8:12], "big")
    return size if 512 <= size <= 65536 and size & (size - 1) == 0 else 0


def _committed(log: bytes, size: int) -> tuple[dict[int, int], int]:
    """Where the newest committed version of each page stands in a log, and how many pages the store has then."""
    if _log_page_size(log[:32]) != size:
        return {}, 0
    order = "big" if log[3] & 1 else "little"
    sums = _checksum(log[:24], order, (0, 0))
    if sums != (int.from_bytes(log[24:28], "big"), int.from_bytes(log[28:32], "big")):
        return {}, 0
    done: dict[int, int] = {}
    running: dict[int, int] = {}
    pages = 0
    for at in range(32, len(log) - size - 23, size + 24):
        head = log[at : at + 24]
        sums = _checksum(log[at + 24 : at + 24 + size], order, _checksum(head[:8], order, sums))
        wanted = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
        if head[8:16] != log[16:24] or sums != wanted:
            break
        running[int.from_bytes(head[:4], "big")] = at + 24
        if commit := int.from_bytes(head[4:8], "big"):
            done, pages = dict(running), commit
    return done, pages


def _checksum(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = memoryview(data).cast("I") if order == _NATIVE else _swapped(data)
    for one, two in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + two + first) & 0xFFFFFFFF
    return first, second


def _swapped(data: bytes) -> list[int]:
    other = "big" if _NATIVE == "little" else "little"
    return [int.from_bytes(data[at : at + 4], other) for at in range(0, len(data), 4)]  # type: ignore[arg-type]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(9):
        if at >= len(data):
            raise Unreadable
        byte = data[at]
        at += 1
        if n == 8:
            return (value << 8) | byte, at
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            break
    return value, at


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _record(data: bytes) -> Row:
    """The values of a record. Raises Unreadable unless it fits to the byte."""
    end, at = _varint(data, 0)
    if end > len(data):
        raise Unreadable
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(data, at)
        kinds.append(kind)
    values = list(_values(data, at, kinds))
    if at != end or not kinds:
        raise Unreadable
    return tuple(values)


def _values(data: bytes, at: int, kinds: list[int]) -> Iterator[Value]:
    for kind in kinds:
        length = _length(kind)
        part = data[at : at + length]
        if len(part) != length:
            raise Unreadable
        at += length
        yield _value(kind, part)
    if at != len(data):
        raise Unreadable


def _length(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    if kind in (10, 11):
        raise Unreadable
    return 8 if kind == 7 else _INT_BYTES.get(kind, 0)


def _value(kind: int, part: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", part)[0])
    if kind < 7:
        return int.from_bytes(part, "big", signed=True)
    if kind % 2 == 0:
        return part
    try:
        return part.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable from None


_NATIVE = sys.byteorder
