"""An office's own words and layouts on their way to a cluster: looked through here, and laid into a folder there.

They go to a worker once, with the order to start its engine; what it is asked afterwards names them by `key`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import OrderedDict
from pathlib import Path

from paddlescan.disk import wants_room
from paddlescan.errors import DiskFull, FolderUnwritable, PatternsWrong
from paddlescan.pipeline.messages import Message
from paddlescan.pipeline.wire import to_bytes

MOST_BYTES = 8 << 20
"""Of all files together, so that they fit into a message."""
MOST_KEPT = 4
"""Offices whose words a worker knows at a time."""
_NAME = re.compile(rb"(?:kinds/)?[^/\\\0]+\.yaml")


class OwnFile(Message, frozen=True, tag=False):
    """One file of the folder."""

    name: bytes
    """`labels.yaml`, `kinds/parking.yaml`, as the system writes it."""
    data: bytes

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError("no name of such a file")


class OwnWords(Message, frozen=True, tag=False):
    """All of them; none of the bundled ones."""

    files: tuple[OwnFile, ...] = ()

    @property
    def key(self) -> str:
        """Stands for them among all others; empty where there are none."""
        return hashlib.sha256(to_bytes(self)).hexdigest() if self.files else ""


def own_words(folder: str | None) -> OwnWords:
    """What such a folder adds to the bundled words; None: nothing. Raises PatternsWrong, so that a slip in a file is
    told here and not by each worker."""
    if folder is None:
        return OwnWords()
    from paddlescan.extraction.own_patterns import own_files  # who has no words of his own need not wait for it

    found = own_files(Path(folder))
    if sum(map(len, found.values())) > MOST_BYTES:
        raise PatternsWrong(file=folder, detail=f"more than {MOST_BYTES >> 20} MB in all")
    try:
        return OwnWords(tuple(OwnFile(os.fsencode(name), data) for name, data in found.items()))
    except ValueError:
        raise PatternsWrong(file=folder, detail="the name of a file in kinds") from None


def lay_out(words: OwnWords, folder: Path) -> None:
    """Write them into a new folder. Raises DiskFull, FolderUnwritable."""
    try:
        (folder / "kinds").mkdir(parents=True)
        for file in words.files:
            (folder / os.fsdecode(file.name)).write_bytes(file.data)
    except OSError as error:
        if wants_room(error):
            raise DiskFull(detail="temporary files", file=str(folder)) from None
        raise FolderUnwritable(file=str(folder), detail=error.strerror or type(error).__name__) from None


class KnownWords:
    """What was sent to a worker, the last few of all that it reads for. One thread at a time."""

    def __init__(self) -> None:
        self._by_key: OrderedDict[str, OwnWords] = OrderedDict()

    def keep(self, words: OwnWords) -> None:
        """To be asked for by its key."""
        self._by_key[words.key] = words
        self._by_key.move_to_end(words.key)
        while len(self._by_key) > MOST_KEPT:
            self._by_key.popitem(last=False)

    def find(self, key: str) -> OwnWords | None:
        """None: never heard of, or forgotten."""
        return self._by_key.get(key) if key else OwnWords()
