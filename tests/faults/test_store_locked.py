"""The store while another program has it locked, and the lease while another process dies."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paddlescan.errors import StoreBusy
from paddlescan.store import Store
from tests.conftest import ROOT
from tests.unit.store.making import files


@contextmanager
def another_process(job: str, path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that does the job and says so, then holds on until it is killed or its input ends."""
    command = [sys.executable, "-m", "tests.faults.test_store_locked", job, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        try:
            assert process.stdout.readline() == b"ready\n"
            yield process
        finally:
            process.kill()


def hold(job: str, path: Path) -> None:
    if job == "lease":
        keep: object = Store(path).lease(1)
        assert keep.acquire()  # type: ignore[attr-defined]
    else:
        keep = sqlite3.connect(path, isolation_level=None)
        if job == "exclusive":
            keep.execute("PRAGMA locking_mode = EXCLUSIVE")
        keep.execute("BEGIN IMMEDIATE")
        keep.execute("UPDATE batch SET name = 'theirs'")
    print("ready", flush=True)
    sys.stdin.read()


def test_a_writer_beside_us_delays_writing_and_not_reading(tmp_path: Path) -> None:
    path = tmp_path / "receipts.db"
    with Store(path, busy_s=0.1) as store:
        batch = store.create_batch("ours")
        pages = store.add_sources(batch, files(2))
        with another_process("write", path) as process:
            with pytest.raises(StoreBusy) as told:
                store.claim_page(batch)
            assert "in use by another program" in told.value.message
            with pytest.raises(StoreBusy):
                store.rename_batch(batch, "x")
            assert store.page_rows(batch) == pages
            assert store.summary(batch).name == "ours"
            process.kill()
            process.wait()
            assert store.claim_page(batch) is not None
            assert store.summary(batch).name == "ours", "what the dead process had not committed is gone"


def test_a_store_that_another_program_keeps_for_itself_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "receipts.db"
    with Store(path) as store:
        store.create_batch()
    with another_process("exclusive", path), pytest.raises(StoreBusy):
        Store(path, busy_s=0.1)
    Store(path).close()


def test_a_short_wait_is_not_even_noticed(tmp_path: Path) -> None:
    path = tmp_path / "receipts.db"
    with Store(path, busy_s=60) as store:
        batch = store.create_batch()
        with another_process("write", path) as process:
            assert process.stdin
            process.stdin.close()  # it ends by itself, some time while we wait
            store.rename_batch(batch, "ours")
        assert store.summary(batch).name == "ours"


def test_the_kernel_drops_the_lease_of_a_dead_process(tmp_path: Path) -> None:
    path = tmp_path / "receipts.db"
    with Store(path) as store:
        batch = store.create_batch()
        lease = store.lease(batch)
        with another_process("lease", path) as process:
            assert not lease.acquire()
            process.kill()
            process.wait()
            assert lease.acquire()
        lease.release()


if __name__ == "__main__":
    hold(sys.argv[1], Path(sys.argv[2]))
