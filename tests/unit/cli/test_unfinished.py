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
from paddlescan.cli.listing import Listing
from paddlescan.cli.opening import open_batch
from paddlescan.cli.parser import command_parser
from paddlescan.cli.terminal import Terminal
from paddlescan.document import PageResult, PrepareOptions, ScanOptions
from paddlescan.errors import StorageFails, StorageRefuses, UnreadableFile
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


def test_pages_whose_files_storage_did_not_give_are_read_when_a_scan_is_gone_on_with(
    store: Store, tmp_path: Path
) -> None:
    names = [str(tmp_path / name) for name in ("away.jpg", "refused.jpg", "broken.jpg", "read.jpg")]
    for name in names:
        Path(name).write_bytes(b"x")
    asked = command_parser("en").parse_args(["scan", *names, "--resume"])
    batch, lease = open_batch(store, asked, Listing(names), Terminal("en", quiet=True))
    for kind in (StorageFails, StorageRefuses, UnreadableFile):
        claim = claimed(store, batch)
        store.save_result(claim.page_id, PageResult(claim.ref, error=kind(file="x").failure), claim.token)
    read_page(store, batch)
    assert [row.ref.source.name for row in unfinished.away(store, batch)] == ["away.jpg", "refused.jpg"]
    lease.release()
    again, lease = open_batch(store, asked, Listing(names), Terminal("en", quiet=True))
    lease.release()
    assert again == batch
    states = {row.ref.source.name: row.state for row in store.page_rows(batch)}
    assert states == {"away.jpg": "waiting", "refused.jpg": "waiting", "broken.jpg": "failed", "read.jpg": "done"}
