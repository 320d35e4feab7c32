"""Jobs for the store desk: plain functions on a store, run in its thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from paddlescan.document import PrepareOptions, ScanOptions
from paddlescan.errors import BatchGone, PaddleScanError, RowGone
from paddlescan.gui.running.kept_drops import NO_BATCH, Drop, KeptDrops
from paddlescan.store import BatchSummary, Lease, PageRow, Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A batch in front. Without a lease another program reads it; here it can be looked at and corrected."""

    summary: BatchSummary
    rows: tuple[PageRow, ...]
    lease: Lease | None


def open_last(store: Store, dropped: frozenset[int] = frozenset()) -> Opened | None:
    """The batch of the window that was in front the last and that no other window holds; None where there is none.

    One that nobody has used comes after all others. dropped: batches with drops that are not taken in yet.
    """

    def rank(summary: BatchSummary) -> tuple[bool, int, int]:
        used = bool(summary.pages or summary.receipts or summary.name or summary.id in dropped)
        return used, summary.fronted, summary.id

    for summary in sorted(store.batches(), key=rank, reverse=True):
        if summary.owner == "window":
            with suppress(BatchGone):  # another program deleted it since it was listed
                opened = open_batch(store, summary.id)
                if opened.lease is not None:
                    return opened
    return None


def waiting_elsewhere(store: Store, front: int | None, left: int | None) -> tuple[BatchSummary, ...]:
    """The window's batches of which pages wait that no living program reads, but for the one in front: the one that was
    left just now before all others, then the one with the most pages."""
    found = [
        summary
        for summary in store.batches()
        if summary.owner == "window" and summary.unfinished and summary.id != front and _free(store, summary.id)
    ]
    return tuple(sorted(found, key=lambda each: (each.id != left, -each.waiting - each.reading)))


def _free(store: Store, batch: int) -> bool:
    """Whether nobody holds its lease."""
    with store.lease(batch) as ours:
        return ours


MakeRoom = Callable[[int], object]
"""Has whoever reads a batch for this window behind its back let go of it; returns when that is done."""


def open_batch(store: Store, batch: int, make_room: MakeRoom | None = None) -> Opened:
    """Any batch. Pages that a dead process left half read wait again. Raises BatchGone."""
    try:
        return _open_batch(store, batch, make_room)
    except RowGone:
        raise BatchGone from None


def _open_batch(store: Store, batch: int, make_room: MakeRoom | None) -> Opened:
    lease = store.lease(batch)
    if make_room is not None and not lease.acquire():
        make_room(batch)
    if lease.acquire():
        try:
            store.recover(batch)
            return Opened(store.summary(batch), store.page_rows(batch), lease)
        except RowGone:  # another program deleted it a moment ago; its lock file is of no use to anybody
            lease.discard()
            raise
        except PaddleScanError:
            lease.release()
            raise
    log.info("batch %s: another program holds it", batch)
    return Opened(store.summary(batch), store.page_rows(batch), None)


def kept_for(kept: KeptDrops, batch: int) -> tuple[Drop, ...]:
    """The drops into a batch that are not taken in, and that no other window answers for."""
    return _taken(kept, lambda drop: drop.batch == batch)


def left_over(store: Store, kept: KeptDrops) -> tuple[Drop, ...]:
    """The drops that earlier windows did not take in; those of a batch that some window holds are its own affair."""
    there = {summary.id for summary in store.batches()}
    found = _taken(kept, lambda drop: drop.batch == NO_BATCH or drop.batch not in there or _free(store, drop.batch))
    for drop in found:
        if drop.batch != NO_BATCH and drop.batch not in there:
            kept.forget(drop)
    return tuple(drop for drop in found if drop.batch == NO_BATCH or drop.batch in there)


def _taken(kept: KeptDrops, wanted: Callable[[Drop], bool]) -> tuple[Drop, ...]:
    """Those of the drops that are wanted; any window may take the others."""
    drops: list[Drop] = []
    for drop in kept.take():
        if wanted(drop):
            drops.append(drop)
        else:
            kept.let_go(drop)
    return tuple(drops)


def create(store: Store, name: str, options: ScanOptions) -> Opened:
    """A new, empty batch."""
    return open_batch(store, store.create_batch(name, "window", options))


def release(opened: Opened) -> None:
    """Let go of a batch."""
    if opened.lease is not None:
        opened.lease.release()


def rename(store: Store, batch: int, name: str) -> BatchSummary:
    """Name a batch; the batch as it is then."""
    store.rename_batch(batch, name)
    return store.summary(batch)


def read_again(store: Store, page_id: int, prepare: PrepareOptions | None) -> tuple[PageRow, ...]:
    """Let a page wait again, with these switches; the page as it is then, if it is still there."""
    store.read_again(page_id, prepare)
    return rows_of(store, (page_id,))


def set_prepare(store: Store, page_id: int, prepare: PrepareOptions) -> tuple[PageRow, ...]:
    """Remember a page's switches; the page as it is then, if it is still there."""
    store.set_prepare(page_id, prepare)
    return rows_of(store, (page_id,))


def file_of(store: Store, page_ids: Sequence[int]) -> tuple[PageRow, ...]:
    """The pages that were added to a file, and the page it had."""
    rows = rows_of(store, page_ids)
    if not rows:
        return ()
    same = store.find_same(rows[0].batch, [rows[0].ref.source.raw_path])
    return (*same, *rows)


def rows_of(store: Store, page_ids: Collection[int]) -> tuple[PageRow, ...]:
    """Those of the pages that are still there."""
    rows = (store.page_row(page_id) for page_id in page_ids)
    return tuple(row for row in rows if row is not None)
