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
