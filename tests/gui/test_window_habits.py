"""Small things that a clerk does all day with the window: questions, batches, keys, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QMenu, QTreeView
from pytestqt.qtbot import QtBot

from paddlescan.document import PageRef, PrepareOptions, SourceFile
from paddlescan.gui.dialogs.batches import BatchesDialog
from paddlescan.gui.dialogs.duplicates import DuplicatesDialog
from paddlescan.gui.dialogs.password import PasswordDialog
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.running.intake_thread import Twice
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.settings import Settings
from paddlescan.store import PageRow, Store
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def rooms(paths: Paths, qtbot: QtBot) -> Iterator[Rooms]:
    made = Rooms(paths, qtbot)
    yield made
    assert made.close()


@pytest.fixture
def batches(paths: Paths) -> list[int]:
    """Two batches, each with two pages that were read; the second is the newest."""
    made = []
    with Store(paths.store) as store:
        for names in (("cafe.jpg", "hotel.jpg"), ("hardware.jpg", "stationer.jpg")):
            filled = Filled(paths.store, store, store.create_batch(""))
            store.add_sources(filled.batch, [SourceFile.at(str(resource("samples", name)), name) for name in names])
            for name in names:
                filled.read(name, read_receipt(merchant=name, total="9.00", currency="CNY", date="2026-03-05"))
            made.append(filled.batch)
    return made


def in_sight(window: MainWindow) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def twice(name: str) -> tuple[Twice, ...]:
    source = SourceFile(f"/in/{name}".encode(), name)
    row = PageRow(77, 1, PageRef(source, 1, 77), 1, "done", 1, PrepareOptions(), 1, None, None)
    return (Twice(source, (row,)),)


def test_questions_come_one_after_the_other(rooms: Rooms, batches: list[int], qtbot: QtBot) -> None:
    window = rooms.open()
    window.asking.ask_duplicates(twice("a.png"))
    window.asking.ask_password(1, False)
    window.asking.ask_password(2, False)
    for kind in (DuplicatesDialog, PasswordDialog, PasswordDialog):
        (front,) = in_sight(window)
        assert isinstance(front, kind)
        qtbot.keyClick(front, Qt.Key.Key_Escape)
        assert not front.isVisible()
    assert in_sight(window) == []
    window.asking.about()
    assert len(in_sight(window)) == 1
    in_sight(window)[0].close()


def line_of(window: MainWindow, place: str) -> QLineEdit:
    """A line of the first receipt's merchant, with the caret in it."""
    table = window.table
    table.desk.bring_to_front(table.desk.sheet.ids()[0], "merchant")
    if place == "field":
        window.fields.editors["merchant"].setFocus(Qt.FocusReason.TabFocusReason)
        return window.fields.editors["merchant"]
    table.setFocus()
    table.setCurrentIndex(table.review_model.index(0, COLUMNS.index("merchant")))
    table.edit(table.currentIndex())
    return next(line for line in table.viewport().findChildren(QLineEdit) if line.isVisible())


@pytest.mark.parametrize("place", ["field", "cell"])
def test_a_question_that_nobody_asked_for_waits_until_typing_rests(
    rooms: Rooms, batches: list[int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr("paddlescan.gui.patience.REST_MS", 1)
    window = rooms.open()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line = line_of(window, place)
    qtbot.keyClicks(line, "Gold")
    window.asking.ask_password(1, False)
    qtbot.wait(600)  # longer than it takes to look whether typing rests
    assert in_sight(window) == []
    qtbot.keyClicks(line, "en Cup")
    assert line.text() == "Golden Cup"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(in_sight(window)))
    assert isinstance(in_sight(window)[0], PasswordDialog)
    review = window.workplace.review
    assert review.sheet.text(review.sheet.ids()[0], "merchant") == "Golden Cup"
    in_sight(window)[0].close()


def test_a_question_does_not_come_between_two_keys(rooms: Rooms, batches: list[int], qtbot: QtBot) -> None:
    """Enter took the field; the next value is about to be typed into the next one."""
    window = rooms.open()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line = line_of(window, "field")
    qtbot.keyClicks(line, "Golden Cup\r")
    window.asking.ask_password(1, False)
    assert in_sight(window) == []
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    window.asking.ask_password_again(1)  # the link of its row: who presses that wants to be asked
    (front,) = in_sight(window)
    assert isinstance(front, PasswordDialog)
    front.close()


def test_a_word_that_is_being_composed_is_typing(rooms: Rooms, batches: list[int], qtbot: QtBot) -> None:
    window = rooms.open()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line = line_of(window, "field")
    assert not window.asking.patience.typing
    QApplication.sendEvent(line, QInputMethodEvent("jin", []))
    assert window.asking.patience.typing
    window.asking.ask_password(1, False)
    assert in_sight(window) == []


@pytest.mark.parametrize("large", [1, 500])
def test_an_earlier_batch_shows_its_first_page(
    rooms: Rooms, batches: list[int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr("paddlescan.gui.review.desk._LARGE", large)  # rows; above that they come later
    window = rooms.open()
    qtbot.waitUntil(lambda: window.front.page_id is not None)
    qtbot.keyClick(window, Qt.Key.Key_B, CONTROL)
    qtbot.waitUntil(lambda: bool(in_sight(window)))
    (dialog,) = in_sight(window)
    assert isinstance(dialog, BatchesDialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.workplace.controller.batch_changed):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    first = window.workplace.controller.pages.pages()[0]
    assert first.ref.source.name == "cafe.jpg"
    qtbot.waitUntil(lambda: window.viewer.page_id == first.id)
    assert window.pages.current_page() == first
    review = window.workplace.review
    qtbot.waitUntil(lambda: bool(review.sheet.ids()))
    assert review.front == (review.sheet.ids()[0], "merchant")


class Shows(QObject):
    """Counts how often a widget came into sight."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Show
        return False


@pytest.mark.parametrize("empty", [False, True])
def test_the_start_does_not_flash_the_empty_window(
    paths: Paths, qtbot: QtBot, request: pytest.FixtureRequest, empty: bool
) -> None:
    if not empty:
        request.getfixturevalue("batches")
    window = MainWindow(Workplace(paths, replace(Settings(), workers=1)))
    qtbot.addWidget(window)
    shows = Shows()
    window.empty.installEventFilter(shows)
    window.show()
    qtbot.waitExposed(window)
    assert not window.empty.isVisible()
    with qtbot.waitSignal(window.workplace.controller.batch_changed):
        window.workplace.start()
    assert window.empty.isVisible() == empty
    assert window.panes.isVisible() != empty
    assert shows.count == empty
    window.close()
    assert window.workplace.end()


def test_ctrl_y_does_again_what_was_undone(rooms: Rooms, batches: list[int], qtbot: QtBot) -> None:
    window = rooms.open()
    review = window.workplace.review
    receipt = review.sheet.ids()[0]
    assert review.type_into(receipt, "merchant", "Corner Cafe")
    window.table.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert review.sheet.text(receipt, "merchant") == "hardware.jpg"
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert review.sheet.text(receipt, "merchant") == "Corner Cafe"


def test_esc_clears_the_search_and_then_leaves_it(rooms: Rooms, batches: list[int], qtbot: QtBot) -> None:
    window = rooms.open()
    rows = window.table.review_model
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    search = window.toolbar.search
    qtbot.keyClicks(search, "hardware")
    qtbot.waitUntil(lambda: rows.rowCount() == 1)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert rows.rowCount() == 2
    with qtbot.waitSignal(window.toolbar.search_left):
        qtbot.keyClick(search, Qt.Key.Key_Escape)


def test_pasting_plain_words_is_answered(rooms: Rooms, qtbot: QtBot) -> None:
    window = rooms.open()
    QGuiApplication.clipboard().setText("plain words")
    qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    told = [label.text() for label in window.status.findChildren(QLabel)]
    assert "There is no file or picture on the clipboard" in told
    assert window.workplace.controller.pages.rowCount() == 0


def test_the_title_calls_a_batch_as_the_list_does(rooms: Rooms, batches: list[int], qtbot: QtBot) -> None:
    window = rooms.open()
    assert window.windowTitle() == f"Batch {batches[1]} — PaddleScan"
    with qtbot.waitSignal(window.workplace.controller.renamed):
        window.workplace.controller.rename("March")
    assert window.windowTitle() == "March — PaddleScan"


def test_removed_rows_are_shown_from_the_menu(rooms: Rooms, batches: list[int], qtbot: QtBot) -> None:
    window = rooms.open()
    rows, show = window.table.review_model, window.actions_.show_removed
    window.workplace.review.remove(window.workplace.review.sheet.ids()[:1])
    assert rows.rowCount() == 1
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    assert rows.rowCount() == 2
    assert show.isChecked()
    window.table.set_show_removed(False)  # as the table's own menu does
    assert not show.isChecked()
    (view,) = (menu for menu in window.menuBar().findChildren(QMenu) if menu.objectName() == "view")
    assert show in view.actions()


def test_a_wide_status_line_is_cut_with_an_ellipsis(rooms: Rooms, batches: list[int], qtbot: QtBot) -> None:
    window = rooms.open()
    labels = window.status.findChildren(QLabel)
    qtbot.waitUntil(lambda: any("18.00" in label.text() for label in labels))  # else its own sums come in between
    window.resize(900, 560)
    sums = "40 receipts · " + " · ".join(f"{n},234.50 {code}" for n, code in enumerate(["CNY", "MYR", "EUR"] * 8))
    window.status.show_sums(sums)
    QApplication.processEvents()
    assert window.width() == 900
    label = next(label for label in window.status.findChildren(QLabel) if label.text() == sums)
    assert label.geometry().right() <= window.status.width()
    assert label.shown().endswith("…")  # type: ignore[attr-defined]
    assert sums.startswith(label.shown()[:-1])  # type: ignore[attr-defined]
    assert label.toolTip() == sums
    window.status.show_sums("1 receipt")
    QApplication.processEvents()
    assert label.shown() == "1 receipt"  # type: ignore[attr-defined]


def test_the_chinese_file_dialog_has_no_english(rooms: Rooms, qapp: QApplication, qtbot: QtBot) -> None:
    window = rooms.open()
    speak(qapp, "zh")
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    try:
        window.asking.choose_files()
    finally:
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
    (dialog,) = in_sight(window)
    assert isinstance(dialog, QFileDialog)
    labels = [label.text() for label in dialog.findChildren(QLabel) if label.objectName()]
    assert [text for text in labels if "Look" in text or "type" in text or "name" in text] == []
    dialog.setDirectory(str(resource()))
    tree = dialog.findChildren(QTreeView)[0]
    model = tree.model()
    qtbot.waitUntil(lambda: model.rowCount(tree.rootIndex()) > 0)
    assert model.index(0, 2, tree.rootIndex()).data() == "文件夹"
    dialog.close()
