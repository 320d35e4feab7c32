"""File > Recent batches: names, counts and states of the newest ones; a click brings one to the front."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from paddlescan.errors import UnreadableFile
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.recent_batches import MOST, RecentBatches
from paddlescan.gui.shared import speak
from paddlescan.paths import Paths
from paddlescan.store import Store
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled


def told(menu: RecentBatches) -> list[str]:
    """Names and counts, without the day."""
    entries = []
    for action in menu.actions():
        name, _, words = action.text().partition("\t")
        entries.append(f"{name}: {words.partition(' · ')[2]}" if words else name)
    return entries


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    with Store(paths.store) as store:
        march = Filled(paths.store, store, store.create_batch("March & April"))
        march.put("a.png", merchant="Harbour", total="9.00?")
        march.drop("b.png")
        march.fail("b.png", UnreadableFile(file="b.png"))
        april = Filled(paths.store, store, store.create_batch("", owner="cli"))
        april.put("c.png", merchant="Tea", total="1.00")
        april.drop("waits.png")
        store.create_batch("")  # nobody used it
    rooms = Rooms(paths, qtbot)
    yield rooms.open()
    assert rooms.close()


def recent(window: MainWindow, qtbot: QtBot, count: int) -> RecentBatches:
    """The menu as it is when the file menu was opened."""
    menu, file = window.findChild(RecentBatches), window.menuBar().findChild(QMenu, "file")
    assert isinstance(menu, RecentBatches)
    assert isinstance(file, QMenu)
    assert menu.menuAction() in file.actions()
    file.aboutToShow.emit()
    qtbot.waitUntil(lambda: len(menu.actions()) == count)
    return menu


def test_it_tells_what_there_is_and_opens_it(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    menu = recent(window, qtbot, 2)
    assert told(menu) == [
        "From the command line: 2 pages · 1 waiting",
        "March && April: 2 pages · 1 to check · 1 failed",
    ]
    assert [action.isChecked() for action in menu.actions()] == [False, True]
    days = [action.text().partition("\t")[2].partition(" · ")[0] for action in menu.actions()]
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", day) for day in days), "as in the table"
    speak(qapp, "zh")
    qtbot.waitUntil(lambda: menu.title() == "最近批次")
    assert told(menu) == ["来自命令行: 2 页 · 1 页等待", "March && April: 2 页 · 1 待核对 · 1 失败"]
    controller = window.workplace.controller
    before = controller.batch
    menu.actions()[1].trigger()
    with qtbot.waitSignal(controller.batch_changed):
        menu.actions()[0].trigger()
    assert controller.batch != before
    menu = recent(window, qtbot, 2)
    assert [action.isChecked() for action in menu.actions()] == [True, False]


def test_the_newest_are_shown_and_a_long_name_is_cut(window: MainWindow, paths: Paths, qtbot: QtBot) -> None:
    with Store(paths.store) as store:
        for number in range(MOST + 3):
            store.create_batch(f"{number:02} {'long ' * 30}")
    menu = recent(window, qtbot, MOST)
    names = [action.text().partition("\t")[0] for action in menu.actions()]
    assert [name[:2] for name in names] == [f"{number:02}" for number in range(MOST + 2, 2, -1)]
    assert all(name.endswith("…") and len(name) == 40 for name in names)


def test_a_name_with_a_tab_or_letters_that_are_none_stays_in_its_column_and_its_line(
    window: MainWindow, paths: Paths, qtbot: QtBot
) -> None:
    with Store(paths.store) as store:
        store.create_batch("March\tB&B\n\u202egpj.exe")
    menu = recent(window, qtbot, 3)
    assert told(menu)[0] == "March\\x09B&&B\\x0a\\u202egpj.exe: 0 pages"
    assert menu.actions()[0].text().count("\t") == 1


def test_where_there_is_none_it_says_so(qtbot: QtBot) -> None:
    menu = RecentBatches()
    qtbot.addWidget(menu)
    assert told(menu) == ["None yet"]
    assert not menu.actions()[0].isEnabled()
