from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from paddlescan.document import SourceFile
from paddlescan.gui.settings import jobs
from paddlescan.store import Lease, Store

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
    assert jobs.delete_old(store, 365, front, tmp_path) == 1
    assert {b.id for b in store.batches()} == {front, new}
    assert old not in {front, new}


def test_a_batch_that_another_program_holds_stays(store: Store, tmp_path: Path) -> None:
    held = batch(store, "old", OLD)
    lease = store.lease(held)
    assert lease.acquire()
    assert jobs.held_elsewhere(store, None)
    assert not jobs.held_elsewhere(store, held)
    assert jobs.delete_old(store, 365, None, tmp_path) == 0
    lease.release()
    assert not jobs.held_elsewhere(store, None)
    assert jobs.delete_old(store, 365, None, tmp_path) == 1


def test_nobody_can_begin_to_read_in_a_batch_while_it_is_deleted(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(store, "old", OLD)
    real, free = Store.delete_batch, []

    def watched(self: Store, number: int, *rest: Lease) -> bool:
        free.append(Store(store.path).lease(number).acquire())  # another program, just then
        return real(self, number, *rest)

    monkeypatch.setattr(Store, "delete_batch", watched)
    assert jobs.delete_old(store, 365, None, tmp_path) == 1
    assert free == [False]


def test_pasted_pictures_go_with_their_last_batch_and_a_persons_own_files_stay(store: Store, tmp_path: Path) -> None:
    pasted = tmp_path / "pasted"
    pasted.mkdir()
    alone, shared, own = pasted / "a.png", pasted / "b.png", tmp_path / "own.png"
    for file in (alone, shared, own):
        file.write_bytes(b"x")
    batch(store, "old", OLD, (alone, shared, own))
    batch(store, "new", files=(shared,))
    assert jobs.delete_old(store, 365, None, pasted) == 1
    assert (alone.exists(), shared.exists(), own.exists()) == (False, True, True)


def test_what_is_kept_is_counted(store: Store) -> None:
    assert jobs.count_kept(store) == jobs.Kept(0, 0)
    batch(store, "old", OLD)
    batch(store, "new")
    assert jobs.count_kept(store) == jobs.Kept(2, 0, OLD)
