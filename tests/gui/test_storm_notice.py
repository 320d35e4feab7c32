"""What the window says while engines stop at page after page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.errors import DiskShort, EngineStorms
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.pipeline.events import EngineCalm, EngineStorm
from paddlescan.pipeline.room import Room
from paddlescan.settings import Settings


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(Workplace(paths, Settings()))
    qtbot.addWidget(window)
    window.show()
    yield window
    assert window.workplace.end()


def storm(detail: str) -> EngineStorm:
    return EngineStorm(EngineStorms(detail=detail).failure, 4.0)


def test_a_storm_is_told_while_it_lasts_and_only_once(window: MainWindow) -> None:
    reading, notice = window.workplace.controller.reading, window.notice
    reading._hear(reading._batch or 0, storm("memory is short"))  # of another batch than the one in front
    assert not notice.isVisible()
    reading._batch = 1
    reading._hear(1, storm("memory is short"))
    assert notice.isVisible()
    assert "memory is short" in notice.accessibleName()
    assert "goes on by itself" in notice.accessibleName()
    assert not notice._retry.isVisible()
    notice._close.click()  # a person has seen it
    reading._hear(1, storm("memory is short"))
    assert not notice.isVisible()
    reading._hear(1, storm("it crashes"))
    assert "it crashes" in notice.accessibleName()
    reading._hear(1, EngineCalm())
    assert not notice.isVisible()


def test_room_is_told_beside_the_batch_and_kept_where_it_is_short(window: MainWindow) -> None:
    room = window.workplace.room
    room.needed.emit(Room(10_000, 300_000_000, 2_100_000_000))
    assert window.status._news.text() == (
        "Reading the pages that wait (10,000) takes about 300 MB on the disk; 2.1 GB are free"
    )
    assert not window.notice.isVisible()
    room.needed.emit(Room(10_000, 300_000_000, 20_000_000))
    assert window.notice.code == DiskShort.code
    assert "20 MB are free" in window.notice.accessibleName()
    room.needed.emit(Room(3, 300_000, 20_000_000))
    assert not window.notice.isVisible()
