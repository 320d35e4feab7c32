"""A full disk: nothing half written, nothing lost, and a sentence that says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paddlescan.errors import DiskFull
from paddlescan.store import FieldEdit, Store, typed_field
from tests.unit.store.making import claimed, files, receipt, result


@contextmanager
def no_room(store: Store) -> Iterator[None]:
    """SQLite's own full disk: the file may not grow by another page."""
    db = store._db._connection
    db.execute("PRAGMA max_page_count = 1")  # SQLite makes it the number of pages there are
    yield
    db.execute("PRAGMA max_page_count = 1000000")


def whole(path: Path) -> bool:
    db = sqlite3.connect(path)
    try:
        return bool(db.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    finally:
        db.close()


def test_a_full_disk_is_told_and_the_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "receipts.db"
    long = "晨光文具 " * 5_000
    with Store(path) as store:
        batch = store.create_batch()
        store.add_sources(batch, files(2))
        done = claimed(store, batch)
        store.save_result(done.page_id, result(done.ref, receipt(total="1.00")), done.token)
        (row,) = store.receipt_rows(batch)
        claim = claimed(store, batch)
        before = store.page_rows(batch)
        edit = FieldEdit(row.receipt_id, "note", None, typed_field("note", long))
        with no_room(store):
            with pytest.raises(DiskFull) as told:
                store.save_result(claim.page_id, result(claim.ref, receipt(merchant=long)), claim.token)
            assert "full" in told.value.message
            with pytest.raises(DiskFull):
                store.apply_edit(edit)
            with pytest.raises(DiskFull):
                store.add_sources(batch, files(3_000, "/more"))
            assert store.page_rows(batch) == before
            assert store.receipt_rows(batch) == (row,)
            assert store.history(row.receipt_id) == ()
            assert store.claim_page(batch) is None
        assert store.save_result(claim.page_id, result(claim.ref, receipt(merchant=long)), claim.token)
        store.apply_edit(edit)
        assert [r.state for r in store.page_rows(batch)] == ["done", "done"]
        assert len(store.history(row.receipt_id)) == 1
    assert whole(path)
