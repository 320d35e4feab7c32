"""The summary in place of the pages, used by keys and mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.errors import PasswordNeeded
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.summary.bars import Bar
from paddlescan.gui.summary.chart import Chart
from paddlescan.paths import Paths
from paddlescan.pipeline.keeping import open_store
from tests.gui.many_rows import files, go_to, open_filled
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

Key = Qt.Key
LUNCH = {"merchant": "Corner Cafe", "date": "2026-04-01", "total": "9.00", "currency": "CNY"}
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    rooms = Rooms(paths, qtbot)
    yield open_filled(paths, rooms)
    assert rooms.close()


def open_summary(window: MainWindow) -> None:
    QTest.keyClick(window.table, Key.Key_S, CONTROL | SHIFT)
    assert window.summary.isVisible()
    assert not window.viewer.isVisible()


def bars(chart: Chart) -> list[tuple[str, str]]:
    return [(bar.shown.label, bar.shown.figure) for bar in chart.bars]


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        caret = window.focusWidget()
        assert caret is not None
        QTest.keyClick(caret, key)


def caret(window: MainWindow) -> str:
    found = window.focusWidget()
    assert isinstance(found, Bar)
    return found.accessibleName()


def test_it_adds_up_each_currency_by_itself(window: MainWindow) -> None:
    open_summary(window)
    assert window.summary.amount.text() == "517.00 CNY"
    assert bars(window.summary.categories) == [("No category", "508.00"), ("Meals", "9.00")]
    assert bars(window.summary.merchants)[0] == ("Corner Hotel", "400.00")
    assert bars(window.summary.months) == [("2026-03", "117.00"), ("2026-04", "400.00")]
    assert list(window.summary.chips) == ["CNY", "MYR", ""]
    QTest.mouseClick(window.summary.chips["MYR"], Qt.MouseButton.LeftButton)
    assert window.summary.amount.text() == "30.90 MYR"
    assert bars(window.summary.categories) == [("Office supplies", "30.90")]


def test_what_was_seen_before_is_told_and_shown(paths: Paths, qtbot: QtBot) -> None:
    with open_store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        filled.put("first.png", **LUNCH)
        filled.put("once more.png", **LUNCH)
        filled.put("ride.png", merchant="Taxi", date="2026-04-02", total="30.00", currency="CNY")
        filled.put("tolls.png", merchant="PLUS", date="2026-04-02", total="5.00", currency="MYR")
    rooms = Rooms(paths, qtbot)
    window = rooms.open()
    window.table.setFocus()
    open_summary(window)
    summary = window.summary
    assert (summary.amount.text(), summary.seen_button.text()) == ("48.00 CNY", "1 seen before: 9.00 CNY")
    window.table.set_search("Taxi")
    QTest.mouseClick(summary.seen_button, Qt.MouseButton.LeftButton)
    assert files(window) == "o"
    assert summary.isVisible()
    QTest.mouseClick(summary.chips["MYR"], Qt.MouseButton.LeftButton)
    assert not summary.seen_button.isVisible()
    assert rooms.close()


def test_enter_on_a_bar_shows_its_rows_and_once_more_all(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.chip_check.trigger()
    open_summary(window)
    assert caret(window) == "No category: 508.00 CNY, 2 receipts"
    press(window, Key.Key_Down)
    assert caret(window) == "Meals: 9.00 CNY, 1 receipt"
    press(window, Key.Key_Return)
    assert files(window) == "a"
    assert window.filter.isVisible()
    assert window.filter.choices["category"].currentText() == "Meals"
    assert caret(window).startswith("Meals"), "the keys stay where they are"
    press(window, Key.Key_Up, Key.Key_Return)
    assert files(window) == "bd"
    qtbot.waitUntil(lambda: window.status._sums.text() == "2 shown · 508.00 CNY")
    press(window, Key.Key_Return)
    assert files(window) == "abcde"
    assert not window.filter.isVisible()


def test_tab_goes_from_card_to_card_and_arrows_within(window: MainWindow) -> None:
    open_summary(window)
    press(window, Key.Key_Tab)
    assert caret(window).startswith("Corner Hotel")
    press(window, Key.Key_End)
    assert caret(window).startswith("Corner Cafe")
    press(window, Key.Key_Tab, Key.Key_Right)
    assert caret(window) == "2026-04: 400.00 CNY, 1 receipt"
    press(window, Key.Key_Space)
    assert files(window) == "d"
    assert window.filter.lines["first"].text() == "2026-04-01"


def test_a_click_on_a_merchant_shows_just_that_one(window: MainWindow) -> None:
    open_summary(window)
    bar = window.summary.merchants.bars[1]
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert files(window) == "b"
    assert window.filter.lines["merchant"].text() == '"北京清风餐饮"'
    assert window.summary.merchants.bars[1].isChecked()


def test_it_follows_edits(window: MainWindow, qtbot: QtBot) -> None:
    open_summary(window)
    desk = window.workplace.review
    desk.type_into(desk.sheet.ids()[3], "category", "lodging")
    qtbot.waitUntil(lambda: bars(window.summary.categories)[0] == ("Lodging", "400.00"))
    desk.remove(desk.sheet.ids()[3:4])
    qtbot.waitUntil(lambda: window.summary.amount.text() == "117.00 CNY")
    window.workplace.undo_stack.undo()
    qtbot.waitUntil(lambda: window.summary.amount.text() == "517.00 CNY")


def test_esc_goes_back_and_so_does_the_next_look(window: MainWindow) -> None:
    open_summary(window)
    press(window, Key.Key_Escape)
    assert window.viewer.isVisible()
    assert not window.actions_.summary.isChecked()
    assert window.focusWidget() is window.table
    open_summary(window)
    QTest.keyClick(window, Key.Key_F8)
    assert window.viewer.isVisible()
    assert window.workplace.review.front is not None


def test_a_row_below_can_be_worked_on_while_it_is_open(window: MainWindow) -> None:
    open_summary(window)
    go_to(window, 4, "category")
    assert window.summary.isVisible()


@pytest.mark.parametrize(("language", "words"), [("en", "Meals: 9.00 CNY, 1 receipt"), ("zh", "餐饮: 9.00 CNY, 1 张")])
def test_bars_have_names_in_both_languages(
    window: MainWindow, qapp: QApplication, language: Language, words: str
) -> None:
    speak(qapp, language)
    open_summary(window)
    bar = window.summary.categories.bars[1]
    assert bar.toolTip() == words
    told = QAccessible.queryAccessibleInterface(bar)
    assert told.text(QAccessible.Text.Name) == words
    assert told.role() in (QAccessible.Role.CheckBox, QAccessible.Role.Button)


def test_blank_and_failed_pages_are_no_receipts_without_a_total(paths: Paths, qtbot: QtBot) -> None:
    with open_store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        filled.put("lunch.png", **LUNCH)
        filled.put("undecided.png", merchant="Taxi")
        filled.drop("white.png", "locked.pdf")
        filled.read("white.png", read_receipt(), quality=("blank",))
        filled.fail("locked.pdf", PasswordNeeded(file="locked.pdf"))
    rooms = Rooms(paths, qtbot)
    window = rooms.open()
    window.activateWindow()
    window.table.setFocus()
    open_summary(window)
    assert window.summary.remark.text() == "1 receipt · 1 without a total"
    assert rooms.close()
