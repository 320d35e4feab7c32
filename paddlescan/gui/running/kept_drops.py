"""Drops that are not taken in yet, a small file each beside the store: closing, or a crash, loses none of them.

A batch is known by its number, so a file says of which store it is. What was dropped into a batch of another one, that
was begun anew since, is for the batch in front.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.gui.kept_files import KeptFiles
from paddlescan.store import presence

NO_BATCH = 0
"""The batch of a drop that came before there was one."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Files and folders as they were dropped, in their order."""

    batch: int
    paths: tuple[str, ...] = field(repr=False)
    file: Path = field(repr=False)
    """Where it is kept, or would be."""
    resumed: bool = False
    """Found again at a later start: part of it may be taken in already."""


@dataclass(frozen=True, slots=True)
class _Kept:
    batch: int
    paths: tuple[bytes, ...]
    store: str = ""
    """Its id; empty in files of an earlier version, and of a drop that came before the store was open."""


class KeptDrops:
    """The folder of the files: see `kept_files`. Any thread may call, while this process has the store open."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._files = KeptFiles(store.with_name(f"{store.name}.drops"), _Kept)

    def new(self, batch: int, paths: Sequence[str]) -> Drop:
        """A drop that comes in now; nothing is written yet."""
        return Drop(batch, tuple(paths), self._files.new())

    def keep(self, drop: Drop) -> None:
        """Write it down. Raises DiskFull, ExportFailed, FolderUnwritable."""
        paths = tuple(os.fsencode(path) for path in drop.paths)
        self._files.write(drop.file, _Kept(drop.batch, paths, presence.known(self._store) or ""))

    def forget(self, drop: Drop) -> None:
        """It is taken in."""
        self._files.forget(drop.file)

    def let_go(self, drop: Drop | None = None) -> None:
        """Another window may take it (None: all that this one kept or took)."""
        self._files.let_go(None if drop is None else drop.file)

    def batches(self) -> frozenset[int]:
        """Those with drops that are kept, by whatever window."""
        return frozenset(self._batch(kept) for kept in self._files.peek())

    def take(self) -> tuple[Drop, ...]:
        """What windows that are gone left, in the order of coming: from now on it is this window's affair."""
        found = self._files.take()
        return tuple(
            Drop(self._batch(kept), tuple(os.fsdecode(path) for path in kept.paths), file, resumed=True)
            for file, kept in found
        )

    def _batch(self, kept: _Kept) -> int:
        return kept.batch if kept.store in ("", *presence.known_ids(self._store)) else NO_BATCH
