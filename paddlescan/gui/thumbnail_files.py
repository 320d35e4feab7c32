"""Small pictures of pages in a folder, so that a batch that is opened again shows them at once. No Qt.

A picture's name is a hash of the file it shows a page of, and one of the page and of that file's size and time: it
tells nothing, a file that was written to since has another, and all pictures of a file can be forgotten. The folder is
bounded; what was not wanted for longest goes first. It is a cache: whatever goes wrong with it, a picture is only drawn
once more.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final
from uuid import uuid4

from paddlescan.document import PageRef

MOST_BYTES: Final = 64 << 20
"""Of all pictures together: those of some twenty thousand pages."""
_VERSION = b"2"
"""Of how pictures are drawn; another one makes all of them anew."""
_DAY_S = 86_400
_SUM = 16
"""Bytes before each picture, by which it is seen to be whole."""


class ThumbnailFiles:
    """Belongs to one thread. Another program may use the same folder at the same time."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder, self._most = folder, most_bytes
        self._bytes: int | None = None

    def key_of(self, ref: PageRef, max_side: int) -> str | None:
        """What the picture of a page is called as its file is now; None where the file cannot be found.

        max_side: pixels of its longer side.
        """
        try:
            seen = Path(ref.source.path).stat()
        except (OSError, ValueError):
            return None
        told = (_VERSION, *(b"%d" % n for n in (ref.number, max_side, seen.st_size, seen.st_mtime_ns)))
        return f"{_of_file(ref.source.raw_path)}-{blake2b(b'|'.join(told), digest_size=12).hexdigest()}"

    def forget(self, raw_paths: Collection[bytes]) -> None:
        """Remove the pictures of these files, of whatever size and time they were."""
        names = {_of_file(path) for path in raw_paths}
        for _, _, path in self._listed():
            if path.name.split("-")[0] in names:
                with suppress(OSError):
                    path.unlink()
        self._bytes = None

    def get(self, key: str) -> bytes | None:
        """The picture of that name; None where there is none."""
        file = self._folder / key
        try:
            data = file.read_bytes()
            if time.time() - file.stat().st_mtime > _DAY_S:
                os.utime(file)  # when it was wanted last, to the day
        except OSError:
            return None
        return data[_SUM:] if data[:_SUM] == _sum(data[_SUM:]) else None  # one that was half written is none

    def put(self, key: str, data: bytes) -> None:
        """Keep a picture."""
        part = self._folder / f".{uuid4().hex}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(_sum(data) + data)
            part.replace(self._folder / key)
        except OSError:  # a full disk, a folder that may not be written
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return
        self._bytes = self._held() if self._bytes is None else self._bytes + _SUM + len(data)
        if self._bytes > self._most:
            self._make_room()

    def _held(self) -> int:
        return sum(size for _, size, _ in self._listed())

    def _make_room(self) -> None:
        """Let the pictures go that were not wanted for longest, till a tenth is free: not one for every new one."""
        files = sorted(self._listed())
        held = sum(size for _, size, _ in files)
        for _, size, path in files:
            if held <= self._most * 9 // 10:
                break
            with suppress(OSError):
                path.unlink()
            held -= size
        self._bytes = held

    def _listed(self) -> list[tuple[float, int, Path]]:
        """When each file was wanted last, its bytes, its path; what a crash left half written is among them."""
        found = []
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    seen = entry.stat(follow_symlinks=False)
                    found.append((seen.st_mtime, seen.st_size, Path(entry.path)))
        return found


def _of_file(raw_path: bytes) -> str:
    return blake2b(raw_path, digest_size=12).hexdigest()


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM).digest()
