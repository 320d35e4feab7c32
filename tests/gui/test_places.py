"""Places that are read by the engines of a batch, and engines that are lost over one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.document import EngineOptions, PrepareOptions, Quad, ScanOptions
from paddlescan.gui.running.controller import BatchController
from paddlescan.paths import Paths
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.messages import AreaRead
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.worker import PageWorker
from paddlescan.store import PageRow
from tests.fakes.commands import faulty

LONG = 60_000
PLACE: Quad = ((0.0, 0.0), (50.0, 0.0), (50.0, 20.0), (0.0, 20.0))


@pytest.fixture
def controller(paths: Paths, tmp_path: Path, qtbot: QtBot, folder: Callable[[int], Path]) -> Iterator[BatchController]:
    """A batch of three files; engines crash over a place of the second."""

    def worker(batch: int, _number: int, crew: Crew) -> PageWorker:
        engine = EngineProcess(command=faulty("crash", "errand:receipts/scan 2.png"), scratch_root=tmp_path)
        return PageWorker(paths.store, batch, EngineOptions(), ScanOptions(), engine=engine, crew=crew)

    made = BatchController(paths.store, ScanOptions(), worker, 1, Passwords())
    with qtbot.waitSignal(made.batch_changed):
        made.start()
    made.add_paths([str(folder(3))])
    qtbot.waitUntil(lambda: made.pages.counts["failed"] == 3 and not made.running, timeout=LONG)
    yield made
    assert made.shutdown()


def read(controller: BatchController, qtbot: QtBot, name: str) -> AreaRead | None:
    row = page(controller, name)
    assert controller.batch is not None
    with qtbot.waitSignal(controller.places.answered, timeout=LONG) as answered:
        ticket = controller.places.read(controller.batch, row.ref, PLACE, PrepareOptions())
    assert answered.args is not None and answered.args[0] == ticket
    answer = answered.args[1]
    assert answer is None or isinstance(answer, AreaRead)
    return answer


def page(controller: BatchController, name: str) -> PageRow:
    return next(row for row in controller.pages.pages() if row.ref.source.name.endswith(name))


def test_an_engine_that_is_lost_over_a_place_says_so_and_the_next_place_is_read(
    controller: BatchController, qtbot: QtBot
) -> None:
    assert read(controller, qtbot, "scan 2.png") is None
    answer = read(controller, qtbot, "scan 1.png")
    assert answer is not None and answer.failure is not None
    assert answer.failure.code == "unreadable_file"  # all that a healthy child of this kind does
    controller.read_again(page(controller, "scan 3.png").id)
    qtbot.waitUntil(lambda: controller.pages.counts["failed"] == 3 and not controller.running, timeout=LONG)


def test_after_a_stop_places_are_read_and_pages_are_not(controller: BatchController, qtbot: QtBot) -> None:
    controller.read_again(page(controller, "scan 3.png").id)
    controller.stop()
    qtbot.waitUntil(lambda: controller.pages.counts["waiting"] == 1 and not controller.pool.busy, timeout=LONG)
    assert read(controller, qtbot, "scan 1.png") is not None
    assert (controller.pages.counts["waiting"], controller.running) == (1, False)
    controller.resume()
    qtbot.waitUntil(lambda: controller.pages.counts["failed"] == 3 and not controller.running, timeout=LONG)


def test_a_place_asked_for_while_the_engines_are_ending_is_read_by_the_next(
    controller: BatchController, qtbot: QtBot
) -> None:
    controller.pool.stop()
    assert controller.pool.stopping
    assert read(controller, qtbot, "scan 1.png") is not None


def test_an_engine_is_loaded_as_soon_as_a_hand_begins_to_draw(controller: BatchController, qtbot: QtBot) -> None:
    controller.stop()
    qtbot.waitUntil(lambda: not controller.pool.busy, timeout=LONG)
    assert controller.batch is not None
    controller.places.warm(controller.batch)
    assert controller.pool.busy
    qtbot.waitUntil(lambda: len(controller.pool.workers()) == 1, timeout=LONG)
    assert read(controller, qtbot, "scan 1.png") is not None
