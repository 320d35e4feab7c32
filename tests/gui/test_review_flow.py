"""The review in the real window, by keys alone: from doubt to doubt and back, repairs, and what is half typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import Check, Item, Language, SourceFile
from paddlescan.extraction.rules import NET_PLUS_TAX
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

Key = Qt.Key
Ctrl, Alt, Shift = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
FIGURES = {"net": "90.00", "tax": "10.80", "sum": "100.80", "total": "108.00"}
FAILED = Check(NET_PLUS_TAX, False, "", (("said", "differs"), *FIGURES.items()))


@pytest.fixture
def rooms(paths: Paths, qtbot: QtBot) -> Iterator[Rooms]:
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        names = ("a.jpg", "b.jpg", "c.jpg")
        store.add_sources(filled.batch, [SourceFile.at(str(resource("samples", "cafe.jpg")), name) for name in names])
        filled.read("a.jpg", read_receipt(merchant="Corner Cafe", date="2026-03-02?", total="9.00", currency="CNY"))
        amounts = {"total": "108.00?|100.80|180.00", "subtotal": "90.00", "tax": "10.80"}
        filled.read("b.jpg", read_receipt(checks=(FAILED,), merchant="AEON", currency="CNY", **amounts))
        filled.read("c.jpg", read_receipt(merchant="Bakery?", date="2026-03-04", total="3.00", currency="CNY"))
    made = Rooms(paths, qtbot)
    yield made
    assert made.close()


@pytest.fixture
def window(rooms: Rooms, qtbot: QtBot) -> MainWindow:
    made = rooms.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(hand(), key, held)


def hand() -> QWidget:
    there = QApplication.focusWidget()
    assert there is not None
    return there


def front(window: MainWindow) -> tuple[str, str]:
    review = window.workplace.review
    assert review.front is not None
    return review.sheet.text(review.front[0], "file"), review.front[1]


def texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def saved(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.workplace.writer.unsaved())


def test_f8_goes_on_and_shift_f8_back_without_accepting(window: MainWindow, qtbot: QtBot) -> None:
    window.setFocus()
    press(Key.Key_F8)
    there = [front(window)]
    for _ in range(3):
        press(Key.Key_F8)
        there.append(front(window))
    assert there == [("a.jpg", "date"), ("b.jpg", "total"), ("c.jpg", "merchant"), ("a.jpg", "date")]
    for expected in (("c.jpg", "merchant"), ("b.jpg", "total")):
        press(Key.Key_F8, Shift)
        assert front(window) == expected
    assert window.fields.editors["total"].hasFocus()
    assert window.fields.editors["total"].selectedText() == "108.00"
    assert window.workplace.undo_stack.count() == 0


def test_f8_goes_first_to_a_doubtful_field_in_front_in_which_the_caret_was_not_yet(window: MainWindow) -> None:
    review = window.workplace.review
    c = review.sheet.ids()[2]
    review.show_page(review.sheet.row(c).page_id or 0)  # as a click in the list of pages does, and every start
    window.pages.setFocus()
    assert front(window) == ("c.jpg", "merchant")
    press(Key.Key_F8)
    assert front(window) == ("c.jpg", "merchant")
    assert window.fields.editors["merchant"].hasFocus()
    assert window.fields.editors["merchant"].selectedText() == "Bakery"
    window.pages.setFocus()  # it was looked at
    press(Key.Key_F8)
    assert front(window) == ("a.jpg", "date")
    window.table.setFocus()
    review.bring_to_front(c, "merchant")  # as a click on its cell does
    press(Key.Key_F8, Shift)
    assert front(window) == ("c.jpg", "merchant")
    assert window.fields.editors["merchant"].hasFocus()
    press(Key.Key_F8, Shift)
    assert front(window) == ("b.jpg", "total")


@pytest.mark.parametrize(
    ("language", "sentence", "told"),
    [
        ("en", "Net 90.00 + tax 10.80 is 100.80, but the total reads 108.00", "Alt+R: Use 100.80"),
        ("zh", "不含税 90.00 + 税额 10.80 = 100.80，但合计读作 108.00", "Alt+R：改为 100.80"),
    ],
)
def test_alt_r_takes_the_repair_that_the_check_offers(
    language: Language, sentence: str, told: str, window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    speak(qapp, language)
    window.setFocus()
    press(Key.Key_F8)
    press(Key.Key_F8)
    assert sentence in texts(window.fields)
    assert told in texts(window.fields)
    press(Key.Key_R, Alt)
    sheet = window.workplace.review.sheet
    b = sheet.ids()[1]
    assert sheet.text(b, "total") == "100.80"
    assert sheet.state(b) == "done"
    assert window.fields.editors["total"].hasFocus(), "the hands stay where they are"
    press(Key.Key_F8)
    assert front(window) == ("c.jpg", "merchant")


def test_three_doubts_are_three_keys_and_ctrl_z_takes_them_back_over_receipts(window: MainWindow, qtbot: QtBot) -> None:
    window.setFocus()
    press(Key.Key_F8)
    press(Key.Key_Return)
    press(Key.Key_1, Ctrl)
    press(Key.Key_Return)
    assert window.fields.strip.text() == "Nothing left to check"
    sheet = window.workplace.review.sheet
    assert sheet.text(sheet.ids()[1], "total") == "100.80"
    places = []
    for _ in range(3):
        press(Key.Key_Z, Ctrl)
        places.append(front(window))
    assert places == [("c.jpg", "merchant"), ("b.jpg", "total"), ("a.jpg", "date")]
    assert window.fields.strip.text() == "3 left to check"


@pytest.mark.parametrize("way", ["close", "quit"])
def test_a_half_typed_value_is_kept_when_the_window_closes(
    way: str, rooms: Rooms, window: MainWindow, qtbot: QtBot
) -> None:
    window.setFocus()
    press(Key.Key_F8)
    QTest.keyClicks(hand(), "2026-0")
    if way == "quit":
        press(Key.Key_Q, Ctrl)
        qtbot.waitUntil(lambda: not window.isVisible())
    assert rooms.close()
    again = rooms.open()
    sheet = again.workplace.review.sheet
    a = sheet.ids()[0]
    assert sheet.text(a, "date") == "2026-0"
    assert sheet.wants_look(a) == ("date",)


def test_line_items_unfold_and_are_copied(rooms: Rooms, qtbot: QtBot, paths: Paths) -> None:
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.batches()[0].id)
        filled.drop("items.jpg")
        items = (Item("餐饮服务", "1", "90.00", "90.00"), Item("打包盒", None, None, "10.80"))
        filled.read("items.jpg", replace(read_receipt(merchant="AEON", total="100.80"), items=items))
    window = rooms.open()
    review = window.workplace.review
    review.bring_to_front(review.sheet.ids()[0], "merchant")
    assert not window.fields.items.isVisible()
    review.bring_to_front(review.sheet.ids()[-1], "merchant")
    view = window.fields.items
    assert view.fold_button.text() == "Line items (2)"
    assert not view.table.isVisible()
    view.fold_button.setFocus()
    QTest.keyClick(view.fold_button, Key.Key_Space)
    assert view.table.isVisible()
    view.table.setFocus()
    QTest.keyClick(view.table, Key.Key_A, Ctrl)
    QTest.keyClick(view.table, Key.Key_C, Ctrl)
    assert QApplication.clipboard().text() == "餐饮服务\t1\t90.00\t90.00\n打包盒\t\t\t10.80"


@pytest.mark.parametrize(("language", "begins"), [("en", "Net 90.00"), ("zh", "不含税 90.00")])
def test_what_a_check_says_of_the_field_in_front_is_in_sight_in_a_small_window(
    language: Language, begins: str, window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    speak(qapp, language)
    window.resize(1280, 720)
    window.setFocus()
    press(Key.Key_F8)
    press(Key.Key_F8)
    assert front(window) == ("b.jpg", "total")
    said = next(label for label in window.fields.findChildren(QLabel) if label.text().startswith(begins))
    qtbot.waitUntil(lambda: said.visibleRegion().boundingRect().height() == said.height())
    total = window.fields.editors["total"]
    assert total.visibleRegion().boundingRect().height() == total.height()
    sentences = [label.text() for label in window.fields.findChildren(QLabel) if label.isVisible()]
    assert sum(text.startswith(begins) for text in sentences) == 1, "it is said once"
