"""Keys that both a line of text and the window want."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from paddlescan.document import SourceFile
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.paths import Paths
from paddlescan.pipeline.keeping import open_store
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
PLACES = ("field", "cell", "search")


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        store.add_sources(filled.batch, [SourceFile.at(str(resource("samples", "cafe.jpg")), "cafe.jpg")])
        filled.read("cafe.jpg", read_receipt(merchant="Corner Cafe", total="9.00", currency="CNY"))
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    assert rooms.close()


def line_with_the_caret(window: MainWindow, place: str) -> QLineEdit:
    table = window.table
    table.desk.bring_to_front(table.desk.sheet.ids()[0], "merchant")
    if place == "cell":
        table.setFocus()
        table.setCurrentIndex(table.review_model.index(0, COLUMNS.index("merchant")))
        QTest.keyClick(table, Key.Key_F2)
        return next(line for line in table.viewport().findChildren(QLineEdit) if line.isVisible())
    line = window.fields.editors["merchant"] if place == "field" else window.toolbar.search
    line.setFocus()
    QTest.keyClicks(line, "Corner Cafe")
    return line


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("keys", ["Ctrl+E", "Ctrl+Left"])
def test_the_windows_keys_are_heard_in_every_line(window: MainWindow, place: str, keys: str) -> None:
    """Ctrl+Left stands for any key that a line takes for editing; which these are differs from desktop to desktop."""
    heard = []
    window.actions_.export.triggered.disconnect()
    window.actions_.export.setShortcut(QKeySequence(keys))
    window.actions_.export.triggered.connect(lambda: heard.append(keys))
    line = line_with_the_caret(window, place)
    combination = QKeySequence(keys)[0]
    QTest.keyClick(line, combination.key(), combination.keyboardModifiers())
    assert heard == [keys]
    assert line.text() == "Corner Cafe"


@pytest.mark.parametrize("place", PLACES)
def test_editing_keys_stay_with_the_text(window: MainWindow, place: str) -> None:
    line = line_with_the_caret(window, place)
    for keys in ("Ctrl+A", "Ctrl+C", "Ctrl+X", "Ctrl+V"):
        combination = QKeySequence(keys)[0]
        QTest.keyClick(line, combination.key(), combination.keyboardModifiers())
        assert line.text() == ("" if keys == "Ctrl+X" else "Corner Cafe")
    QTest.keyClick(line, Key.Key_Home)
    QTest.keyClick(line, Key.Key_Delete, CONTROL)
    assert line.text() == "Cafe"
    assert window.table.review_model.rowCount() == 1


def test_a_key_of_a_sleeping_action_stays_with_the_text(window: MainWindow) -> None:
    action = QAction(window)
    action.setShortcut(QKeySequence("Ctrl+Left"))
    action.setEnabled(False)
    window.addAction(action)
    line = line_with_the_caret(window, "field")
    QTest.keyClick(line, Key.Key_Left, CONTROL)
    assert line.cursorPosition() == len("Corner ")


@pytest.fixture
def twice(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window with a receipt, the same once more, and another one, at the stop that tells of the second."""
    with open_store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        for name, merchant, total in (("a", "Kopitiam", "12.00"), ("b", "Kopitiam", "12.00"), ("c", "Toko", "1234.50")):
            file = f"{name}.jpg"
            store.add_sources(filled.batch, [SourceFile.at(str(resource("samples", "cafe.jpg")), file)])
            filled.read(file, read_receipt(merchant=merchant, date="2026-04-01", total=total, currency="CNY"))
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    desk = made.workplace.review
    qtbot.waitUntil(lambda: desk.sheet.counts().get("duplicate") == 1)
    desk.go_to_next_look()
    assert desk.front is not None
    assert desk.front[0] == desk.sheet.ids()[1]
    qtbot.waitUntil(made.fields.editors["total"].hasFocus)
    yield made
    assert rooms.close()


def totals(window: MainWindow) -> list[str]:
    sheet = window.workplace.review.sheet
    return [sheet.text(i, "total") for i in sheet.ids() if not sheet.line(i).removed]


def test_the_row_goes_and_not_its_total_where_a_receipt_was_seen_before(twice: MainWindow, qtbot: QtBot) -> None:
    line = twice.fields.editors["total"]
    assert line.selectedText() == "12.00"
    QTest.keyClick(line, Key.Key_Delete, CONTROL)
    qtbot.waitUntil(lambda: twice.table.review_model.rowCount() == 2)
    assert totals(twice) == ["12.00", "1234.50"]
    assert twice.status._news.text() == "1 row removed · Ctrl+Z brings it back"
    assert line.text() == "1234.50", "the row behind it is in front"
    QTest.keyClick(line, Key.Key_Delete, CONTROL)
    assert totals(twice) == ["12.00", "1234.50"], "a key too many harms nothing"
    twice.workplace.undo_stack.undo()
    assert totals(twice) == ["12.00", "12.00", "1234.50"]


def test_the_row_alone_goes_though_others_are_selected_with_it(twice: MainWindow) -> None:
    twice.table.selectAll()
    line = twice.fields.editors["total"]
    line.setFocus()
    line.selectAll()
    shown = twice.fields.receipt
    QTest.keyClick(line, Key.Key_Delete, CONTROL)
    assert [i for i in twice.workplace.review.sheet.ids() if twice.workplace.review.sheet.line(i).removed] == [shown]


def test_undo_in_the_field_brings_the_row_back(twice: MainWindow) -> None:
    line = twice.fields.editors["total"]
    QTest.keyClick(line, Key.Key_Delete, CONTROL)
    assert len(totals(twice)) == 2
    QTest.keyClick(line, Key.Key_Z, CONTROL)
    assert totals(twice) == ["12.00", "12.00", "1234.50"]
    assert (line.text(), line.selectedText()) == ("12.00", "12.00")


def test_a_word_goes_where_something_was_typed(twice: MainWindow) -> None:
    line = twice.fields.editors["total"]
    QTest.keyClicks(line, "13.00")
    line.selectAll()
    QTest.keyClick(line, Key.Key_Delete, CONTROL)
    assert line.text() == ""
    assert len(totals(twice)) == 3
