from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from paddlescan.document import BLANK, SourceFile
from paddlescan.errors import PageStopsEngine
from paddlescan.gui.settings import jobs
from paddlescan.gui.thumbnail_files import ThumbnailFiles
from paddlescan.store import FieldEdit, Lease, Store, typed_field
from paddlescan.store.care import begin, copies, keep_copy
from paddlescan.store.care.marks import set_mark
from tests.unit.gui.receipts import Filled, fill, read_receipt
from tests.unit.store.care.making import filled, leaves_of, rows, zero

OLD = "2024-01-05T10:00:00+08:00"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "receipts.sqlite")


def batch(store: Store, name: str, made: str = "", files: tuple[Path, ...] = ()) -> int:
    number = store.create_batch(name)
    store.add_sources(number, [SourceFile.at(str(file), file.name) for file in files])
    if made:
        with sqlite3.connect(store.path) as db:
            db.execute("UPDATE batch SET created_at = ? WHERE id = ?", (made, number))
    return number


def test_only_old_batches_go_and_never_the_one_in_front(store: Store, tmp_path: Path) -> None:
    old, front, new = batch(store, "old", OLD), batch(store, "front", OLD), batch(store, "new")
    assert jobs.count_old(store, 365, front) == 1
    assert jobs.delete_old(store, 365, front, tmp_path, tmp_path / "thumbnails") == jobs.Deleted(1)
    assert {b.id for b in store.batches()} == {front, new}
    assert old not in {front, new}


def test_a_batch_that_another_program_holds_stays(store: Store, tmp_path: Path) -> None:
    held = batch(store, "old", OLD)
    lease = store.lease(held)
    assert lease.acquire()
    assert jobs.held_elsewhere(store, None)
    assert not jobs.held_elsewhere(store, held)
    assert jobs.delete_old(store, 365, None, tmp_path, tmp_path / "thumbnails") == jobs.Deleted(0)
    lease.release()
    assert not jobs.held_elsewhere(store, None)
    assert jobs.delete_old(store, 365, None, tmp_path, tmp_path / "thumbnails") == jobs.Deleted(1)


def test_nobody_can_begin_to_read_in_a_batch_while_it_is_deleted(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(store, "old", OLD)
    real, free = Store.delete_batch, []

    def watched(self: Store, number: int, *rest: Lease) -> bool:
        free.append(Store(store.path).lease(number).acquire())  # another program, just then
        return real(self, number, *rest)

    monkeypatch.setattr(Store, "delete_batch", watched)
    assert jobs.delete_old(store, 365, None, tmp_path, tmp_path / "thumbnails") == jobs.Deleted(1)
    assert free == [False]


def test_a_program_that_only_has_the_store_open_is_in_the_way_of_erasing_too(store: Store) -> None:
    ours, theirs = set_mark(store.path), set_mark(store.path)
    assert jobs.held_elsewhere(store, None)
    theirs.remove()
    assert not jobs.held_elsewhere(store, None)
    theirs = set_mark(store.path)
    theirs.abandon()  # as a death leaves it
    assert not jobs.held_elsewhere(store, None)
    ours.remove()


def test_pasted_and_scanned_pages_go_with_their_last_batch_and_a_persons_own_files_stay(
    store: Store, tmp_path: Path
) -> None:
    pasted, scanned = tmp_path / "pasted", tmp_path / "scanned"
    pasted.mkdir()
    scanned.mkdir()
    alone, shared, own, page = pasted / "a.png", pasted / "b.png", tmp_path / "own.png", scanned / "scan-1.png"
    for file in (alone, shared, own, page):
        file.write_bytes(b"x")
    batch(store, "old", OLD, (alone, shared, own, page))
    batch(store, "new", files=(shared,))
    assert jobs.delete_old(store, 365, None, (pasted, scanned), tmp_path / "thumbnails") == jobs.Deleted(1)
    assert (alone.exists(), page.exists(), shared.exists(), own.exists()) == (False, False, True, True)


def test_a_deleted_batch_stands_in_no_byte_of_what_is_kept(tmp_path: Path) -> None:
    """Receipts, corrections, file names, small pictures, pasted pictures, and the copies of the store."""
    path = tmp_path / "data" / "receipts.sqlite"
    path.parent.mkdir()
    thumbnails, inbox = tmp_path / "thumbnails", tmp_path / "inbox"
    inbox.mkdir()
    small = ThumbnailFiles(thumbnails)
    with Store(path) as store, Store(path) as another:
        for word in ("Canary", "Sparrow"):
            filled = Filled(path, store, store.create_batch(f"{word} batch"))
            for number in range(150):
                name = f"{word}-{number}.png"
                (inbox / name).write_bytes(b"x")
                store.add_sources(filled.batch, [SourceFile.at(str(inbox / name), name)])
                filled.read(name, read_receipt(merchant=f"{word} Trading {number}", address=f"{word} " * 40))
            row = store.receipt_rows(filled.batch)[0]
            read = store.receipt(row.receipt_id).receipt.field("address")
            store.apply_edit(FieldEdit(row.receipt_id, "address", read, typed_field("address", f"{word} Street", read)))
            for page in store.page_rows(filled.batch):
                key = small.key_of(page.ref, 128)
                assert key is not None
                small.put(key, word.encode() * 20)
            if word == "Canary":
                with sqlite3.connect(path) as db:
                    db.execute("UPDATE batch SET created_at = ?", (OLD,))
                (inbox / "Canary-3.png").unlink()  # what is gone meanwhile is still known by its name
        assert keep_copy(path) is not None
        assert another.batches()
        assert holding(tmp_path, b"Canary") > {"receipts.sqlite"}
        assert jobs.delete_old(store, 365, None, (), thumbnails) == jobs.Deleted(1)
        assert holding(tmp_path, b"Canary") == set(), "while another program has the store open"
        assert len(copies(path)) == 1
        assert len(list(thumbnails.iterdir())) == 150
    assert holding(tmp_path, b"Canary") == set()
    assert "receipts.sqlite" in holding(tmp_path, b"Sparrow")


def holding(folder: Path, word: bytes) -> set[str]:
    """The files in which a word stands, our own inbox apart."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.parent.name != "inbox")
    return {file.name for file in files if word in file.read_bytes()}


def test_what_is_kept_is_counted(store: Store) -> None:
    assert jobs.count_kept(store) == jobs.Kept(0, 0)
    batch(store, "old", OLD)
    batch(store, "new")
    assert jobs.count_kept(store) == jobs.Kept(2, 0, OLD)


def test_only_receipts_are_counted_as_such(tmp_path: Path) -> None:
    """As at the foot of the table: no blank page and none that failed, until somebody types in what stands there."""
    pile = fill(tmp_path)
    with pile.store as store:
        for _ in range(2):
            pile.put("lunch.png", merchant="Kopitiam", total="12.00")
            pile.put("nothing read.png")
            pile.drop("back.png", "torn.png", "typed in.png", "two.png", "waits.png")
            pile.read("back.png", read_receipt(), quality=(BLANK,))
            pile.fail("torn.png", PageStopsEngine())
            typed = store.receipt_rows_of_page(pile.fail("typed in.png", PageStopsEngine()))[0].receipt_id
            store.apply_edit(FieldEdit(typed, "total", None, typed_field("total", "3.00", None)))
            two = pile.read("two.png", read_receipt(1, 2, total="1.00"), read_receipt(2, 2, total="2.00"))
            store.set_removed([store.receipt_rows_of_page(two)[1].receipt_id], True)
            store.add_receipt(pile.batch)
            pile.batch = store.create_batch()
        assert [batch.receipts for batch in store.batches()] == [0, 7, 7], "rows of the table"
        told = jobs.count_kept(store)
        assert (told.batches, told.receipts) == (3, 10)
        foot = (line for batch in store.batches() for line in store.receipt_lines(batch.id) if not line.removed)
        assert told.receipts == sum(line.is_receipt for line in foot)


@pytest.mark.logs
def test_without_a_new_copy_the_earlier_ones_stay_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They may be all there is to restore a broken store from."""
    path = filled(tmp_path / "data" / "receipts.sqlite")
    made = keep_copy(path)
    with Store(path) as store:
        for _ in range(2):
            batch(store, "old", OLD)
            with monkeypatch.context() as full:
                full.setattr("paddlescan.store.care.copying.SPARE_BYTES", 1 << 62)
                told = jobs.delete_old(store, 365, None, tmp_path, tmp_path / "thumbnails")
            assert told.batches == 1
            assert told.in_copies is not None
            assert told.in_copies.code == "disk_full"
            assert copies(path) == (made,)


@pytest.mark.logs
def test_a_damaged_store_keeps_its_copies_when_old_batches_go(tmp_path: Path) -> None:
    path = filled(tmp_path / "data" / "receipts.sqlite")
    made = keep_copy(path)
    before = rows(path, "receipt_reading")
    with Store(path) as store:
        batch(store, "old", OLD)
    for number in leaves_of(path, "receipt_reading")[3:6]:
        zero(path, number)
    with Store(path) as store:
        told = jobs.delete_old(store, 365, None, tmp_path, tmp_path / "thumbnails")
    assert told.in_copies is not None
    assert told.in_copies.code == "store_damaged"
    assert copies(path) == (made,)
    with begin(path) as held:
        assert held.found.saved is not None
    assert rows(path, "receipt_reading") == before
