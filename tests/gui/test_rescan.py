"""Pages whose paper should be scanned again: chip, page list, table and fields panel say so, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import PageState, Receipt
from paddlescan.errors import UnreadableFile
from paddlescan.gui.page_list import PageList
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.review.fields_panel import FieldsPanel
from paddlescan.gui.review.table import ReviewTable
from paddlescan.gui.shared import speak
from tests.gui.test_shell_page_list import row
from tests.unit.gui.desks import Desk, make_desk
from tests.unit.gui.receipts import read_receipt


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with make_desk(qtbot, tmp_path) as made:
        made.filled.drop("good.png", "bad.png", "back.png", "doubt.png", "broken.png")
        made.filled.read("good.png", read_receipt(merchant="YONG SOON", total="758.70"))
        made.filled.read("bad.png", read_receipt(merchant="MR D.I.Y."), quality=("blurred", "cut_off"))
        made.filled.read("back.png", Receipt(), quality=("blank",))
        made.filled.read("doubt.png", read_receipt(merchant="BILLION", total="1.00?"), quality=("glare",))
        made.filled.fail("broken.png", UnreadableFile(file="broken.png"))
        made.open()
        yield made


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    speak(qapp, "zh")
    yield
    speak(qapp, "en")


def column(table: ReviewTable, number: int) -> list[str]:
    model = table.review_model
    return [str(model.index(n, number).data()) for n in range(model.rowCount())]


def test_the_chip_lets_only_those_through_that_need_another_scan(qtbot: QtBot, desk: Desk) -> None:
    table = ReviewTable(desk.desk)
    qtbot.addWidget(table)
    assert desk.desk.sheet.counts()["rescan"] == 2
    assert column(table, 0) == ["Done", "Rescan needed", "Blank page", "To check", "Failed"]
    table.set_state_filter("rescan")
    assert column(table, 1) == ["MR D.I.Y.", "BILLION"]
    notes = table.review_model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert notes.splitlines() == [
        "Too blurred to trust; scan the paper again at 300 dpi.",
        "Text runs over the edge of the picture; scan the whole paper again.",
    ]


def test_a_blank_page_with_a_receipt_typed_into_it_is_none(qtbot: QtBot, desk: Desk) -> None:
    table = ReviewTable(desk.desk)
    qtbot.addWidget(table)
    desk.desk.type_into(desk.ids()[2], "total", "5.00")
    assert column(table, 0) == ["Done", "Rescan needed", "Done", "To check", "Failed"]


def test_a_page_read_anew_from_a_better_scan_leaves_the_chip(qtbot: QtBot, desk: Desk) -> None:
    table = ReviewTable(desk.desk)
    qtbot.addWidget(table)
    table.set_state_filter("rescan")
    page = desk.filled.page_of("bad.png")
    desk.filled.store.read_again(page)
    desk.filled.read("bad.png", read_receipt(merchant="MR D.I.Y."))
    desk.desk.page_changed(page)
    qtbot.waitUntil(lambda: column(table, 1) == ["BILLION"])
    assert desk.desk.sheet.counts()["rescan"] == 1


def test_the_fields_panel_says_what_to_do(qtbot: QtBot, desk: Desk, qapp: QApplication) -> None:
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.show()

    def said(number: int) -> list[str]:
        desk.desk.bring_to_front(desk.ids()[number], "total")
        card = panel.quality
        return [card.head.text(), *card.sentences.text().splitlines()] if card.isVisible() else []

    assert said(0) == []
    assert said(1)[0] == "Rescan needed"
    assert len(said(1)) == 3
    assert said(2) == ["Blank page", "Nothing is printed on this page; it was set aside and not read."]
    assert not any(editor.isVisible() for editor in panel.editors.values())
    assert said(4) == []  # that it failed is said already
    said(3)
    speak(qapp, "zh")
    try:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
        assert panel.quality.head.text() == "需重扫"
        assert "反光" in panel.quality.sentences.text()
    finally:
        speak(qapp, "en")


def test_the_page_list_learns_it_with_the_state(qtbot: QtBot) -> None:
    model = PageListModel()
    model.load([row(1, 0), replace(row(2, 1, state="done"), quality=("blank",))])
    model.set_state(1, "done", None, ("small_text",))
    hints = [model.index(n).data(Qt.ItemDataRole.ToolTipRole).splitlines()[1:] for n in range(2)]
    assert hints[0] == ["The print is too small to read; scan the paper again at 300 dpi or more."]
    assert hints[1] == ["Nothing is printed on this page; it was set aside and not read."]
    assert hints[0][0] in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    model.set_state(1, "reading")
    page = model.page(1)
    assert page is not None
    assert page.quality == ()


@pytest.mark.parametrize("state", ["waiting", "needs_review", "failed", "done"])
def test_in_the_page_list_another_scan_is_the_word_of_a_page_that_is_done_only(qtbot: QtBot, state: PageState) -> None:
    seen = []
    for quality in ((), ("blurred",)):
        model = PageListModel()
        model.load([replace(row(1, 0, state=state), quality=quality)])
        view = PageList(model)
        qtbot.addWidget(view)
        view.resize(240, 200)
        view.show()
        qtbot.waitExposed(view)
        seen.append(view.viewport().grab().toImage())
    assert (seen[0] != seen[1]) is (state == "done")


@pytest.mark.usefixtures("chinese")
def test_the_table_says_it_in_chinese(qtbot: QtBot, desk: Desk) -> None:
    table = ReviewTable(desk.desk)
    qtbot.addWidget(table)
    assert column(table, 0)[1:3] == ["需重扫", "空白页"]
