"""Scans of the command line that were not brought to their end are found again."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from paddlescan.cli import unfinished
from paddlescan.document import PrepareOptions, ScanOptions
from paddlescan.store import Store
from tests.unit.store.making import claimed, files, read_page, result

NO_SEALS = ScanOptions(prepare=PrepareOptions(remove_seals=False))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "receipts.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


def found(store: Store, roots: Sequence[str], options: ScanOptions) -> int | None:
    summary = unfinished.find(store, roots, options)
    return None if summary is None else summary.id


def test_resume_finds_the_newest_unfinished_batch_of_the_same_command(store: Store) -> None:
    roots = ("/scans", os.fsdecode(b"/caf\xe9"))
    wanted = store.create_batch(owner="cli", options=NO_SEALS, roots=roots)
    store.add_sources(wanted, files(1))
    for owner, options, paths in (
        ("window", NO_SEALS, roots),
        ("cli", ScanOptions(), roots),
        ("cli", NO_SEALS, ("/x",)),
    ):
        other = store.create_batch(owner=owner, options=options, roots=paths)  # type: ignore[arg-type]
        store.add_sources(other, files(1))
    finished = store.create_batch(owner="cli", options=NO_SEALS, roots=roots)
    store.add_sources(finished, files(1))
    read_page(store, finished)

    assert found(store, roots, NO_SEALS) == wanted
    claim = claimed(store, wanted)
    assert found(store, roots, NO_SEALS) == wanted, "a page left 'reading' is unfinished"
    store.save_result(claim.page_id, result(claim.ref), claim.token)
    assert found(store, roots, NO_SEALS) is None


def test_a_batch_of_a_version_that_knew_fewer_switches_is_resumed(store: Store, path: Path) -> None:
    batch = store.create_batch("", "cli", ScanOptions(), ("/scans",))
    store.add_sources(batch, files(1))
    with closing(sqlite3.connect(path)) as db:
        (options,) = db.execute("SELECT options FROM batch").fetchone()
        older = json.loads(options)
        del older["prepare"]["find_regions"], older["limits"]["max_memory_bytes"]
        db.execute("UPDATE batch SET options = ?", (json.dumps(older).encode(),))
        db.commit()
    assert found(store, ("/scans",), ScanOptions()) == batch
