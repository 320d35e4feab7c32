"""Rows of failed pages say why and offer what helps; the order of risk; the look before this one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.errors import PasswordNeeded, UnreadableFile
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.review.table_menus import row_menu
from paddlescan.gui.shared import speak
from paddlescan.gui.tokens import LIGHT
from paddlescan.paths import Paths
from paddlescan.store import Store
from tests.gui.many_rows import files, go_to
from tests.gui.window_rooms import Rooms, column
from tests.unit.gui.receipts import Filled

Key = Qt.Key


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        filled.put("a.png", merchant="Corner Cafe", total="9.00")
        filled.drop("b.png", "l.pdf")
        filled.fail("b.png", UnreadableFile(file="b.png"))
        filled.fail("l.pdf", PasswordNeeded(file="l.pdf"))
        filled.put("z.png", merchant="Taxi?", total="12.00?|72.00")
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.activateWindow()
    made.table.setFocus()
    yield made
    assert rooms.close()


def red(window: MainWindow, row: int, name: str) -> int:
    """How many dots of a cell are about as red as what failed."""
    cell = window.table.visualRect(window.table.review_model.index(row, COLUMNS.index(name)))
    picture: QImage = window.table.viewport().grab(cell).toImage()
    wanted = LIGHT.color("bad")
    dots = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return sum(abs(dot.red() - wanted.red()) + abs(dot.green() - wanted.green()) < 60 for dot in dots)


def test_the_sentence_runs_over_the_empty_cells(window: MainWindow, qtbot: QtBot) -> None:
    go_to(window, 0, "merchant")
    assert red(window, 1, "merchant") > 50
    assert not red(window, 0, "merchant")
    assert not red(window, 1, "file")


@pytest.mark.parametrize(("row", "signal"), [(1, "read_again_wanted"), (2, "password_wanted")])
def test_enter_does_what_helps(window: MainWindow, qtbot: QtBot, row: int, signal: str) -> None:
    failed = window.table.failed
    window.table.failed.blockSignals(False)
    asked: list[int] = []
    for each in (failed.read_again_wanted, failed.password_wanted):
        each.disconnect()
    getattr(failed, signal).connect(asked.append)
    go_to(window, row, "merchant")
    QTest.keyClick(window.table, Key.Key_Return)
    sheet = window.workplace.review.sheet
    assert asked == [sheet.row(window.table.review_model.receipt_at(row)).page_id]


def remedy_place(window: MainWindow, row: int) -> QPoint:
    """The middle of the words that help, in the row of a failed page."""
    index = window.table.review_model.index(row, COLUMNS.index("merchant"))
    failed = window.table.failed
    failure = failed.failure_at(index)
    assert failure is not None
    place = failed._place(index, window.table.visualRect(index))
    assert place is not None
    remedy: QRect = failed._laid_out(place, failure)[2]
    return remedy.center()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_click_on_the_words_does_it_too(window: MainWindow, qapp: QApplication, language: Language) -> None:
    speak(qapp, language)
    asked: list[int] = []
    window.table.failed.password_wanted.disconnect()
    window.table.failed.password_wanted.connect(asked.append)
    place = remedy_place(window, 2)
    QTest.mouseClick(window.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(asked) == 1
    QTest.mouseClick(window.table.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(0, 31))
    assert len(asked) == 1


def test_the_menu_of_a_failed_row_begins_with_what_helps(window: MainWindow) -> None:
    shown: list[int] = []
    window.table.failed.show_file_wanted.disconnect()
    window.table.failed.show_file_wanted.connect(shown.append)
    go_to(window, 2, "merchant")
    menu = row_menu(window.table)
    assert [action.text() for action in menu.actions()][:2] == ["Enter password…", "Show in folder"]
    menu.actions()[1].trigger()
    assert len(shown) == 1
    menu.close()


def test_what_is_typed_into_a_failed_row_is_kept_and_shown(window: MainWindow, qtbot: QtBot) -> None:
    go_to(window, 1, "merchant")
    QTest.keyClick(window.table.viewport(), Key.Key_T)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(lambda: column(window, "merchant")[1] == "t")
    assert window.table.failed.failure_at(window.table.currentIndex()) is None


def test_doubtful_first_by_one_key_and_back(window: MainWindow) -> None:
    assert files(window) == "ablz"
    QTest.keyClick(window.table, Key.Key_7, Qt.KeyboardModifier.AltModifier)
    assert files(window) == "zbla"
    assert window.actions_.doubtful_first.isChecked()
    QTest.keyClick(window.table, Key.Key_7, Qt.KeyboardModifier.AltModifier)
    assert files(window) == "ablz"
    window.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert window.actions_.doubtful_first.isChecked()


def test_shift_f8_goes_back_over_what_is_to_check(window: MainWindow) -> None:
    desk = window.workplace.review
    looks = [(desk.sheet.ids()[-1], name) for name in ("merchant", "total")]
    QTest.keyClick(window.table, Key.Key_F8)
    assert desk.front == looks[0]
    QTest.keyClick(window, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert desk.front == looks[1], "round to the last"
    QTest.keyClick(window, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert desk.front == looks[0]
