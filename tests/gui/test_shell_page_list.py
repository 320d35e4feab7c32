"""The list of pages: order, states, pictures of what is in sight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from paddlescan.document import PageRef, PageState, PrepareOptions, SourceFile
from paddlescan.errors import EmptyFile
from paddlescan.gui.page_list import PageList
from paddlescan.gui.page_list_model import PAGE_ROLE, PageListModel
from paddlescan.store import PageRow


def row(
    page_id: int, position: int, number: int = 1, state: PageState = "waiting", count: int | None = None
) -> PageRow:
    source = SourceFile(f"/in/{position}.pdf".encode(), f"in/{position}.pdf")
    ref = PageRef(source, number, page_id)
    return PageRow(page_id, 1, ref, position, state, 0, PrepareOptions(), count, None, None)


def ids(model: PageListModel) -> list[int]:
    return [page.id for page in model.pages()]


def test_pages_stand_in_the_order_of_dropping(qtmodeltester: ModelTester) -> None:
    model = PageListModel()
    qtmodeltester.check(model)
    model.load([row(1, 0), row(2, 1)])
    model.add([row(3, 2), row(4, 3)])
    model.add([row(9, 1, 2), row(10, 1, 3)])  # the second file turned out to have three pages
    model.add([row(9, 1, 2)])  # told twice
    assert ids(model) == [1, 2, 9, 10, 3, 4]
    assert [model.index_of(page).row() for page in ids(model)] == list(range(6))


def test_pages_of_several_files_at_once(qtmodeltester: ModelTester) -> None:
    model = PageListModel()
    qtmodeltester.check(model)
    model.load([row(1, 0), row(2, 1), row(3, 2)])
    model.add([row(8, 2, 2), row(6, 0, 2), row(7, 0, 3)])
    assert ids(model) == [1, 6, 7, 2, 3, 8]


def test_pages_that_are_gone_are_taken_out(qtmodeltester: ModelTester) -> None:
    model = PageListModel()
    qtmodeltester.check(model)
    model.add([row(1, 0), row(2, 1, 1), row(3, 1, 2), row(4, 2)])
    model.set_state(3, "reading")
    model.remove([3, 1, 99])
    assert ids(model) == [2, 4]
    assert [model.index_of(page).row() for page in (1, 2, 3, 4)] == [-1, 0, -1, 1]
    assert model.reading() == []
    assert +model.counts == {"waiting": 2}
    model.remove([2, 4])
    assert model.rowCount() == 0


def test_states_are_counted(qtbot: QtBot) -> None:
    model = PageListModel()
    model.load([row(1, 0), row(2, 1, state="done")])
    with qtbot.waitSignal(model.dataChanged) as changed:
        assert model.set_state(1, "reading")
    assert changed.args[0].row() == 0
    assert [index.row() for index in model.reading()] == [0]
    assert model.set_state(1, "failed", EmptyFile(file="0.pdf").failure)
    assert not model.set_state(99, "done")
    assert +model.counts == {"failed": 1, "done": 1}
    assert model.reading() == []
    assert "is empty" in model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "0.pdf, Failed"


def test_a_page_of_several_says_which(qtbot: QtBot) -> None:
    model = PageListModel()
    model.load([row(1, 0, 2, count=3)])
    assert model.data(model.index(0)) == "0.pdf p. 2/3"


def test_pictures_are_asked_for_what_is_in_sight_only(qtbot: QtBot) -> None:
    model = PageListModel()
    model.load([row(number, number) for number in range(1, 10_001)])
    view = PageList(model)
    qtbot.addWidget(view)
    asked: list[int] = []
    view.thumbnails.wanted.connect(lambda page, _ref, _side: asked.append(page))
    view.resize(180, 600)
    view.show()
    qtbot.waitUntil(lambda: len(asked) >= 9)
    assert set(asked) <= set(range(1, 12))
    view.scrollToBottom()
    qtbot.waitUntil(lambda: 10_000 in asked)
    assert len(asked) < 30


def test_keys_choose_a_page(qtbot: QtBot) -> None:
    model = PageListModel()
    model.load([row(1, 0), row(2, 1), row(3, 2)])
    view = PageList(model)
    qtbot.addWidget(view)
    view.show()
    view.show_page(1)
    with qtbot.waitSignal(view.page_selected) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert chosen.args == [2]
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [page.id for page in view.selected_pages()] == [2, 3]
    with qtbot.assertNotEmitted(view.page_selected):
        view.show_page(1)
    assert view.currentIndex().data(PAGE_ROLE).id == 1


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_a_page_that_comes_by_keys_elsewhere_is_the_only_one_selected(qtbot: QtBot, held: Qt.KeyboardModifier) -> None:
    model = PageListModel()
    model.load([row(1, 0), row(2, 1), row(3, 2)])
    view = PageList(model)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.show_page(1)
    QTest.keyPress(view.windowHandle(), Qt.Key.Key_F8, held)  # in the table, say
    try:
        assert QGuiApplication.keyboardModifiers() == held
        view.show_page(3)
    finally:
        QTest.keyRelease(view.windowHandle(), Qt.Key.Key_F8)
    assert [page.id for page in view.selected_pages()] == [3]
    assert view.currentIndex().row() == 2


def test_the_name_of_a_file_is_never_markup() -> None:
    model = PageListModel()
    names = ("a<b>bold</b>.pdf", "plain & simple.pdf", "c<img src='x'>.pdf")
    sources = [SourceFile(name.encode(), name) for name in names]
    model.load([replace(row(n, n), ref=PageRef(source, 1, n)) for n, source in enumerate(sources)])
    for place, name in enumerate(names):
        label = QTextDocument()
        hint = model.data(model.index(place), Qt.ItemDataRole.ToolTipRole)
        # as Qt decides: markup begins with a tag
        label.setHtml(hint) if "<" in hint else label.setPlainText(hint)
        assert label.toPlainText() == name
