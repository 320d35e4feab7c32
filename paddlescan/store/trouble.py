"""What an error of the system about the store's folder means for a person."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from paddlescan.disk import wants_room
from paddlescan.errors import DiskFull, PaddleScanError, StoreUnwritable


def store_trouble(error: OSError, store: Path) -> PaddleScanError:
    """DiskFull, or StoreUnwritable with what the system says. store: the database, or a file beside it."""
    folder = str(store.parent)
    if wants_room(error):
        return DiskFull(detail="the list of receipts", file=folder)
    return StoreUnwritable(detail=os.strerror(error.errno or errno.EIO), file=folder)
