from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from paddlescan.document import PrepareOptions, ScanOptions
from paddlescan.errors import EmptyFile, RowGone
from paddlescan.store import Store
from tests.unit.store.making import claimed, files, read_page, receipt

NO_SEALS = ScanOptions(PrepareOptions(remove_seals=False))


def test_a_batch_counts_its_pages_and_rows(store: Store) -> None:
    batch = store.create_batch("March", "cli", NO_SEALS, ("/scans", "b.pdf"))
    store.add_sources(batch, files(6))
    read_page(store, batch, receipt(1, 2, total="1.00"), receipt(2, 2, total="2.00"))
    rows = read_page(store, batch, receipt(doubtful="total", total="3.00"))
    store.set_removed([rows[0].receipt_id], True)
    read_page(store, batch, receipt(doubtful="total", total="3.00"))
    claimed(store, batch)
    store.add_failed_source(batch, files(1, "/gone")[0], EmptyFile(file="gone").failure)
    store.add_receipt(batch)

    summary = store.summary(batch)
    assert (summary.name, summary.owner, summary.options) == ("March", "cli", NO_SEALS)
    assert summary.roots == ("/scans", "b.pdf")
    assert datetime.fromisoformat(summary.created_at).utcoffset() is not None
    counts = (summary.pages, summary.waiting, summary.reading, summary.done, summary.needs_review, summary.failed)
    assert counts == (7, 2, 1, 2, 1, 1)
    assert summary.receipts == 2 + 0 + 1 + 1 + 1
    assert summary.unfinished


def test_batches_come_newest_first_and_can_be_renamed_and_deleted(store: Store) -> None:
    first, second = store.create_batch("one"), store.create_batch("two")
    store.rename_batch(first, "uno")
    assert [(b.id, b.name) for b in store.batches()] == [(second, "two"), (first, "uno")]
    store.add_sources(second, files(1))
    rows = read_page(store, second, receipt(total="1.00"))
    store.delete_batch(second)
    assert [b.id for b in store.batches()] == [first]
    assert store.receipt_row(rows[0].receipt_id) is None
    assert store.create_batch() > second, "an id is never given again"


def test_what_is_gone_is_said_to_be_gone(store: Store) -> None:
    for call in (
        lambda: store.summary(7),
        lambda: store.rename_batch(7, "x"),
        lambda: store.add_sources(7, files(1)),
        lambda: store.add_receipt(7),
        lambda: store.read_again(7),
        lambda: store.set_prepare(7, PrepareOptions()),
        lambda: store.receipt(7),
    ):
        with pytest.raises(RowGone):
            call()
    store.delete_batch(7)


def test_a_lease_is_held_once(path: Path, store: Store, batch: int) -> None:
    mine, theirs = store.lease(batch), Store(path).lease(batch)
    assert mine.acquire()
    assert mine.acquire(), "asking again is fine"
    assert not theirs.acquire()
    assert store.lease(batch + 1).acquire(), "another batch has another lease"
    mine.release()
    mine.release()
    assert theirs.acquire()
    assert theirs.held
    theirs.release()


def test_a_deleted_batch_leaves_no_lock_file_unless_it_is_held(path: Path, store: Store) -> None:
    idle, busy = store.create_batch(), store.create_batch()
    store.lease(idle).acquire()
    held = store.lease(busy)
    assert held.acquire()
    for batch in (idle, busy):
        store.delete_batch(batch)
    assert [file.name for file in path.parent.glob("*.lock")] == [f"{path.name}.batch-{busy}.lock"]
    held.release()
