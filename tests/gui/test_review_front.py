"""Which receipt stands beside which page, in the whole window: never another one's fields."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
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
NAMES = ("cafe.jpg", "hotel.jpg", "stationer.jpg")


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    """Two pages that were read and a third that is not; nothing is being read."""
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        store.add_sources(filled.batch, [SourceFile.at(str(resource("samples", name)), name) for name in NAMES])
        for name in NAMES[:2]:
            filled.read(name, read_receipt(merchant=name, total="9.00", currency="CNY", date="2026-03-05"))
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.workplace.controller.stop()
    qtbot.waitUntil(lambda: not made.workplace.controller.reading.pool.busy)  # until then one may hold the third page
    yield made
    assert rooms.close()


def choose_page(qtbot: QtBot, window: MainWindow, row: int) -> int:
    """Click a page of the list; its id."""
    pages = window.pages
    index = pages.model().index(row, 0)
    qtbot.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=pages.visualRect(index).center())
    return window.workplace.controller.pages.pages()[row].id


def choose_row(qtbot: QtBot, window: MainWindow, row: int) -> None:
    """Click the merchant of a row."""
    table = window.table
    place = table.visualRect(table.review_model.index(row, COLUMNS.index("merchant"))).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def words(window: MainWindow) -> list[str]:
    """What the fields panel and the stage say."""
    return [
        label.text()
        for place in (window.fields, window.viewer)
        for label in place.findChildren(QLabel)
        if label.isVisible() and label.text()
    ]


def merchants(window: MainWindow) -> list[str]:
    sheet = window.workplace.review.sheet
    return [sheet.text(receipt_id, "merchant") for receipt_id in sheet.ids()]


def test_a_page_that_is_not_read_stands_beside_no_receipt(qtbot: QtBot, window: MainWindow) -> None:
    choose_row(qtbot, window, 1)
    choose_page(qtbot, window, 2)
    assert window.workplace.review.front is None
    assert not window.fields.editors["merchant"].isVisible()
    assert "This page is not read yet." in words(window)
    assert window.table.selected_ids() == ()
    window.table.setFocus()
    QTest.keyClick(window.table, Key.Key_X)
    QTest.keyClick(window.table, Key.Key_Delete)
    assert merchants(window) == ["cafe.jpg", "hotel.jpg"]
    assert window.table.review_model.rowCount() == 2
    choose_page(qtbot, window, 1)
    assert window.fields.editors["merchant"].text() == "hotel.jpg"
    assert "This page is not read yet." not in words(window)


def test_what_was_typed_goes_to_its_own_receipt_before_the_page_changes(qtbot: QtBot, window: MainWindow) -> None:
    choose_row(qtbot, window, 0)
    merchant = window.fields.editors["merchant"]
    merchant.setFocus()
    QTest.keyClicks(merchant, "Corner")
    choose_page(qtbot, window, 2)
    assert merchants(window) == ["Corner", "hotel.jpg"]
    choose_row(qtbot, window, 1)
    QTest.keyClick(window.table, Key.Key_F2)
    QTest.keyClicks(window.table.viewport().focusWidget(), "Inn")
    choose_page(qtbot, window, 2)
    assert merchants(window) == ["Corner", "Inn"]


def test_a_page_whose_receipts_were_removed_says_so(qtbot: QtBot, window: MainWindow) -> None:
    choose_row(qtbot, window, 1)
    QTest.keyClick(window.table, Key.Key_Delete)
    choose_page(qtbot, window, 1)
    assert "The receipts of this page were removed from the table." in words(window)
    assert window.workplace.review.front is None


def test_the_receipt_comes_beside_its_page_when_it_is_read(qtbot: QtBot, window: MainWindow) -> None:
    page_id = choose_page(qtbot, window, 2)
    work = window.workplace
    filled = Filled(work.paths.store, work.store, work.controller.batch or 0)
    filled.read("stationer.jpg", read_receipt(merchant="PAPER SHOP"))
    work.controller.page_changed.emit(page_id, "done")
    assert window.fields.editors["merchant"].isVisible()
    assert window.fields.editors["merchant"].text() == "PAPER SHOP"


def test_beside_a_row_by_hand_there_is_no_page(qtbot: QtBot, window: MainWindow) -> None:
    choose_row(qtbot, window, 0)
    qtbot.waitUntil(lambda: window.viewer.page_id is not None)
    QTest.keyClick(window, Key.Key_I, CONTROL)
    qtbot.waitUntil(lambda: window.table.review_model.rowCount() == 3, timeout=10_000)
    assert window.viewer.page_id is None
    assert window.pages.current_page() is None
    assert "No page: this row was added by hand." in words(window)
    other = window.workplace.controller.pages.pages()[2].id
    window.workplace.controller.page_changed.emit(other, "reading")
    assert window.front.page_id is None
    page_id = choose_page(qtbot, window, 0)
    qtbot.waitUntil(lambda: window.viewer.page_id == page_id)
    assert window.fields.editors["merchant"].text() == "cafe.jpg"
    choose_row(qtbot, window, 2)
    assert window.viewer.page_id is None
    choose_row(qtbot, window, 1)
    qtbot.waitUntil(lambda: window.viewer.page_id is not None)
    assert "No page: this row was added by hand." not in words(window)
