"""F1 shows every key there is, in both languages, and finds one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from paddlescan.gui.dialogs.shortcuts import ShortcutSheet
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.paths import Paths
from tests.gui.window_rooms import Rooms

Key = Qt.Key


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    assert rooms.close()


def opened(window: MainWindow, qtbot: QtBot) -> ShortcutSheet:
    QTest.keyClick(window, Key.Key_F1)
    qtbot.waitUntil(lambda: bool(window.findChildren(ShortcutSheet)))
    sheet = window.findChildren(ShortcutSheet)[0]
    qtbot.waitUntil(sheet.isActiveWindow)
    return sheet


def said(sheet: ShortcutSheet) -> dict[str, str]:
    """Every key with what it does where it was named first."""
    told: dict[str, str] = {}
    for card in sheet.cards:
        for row, _, _ in card.rows:
            for key in row.keys:
                told.setdefault(key, row.words)
    return told


def test_every_key_of_window_and_page_is_on_it(window: MainWindow, qtbot: QtBot) -> None:
    sheet = opened(window, qtbot)
    told = said(sheet)
    listed = [action for _, members in window.actions_.groups() for action in members]
    for action in (*(a for a in window.actions() if a.isVisible()), *window.viewer.verbs.all):
        for keys in action.shortcuts():
            assert keys.toString(QKeySequence.SequenceFormat.NativeText) in told, action.text()
    assert window.actions_.stop in listed  # although there is nothing to stop now
    assert told["Ctrl+E"] == "Export"
    assert {"Enter", "Esc", "F8", "type"} <= set(told)


def test_typing_finds_by_word_and_by_key(window: MainWindow, qtbot: QtBot) -> None:
    sheet = opened(window, qtbot)
    QTest.keyClicks(QApplication.focusWidget(), "earlier")
    shown = [row.words for card in sheet.cards for row, words, _ in card.rows if words.isVisible()]
    assert shown == ["Earlier batches"]
    sheet.search.clear()
    QTest.keyClicks(sheet.search, "ctrl+b")
    assert [row.words for card in sheet.cards for row, words, _ in card.rows if words.isVisible()] == [
        "Earlier batches"
    ]
    QTest.keyClicks(sheet.search, "zzz")
    assert sheet.none.isVisible()


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F1])
def test_esc_and_f1_close_it(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    sheet = opened(window, qtbot)
    with qtbot.waitSignal(sheet.finished):
        QTest.keyClick(QApplication.focusWidget(), key)


def test_it_is_chinese_in_a_chinese_window(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    speak(qapp, "zh")
    qtbot.waitUntil(lambda: window.actions_.find.text() == "查找")
    sheet = opened(window, qtbot)
    for card in sheet.cards:
        for row, _, _ in card.rows:
            assert not row.words.isascii(), row.words
    assert said(sheet)["Ctrl+E"] == "导出"


def test_a_sheet_that_goes_while_the_language_changes_says_nothing_more(window: MainWindow, qtbot: QtBot) -> None:
    sheet = ShortcutSheet(window, window.actions_, window.viewer.verbs.all)
    QApplication.sendEvent(sheet, QEvent(QEvent.Type.LanguageChange))
    delete(sheet)
    qtbot.wait(20)  # an exception in the event loop fails the test
