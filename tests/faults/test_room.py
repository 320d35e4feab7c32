"""A real small disk: what reading will take is said before, and reading stops in good order before the disk is full."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.document import EngineOptions, ScanOptions
from paddlescan.errors import Failure
from paddlescan.gui.running import room_watch
from paddlescan.gui.running.controller import BatchController
from paddlescan.gui.running.room_watch import RoomWatch
from paddlescan.paths import Paths
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.events import BatchFinished, EngineTrouble, PageFinished
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.room import free_bytes, is_short, room_for
from paddlescan.pipeline.worker import PageWorker
from paddlescan.store import Store
from tests.conftest import ROOT
from tests.fakes.commands import faulty
from tests.faults.bench import HONEST, Bench

MIB = 1 << 20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", place]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted: that wants root")
    yield place
    subprocess.run(["umount", "-l", place], check=False)


def fill(disk: Path, leave: int) -> Path:
    """Take all but so many bytes."""
    file = disk / "filling"
    file.write_bytes(bytes(shutil.disk_usage(disk).free - leave))
    return file


@pytest.mark.logs
def test_reading_stops_before_the_disk_is_full_and_goes_on_when_there_is_room(disk: Path) -> None:
    bench = Bench(disk, [f"{n}.png" for n in range(4)])
    filling = fill(disk, leave=200_000)
    assert is_short(disk)
    bench.run(faulty("well"), workers=2)
    told = [event.failure.code for event in bench.events if isinstance(event, EngineTrouble)]
    assert told == ["disk_full"]  # once, whatever the number of workers
    assert bench.of(PageFinished) == []
    assert set(bench.codes().values()) == {"waiting"}
    assert bench.attempts() == [0] * 4
    with closing(sqlite3.connect(bench.path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    filling.unlink()
    bench.run(faulty("well"), workers=2)
    assert set(bench.codes().values()) == {HONEST}
    assert isinstance(bench.events[-1], BatchFinished)


@pytest.mark.logs
def test_the_window_goes_on_by_itself_when_there_is_room(
    disk: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_watch, "FIRST_LOOK_MS", 200)
    paths = Paths(disk / "config", disk / "data", tmp_path / "cache", disk / "logs").make()
    scratch = paths.scratch

    def worker(batch: int, _number: int, crew: object) -> PageWorker:
        engine = EngineProcess(command=faulty("well"), scratch_root=scratch)
        return PageWorker(paths.store, batch, EngineOptions(), ScanOptions(), engine=engine, crew=crew)  # type: ignore[arg-type]

    controller = BatchController(paths.store, ScanOptions(), worker, 1, Passwords())
    watch = RoomWatch(controller, paths)
    try:
        with qtbot.waitSignal(controller.batch_changed):
            controller.start()
        folder = tmp_path / "receipts"
        folder.mkdir()
        for n in range(3):
            (folder / f"{n}.png").write_bytes(b"no picture")
        with Store(paths.store):
            filling = fill(disk, leave=300_000)
        troubles: list[Failure] = []
        controller.trouble.connect(troubles.append)
        with qtbot.waitSignals([controller.trouble, watch.needed], timeout=30_000):
            controller.add_paths([str(folder)])
        assert [failure.code for failure in troubles] == ["disk_full"]
        qtbot.waitUntil(lambda: controller.pages.counts["waiting"] == 3, timeout=30_000)
        with qtbot.waitSignal(watch.again, timeout=30_000):
            filling.unlink()
        qtbot.waitUntil(lambda: controller.pages.counts["failed"] == 3, timeout=30_000)
    finally:
        assert controller.shutdown()


def test_what_does_not_fit_is_told_before_anything_is_read(disk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "receipts"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"no picture")
    done = subprocess.run(
        [sys.executable, "-m", "paddlescan", "scan", str(folder), "--quiet", "--workers", "1"],
        env=os.environ | {"PADDLESCAN_HOME": str(disk / "home"), "PYTHONPATH": str(ROOT), "LC_ALL": "C"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    first = done.stderr.splitlines()[0]
    assert first.startswith("Reading the pages that wait (1) will take about ")
    assert "are free on the disk" in first
    assert "Make room there" in first


def test_the_disk_that_is_the_shortest_counts(disk: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite") as store:
        here = room_for(store, 10, 1, tmp_path / "thumbnails", MIB, tmp_path / "scratch")
        small = room_for(store, 10, 3, tmp_path / "thumbnails", MIB, disk / "scratch" / "not there yet")
    assert here.enough
    assert not small.enough
    assert small.free == free_bytes(disk) < 16 * MIB
