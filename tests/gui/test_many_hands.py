"""Many rows at once: filled down, set, replaced and pasted by keys, each one step to undo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.review.replacing import ReplaceDialog
from paddlescan.gui.review.set_field import SetFieldDialog
from paddlescan.gui.shared import speak
from paddlescan.paths import Paths
from tests.gui.many_rows import files, go_to, open_filled
from tests.gui.window_rooms import Rooms, column

Key = Qt.Key
T = TypeVar("T", bound=QWidget)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    rooms = Rooms(paths, qtbot)
    yield open_filled(paths, rooms)
    assert rooms.close()


def select(window: MainWindow, first: int, last: int, name: str) -> None:
    """From one row down to another, with the keys, in a column."""
    go_to(window, first, name)
    for _ in range(last - first):
        QTest.keyClick(window.table, Key.Key_Down, SHIFT)


def click(window: MainWindow, row: int, name: str) -> None:
    """On a cell, with the mouse."""
    table = window.table
    index = table.review_model.index(row, COLUMNS.index(name))
    table.scrollTo(index)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())


def back(qtbot: QtBot, window: MainWindow) -> None:
    """The dialog is gone and the window is in front again."""
    window.activateWindow()  # which a desktop does by itself
    qtbot.waitUntil(window.isActiveWindow)


def said(window: MainWindow) -> str:
    return window.status._news.text()


def dialog(window: MainWindow, kind: type[T]) -> T:
    (found,) = (each for each in window.findChildren(kind) if each.isVisible())
    return found


def history(window: MainWindow, row: int) -> list[tuple[str, str | None, str | None]]:
    window.workplace.writer.drain()
    entries = window.workplace.store.history(window.table.review_model.receipt_at(row))
    return [(entry.field, entry.before, entry.after) for entry in entries]


# fill down


def test_the_first_selected_row_fills_the_others(window: MainWindow) -> None:
    select(window, 0, 2, "category")
    QTest.keyClick(window.table, Key.Key_D, CONTROL)
    assert column(window, "category") == ["meals", "meals", "meals", "", ""]
    assert said(window) == "Category of 2 rows: Meals · Ctrl+Z takes it back"
    assert history(window, 2) == [("category", "office", "meals")]
    QTest.keyClick(window.table, Key.Key_Z, CONTROL)
    assert column(window, "category") == ["meals", "", "office", "", ""]
    QTest.keyClick(window.table, Key.Key_Z, CONTROL | SHIFT)
    assert column(window, "category") == ["meals", "meals", "meals", "", ""]


def test_a_single_row_takes_what_stands_above_it(window: MainWindow) -> None:
    go_to(window, 1, "date")
    QTest.keyClick(window.table, Key.Key_D, CONTROL)
    assert column(window, "date")[:2] == ["2026-03-02", "2026-03-02"]
    go_to(window, 0, "date")
    QTest.keyClick(window.table, Key.Key_D, CONTROL)
    assert said(window) == "Select the rows to fill: the first one fills the others"


@pytest.mark.parametrize("name", ["file", "state"])
def test_a_column_that_is_no_field_is_not_filled(qtbot: QtBot, window: MainWindow, name: str) -> None:
    click(window, 1, name)
    assert COLUMNS[window.table.currentIndex().column()] == name
    assert window.workplace.review.front == (window.table.review_model.receipt_at(1), "merchant")
    before = column(window, "merchant")
    QTest.keyClick(window.table, Key.Key_Down, SHIFT)
    QTest.keyClick(window.table, Key.Key_D, CONTROL)
    assert column(window, "merchant") == before
    assert said(window) == "Go to the column that is to be filled, then fill down"
    with qtbot.waitSignal(window.table.review_model.modelReset):
        window.table.set_search(column(window, "merchant")[2])
    assert COLUMNS[window.table.currentIndex().column()] == name


def test_what_is_typed_on_a_file_goes_into_the_merchant(qtbot: QtBot, window: MainWindow) -> None:
    click(window, 1, "file")
    QTest.keyClicks(window.table, "N")
    line = window.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "ew Name")
    QTest.keyClick(line, Key.Key_Return)
    qtbot.waitUntil(lambda: column(window, "merchant")[1] == "New Name")


def test_what_is_being_typed_is_what_fills(window: MainWindow) -> None:
    select(window, 2, 4, "category")
    line = window.fields.editors["category"]
    line.setFocus()
    QTest.keyClicks(line, "visit")
    QTest.keyClick(line, Key.Key_D, CONTROL)
    assert column(window, "category")[2:] == ["office", "office", "office"]
    window.workplace.undo_stack.undo()
    assert column(window, "category")[2:] == ["office", "", "visit"], "what was typed is a step of its own"


def test_taken_out_rows_are_left_alone(window: MainWindow) -> None:
    go_to(window, 1, "merchant")
    QTest.keyClick(window.table, Key.Key_Delete)
    window.actions_.show_removed.trigger()
    select(window, 0, 2, "category")
    QTest.keyClick(window.table, Key.Key_D, CONTROL)
    assert column(window, "category") == ["meals", "", "meals", "", ""]


# set a field


@pytest.mark.parametrize(("language", "words"), [("en", "Set a field of 3 rows"), ("zh", "统一填写 3 行")])
def test_a_field_is_set_for_the_selection(
    window: MainWindow, qapp: QApplication, language: Language, words: str, qtbot: QtBot
) -> None:
    speak(qapp, language)
    select(window, 1, 3, "merchant")
    QTest.keyClick(window.table, Key.Key_D, CONTROL | SHIFT)
    asked = dialog(window, SetFieldDialog)
    assert asked.sentence.text() == words
    QTest.keyClick(asked.names, Key.Key_Down)
    assert asked.name == "project"
    QTest.keyClicks(asked.focusWidget(), "Kunming trip")
    QTest.keyClick(asked.focusWidget(), Key.Key_Return)
    assert column(window, "project") == ["", "Kunming trip", "Kunming trip", "Kunming trip", ""]
    assert not asked.isVisible()
    back(qtbot, window)
    QTest.keyClick(window.table, Key.Key_Z, CONTROL)
    assert column(window, "project") == [""] * 5


def test_a_category_may_be_written_in_either_language(window: MainWindow) -> None:
    select(window, 0, 1, "merchant")
    QTest.keyClick(window.table, Key.Key_D, CONTROL | SHIFT)
    asked = dialog(window, SetFieldDialog)
    assert asked.name == "category", "a merchant is seldom the same"
    assert asked.now.text() == "Now: Meals (1), empty (1)"
    asked.value.lineEdit().insert("餐饮")
    QTest.keyClick(asked.focusWidget(), Key.Key_Return)
    assert column(window, "category")[:2] == ["meals", "meals"]


def test_a_date_that_is_none_is_kept_and_marked(window: MainWindow) -> None:
    select(window, 0, 1, "date")
    QTest.keyClick(window.table, Key.Key_D, CONTROL | SHIFT)
    asked = dialog(window, SetFieldDialog)
    QTest.keyClicks(asked.focusWidget(), "2026-02-31")
    assert asked.problem.isVisible()
    QTest.keyClick(asked.focusWidget(), Key.Key_Return)
    assert column(window, "date")[:2] == ["2026-02-31", "2026-02-31"]
    assert column(window, "state")[:2] == ["needs_review", "needs_review"]


def test_an_enter_too_many_empties_nothing_but_a_choice_does(window: MainWindow) -> None:
    select(window, 0, 4, "category")
    QTest.keyClick(window.table, Key.Key_D, CONTROL | SHIFT)
    asked = dialog(window, SetFieldDialog)
    QTest.keyClick(asked.focusWidget(), Key.Key_Return)
    assert asked.isVisible()
    for _ in range(asked.value.count()):
        QTest.keyClick(asked.value, Key.Key_Down)
    QTest.keyClick(asked.focusWidget(), Key.Key_Return)
    assert column(window, "category") == [""] * 5


def test_the_menu_of_the_rows_sets_a_category(window: MainWindow, qtbot: QtBot) -> None:
    select(window, 1, 2, "merchant")
    QApplication.sendEvent(
        window.table.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(20, 20), QPoint(20, 20))
    )
    (menu,) = (menu for menu in window.table.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly))
    words = next(action.menu() for action in menu.actions() if action.text() == "Set category")
    assert isinstance(words, QMenu)
    assert [action.text() for action in words.actions()][:3] == ["Meals", "Office supplies", "Transport"]
    words.popup(QPoint(20, 20))
    QTest.keyClick(words, Key.Key_Down)
    QTest.keyClick(words, Key.Key_Down)
    QTest.keyClick(words, Key.Key_Down)
    QTest.keyClick(words, Key.Key_Return)
    assert column(window, "category") == ["meals", "transport", "transport", "", ""]
    menu.close()


# find and replace


@pytest.mark.parametrize(("language", "words"), [("en", "2 hits in 2 rows"), ("zh", "在 2 行中找到 2 处")])
def test_a_text_is_replaced_in_all_rows_as_one_step(
    window: MainWindow, qapp: QApplication, language: Language, words: str, qtbot: QtBot
) -> None:
    speak(qapp, language)
    QTest.keyClick(window.table, Key.Key_H, CONTROL)
    asked = dialog(window, ReplaceDialog)
    QTest.keyClicks(asked.focusWidget(), "corner")
    QTest.keyClick(asked.focusWidget(), Key.Key_Tab)
    QTest.keyClicks(asked.focusWidget(), "Old")
    qtbot.waitUntil(lambda: asked.count.text() == words)
    shown = [[asked.preview.item(row, place).text() for place in (0, 2, 3)] for row in range(2)]
    assert shown == [["Corner Cafe", "Corner Cafe", "Old Cafe"], ["Corner Hotel", "Corner Hotel", "Old Hotel"]]
    QTest.keyClick(asked.focusWidget(), Key.Key_Return)
    assert column(window, "merchant") == ["Old Cafe", "北京清风餐饮", "MR D.I.Y.", "Old Hotel", "Taxi"]
    back(qtbot, window)
    QTest.keyClick(window.table, Key.Key_Z, CONTROL)
    assert column(window, "merchant")[0] == "Corner Cafe"
    assert column(window, "merchant")[3] == "Corner Hotel"


def test_only_the_selected_rows_and_only_what_the_filter_lets_through(window: MainWindow) -> None:
    select(window, 0, 1, "merchant")
    QTest.keyClick(window.table, Key.Key_H, CONTROL)
    asked = dialog(window, ReplaceDialog)
    assert [asked.rows.itemText(i) for i in range(2)] == ["The 2 selected rows", "All 5 rows shown"]
    QTest.keyClicks(asked.find_line, "Corner")
    QTest.keyClick(asked.find_line, Key.Key_Return)
    assert column(window, "merchant") == ["Cafe", "北京清风餐饮", "MR D.I.Y.", "Corner Hotel", "Taxi"]
    window.toolbar.search.setFocus()
    QTest.keyClicks(window.toolbar.search, "taxi")
    QTest.keyClick(window.toolbar.search, Key.Key_Return)
    assert files(window) == "e"
    window.table.clearSelection()
    QTest.keyClick(window.table, Key.Key_H, CONTROL)
    asked = dialog(window, ReplaceDialog)
    assert asked.rows.itemText(0) == "The 1 row shown"


def test_nothing_found_changes_nothing_and_esc_leaves(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window.table, Key.Key_H, CONTROL)
    asked = dialog(window, ReplaceDialog)
    QTest.keyClicks(asked.find_line, "zzz")
    qtbot.waitUntil(lambda: asked.count.text() == "Nothing found")
    QTest.keyClick(asked.find_line, Key.Key_Return)
    assert asked.isVisible()
    QTest.keyClick(asked.find_line, Key.Key_Escape)
    assert not window.workplace.undo_stack.canUndo()


# paste


def test_cells_of_a_spreadsheet_are_laid_over_the_rows(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("Tea House\t5/3/2026\t7,5\r\nNoodle Bar\t2026年3月6日\t1,234.5\r\n")
    go_to(window, 3, "merchant")
    QTest.keyClick(window.table, Key.Key_V, CONTROL)
    assert column(window, "merchant")[3:] == ["Tea House", "Noodle Bar"]
    assert column(window, "date")[4] == "2026-03-06"
    assert column(window, "total")[3:] == ["7,5", "1234.50"], "what is not certain is kept as it came, and marked"
    assert column(window, "state")[3] == "needs_review"
    QTest.keyClick(window.table, Key.Key_Z, CONTROL)
    assert column(window, "merchant")[3:] == ["Corner Hotel", "Taxi"]
    assert column(window, "total")[3:] == ["400.00", "12.00"]


def test_lines_without_a_row_are_said(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("a\nb\nc\n")
    go_to(window, 4, "category")
    QTest.keyClick(window.table, Key.Key_V, CONTROL)
    assert column(window, "category")[4] == "a"
    assert said(window) == "1 cell pasted · Ctrl+Z takes it back · 2 lines found no row"


def test_one_cell_goes_into_every_selected_row(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("visit")
    select(window, 1, 3, "category")
    QTest.keyClick(window.table, Key.Key_V, CONTROL)
    assert column(window, "category") == ["meals", "visit", "visit", "visit", ""]


def test_what_was_copied_here_can_be_pasted_here(window: MainWindow) -> None:
    select(window, 0, 1, "merchant")
    QTest.keyClick(window.table, Key.Key_C, CONTROL)
    go_to(window, 3, "merchant")
    QTest.keyClick(window.table, Key.Key_V, CONTROL)
    for name in ("merchant", "date", "total", "category"):
        assert column(window, name)[3:] == column(window, name)[:2]
    assert files(window) == "abcde"
