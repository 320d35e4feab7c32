"""Room on the disks: what reading a batch will take, and whether it is there. Knows nothing of windows."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from paddlescan.store import Store

PAGE_BYTES = 16_000
"""What a page takes in the store where it has read too few to tell: 13.9 KB were measured for receipts of 40 lines
and 11 fields (tests/benchmarks/big_store.py)."""
TELLING_PAGES = 100
"""So many pages in the store, and its own figure is believed."""
COPIES = 2
"""The store itself, and its next copy."""
LOG_BYTES = 16 << 20
"""The store's write-ahead log: 4 MB as a rule, more while somebody reads beside it."""
THUMBNAIL_BYTES = 3_300
"""The small picture of a page in the list."""
ENGINE_BYTES = 40 << 20
"""The scratch folder of an engine: its models, copied as they were verified (30 MB), and a picture."""
RESERVE_BYTES = 32 << 20
"""What is left free on a disk: reading stops before. Less on a small disk, see `reserve`."""
LARGE_BYTES = 100 << 20
"""What is worth a word although there is room."""


@dataclass(frozen=True, slots=True)
class Room:
    """What reading some pages takes on the disk that is the shortest of it."""

    pages: int
    needed: int
    """Bytes."""
    free: int
    """Bytes, those left free by all means taken off."""

    @property
    def enough(self) -> bool:
        """Whether it fits."""
        return self.needed <= self.free

    @property
    def worth_saying(self) -> bool:
        """Whether it is much, or room is short."""
        return self.needed >= LARGE_BYTES or self.needed > self.free // 2


def room_for(store: Store, pages: int, engines: int, thumbnails: Path, most_thumbnails: int, scratch: Path) -> Room:
    """What reading so many pages with so many engines takes, and what is free. Quick: counts pages, asks the disks.

    thumbnails, scratch: their folders; most_thumbnails: the bytes that the small pictures take at most.
    """
    wanted = (
        (store.path.parent, round(page_bytes(store) * pages) * COPIES + LOG_BYTES),
        (thumbnails, min(THUMBNAIL_BYTES * pages, most_thumbnails)),
        (scratch, ENGINE_BYTES * engines),
    )
    disks: dict[int, tuple[int, Path]] = {}
    for folder, needed in wanted:
        there = _existing(folder)
        disk = there.stat().st_dev
        disks[disk] = (disks.get(disk, (0, there))[0] + needed, there)
    rooms = [Room(pages, needed, max(0, free_bytes(folder))) for needed, folder in disks.values()]
    return min(rooms, key=lambda room: room.free - room.needed)


def page_bytes(store: Store) -> float:
    """What a page takes in this store: measured where it holds enough of them."""
    size, pages = store.size()
    return size / pages if pages >= TELLING_PAGES else PAGE_BYTES


def reserve(total: int) -> int:
    """The bytes of a disk of that size that are left free: 32 MiB, on a small disk a fiftieth."""
    return min(RESERVE_BYTES, total // 50)


def free_bytes(folder: Path) -> int:
    """What may still be written on the disk of a folder; below 0 where the reserve is begun. 0 where nobody knows."""
    try:
        usage = shutil.disk_usage(_existing(folder))
    except OSError:
        return 0
    return usage.free - reserve(usage.total)


def is_short(folder: Path) -> bool:
    """Whether the disk of a folder is so full that reading should wait; not where the disk does not tell."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return False
    return usage.free < reserve(usage.total)


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder
