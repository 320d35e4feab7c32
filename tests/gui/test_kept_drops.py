"""What was dropped is taken in, be it at the next start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.errors import DiskFull
from paddlescan.gui.running import intake_thread
from paddlescan.gui.running.controller import BatchController
from paddlescan.gui.running.kept_drops import NO_BATCH, KeptDrops
from paddlescan.paths import Paths
from paddlescan.pipeline.queueing import queue_all
from paddlescan.store import Store
from tests.conftest import ROOT
from tests.faults.disks import backup_program
from tests.gui.conftest import MakeController
from tests.gui.running_workers import StuckWorker

Folder = Callable[..., Path]
LONG = 30_000
"""Milliseconds; a machine with other work to do is slow."""


def started(controller: BatchController, qtbot: QtBot) -> BatchController:
    with qtbot.waitSignal(controller.batch_changed, timeout=LONG):
        controller.start()
    return controller


def names(controller: BatchController) -> list[str]:
    return [row.ref.source.name for row in controller.pages.pages()]


def kept(paths: Paths) -> int:
    return len(list(paths.data.glob("*.drops/*.json")))


def test_drops_that_queue_when_the_window_closes_are_taken_in_by_the_next(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, paths: Paths
) -> None:
    first = started(make_controller(StuckWorker), qtbot)
    first.begin_batch("March")
    qtbot.waitUntil(lambda: first.batch is not None, timeout=LONG)
    for name in ("one", "two", "three"):
        first.add_paths([str(folder(2, name))])
    assert first.shutdown()
    assert kept(paths) >= 2
    second = started(make_controller(StuckWorker), qtbot)
    qtbot.waitUntil(lambda: second.pages.rowCount() == 6, timeout=LONG)
    assert names(second) == [f"{folder}/scan {n}.png" for folder in ("one", "two", "three") for n in (1, 2)]
    qtbot.waitUntil(lambda: kept(paths) == 0, timeout=LONG)


def test_a_long_drop_that_is_cut_short_goes_on_and_nothing_is_asked_or_doubled(
    make_controller: MakeController, folder: Folder, qtbot: QtBot
) -> None:
    place = folder(4000)
    first = started(make_controller(StuckWorker), qtbot)
    with qtbot.waitSignal(first.pages_added, timeout=LONG):
        first.add_paths([str(place)])
    first.shutdown(timeout_ms=100)
    qtbot.waitUntil(lambda: not first.drops.busy and first.desk.isFinished(), timeout=LONG)
    assert 0 < first.pages.rowCount() < 4000
    second = make_controller(StuckWorker)
    asked: list[object] = []
    second.ask_duplicates.connect(asked.append)
    started(second, qtbot)
    qtbot.waitUntil(lambda: second.pages.rowCount() == 4000 and not second.drops.busy, timeout=LONG)
    assert names(second) == [f"receipts/scan {n + 1}.png" for n in range(4000)]
    assert asked == []


def test_what_is_dropped_while_the_first_batch_opens_is_not_lost_either(
    make_controller: MakeController, folder: Folder, qtbot: QtBot
) -> None:
    first = make_controller(StuckWorker)
    first.start()
    first.add_paths([str(folder(2))])
    assert first.shutdown()
    second = started(make_controller(StuckWorker), qtbot)
    qtbot.waitUntil(lambda: names(second) == ["receipts/scan 1.png", "receipts/scan 2.png"], timeout=LONG)


_DROPS_AND_WAITS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from paddlescan.document import ScanOptions
from paddlescan.gui.running.controller import BatchController
from paddlescan.pipeline.passwords import Passwords

app = QApplication([])
controller = BatchController(Path(sys.argv[1]), ScanOptions(), None, 1, Passwords())
controller.start()
controller.add_paths([sys.argv[2]])
controller.add_paths([sys.argv[3]])
QTimer.singleShot(0, lambda: print("dropped", flush=True))
app.exec()
"""


_STARTED_WITH_FILES = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.session import Session
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings

app = QApplication([])
paths = Paths(*map(Path, sys.argv[1:5]))
window = MainWindow(Workplace(paths, Settings(workers=1)))
window.workplace.controller.desk.ask(lambda store: threading.Event().wait())  # the disk does not answer
session = Session(window, sys.argv[5:], samples_if_empty=False)
QTimer.singleShot(0, session.begin)
QTimer.singleShot(0, lambda: print("begun", flush=True))
app.exec()
"""


def test_a_kill_before_the_first_batch_is_open_loses_no_file_of_the_command_line(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, paths: Paths
) -> None:
    places = map(str, (paths.config, paths.data, paths.cache, paths.logs))
    command = [sys.executable, "-c", _STARTED_WITH_FILES, *places, str(folder(2))]
    window = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert window.stdout is not None
        assert window.stdout.readline() == b"begun\n"
        qtbot.waitUntil(lambda: kept(paths) == 1, timeout=LONG)
        assert window.poll() is None
    finally:
        window.kill()
        window.communicate()
    second = started(make_controller(StuckWorker), qtbot)
    qtbot.waitUntil(lambda: names(second) == ["receipts/scan 1.png", "receipts/scan 2.png"], timeout=LONG)


def test_a_kill_while_the_first_batch_opens_loses_no_drop(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, paths: Paths
) -> None:
    """Another program has the store, so that no batch opens before the end."""
    Store(paths.store).close()
    command = [sys.executable, "-c", _DROPS_AND_WAITS, str(paths.store), str(folder(2)), str(folder(1, "more"))]
    with backup_program(paths.store):
        window = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        try:
            assert window.stdout is not None
            assert window.stdout.readline() == b"dropped\n"
            qtbot.waitUntil(lambda: kept(paths) == 2, timeout=LONG)
            assert window.poll() is None
        finally:
            window.kill()
            window.communicate()
    second = started(make_controller(StuckWorker), qtbot)
    wanted = ["more/scan 1.png", "receipts/scan 1.png", "receipts/scan 2.png"]
    qtbot.waitUntil(lambda: sorted(names(second)) == wanted, timeout=LONG)
    qtbot.waitUntil(lambda: kept(paths) == 0, timeout=LONG)


def test_a_drop_during_opening_goes_to_the_batch_that_comes_instead(
    make_controller: MakeController, folder: Folder, qtbot: QtBot
) -> None:
    controller = make_controller(StuckWorker)
    controller.start()
    controller.add_paths([str(folder(2))])
    controller.new_batch()
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 2, timeout=LONG)


@pytest.mark.logs
def test_a_drop_that_met_with_trouble_is_taken_in_on_the_next_try(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise DiskFull(detail="no space")

    monkeypatch.setattr(intake_thread, "queue_all", full)
    controller = started(make_controller(StuckWorker), qtbot)
    with qtbot.waitSignal(controller.trouble, timeout=LONG):
        controller.add_paths([str(folder(2))])
    qtbot.waitUntil(lambda: not controller.drops.busy, timeout=LONG)
    qtbot.waitUntil(lambda: kept(paths) == 1, timeout=LONG)
    monkeypatch.setattr(intake_thread, "queue_all", queue_all)
    controller.resume()
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 2, timeout=LONG)
    qtbot.waitUntil(lambda: kept(paths) == 0, timeout=LONG)


@pytest.mark.logs
def test_a_drop_into_a_batch_that_cannot_be_made_is_tried_again_when_asked_only(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    create = Store.create_batch

    def full(*_: object, **__: object) -> int:
        calls.append(1)
        raise DiskFull(detail="no space")

    controller = started(make_controller(StuckWorker), qtbot)
    monkeypatch.setattr(Store, "create_batch", full)
    with qtbot.waitSignal(controller.trouble, timeout=LONG):
        controller.add_paths([str(folder(2))])
    with qtbot.assertNotEmitted(controller.trouble, wait=200):
        pass
    assert len(calls) == 1
    monkeypatch.setattr(Store, "create_batch", create)
    controller.resume()
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 2, timeout=LONG)


def test_a_drop_that_another_thread_takes_in_meanwhile_is_nothing_to_warn_of(paths: Paths, folder: Folder) -> None:
    drops = KeptDrops(paths.store)
    drops.keep(drops.new(1, [str(folder(1))]))
    (file,) = (path for path in paths.store.parent.rglob("*.json"))
    file.unlink()
    file.symlink_to(file.with_name("gone"))  # still listed, no longer there
    assert KeptDrops(paths.store).take() == ()


def test_a_drop_into_a_batch_that_is_not_in_front_is_taken_in_too(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, paths: Paths
) -> None:
    drops = KeptDrops(paths.store)
    with Store(paths.store) as store:
        older, newer, gone = (store.create_batch(name, "window") for name in ("older", "newer", "gone"))
        store.delete_batch(gone)
    for batch in (older, gone):
        drops.keep(drops.new(batch, [str(folder(2, f"for {batch}"))]))
    drops.let_go()
    controller = started(make_controller(StuckWorker), qtbot)
    assert controller.batch == newer
    qtbot.waitUntil(lambda: kept(paths) == 0, timeout=LONG)
    with Store(paths.store) as store:
        assert (store.summary(older).pages, store.summary(newer).pages) == (2, 0)


def test_a_drop_before_any_batch_is_taken_by_one_of_two_windows(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, paths: Paths
) -> None:
    left = KeptDrops(paths.store)
    left.keep(left.new(NO_BATCH, [str(folder(2))]))
    left.let_go()
    windows = [make_controller(StuckWorker), make_controller(StuckWorker)]
    for window in windows:
        window.start()
    qtbot.waitUntil(lambda: kept(paths) == 0 and not any(one.drops.busy for one in windows), timeout=LONG)
    qtbot.waitUntil(lambda: sorted(window.pages.rowCount() for window in windows) == [0, 2], timeout=LONG)


def test_the_drops_of_another_window_are_its_own_affair(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, paths: Paths
) -> None:
    drops = KeptDrops(paths.store)
    with Store(paths.store) as store:
        other = store.create_batch("other", "window")
        with store.lease(other):
            drops.keep(drops.new(other, [str(folder(2))]))
            drops.let_go()
            controller = started(make_controller(StuckWorker), qtbot)
            controller.begin_batch("mine")
            qtbot.waitUntil(lambda: controller.batch is not None, timeout=LONG)
            assert kept(paths) == 1
            assert not controller.drops.busy


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are text")
def test_names_that_are_no_text_are_kept(paths: Paths) -> None:
    drops = KeptDrops(paths.store)
    name = os.fsdecode(b"/r/\xff\xfe.jpg")
    drops.keep(drops.new(NO_BATCH, [name, "/r/发票.jpg"]))
    drops.let_go()
    (drop,) = drops.take()
    assert drop.paths == (name, "/r/发票.jpg")
    assert drop.resumed
    assert drop.file.parent.stat().st_mode & 0o077 == 0
    assert KeptDrops(paths.store).take() == (), "another window took it"
    drops.forget(drop)
    drops.let_go()
    assert drops.take() == ()
    assert list(drop.file.parent.iterdir()) == []


@pytest.mark.logs
def test_a_damaged_file_is_set_aside(paths: Paths) -> None:
    drops = KeptDrops(paths.store)
    drop = drops.new(7, ["/r/1.jpg"])
    drops.keep(drop)
    drops.let_go()
    drop.file.write_bytes(b"{")
    assert drops.take() == ()
    assert drop.file.with_suffix(".damaged").exists()


def test_a_drop_into_a_batch_of_another_store_is_for_the_batch_in_front(paths: Paths) -> None:
    """Where the list was begun anew, its batches have the same numbers."""
    with Store(paths.store) as store:
        batch = store.create_batch("March")
        before = KeptDrops(paths.store)
        before.keep(before.new(batch, ["/inbox/scan 1.png"]))
        before.let_go()
    for file in paths.data.glob("receipts.sqlite*"):
        if file.is_file():
            file.unlink()
    with Store(paths.store) as store:
        assert store.create_batch("another") == batch
        after = KeptDrops(paths.store)
        assert after.batches() == {NO_BATCH}
        assert [(drop.batch, drop.paths) for drop in after.take()] == [(NO_BATCH, ("/inbox/scan 1.png",))]
