"""A disk that was full: reading goes on by itself where it stopped for that, and only there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.errors import DiskFull
from paddlescan.gui.running import intake_thread, room_watch
from paddlescan.gui.running.controller import BatchController
from paddlescan.gui.running.room_watch import RoomWatch
from paddlescan.paths import Paths
from paddlescan.pipeline.events import EngineTrouble
from tests.gui.conftest import MakeController
from tests.gui.running_workers import Emit, StuckWorker

pytestmark = pytest.mark.logs
Folder = Callable[..., Path]
LOOK_MS = 50


class OnceFullWorker(StuckWorker):
    """Cannot save the first time; holds its page from then on."""

    failed = False

    def run(self, emit: Emit, should_stop: Callable[[], bool]) -> None:
        if type(self).failed:
            super().run(emit, should_stop)
        else:
            type(self).failed = True
            emit(EngineTrouble(DiskFull(detail="no space").failure))


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_watch, "FIRST_LOOK_MS", LOOK_MS)
    monkeypatch.setattr(OnceFullWorker, "failed", False)


def reading(controller: BatchController, folder: Folder, qtbot: QtBot) -> BatchController:
    """It has a batch in front with two pages of which none is read."""
    with qtbot.waitSignal(controller.batch_changed):
        controller.start()
    controller.add_paths([str(folder(2))])
    qtbot.waitUntil(lambda: controller.waiting == 2 and not controller.drops.busy)
    return controller


def test_reading_that_stopped_for_it_goes_on(
    make_controller: MakeController, paths: Paths, folder: Folder, qtbot: QtBot
) -> None:
    controller = make_controller(OnceFullWorker, workers=1)
    watch = RoomWatch(controller, paths, controller)
    with qtbot.waitSignal(watch.again):
        reading(controller, folder, qtbot)
    qtbot.waitUntil(lambda: controller.running)


def test_reading_that_a_person_stopped_stays_so_when_files_meet_a_full_disk(
    make_controller: MakeController, paths: Paths, folder: Folder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise DiskFull(detail="no space")

    controller = reading(make_controller(StuckWorker), folder, qtbot)
    watch = RoomWatch(controller, paths, controller)
    monkeypatch.setattr(intake_thread, "queue_all", full)
    with qtbot.waitSignal(controller.trouble):
        controller.add_paths([str(folder(1, "more"))])
        controller.stop()
    with qtbot.assertNotEmitted(watch.again, wait=10 * LOOK_MS):
        pass
    assert not controller.running


def test_reading_that_a_person_went_on_with_and_stopped_stays_so(
    make_controller: MakeController, paths: Paths, folder: Folder, qtbot: QtBot
) -> None:
    controller = make_controller(OnceFullWorker, workers=1)
    watch = RoomWatch(controller, paths, controller)
    controller.reading.trouble.connect(lambda _failure: (controller.resume(), controller.stop()))
    with qtbot.waitSignal(controller.reading.trouble):
        reading(controller, folder, qtbot)
    with qtbot.assertNotEmitted(watch.again, wait=10 * LOOK_MS):
        pass
    assert not controller.running


def test_each_look_in_vain_doubles_the_time_to_the_next(
    make_controller: MakeController, paths: Paths, folder: Folder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_watch, "is_short", lambda _folder: True)
    controller = make_controller(OnceFullWorker, workers=1)
    watch = RoomWatch(controller, paths, controller)
    reading(controller, folder, qtbot)
    for looks in range(4):
        qtbot.waitUntil(lambda looks=looks: watch._timer.interval() == LOOK_MS << looks)  # type: ignore[misc]
