"""Jobs for the store desk about the batches that are kept: plain functions on a store, run in its thread."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from paddlescan.errors import Failure, PaddleScanError
from paddlescan.gui.thumbnail_files import ThumbnailFiles
from paddlescan.store import BatchSummary, Store
from paddlescan.store.care import copies, keep_only_copy, tidy
from paddlescan.store.care.marks import look, one_at_a_time

log = logging.getLogger(__name__)

OWN_MARKS = 1
"""That of the window which asks."""
LOOKING_S = 5.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store holds."""

    batches: int
    receipts: int
    """Without blank pages and what failed, as at the foot of the table."""
    oldest: str = ""
    """When the oldest batch was made, ISO 8601; empty without one."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """What became of old batches."""

    batches: int
    in_copies: Failure | None = None
    """Why copies of the store still hold them; None: nothing does."""


def count_kept(store: Store) -> Kept:
    """How much there is."""
    with store.looking():
        batches, receipts = store.batches(), store.count_receipts()
    oldest = min((batch.created_at for batch in batches), default="")
    return Kept(len(batches), receipts, oldest)


def older_than(batches: tuple[BatchSummary, ...], days: int, now: datetime) -> tuple[BatchSummary, ...]:
    """The batches made before so many days ago."""
    edge = now - timedelta(days=days)
    return tuple(batch for batch in batches if _made(batch) < edge)


def count_old(store: Store, days: int, front: int | None) -> int:
    """How many batches `delete_old` would delete now."""
    return sum(batch.id != front for batch in older_than(store.batches(), days, datetime.now(UTC)))


def delete_old(store: Store, days: int, front: int | None, ours: Collection[Path], thumbnails: Path) -> Deleted:
    """Delete batches older than that, with all that only they have.

    That is also pasted pictures and scanned pages, small pictures of pages, and the copies of the store that were made
    before, once a new one is there. The batch in front stays, and any that another program holds. ours: the folders of
    what was pasted and scanned; thumbnails: a folder.
    """
    gone = 0
    files: set[bytes] = set()
    for batch in older_than(store.batches(), days, datetime.now(UTC)):
        lease = store.lease(batch.id)
        if batch.id == front or not lease.acquire():
            continue
        files |= {row.ref.source.raw_path for row in store.page_rows(batch.id)}
        gone += store.delete_batch(batch.id, lease)  # held until it is gone: nobody begins to read in it meanwhile
    alone = [path for path in files if not any(True for _ in store.find_same(None, [path]))]
    for file in (Path(os.fsdecode(path)) for path in alone):
        if file.parent in ours:
            file.unlink(missing_ok=True)
    ThumbnailFiles(thumbnails).forget(alone)
    return Deleted(gone, _without_traces(store.path) if gone else None)


def _without_traces(path: Path) -> Failure | None:
    """What was deleted shall stand in no log and in no copy of the store either. Why copies are left; None: none is.

    Without a new one no older copy goes: it may be all there is to restore a broken store from.
    """
    try:
        tidy(path)
        keep_only_copy(path)
    except PaddleScanError as error:
        log.warning("the copies of the store hold what was deleted: %s", error.code)
        return error.failure if copies(path) else None
    return None


def held_elsewhere(store: Store, front: int | None) -> bool:
    """Whether another program works on some batch, or has the store open at all."""
    with one_at_a_time(store.path, LOOKING_S):
        if look(store.path).alive > OWN_MARKS:
            return True
    for batch in store.batches():
        if batch.id != front:
            with store.lease(batch.id) as free:
                if not free:
                    return True
    return False


def _made(batch: BatchSummary) -> datetime:
    made = datetime.fromisoformat(batch.created_at)
    return made if made.tzinfo else made.replace(tzinfo=UTC)
