"""Drops that are not taken in yet, a small file each beside the store: closing, or a crash, loses none of them."""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.document.codec import BadData, decode, encode
from paddlescan.errors import FolderUnwritable
from paddlescan.export.atomic import write_atomically

log = logging.getLogger(__name__)

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


class KeptDrops:
    """The folder of the files. Nobody changes a file; any thread may call."""

    def __init__(self, store: Path) -> None:
        self._folder = store.with_name(f"{store.name}.drops")

    def new(self, batch: int, paths: Sequence[str]) -> Drop:
        """A drop that comes in now; nothing is written yet."""
        name = f"{time.time_ns():020d}-{secrets.token_hex(4)}.json"  # names sort in the order of coming
        return Drop(batch, tuple(paths), self._folder / name)

    def keep(self, drop: Drop) -> None:
        """Write it down. Raises DiskFull, ExportFailed, FolderUnwritable."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise FolderUnwritable(file=str(self._folder), detail=detail) from error
        data = encode(_Kept(drop.batch, tuple(os.fsencode(path) for path in drop.paths)))
        write_atomically(drop.file, data, overwrite=True, private=True)

    def forget(self, drop: Drop) -> None:
        """It is taken in."""
        try:
            drop.file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("a drop is not forgotten: %s", type(error).__name__)  # walked again, it adds nothing

    def all(self) -> tuple[Drop, ...]:
        """What is kept, in the order of coming. A file that is damaged is set aside."""
        drops: list[Drop] = []
        for file in sorted(self._folder.glob("*.json")):
            try:
                kept = decode(file.read_bytes(), _Kept)
            except FileNotFoundError:
                continue  # another thread took it in a moment ago
            except BadData:
                log.warning("a kept drop is damaged, set aside")
                with suppress(OSError):  # a folder that may not be written
                    file.replace(file.with_suffix(".damaged"))
            except OSError as error:
                log.warning("a kept drop is not readable: %s", type(error).__name__)
            else:
                drops.append(Drop(kept.batch, tuple(os.fsdecode(path) for path in kept.paths), file, resumed=True))
        return tuple(drops)
