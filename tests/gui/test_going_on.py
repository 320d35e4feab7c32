"""What a start says of pages that wait, and for how long: it never says that reading goes on while it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.status_bar import StatusBar
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings
from paddlescan.store import Store
from tests.gui.running_workers import BlankWorker, StuckWorker
from tests.unit.store.making import files

GOING_ON = {
    "en": "Going on where it stopped: 21 pages wait",
    "zh": "从上次停下的地方继续：还有 21 页等待识别",
}
Open = Callable[..., MainWindow]


def waiting_batch(paths: Paths, count: int, name: str = "") -> int:
    """A batch of the window with so many pages that wait."""
    with Store(paths.store) as store:
        batch = store.create_batch(name)
        store.add_sources(batch, files(count, f"/scans/{batch}"))
        return batch


@pytest.fixture
def open_window(paths: Paths, qtbot: QtBot) -> Iterator[Open]:
    """Opens windows one after another; their workers hold the page in hand, or take it for a blank one."""
    opened: list[MainWindow] = []

    def make(kind: type[BlankWorker | StuckWorker] = StuckWorker) -> MainWindow:
        close(opened)
        work = Workplace(paths, Settings(workers=1))
        work.controller.pool._make = lambda batch, _n, crew: kind(paths.store, batch, crew)
        window = MainWindow(work)
        qtbot.addWidget(window)
        opened.append(window)
        window.show()
        with qtbot.waitSignal(work.controller.batch_changed):
            work.start()
        return window

    yield make
    close(opened)


def close(opened: list[MainWindow]) -> None:
    while opened:
        window = opened.pop()
        window.close()
        assert window.workplace.end()


def news(window: MainWindow) -> str:
    return window.status._news.text()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_not_said_any_more_once_a_person_stopped_it(
    open_window: Open, paths: Paths, qtbot: QtBot, qapp: QApplication, language: Language
) -> None:
    speak(qapp, language)
    waiting_batch(paths, 21)
    window = open_window()
    qtbot.waitUntil(lambda: window.workplace.controller.running)
    assert news(window) == GOING_ON[language]
    window.actions_.stop.trigger()
    assert news(window) == ""


def test_it_is_not_said_any_more_once_all_is_read(open_window: Open, paths: Paths, qtbot: QtBot) -> None:
    waiting_batch(paths, 3)
    window = open_window(BlankWorker)
    said: list[str] = []
    window.status.said.connect(said.append)
    controller = window.workplace.controller
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 3 and not controller.waiting and not controller.running)
    assert not any("Going on" in words for words in (news(window), *said))


def test_it_is_not_said_any_more_once_another_batch_is_in_front(open_window: Open, paths: Paths, qtbot: QtBot) -> None:
    waiting_batch(paths, 21)
    window = open_window()
    qtbot.waitUntil(lambda: news(window) == GOING_ON["en"])
    with qtbot.waitSignal(window.workplace.controller.batch_changed):
        window.actions_.new_batch.trigger()
    assert news(window) == ""


def test_news_that_are_over_before_their_turn_are_never_said(qtbot: QtBot) -> None:
    status = StatusBar(shortest_s=0.05)
    qtbot.addWidget(status)
    seen: list[str] = []
    status.said.connect(seen.append)
    for words in ("2 edits", "Going on", "Room"):
        status.say(words)
    status.take_back("Going on")
    qtbot.waitUntil(lambda: status._news.text() == "Room")
    assert seen == ["2 edits", "Room"]
    status.take_back("2 edits")
    assert status._news.text() == "Room", "only what it names"
    status.take_back("Room")
    assert status._news.text() == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_news_that_have_too_little_room_end_in_an_ellipsis_and_are_whole_in_their_hint(
    qtbot: QtBot, language: Language
) -> None:
    status = StatusBar()
    qtbot.addWidget(status)
    status.resize(160, 30)
    status.show()
    status.say(GOING_ON[language])
    shown = status._news.shown()
    assert shown.endswith("…") and len(shown) < len(GOING_ON[language])
    assert status._news.toolTip() == GOING_ON[language]
    status.resize(1200, 30)
    qtbot.waitUntil(lambda: status._news.shown() == GOING_ON[language])
    assert status._news.toolTip() == ""
