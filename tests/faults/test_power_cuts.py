"""A power cut between any two writes: nothing that was acknowledged is lost, no store is broken. See `power_cuts`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from paddlescan.store.care import begin
from tests.conftest import ROOT
from tests.e2e.tracing import can_trace
from tests.faults import power_cuts
from tests.faults.power_cuts import NAME, digest, prepare, room, try_cuts
from tests.unit.store.care.making import plain

pytestmark = [
    pytest.mark.logs,
    pytest.mark.skipif(not can_trace(), reason="needs strace, and the right to trace processes"),
]


@pytest.fixture
def where() -> Iterator[Path]:
    folder = room()
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("kind", "steps", "states"), [("wal", 25, 90), ("delete", 25, 90), ("migration", 0, 30), ("salvage", 0, 4)]
)
def test_what_was_acknowledged_is_there_after_a_power_cut(kind: str, steps: int, states: int, where: Path) -> None:
    told = try_cuts(kind, seed=3, steps=steps, states=states, where=where)
    assert told.states == states
    assert told.syncs >= 5


@pytest.mark.long
@pytest.mark.parametrize(("kind", "steps", "states"), [("wal", 60, 150), ("delete", 60, 150), ("salvage", 0, 20)])
def test_many_more_power_cuts(kind: str, steps: int, states: int, where: Path) -> None:
    try_cuts(kind, seed=11, steps=steps, states=states, where=where)


def test_a_disk_that_syncs_nothing_is_found_out(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test can fail: were the process to rely on writes that are not synced, it would."""
    monkeypatch.setattr(power_cuts.Content, "synced", lambda _content: None)
    with pytest.raises(AssertionError):
        try_cuts("wal", seed=3, steps=6, states=60, where=where)


def killed_at_sync(folder: Path, number: int) -> list[str]:
    """Work until the so-many-th sync, at which the process is killed. What it acknowledged."""
    inject = f"inject=fdatasync,fsync:signal=SIGKILL:when={number}"
    command = ["strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=fdatasync,fsync", "-e", inject]
    program = [sys.executable, "-m", "tests.faults.power_cuts", "--work", str(folder / NAME), "wal", "5", "12"]
    done = subprocess.run([*command, *program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL, 128 + signal.SIGKILL), done.stderr
    return [line.split()[1] for line in done.stdout.splitlines() if line.startswith("ack ")]


def kill_and_look(folder: Path, syncs: range) -> None:
    everything: list[str] = []
    for number in (10_000, *syncs):
        prepare(folder, "wal")
        acks = killed_at_sync(folder, number)
        everything = everything or acks
        begin(folder / NAME).end()
        with closing(plain(folder / NAME)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if number != 10_000:
            assert acks == everything[: len(acks)]
            assert digest(folder / NAME) in everything[max(len(acks) - 1, 0) : len(acks) + 1]
        shutil.rmtree(folder)


def test_a_writer_that_is_killed_at_a_sync_loses_nothing(where: Path) -> None:
    kill_and_look(where / "work", range(4, 30, 13))


@pytest.mark.long
def test_a_writer_that_is_killed_at_any_sync_loses_nothing(where: Path) -> None:
    kill_and_look(where / "work", range(1, 40, 2))
