"""Files fetched from shared storage onto the machine of a worker: the last few, for their other pages."""

from __future__ import annotations

import itertools
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.document import Limits, SourceFile
from paddlescan.held import HeldFolder
from paddlescan.pipeline.cluster import storage
from paddlescan.pipeline.scratch import child_scratch

MOST_KEPT = 4
"""Files that nobody uses just now."""


@dataclass(eq=False)
class _Kept:
    path: Path = field(repr=False)
    stamp: str | None
    users: int = 0


class Shelf:
    """Holds them in a scratch folder, which goes with it, or is swept up later. Any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder: HeldFolder | None = None
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._numbers = itertools.count(1)

    @contextmanager
    def at_hand(self, source: SourceFile, limits: Limits) -> Iterator[SourceFile]:
        """The file as one of this machine; one that has a path of its own is left where it is.

        Raises PaddleScanError kinds about the file, and those for which nothing can be written here.
        """
        if not storage.is_url(source.path):
            yield source
            return
        kept = self._take(source, limits)
        try:
            yield SourceFile(os.fsencode(kept.path), source.name)
        finally:
            self._give_back(kept)

    def clear(self) -> None:
        """Those that nobody uses go."""
        with self._lock:
            for key in [key for key, one in self._kept.items() if one.users == 0]:
                self._drop(key)
            if self._folder is not None and not any(self._folder.folder.iterdir()):
                self._folder.remove()
                self._folder = None

    def _take(self, source: SourceFile, limits: Limits) -> _Kept:
        with self._lock:  # one is fetched at a time: meanwhile another is read, which takes longer
            kept, now = self._kept.get(source.raw_path), storage.stamp(source)
            if kept is None or now is None or kept.stamp != now:
                if kept is not None:
                    self._drop(source.raw_path)
                kept = _Kept(self._new_place(), now)
                try:
                    storage.fetch(source, kept.path, limits)
                except BaseException:
                    kept.path.unlink(missing_ok=True)
                    raise
                self._kept[source.raw_path] = kept
            self._kept.move_to_end(source.raw_path)
            kept.users += 1
            return kept

    def _give_back(self, kept: _Kept) -> None:
        with self._lock:
            kept.users -= 1
            if kept.users == 0 and kept not in self._kept.values():
                kept.path.unlink(missing_ok=True)  # another of its name has come since
            idle = [key for key, one in self._kept.items() if one.users == 0]
            for key in idle[: max(0, len(idle) - MOST_KEPT)]:
                self._drop(key)

    def _drop(self, key: bytes) -> None:
        kept = self._kept.pop(key)
        if kept.users == 0:
            kept.path.unlink(missing_ok=True)

    def _new_place(self) -> Path:
        if self._folder is None:
            self._folder = child_scratch(None)
        return self._folder.folder / f"fetched-{next(self._numbers)}"
