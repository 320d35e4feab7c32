"""The filter bar over the table, used by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.paths import Paths
from tests.gui.many_rows import files, open_filled
from tests.gui.window_rooms import Rooms

Key = Qt.Key
FILTER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    rooms = Rooms(paths, qtbot)
    yield open_filled(paths, rooms)
    assert rooms.close()


def caret(window: MainWindow) -> QWidget:
    found = window.focusWidget()
    assert found is not None
    return found


def type_keys(window: MainWindow, text: str) -> None:
    """Into whatever has the caret: letters, Tab for a tabulator, and by an input method what no key has."""
    for letter in text:
        if letter == "\t":
            QTest.keyClick(caret(window), Key.Key_Tab)
        elif letter.isascii():
            QTest.keyClicks(caret(window), letter)
        else:
            said = QInputMethodEvent()
            said.setCommitString(letter)
            QApplication.sendEvent(caret(window), said)


def open_bar(window: MainWindow) -> None:
    QTest.keyClick(caret(window), Key.Key_F, FILTER)
    assert window.filter.isVisible()
    assert caret(window) is window.filter.lines["merchant"]


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ("corner", "ad"),
        ("\t2026-04", "cd"),
        ("\t3/5\t3/5", "b"),
        ("\t\t3月", "ab"),
        ("\tnone", "e"),
        ("\t\t\t¥100", "bd"),
        ("\t\t\t9\t12", "ae"),
        ("corner\t\t2026-03", "a"),
    ],
)
def test_typed_parts_narrow_the_rows(window: MainWindow, keys: str, left: str) -> None:
    open_bar(window)
    type_keys(window, keys)
    QTest.keyClick(caret(window), Key.Key_Return)
    assert files(window) == left
    assert caret(window) is window.table
    assert window.filter.count.text() == f"{len(left)} of 5 shown"


def test_choices_are_made_by_keys(window: MainWindow) -> None:
    open_bar(window)
    box = window.filter.choices["currency"]
    assert [box.itemText(i) for i in range(box.count())] == ["all", "CNY", "MYR", "none"]
    type_keys(window, "\t\t\t\t\t\t")
    assert caret(window) is box
    QTest.keyClick(box, Key.Key_M)
    QTest.keyClick(box, Key.Key_Return)
    assert files(window) == "c"
    box = window.filter.choices["category"]
    assert [box.itemText(i) for i in range(box.count())] == ["all", "Meals", "Office supplies", "none"]


def test_esc_clears_and_leaves(window: MainWindow) -> None:
    open_bar(window)
    type_keys(window, "corner\t\t\t300")
    QTest.keyClick(caret(window), Key.Key_Return)
    assert files(window) == "d"
    open_bar(window)
    QTest.keyClick(caret(window), Key.Key_Escape)
    assert files(window) == "abcde"
    assert not window.filter.isVisible()
    assert not window.actions_.narrow.isChecked()
    assert caret(window) is window.table
    open_bar(window)
    assert not window.filter.lines["merchant"].text()


def test_the_keys_of_an_open_bar_lead_into_it_and_then_close_it(window: MainWindow) -> None:
    open_bar(window)
    type_keys(window, "corner")
    QTest.keyClick(caret(window), Key.Key_Return)
    open_bar(window)
    assert window.filter.lines["merchant"].selectedText() == "corner"
    QTest.keyClick(caret(window), Key.Key_F, FILTER)
    assert not window.filter.isVisible()
    assert files(window) == "abcde"


def test_what_is_not_understood_is_kept_and_says_so(window: MainWindow) -> None:
    open_bar(window)
    type_keys(window, "corner\tsoon\t")
    assert window.filter.lines["first"].text() == "soon"
    assert "not a day" in window.filter.count.text()
    assert files(window) == "ad"


def test_chip_search_and_filter_work_together_and_the_sum_is_of_what_is_left(window: MainWindow, qtbot: QtBot) -> None:
    open_bar(window)
    type_keys(window, "\t\t\t\t300")
    QTest.keyClick(caret(window), Key.Key_Return)
    assert files(window) == "abce"
    sums = window.status._sums
    qtbot.waitUntil(lambda: sums.text() == "4 shown · 117.00 CNY · 30.90 MYR · no currency 12.00")
    window.actions_.chip_check.trigger()
    assert files(window) == "b"
    window.actions_.chip_all.trigger()
    window.toolbar.search.setFocus()
    type_keys(window, "taxi")
    QTest.keyClick(caret(window), Key.Key_Return)
    assert files(window) == "e"


def test_another_batch_is_not_narrowed(window: MainWindow, qtbot: QtBot) -> None:
    open_bar(window)
    type_keys(window, "corner\t")
    with qtbot.waitSignal(window.workplace.controller.batch_changed):
        window.actions_.new_batch.trigger()
    assert window.table.review_model.arrangement.narrow.is_empty
    assert not window.filter.lines["merchant"].text()


@pytest.mark.parametrize(("language", "said"), [("en", "2 of 5 shown"), ("zh", "显示 2 张，共 5 张")])
def test_the_bar_speaks_both_languages(window: MainWindow, qapp: QApplication, language: Language, said: str) -> None:
    speak(qapp, language)
    open_bar(window)
    type_keys(window, "corner\t")
    assert window.filter.count.text() == said


def test_a_table_that_is_folded_away_comes_back_with_the_bar(window: MainWindow) -> None:
    QTest.keyClick(caret(window), Key.Key_F9)
    assert not window.table.isVisible()
    QTest.keyClick(window, Key.Key_F, FILTER)
    assert window.filter.isVisible()
    assert window.table.isVisible()
