"""Packed files (ZIP, RAR, 7z and the like) in the folders that a person gave: left out, but not without a word.

Told by their endings, as everything is that lies in a folder; none is ever opened. One that is given by itself becomes
a row that says why it was not read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from paddlescan.document.source import printable_name
from paddlescan.errors import PackedLeft

ENDINGS = frozenset(("zip", "zipx", "rar", "7z", "tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst", "lzh", "cab"))
"""Lower case."""
_NAMED = 3
"""So many are named; all are counted."""
_DEEPEST = 200
"""Folders in folders; where those are taken in, the rest of what is deeper is told of."""


def packed_left(paths: Sequence[str], should_stop: Callable[[], bool] = lambda: False) -> PackedLeft | None:
    """What was left out of these folders because it is packed, in a sentence; None where nothing was.

    should_stop: asked before each folder. What cannot be looked at is told where it is taken in.
    """
    count, names, seen = 0, list[str](), set[tuple[int, int]]()
    for path in paths:
        for name in _packed(os.path.abspath(path), seen, 0, should_stop):
            count += 1
            if len(names) < _NAMED:
                names.append(printable_name(name))
    if not count:
        return None
    return PackedLeft(count=str(count), file=", ".join(names) + (" …" if count > len(names) else ""))


def _packed(folder: str, seen: set[tuple[int, int]], depth: int, should_stop: Callable[[], bool]) -> Iterator[str]:
    """The names of packed files in a folder and in those in it; a folder that is reached twice is looked at once."""
    if depth > _DEEPEST or should_stop():
        return
    try:
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen and status.st_ino:
            return
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as listing:
            entries = sorted((each for each in listing if not each.name.startswith(".")), key=lambda each: each.name)
    except (OSError, ValueError):  # also where it is a file
        return
    for entry in entries:
        try:
            is_folder = entry.is_dir()
        except OSError:  # a link to itself
            continue
        if is_folder:
            yield from _packed(entry.path, seen, depth + 1, should_stop)
        elif Path(entry.name).suffix[1:].lower() in ENDINGS:
            yield entry.name
