"""Room given back: what batches that were deleted took in the file, and the write-ahead log. At calm moments only."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from paddlescan.errors import StoreBusy
from paddlescan.store.care import marks
from paddlescan.store.care.copying import SPARE_BYTES
from paddlescan.store.connection import open_there, translated

log = logging.getLogger(__name__)

WORTH_BYTES = 8 << 20
"""Less free room in the file is not worth the work; new receipts will fill it."""
WORTH_SHARE = 0.25
"""Nor is less than this part of the file."""
LONGEST_BYTES = 512 << 20
"""A larger store is left as it is while another program has it open: it would wait for many seconds."""
LOOKING_S = 1.0
"""How long it is waited for a program that is just opening the store."""


def tidy(path: Path) -> bool:
    """Write the log into the file, and make the file smaller where that is worth it. Whether it became smaller.

    Somebody else's lock is no trouble: another calm moment comes. Raises StoreUnwritable, DiskFull, StoreDamaged.
    """
    try:
        with translated(path), closing(open_there(path, busy_s=1.0)) as db:
            db.execute("PRAGMA synchronous = EXTRA")
            db.execute("PRAGMA secure_delete = ON")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not _worth_it(db, path):
                return False
            _build_anew(db, path)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except StoreBusy:
        return False
    log.info("the store gave back room that deleted batches had taken")
    return True


def _build_anew(db: sqlite3.Connection, path: Path) -> None:
    """The new file is first made beside the old one, not in the system's temporary folder, where receipts have no
    business and the room is another's; nor in memory, for it may be large."""
    folder = str(path.parent).replace("'", "''")
    db.execute("PRAGMA temp_store = FILE")
    db.execute(f"PRAGMA temp_store_directory = '{folder}'")  # holds for the process, in which nobody else uses files
    try:
        db.execute("VACUUM")
    finally:
        db.execute("PRAGMA temp_store_directory = ''")


def _worth_it(db: sqlite3.Connection, path: Path) -> bool:
    free, pages, size = (
        int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("freelist_count", "page_count", "page_size")
    )
    if free * size < WORTH_BYTES or free < pages * WORTH_SHARE:
        return False
    left = (pages - free) * size
    if left > LONGEST_BYTES:
        with marks.one_at_a_time(path, LOOKING_S):
            if marks.look(path).alive > 1:
                return False
    # The new file is made beside the old one, goes through the log, and only then takes its place.
    return shutil.disk_usage(path.parent).free > 3 * left + SPARE_BYTES
