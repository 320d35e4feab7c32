"""A full disk: nothing half written, nothing lost, and a sentence that says so."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paddlescan.cli import unfinished
from paddlescan.errors import DiskFull, StoreBusy, StoreUnwritable
from paddlescan.store import FieldEdit, Store, typed_field
from paddlescan.store.care import begin
from tests.faults.disks import SmallDisk, backup_program
from tests.unit.store.care.making import RECEIPTS, everything, filled, overwrite, pages_of, unsaid, zero
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


def work(path: Path) -> None:
    """What a worker of a batch writes: into the store, and beside it."""
    with Store(path) as store, store.lease(store.create_batch()):
        pass


def start(path: Path) -> None:
    begin(path, wait_s=1.0).end()


def scan(path: Path) -> None:
    """A command that was begun; the store is open already, and its files are made."""
    with Store(path) as store:
        unfinished.begin(store, 1)


@pytest.mark.parametrize(
    ("act", "leave"), [*((work, n) for n in range(3)), *((start, n) for n in range(4)), *((scan, n) for n in range(3))]
)
def test_a_disk_that_takes_no_more_files_is_full(act: Callable[[Path], None], leave: int, disk: SmallDisk) -> None:
    """Bytes there are. Whichever file is the first that cannot be made: log, shared memory, lock or mark."""
    path = filled(disk.path / "data" / "receipts.sqlite")
    before = everything(path)
    disk.crowd(leave)
    with pytest.raises(DiskFull) as told:
        act(path)
    assert told.value.parameters == {"detail": "the list of receipts", "file": str(path.parent)}
    disk.make_room()
    with begin(path, wait_s=1.0) as held:
        assert held.found.news is None
    after = everything(path)
    assert after.pop("batch")[: len(before["batch"])] == before.pop("batch")
    assert after == before


def test_a_full_disk_that_may_only_be_read_wants_no_room(disk: SmallDisk) -> None:
    path = filled(disk.path / "data" / "receipts.sqlite")
    disk.fill()
    disk.write_protect()
    with pytest.raises(StoreUnwritable):
        Store(path)


def with_a_broken_index(path: Path) -> Path:
    """As after a death; nothing but an index is damaged."""
    (page,) = pages_of(path, "history_of_receipt")
    overwrite(path, page, b"\x0a\0\0\0\0\x10\0\0".ljust(4096, b"\0"))  # a leaf that is sound, and empty
    return unsaid(path)


@pytest.mark.logs
def test_an_index_that_is_not_mended_for_want_of_room_does_not_make_a_store_broken(disk: SmallDisk) -> None:
    path = with_a_broken_index(filled(disk.path / "data" / "receipts.sqlite"))
    before = path.read_bytes()
    disk.fill(leave=48 << 10)  # enough to look at it
    with pytest.raises(DiskFull):
        begin(path, wait_s=1.0)
    assert not [name for name in disk.files() if ".sav" in name or ".broken" in name], "nothing was saved of it"
    assert path.read_bytes() == before
    disk.make_room()
    with begin(path) as held:
        assert held.found.mended
        assert held.found.saved is None


@pytest.mark.logs
@pytest.mark.parametrize("leave", [48 << 10, 96 << 10, 144 << 10])
def test_what_is_saved_of_a_broken_store_without_room_takes_no_room_afterwards(leave: int, disk: SmallDisk) -> None:
    path = filled(disk.path / "data" / "receipts.sqlite")
    zero(path, 1)
    before = path.read_bytes()
    disk.fill(leave=leave)
    free = shutil.disk_usage(path).free
    for _ in range(2):
        with pytest.raises(DiskFull):
            begin(path, wait_s=1.0)
        assert not [name for name in disk.files() if ".sav" in name or ".broken" in name]
        assert shutil.disk_usage(path).free == free
    assert path.read_bytes() == before
    disk.make_room()
    with begin(path) as held:
        assert held.found.saved is not None
        assert held.found.saved.receipts == RECEIPTS


@pytest.mark.logs
def test_an_index_that_is_not_mended_for_another_programs_lock_does_not_make_a_store_broken(tmp_path: Path) -> None:
    path = with_a_broken_index(filled(tmp_path / "data" / "receipts.sqlite"))
    with backup_program(path), pytest.raises(StoreBusy):
        begin(path, wait_s=0.2)
    with begin(path) as held:
        assert held.found.mended
        assert held.found.saved is None
