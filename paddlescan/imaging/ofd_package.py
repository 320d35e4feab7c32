"""The zip that an OFD is: parts read into memory, each within bounds, nothing ever written.

A part's name is a name and no path of this machine; what lies inside a part (another zip) is never opened.
"""

from __future__ import annotations

import os
import posixpath
import struct
import zipfile
import zlib
from typing import BinaryIO
from xml.etree.ElementTree import Element

from paddlescan.errors import TooLarge, UnreadableFile
from paddlescan.imaging.safe_xml import parse_xml

MOST_DIRECTORY_BYTES = 8 * 1024 * 1024
"""Of the list of parts: about 80,000 of them."""
MOST_PART_BYTES = 32 * 1024 * 1024
MOST_BYTES = 128 * 1024 * 1024
"""Of all parts that are read, together."""
MOST_RATIO = 200
"""Times by which a part of more than a megabyte may be packed; XML reaches thirty."""
MOST_READS = 1_000
"""Of parts, for one page: a file may list the same part a hundred thousand times."""
MOST_TAGS = 400_000
"""Of XML that is read for one page, in all its parts together."""
_END = b"PK\x05\x06"


class OfdPackage:
    """The parts of an OFD by their names. name: of the source file, for the sentences of errors."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Read the list of parts. Raises UnreadableFile, TooLarge, and what `zipfile` raises for a damaged file."""
        self.name = name
        _check_directory(file, name)
        file.seek(0)
        self._zip = zipfile.ZipFile(file)
        self._left, self._reads_left, self._tags_left = MOST_BYTES, MOST_READS, MOST_TAGS
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            path = info.filename.replace("\\", "/").lstrip("/")
            if ".." in path.split("/"):
                raise UnreadableFile(file=name)
            self._parts[path.lower()] = info

    def __contains__(self, path: str) -> bool:
        return path.lower() in self._parts

    def read(self, path: str) -> bytes:
        """A part's bytes. Raises UnreadableFile where it is missing, damaged or locked, TooLarge where it is."""
        info = self._parts.get(path.lower())
        if info is None:
            raise UnreadableFile(file=self.name)
        self._reads_left -= 1
        if self._reads_left < 0:
            raise TooLarge(file=self.name, detail="too many parts for one page")
        most = min(MOST_PART_BYTES, self._left)
        packed = max(info.compress_size, 1)
        if info.file_size > most or (info.file_size > 2**20 and info.file_size > MOST_RATIO * packed):
            self._refuse(info.file_size)
        try:
            with self._zip.open(info) as part:
                data = part.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
            raise UnreadableFile(file=self.name) from error
        if len(data) > most:
            self._refuse(len(data))
        self._left -= len(data)
        return data

    def xml(self, path: str) -> Element:
        """A part's root. Raises what `read` and `parse_xml` raise."""
        data = self.read(path)
        self._tags_left -= data.count(b"<")
        if self._tags_left < 0:
            raise TooLarge(file=self.name, detail=f"more than {MOST_TAGS} tags of XML for one page")
        return parse_xml(data, self.name)

    def resolve(self, folder: str, location: str) -> str:
        """The name of a part that is told from a folder, or from the root with a leading `/`. Raises UnreadableFile."""
        path = location.strip().replace("\\", "/")
        joined = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
        if joined.startswith(("../", "/")) or joined in ("..", "."):
            raise UnreadableFile(file=self.name)
        return joined

    def _refuse(self, size: int) -> None:
        raise TooLarge(file=self.name, detail=f"a part unpacks to {size / 2**20:.0f} MiB")


def _check_directory(file: BinaryIO, name: str) -> None:
    """Raise TooLarge before a list of millions of parts becomes millions of objects."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or at + 22 > len(tail):
        return  # `zipfile` says what is wrong
    (directory,) = struct.unpack_from("<I", tail, at + 12)
    if directory > MOST_DIRECTORY_BYTES:
        raise TooLarge(file=name, detail="too many parts in one file")
