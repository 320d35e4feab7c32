"""Jobs for the store desk about the batches that are kept: plain functions on a store, run in its thread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from paddlescan.store import BatchSummary, Store


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store holds."""

    batches: int
    receipts: int
    oldest: str = ""
    """When the oldest batch was made, ISO 8601; empty without one."""


def count_kept(store: Store) -> Kept:
    """How much there is."""
    batches = store.batches()
    oldest = min((batch.created_at for batch in batches), default="")
    return Kept(len(batches), sum(batch.receipts for batch in batches), oldest)


def older_than(batches: tuple[BatchSummary, ...], days: int, now: datetime) -> tuple[BatchSummary, ...]:
    """The batches made before so many days ago."""
    edge = now - timedelta(days=days)
    return tuple(batch for batch in batches if _made(batch) < edge)


def count_old(store: Store, days: int, front: int | None) -> int:
    """How many batches `delete_old` would delete now."""
    return sum(batch.id != front for batch in older_than(store.batches(), days, datetime.now(UTC)))


def delete_old(store: Store, days: int, front: int | None, pasted: Path) -> int:
    """Delete batches older than that, and the pasted pictures that only they have; says how many batches.

    The batch in front stays, and any that another program holds. pasted: the folder of pasted pictures.
    """
    gone = 0
    pictures: set[bytes] = set()
    for batch in older_than(store.batches(), days, datetime.now(UTC)):
        lease = store.lease(batch.id)
        if batch.id == front or not lease.acquire():
            continue
        paths = {row.ref.source.raw_path for row in store.page_rows(batch.id)}
        pictures |= {path for path in paths if Path(os.fsdecode(path)).parent == pasted}
        gone += store.delete_batch(batch.id, lease)  # held until it is gone: nobody begins to read in it meanwhile
    for path in pictures:
        if not any(True for _ in store.find_same(None, [path])):
            Path(os.fsdecode(path)).unlink(missing_ok=True)
    return gone


def held_elsewhere(store: Store, front: int | None) -> bool:
    """Whether another program works on some batch."""
    for batch in store.batches():
        if batch.id != front:
            with store.lease(batch.id) as free:
                if not free:
                    return True
    return False


def _made(batch: BatchSummary) -> datetime:
    made = datetime.fromisoformat(batch.created_at)
    return made if made.tzinfo else made.replace(tzinfo=UTC)
