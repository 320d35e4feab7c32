"""Several programs on one store: windows and command lines read, correct, delete and copy at once. Nothing is lost."""

from __future__ import annotations

import random
import select
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from paddlescan.errors import StoreDamaged
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import FieldEdit, Store, typed_field
from paddlescan.store.care import begin, copies, keep_copy, tidy
from paddlescan.store.connection import suspect_file
from tests.conftest import ROOT
from tests.unit.store.care.making import filled, plain, whole
from tests.unit.store.making import files, receipt, result

PAGES = 40
COPIES = 8
SECONDS = 60.0


def read_and_correct(path: Path, number: int, shared: int) -> None:
    """A program: it reads a batch of its own, corrects rows of the shared one, and vouches for what was saved."""
    chance = random.Random(number)
    with begin(path), open_store(path) as store:
        batch = store.create_batch(f"of {number}", owner="cli")
        lease = store.lease(batch)
        assert lease.acquire()
        store.add_sources(batch, files(PAGES, f"/scans/{number}"))
        rows = [row.receipt_id for row in store.receipt_rows(shared)]
        while (claim := store.claim_page(batch)) is not None:
            reading = receipt(merchant="商店 " * 200, total=f"{number}.{claim.page_id % 100:02}")
            assert store.save_result(claim.page_id, result(claim.ref, reading), claim.token)
            print("page", claim.page_id, flush=True)
            row, value = chance.choice(rows), f"{number} {claim.page_id}"
            store.apply_edit(FieldEdit(row, "note", None, typed_field("note", value)))
            print("edit", row, value, flush=True)
        lease.release()


def look_after(path: Path) -> None:
    """Another program: copies, room given back, batches made and deleted, until its input ends."""
    with begin(path), open_store(path) as store:
        print("ready", flush=True)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and not _ended():
            batch = store.create_batch("short")
            store.add_sources(batch, files(5, f"/short/{batch}"))
            keep_copy(path)
            assert store.delete_batch(batch)
            tidy(path)


def _ended() -> bool:
    return bool(select.select([sys.stdin], [], [], 0)[0])


def start(path: Path, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.test_store_two_programs", str(path), *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_programs_at_work_on_one_store_lose_nothing_and_are_never_told_it_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "data" / "receipts.sqlite"
    with begin(path), open_store(path) as store:
        shared = store.create_batch("shared")
        for _ in range(8):
            store.add_receipt(shared)
    keeper = start(path, "keeper")
    assert keeper.stdout
    assert keeper.stdout.readline() == "ready\n"
    workers = [start(path, number, shared) for number in (1, 2)]
    told = [worker.communicate()[0].splitlines() for worker in workers]
    keeper.communicate()
    assert [p.returncode for p in (*workers, keeper)] == [0, 0, 0], "a StoreBusy would have ended one of them"
    assert whole(path)
    with begin(path) as held, Store(path) as store:
        assert not held.found.checked
        mine = {(b.name, b.pages, b.waiting + b.reading) for b in store.batches() if b.id != shared}
        assert mine == {(f"of {number}", PAGES, 0) for number in (1, 2)}
        rows = [row for b in store.batches() for row in store.page_rows(b.id)]
        done = {row.id for row in rows if row.state in ("done", "needs_review")}
        ids = [row.receipt_id for row in store.receipt_rows(shared)]
        edits = {(receipt_id, entry.after) for receipt_id in ids for entry in store.history(receipt_id)}
    for lines in told:
        words = [line.split(" ", 2) for line in lines]
        assert sum(word[0] == "edit" for word in words) == PAGES
        assert {int(word[1]) for word in words if word[0] == "page"} <= done
        assert {(int(word[1]), word[2]) for word in words if word[0] == "edit"} <= edits
    with closing(plain(path)) as db:
        assert db.execute("SELECT COUNT(*) FROM history").fetchone() == (2 * PAGES,)


def test_of_two_programs_on_one_batch_one_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "receipts.sqlite"
    with open_store(path) as store:
        batch = store.create_batch(owner="cli")
        first, second = store.lease(batch), store.lease(batch)
        assert first.acquire()
        assert not second.acquire()
        assert not store.delete_batch(batch), "nor is it deleted under the one that reads"
        assert [b.id for b in store.batches()] == [batch]
        first.release()
        assert store.delete_batch(batch)
        assert store.batches() == ()
        assert list(path.parent.glob("*.batch-*")) == []


@pytest.mark.parametrize("with_log", [True, False])
def test_a_second_program_makes_no_store_where_one_vanished_under_the_first(with_log: bool, tmp_path: Path) -> None:
    """Without a copy, and with nothing of it left: who has it open says that there was one."""
    path = tmp_path / "data" / "receipts.sqlite"
    first = start(path, "keeper")
    assert first.stdin
    assert first.stdout
    assert first.stdout.readline() == "ready\n"
    first.send_signal(signal.SIGSTOP)
    try:
        for file in path.parent.glob(f"{path.name}*"):
            if file.name in (path.name, f"{path.name}-shm") or (with_log and file.name == f"{path.name}-wal"):
                file.rename(tmp_path / file.name)
        shutil.rmtree(path.parent / "backups", ignore_errors=True)
        with pytest.raises(StoreDamaged) as told:
            begin(path)
        assert "Close every PaddleScan" in told.value.remedy
        assert not path.exists()
    finally:
        first.kill()
        first.communicate()


def copy_on(path: Path, times: int) -> None:
    """Another program that makes copies, one after the other, once it is told to begin."""
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(times):
        made = keep_copy(path)
        print("none" if made is None else made.file.name, flush=True)


def test_programs_that_make_copies_at_once_all_get_theirs(tmp_path: Path) -> None:
    path = filled(tmp_path / "data" / "receipts.sqlite")
    copiers = [start(path, "copier", COPIES) for _ in range(2)]
    for copier in copiers:
        assert copier.stdout
        assert copier.stdout.readline() == "ready\n"
    for copier in copiers:
        assert copier.stdin
        copier.stdin.write("go\n")
        copier.stdin.flush()
    made = [copier.communicate()[0].split() for copier in copiers]
    assert [copier.returncode for copier in copiers] == [0, 0]
    assert [len(names) for names in made] == [COPIES, COPIES]
    assert all("none" not in names for names in made)
    assert not suspect_file(path).exists(), "nobody took another's half file for a broken store"
    there = copies(path)
    assert there
    assert all(whole(copy.file) for copy in there)
    assert {file.name for file in path.parent.joinpath("backups").iterdir()} == {copy.file.name for copy in there}


if __name__ == "__main__":
    if sys.argv[2] == "keeper":
        look_after(Path(sys.argv[1]))
    elif sys.argv[2] == "copier":
        copy_on(Path(sys.argv[1]), int(sys.argv[3]))
    else:
        read_and_correct(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
