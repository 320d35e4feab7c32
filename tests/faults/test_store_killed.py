"""kill -9 of a process that reads pages and takes edits, at any moment: what it said was saved is saved."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.export.json_export import document
from paddlescan.store import FieldEdit, Store, typed_field
from tests.conftest import ROOT
from tests.unit.store.making import files, receipt, result

PAGES = 150
LONG = "一行字 " * 300  # so that a save is more than one write


def work(path: Path, batch: int) -> None:
    """Go on with the batch as the program does, and say what is on the disk."""
    with Store(path) as store:
        assert store.lease(batch).acquire()
        store.recover(batch)
        while (claim := store.claim_page(batch)) is not None:
            number = claim.ref.source.name.split()[1].removesuffix(".png")
            reading = receipt(merchant=LONG + number, total=f"{number}.00", doubtful="total")
            if store.save_result(claim.page_id, result(claim.ref, reading), claim.token):
                print("page", claim.page_id, flush=True)
            (row,) = store.receipt_rows_of_page(claim.page_id)
            store.apply_edit(FieldEdit(row.receipt_id, "note", None, typed_field("note", number)))
            print("edit", row.receipt_id, flush=True)


def start(path: Path, batch: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.test_store_killed", str(path), str(batch)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def kill_at_random(path: Path, batch: int, chance: random.Random) -> tuple[set[int], set[int]]:
    """Start a worker, kill it some lines and some microseconds later. Returns the pages and edits it vouched for."""
    told: list[str] = []
    with start(path, batch) as process:
        assert process.stdout
        for _ in range(chance.randrange(1, 40)):
            told.append(process.stdout.readline())
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, 0.003))
        process.kill()
        told += process.stdout.readlines()
    words = [line.split() for line in told if line.endswith("\n")]
    return {int(n) for what, n in words if what == "page"}, {int(n) for what, n in words if what == "edit"}


def new_batch(path: Path) -> int:
    with Store(path) as store:
        batch = store.create_batch(owner="cli")
        store.add_sources(batch, files(PAGES))
    return batch


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_nothing_that_was_saved_is_lost(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    path = tmp_path / "receipts.db"
    batch = new_batch(path)
    pages: set[int] = set()
    edits: set[int] = set()
    for _ in range(10):
        more_pages, more_edits = kill_at_random(path, batch, chance)
        assert not pages & more_pages, "no page is read twice"
        pages |= more_pages
        edits |= more_edits
        db = sqlite3.connect(path)
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        db.close()
        with Store(path) as store:
            rows = store.page_rows(batch)
            assert pages <= {row.id for row in rows if row.state == "needs_review"}
            assert sum(row.state == "reading" for row in rows) <= 1
            assert edits <= {row.receipt_id for row in store.receipt_rows(batch) if "note" in row.values}
    with start(path, batch) as process:
        process.communicate()
    assert process.returncode == 0

    undisturbed = tmp_path / "calm.db"
    calm = new_batch(undisturbed)
    work(undisturbed, calm)
    with Store(path) as store, Store(undisturbed) as other:
        ours, theirs = list(store.export_rows(batch)), list(other.export_rows(calm))
    assert len(ours) == len(theirs) == PAGES
    for mine, wanted in zip(ours, theirs, strict=True):
        if not mine.history:  # killed between the page and its edit: the edit was never vouched for
            typed = [f for f in wanted.receipt.fields if f.name != "note"]
            assert (
                document([mine])["pages"]
                == document([replace(wanted, history=(), receipt=replace(wanted.receipt, fields=tuple(typed)))])[
                    "pages"
                ]
            )
        else:
            same_time = tuple(replace(e, at="2026-01-01T00:00:00+00:00") for e in wanted.history)
            assert replace(mine, history=same_time) == replace(wanted, history=same_time)
            assert len(mine.history) == 1
    assert sum(not row.history for row in ours) <= 10


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
