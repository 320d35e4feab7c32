"""Files of many pages in the page list: named once, folded and unfolded by key and mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.gui.page_list import PageList
from paddlescan.gui.page_list_model import PAGE_ROLE, PageListModel
from tests.gui.test_shell_page_list import row


@pytest.fixture
def view(qtbot: QtBot) -> PageList:
    """A picture, a file of thirty pages (ids 101 to 130), another picture."""
    model = PageListModel()
    pages = [row(100 + number, 1, number, count=30, state="done") for number in range(1, 31)]
    model.load([row(1, 0, count=1), *pages, row(2, 2, count=1)])
    made = PageList(model)
    qtbot.addWidget(made)
    made.resize(220, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(view: PageList) -> list[int]:
    model = view.model()
    return [model.index(n, 0).data(PAGE_ROLE).id for n in range(model.rowCount()) if not view.isRowHidden(n)]


def click_mark(view: PageList, place: int) -> None:
    """Click where the mark of a row is, or would be."""
    QApplication.processEvents()  # the scroll bar comes and goes
    mark = view.folds.mark_place(view.visualRect(view.model().index(place, 0))).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, mark)


def front(view: PageList) -> int:
    return int(view.currentIndex().data(PAGE_ROLE).id)


def test_left_folds_the_file_of_the_page_in_front_and_right_shows_it_again(qtbot: QtBot, view: PageList) -> None:
    view.show_page(107)
    with qtbot.waitSignal(view.page_selected) as told:
        QTest.keyClick(view, Qt.Key.Key_Left)
    assert told.args == [101]
    assert shown(view) == [1, 101, 2]
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert front(view) == 2
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert front(view) == 101
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert len(shown(view)) == 32
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert front(view) == 102


def test_the_mark_of_the_first_page_folds_by_mouse(qtbot: QtBot, view: PageList) -> None:
    view.show_page(1)
    click_mark(view, 1)
    assert shown(view) == [1, 101, 2]
    assert front(view) == 1, "what is in front stays there"
    click_mark(view, 1)  # at once: the second of a double click
    assert len(shown(view)) == 32
    view.show_page(101)
    click_mark(view, 0)
    assert front(view) == 1, "a single page has no mark: it is chosen"


def test_a_page_that_comes_to_the_front_unfolds_its_file(view: PageList) -> None:
    view.show_page(101)
    QTest.keyClick(view, Qt.Key.Key_Left)
    view.show_page(120)
    assert front(view) == 120
    assert len(shown(view)) == 32


def test_a_folded_file_is_selected_with_all_its_pages(view: PageList) -> None:
    view.show_page(101)
    assert [page.id for page in view.selected_pages()] == [101]
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert [page.id for page in view.selected_pages()] == list(range(101, 131))


def test_pages_that_are_found_later_are_folded_too_and_another_batch_is_not(view: PageList) -> None:
    model = view.model()
    assert isinstance(model, PageListModel)
    view.show_page(101)
    QTest.keyClick(view, Qt.Key.Key_Left)
    model.add([row(131, 1, 31, count=31), row(3, 3)])
    assert shown(view) == [1, 101, 2, 3]
    model.load([row(n, 1, n, count=3) for n in (1, 2, 3)])
    assert shown(view) == [1, 2, 3]


def test_no_picture_is_asked_for_of_what_is_folded_away(view: PageList) -> None:
    view.show_page(101)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.pages_in_sight() == [1, 101, 2]


def test_a_screen_reader_is_told_how_many_pages_are_folded(view: PageList) -> None:
    head = view.model().index(1, 0)
    assert head.data(Qt.ItemDataRole.AccessibleTextRole) == "1.pdf p. 1/30, Done"
    view.show_page(101)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert head.data(Qt.ItemDataRole.AccessibleTextRole) == "1.pdf p. 1/30, Done, 30 pages"


def test_a_folded_file_tells_the_worst_of_its_states(view: PageList) -> None:
    model = view.model()
    assert isinstance(model, PageListModel)
    page = model.page(115)
    assert page is not None
    before = view.grab().toImage()
    model.update_row(replace(page, state="failed"))
    view.show_page(101)
    QTest.keyClick(view, Qt.Key.Key_Left)
    head = view.visualRect(model.index(1))
    assert view.folds.behind(model.row_at(1))[13].state == "failed"
    assert view.grab(head).toImage() != before.copy(head)
