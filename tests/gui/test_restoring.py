"""Rows that were taken out come back by one key, whether or not they are shown; the page list says which are out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from paddlescan.errors import UnreadableFile
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.page_list_model import PAGE_ROLE
from paddlescan.paths import Paths
from paddlescan.store import Store
from tests.gui.many_rows import ROWS, files, fill_store, go_to, open_filled
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled

ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def rooms(paths: Paths, qtbot: QtBot) -> Iterator[Rooms]:
    made = Rooms(paths, qtbot)
    yield made
    assert made.close()


def remarks(window: MainWindow) -> list[str]:
    said: list[str] = []
    window.status.said.connect(said.append)
    return said


def removed(window: MainWindow) -> list[bool]:
    model = window.pages.model()
    return [model.index(row, 0).data(PAGE_ROLE).removed for row in range(model.rowCount())]


def test_restore_is_offered_only_while_a_row_is_out(paths: Paths, rooms: Rooms) -> None:
    window = open_filled(paths, rooms)
    restore = window.actions_.restore_rows
    assert not restore.isEnabled()
    window.actions_.remove_rows.trigger()
    assert restore.isEnabled()
    window.actions_.undo.trigger()
    assert not restore.isEnabled()


def test_restore_puts_the_rows_back_that_were_taken_out_last(paths: Paths, rooms: Rooms) -> None:
    window = open_filled(paths, rooms)
    window.actions_.remove_rows.trigger()
    go_to(window, 0, "merchant")
    window.actions_.remove_rows.trigger()
    assert files(window) == "cde"
    said = remarks(window)
    window.actions_.restore_rows.trigger()
    assert files(window) == "bcde"
    assert said == ["1 row restored · Ctrl+Z takes it back"]
    assert window.workplace.review.front == (window.table.review_model.receipt_at(0), "merchant")
    window.actions_.restore_rows.trigger()
    assert files(window) == "abcde"
    window.actions_.undo.trigger()
    assert files(window) == "bcde"
    window.actions_.restore_rows.trigger()
    assert files(window) == "abcde", "an undone return counts as the last removal"


def test_restore_puts_back_what_is_selected_among_the_removed_rows(paths: Paths, rooms: Rooms) -> None:
    window = open_filled(paths, rooms)
    for _ in range(2):
        go_to(window, 0, "merchant")
        window.actions_.remove_rows.trigger()
    window.actions_.show_removed.trigger()
    go_to(window, 0, "merchant")
    window.actions_.restore_rows.trigger()
    sheet = window.workplace.review.sheet
    assert [sheet.line(i).removed for i in sheet.ids()] == [False, True, False, False, False]


def test_restore_puts_all_rows_back_that_were_taken_out_before_the_program_started(paths: Paths, rooms: Rooms) -> None:
    fill_store(paths)
    with Store(paths.store) as store:
        rows = [row.receipt_id for row in store.receipt_rows(1)]
        store.set_removed(rows[1:2], True)
        store.set_removed(rows[3:4], True)
    window = rooms.open()
    assert files(window) == "ace"
    said = remarks(window)
    window.actions_.restore_rows.trigger()
    assert files(window) == "abcde"
    assert said == ["2 rows restored · Ctrl+Z takes it back"]
    window.actions_.undo.trigger()
    assert files(window) == "ace"


def test_the_page_list_says_that_the_receipts_of_a_page_were_taken_out(
    paths: Paths, rooms: Rooms, qtbot: QtBot
) -> None:
    window = open_filled(paths, rooms)
    assert not any(removed(window))
    window.actions_.remove_rows.trigger()
    qtbot.waitUntil(lambda: removed(window) == [True, *[False] * (len(ROWS) - 1)])
    first = window.pages.model().index(0, 0)
    assert "Removed" in str(first.data(ACCESSIBLE)).split(", ")
    window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: not any(removed(window)))


def test_the_page_list_says_it_of_a_page_that_failed_and_after_a_start(
    paths: Paths, rooms: Rooms, qtbot: QtBot
) -> None:
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        filled.put("a.png", merchant="Corner Cafe", total="9.00")
        filled.drop("b.png")
        filled.fail("b.png", UnreadableFile(file="b.png"))
        store.set_removed([store.receipt_rows(1)[0].receipt_id], True)
    window = rooms.open()
    assert removed(window) == [True, False]
    go_to(window, 0, "merchant")
    window.actions_.remove_rows.trigger()
    qtbot.waitUntil(lambda: removed(window) == [True, True])
