"""Receipts that were seen before: table, chip and panel say so, lead to the first, and take a person's word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from paddlescan.document import SourceInfo
from paddlescan.errors import StoreBusy
from paddlescan.gui.review.fields_panel import FieldsPanel
from paddlescan.gui.review.sheet import Changes
from paddlescan.gui.review.table import ReviewTable
from paddlescan.gui.review.table_menus import row_menu
from paddlescan.gui.shared import speak
from paddlescan.gui.toolbar import Toolbar
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import BatchSummary, Store
from tests.unit.gui.desks import Desk, make_desk
from tests.unit.gui.receipts import Filled, read_receipt

NUMBERED = {"merchant": "晨光文具店", "date": "2026-03-05", "total": "9.00", "invoice_number": "24312000000012345678"}


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """An earlier batch with one receipt; in the batch in front that one again, and another one twice."""
    with make_desk(qtbot, tmp_path, fill_with=open_store) as made:
        filled = made.filled
        filled.put("march.png", **NUMBERED)
        filled.batch = filled.store.create_batch("April")
        filled.put("again.png", **NUMBERED)
        filled.put("lunch.png", merchant="Kopitiam", date="2026-04-01", total="12.00")
        filled.put("lunch 2.png", merchant="Kopitiam", date="2026-04-01", total="12.00")
        made.open()
        yield made


@pytest.fixture
def table(qtbot: QtBot, desk: Desk) -> ReviewTable:
    table = ReviewTable(desk.desk)
    qtbot.addWidget(table)
    return table


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk) -> FieldsPanel:
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.resize(360, 900)
    panel.show()
    return panel


def states(table: ReviewTable) -> list[str]:
    model = table.review_model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def said(panel: FieldsPanel, words: str = "seen before") -> list[str]:
    labels = (label for label in panel.findChildren(QLabel) if label.isVisible())  # not those about to go
    return [label.text() for label in labels if words in label.text()]


def click(qtbot: QtBot, panel: FieldsPanel, text: str) -> None:
    (button,) = (b for b in panel.findChildren(QPushButton) if b.text() == text and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_table_and_chip_show_them(table: ReviewTable, desk: Desk) -> None:
    assert states(table) == ["Seen before", "Done", "Seen before"]
    assert desk.desk.sheet.counts()["duplicate"] == 2
    table.set_state_filter("duplicate")
    assert len(states(table)) == 2
    assert desk.desk.sheet.state(desk.ids()[0]) == "needs_review"


def test_the_foot_says_how_much_of_the_sum_was_seen_before(table: ReviewTable, desk: Desk, qtbot: QtBot) -> None:
    desk.desk.type_into(desk.ids()[0], "currency", "CNY")
    with qtbot.waitSignal(table.sums_changed) as told:
        table.sums.later()
    assert told.args == ["3 receipts · 9.00 CNY · no currency 24.00 · 2 seen before"]
    with qtbot.waitSignal(table.sums_changed) as told:
        table.set_state_filter("duplicate")
    assert told.args == ["2 shown · 9.00 CNY · no currency 12.00 · 2 seen before"]
    desk.desk.remove(desk.ids()[:1])
    with qtbot.waitSignal(table.sums_changed) as told:
        table.set_state_filter(None)
    assert told.args == ["2 receipts · no currency 24.00 · 1 seen before: no currency 12.00"]


def test_the_panel_leads_to_the_first(panel: FieldsPanel, desk: Desk, qtbot: QtBot) -> None:
    _, lunch, copy = desk.ids()
    desk.desk.bring_to_front(copy, "merchant")
    assert said(panel) == ["A receipt of this merchant, of 2026-04-01 over 12.00, was seen before: lunch.png"]
    click(qtbot, panel, "Show the first")
    assert desk.desk.front == (lunch, "merchant")


def test_the_first_may_stand_in_another_batch_which_is_opened(panel: FieldsPanel, desk: Desk, qtbot: QtBot) -> None:
    again = desk.ids()[0]
    first = desk.desk.sheet.row(again).same_as
    assert first is not None
    desk.desk.bring_to_front(again, "merchant")
    assert said(panel) == ["Invoice 24312000000012345678 was seen before: march.png in “March”"]
    panel.seen.batch_wanted.connect(desk.desk.open_batch)
    click(qtbot, panel, "Show the first")
    assert desk.desk.sheet.batch == first.batch
    qtbot.waitUntil(lambda: desk.desk.front == (first.receipt_id, "merchant"))


def test_the_place_of_the_first_follows_the_language_and_asks_no_store(
    panel: FieldsPanel, desk: Desk, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = desk.ids()[0]
    first = desk.desk.sheet.row(again).same_as
    assert first is not None
    desk.filled.store.rename_batch(first.batch, "")
    desk.desk.bring_to_front(again, "merchant")
    assert said(panel) == [f"Invoice 24312000000012345678 was seen before: march.png in “Batch {first.batch}”"]

    def busy(_self: Store, _batch: int) -> BatchSummary:
        raise StoreBusy

    monkeypatch.setattr(Store, "summary", busy)
    speak(qapp, "zh")
    try:
        qapp.processEvents()
        told = f"发票 24312000000012345678 此前已出现过：“批次 {first.batch}”中的 march.png"
        assert said(panel, "此前") == [told]
    finally:
        speak(qapp, "en")
    qapp.processEvents()
    assert said(panel) == [f"Invoice 24312000000012345678 was seen before: march.png in “Batch {first.batch}”"]


@pytest.mark.parametrize(("number", "text"), [(0, "Show the first"), (2, "Show the first"), (2, "Not the same")])
def test_the_focus_goes_to_the_field_in_front_when_the_pressed_button_goes(
    panel: FieldsPanel, desk: Desk, qtbot: QtBot, number: int, text: str
) -> None:
    panel.seen.batch_wanted.connect(desk.desk.open_batch)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow, timeout=5000)
    receipt = desk.ids()[number]
    desk.desk.bring_to_front(receipt, "total")
    (button,) = (b for b in panel.findChildren(QPushButton) if b.text() == text and b.isVisible())
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not isValid(button) or not button.isVisible())
    shown = "total" if text == "Not the same" else "merchant"
    qtbot.waitUntil(panel.editors[shown].hasFocus)
    assert desk.desk.front is not None
    assert desk.desk.front[1] == shown
    desk.saved()
    assert panel.editors[shown].hasFocus()
    shown_receipt = desk.desk.front[0]
    was = desk.stored(shown_receipt, shown)
    qtbot.keyClick(panel.editors[shown], Qt.Key.Key_Space)
    qtbot.keyClick(panel.editors[shown], Qt.Key.Key_Return)
    assert desk.stored(shown_receipt, shown) == was, "a Space too many changes nothing"


def test_a_first_that_was_never_reached_is_not_jumped_to_later(panel: FieldsPanel, desk: Desk, qtbot: QtBot) -> None:
    again, april = desk.ids()[0], desk.filled.batch
    first = desk.desk.sheet.row(again).same_as
    assert first is not None
    panel.seen.show_first(again)  # but the batch is not opened: another program holds it
    desk.desk.open_batch(april)
    desk.desk.open_batch(first.batch)
    QApplication.processEvents()
    assert desk.desk.front is None


def test_a_person_says_it_is_another_and_takes_it_back(
    panel: FieldsPanel, table: ReviewTable, desk: Desk, qtbot: QtBot
) -> None:
    copy = desk.ids()[2]
    desk.desk.bring_to_front(copy, "total")
    desk.desk.accept(copy, "total", "12.00")
    assert states(table)[2] == "Seen before", "that the total is right says nothing of that"
    click(qtbot, panel, "Not the same")
    desk.saved()
    qtbot.waitUntil(lambda: states(table)[2] == "Done")
    assert desk.desk.sheet.counts()["duplicate"] == 1
    desk.undo_stack.undo()
    qtbot.waitUntil(lambda: states(table)[2] == "Seen before")


def test_the_stop_of_a_copy_is_in_sight_and_enter_keeps_it_and_goes_on(
    panel: FieldsPanel, table: ReviewTable, desk: Desk, qtbot: QtBot
) -> None:
    again, _, copy = desk.ids()
    panel.resize(300, 300)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    for receipt in (again, copy):
        if receipt == again:
            qtbot.mouseClick(panel.strip, Qt.MouseButton.LeftButton)
        assert desk.desk.front == (receipt, "total")
        total = panel.editors["total"]
        qtbot.waitUntil(total.hasFocus)
        assert "Enter keeps it: not the same · Ctrl+Del removes the row" in said(panel, "Enter")[0]
        (sentence,) = (w for w in panel.findChildren(QLabel) if w.isVisible() and "was seen before" in w.text())
        qtbot.waitUntil(lambda s=sentence: s.visibleRegion().boundingRect().height() == s.height())
        qtbot.wait(QApplication.doubleClickInterval() * 3 // 2)  # its timer may end a twentieth early
        qtbot.keyClick(total, Qt.Key.Key_Return)
    desk.saved()
    qtbot.waitUntil(lambda: panel.strip.text() == "Nothing left to check")
    qtbot.waitUntil(lambda: states(table) == ["Done", "Done", "Done"])
    desk.undo_stack.undo()
    assert desk.desk.front == (copy, "total")
    qtbot.waitUntil(lambda: states(table)[2] == "Seen before")
    assert desk.filled.store.history(copy) == (), "its total is as it was read"


def test_a_key_too_many_says_nothing_of_a_copy(
    panel: FieldsPanel, table: ReviewTable, desk: Desk, qtbot: QtBot
) -> None:
    copy = desk.ids()[2]
    desk.desk.bring_to_front(copy, "total")
    total = panel.editors["total"]
    total.setFocus()
    qtbot.keyClicks(total, "12.0")
    for _ in range(2):  # the second one comes to the stop of the copy
        qtbot.keyClick(total, Qt.Key.Key_Return)
        desk.desk.bring_to_front(copy, "total")
        total.setFocus()
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
        qtbot.wait(QApplication.doubleClickInterval() // 4)
        QApplication.sendEvent(total, held)
    desk.saved()
    assert states(table)[2] == "Seen before"


def test_what_is_typed_at_the_stop_of_a_copy_is_taken_and_says_nothing_of_it(
    panel: FieldsPanel, table: ReviewTable, desk: Desk, qtbot: QtBot
) -> None:
    copy = desk.ids()[2]
    desk.desk.bring_to_front(copy, "total")
    panel.editors["total"].setFocus()
    panel.editors["total"].selectAll()
    qtbot.keyClicks(panel.editors["total"], "12.0")
    qtbot.keyClick(panel.editors["total"], Qt.Key.Key_Return)
    desk.saved()
    assert states(table)[2] == "Seen before"


def test_a_copy_of_a_row_that_was_taken_out_is_none(table: ReviewTable, desk: Desk, qtbot: QtBot) -> None:
    desk.desk.remove(desk.ids()[1:2])
    qtbot.waitUntil(lambda: states(table) == ["Seen before", "Done"])
    desk.undo_stack.undo()
    qtbot.waitUntil(lambda: states(table) == ["Seen before", "Done", "Seen before"])


def drop_pages(filled: Filled) -> tuple[int, int]:
    """A file of two pages with an invoice on both; the ids of the pages."""
    filled.drop("two.pdf")
    first = filled.page_of("two.pdf")
    filled.store.set_source_info(first, SourceInfo("pdf", 2, "cd" * 32))
    filled.read("two.pdf", read_receipt(merchant="Acme", invoice_number="INV-2026-1"))
    second = next(p.id for p in filled.store.page_rows(filled.batch) if p.ref.number == 2)
    read_second(filled, second)
    return first, second


def read_second(filled: Filled, page_id: int) -> None:
    from paddlescan.document import PageResult

    claim = filled.store.claim_page(filled.batch, page_id)
    assert claim is not None
    reading = read_receipt(invoice_number="INV-2026-1", total="90.00|80.00")
    result = PageResult(claim.ref, 2, "cd" * 32, width=600, height=800, receipts=(reading,))
    assert filled.store.save_result(page_id, result, claim.token)


def test_a_receipt_of_two_pages_is_one_row_whose_evidence_lies_on_each(
    table: ReviewTable, panel: FieldsPanel, desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    first, second = drop_pages(desk.filled)
    desk.desk.page_changed(first)
    desk.desk.page_changed(second)
    row = desk.ids()[-1]
    assert desk.desk.sheet.text(row, "file") == "two.pdf p. 1–2/2"
    speak(qapp, "zh")
    try:
        assert desk.desk.sheet.text(row, "file") == "two.pdf 1–2/2 页"
    finally:
        speak(qapp, "en")
    shown: list[int] = []
    desk.desk.evidence_selected.connect(lambda page, _quad, _doubtful: shown.append(page))
    cutouts: list[int] = []
    panel.cutout_wanted.connect(lambda page, _quad: cutouts.append(page))
    desk.desk.bring_to_front(row, "merchant")
    desk.desk.bring_to_front(row, "total")
    assert shown == [first, second]
    assert cutouts == [second]
    line = desk.filled.store.page_result(second).receipts[0].lines[0]  # type: ignore[union-attr]
    desk.desk.show_line(line)
    assert desk.desk.front == (row, "total"), "the number is that of the first page, so nothing else stands here"
    desk.desk.show_page(first)
    desk.desk.show_page(second)
    assert desk.desk.front == (row, "total")


def test_a_later_page_that_is_looked_at_stays_in_view(desk: Desk) -> None:
    first, second = drop_pages(desk.filled)
    desk.desk.page_changed(first)
    row = desk.ids()[-1]
    desk.desk.bring_to_front(desk.ids()[0], "merchant")
    desk.desk.show_page(second)
    shown: list[int] = []
    desk.desk.evidence_selected.connect(lambda page, _quad, _doubtful: shown.append(page))
    desk.desk.tell(Changes(changed=(row,)))
    assert shown == [], "a page of the same receipt was read meanwhile"
    line = desk.filled.store.page_result(second).receipts[0].lines[1]  # type: ignore[union-attr]
    desk.desk.show_line(line)
    assert desk.desk.front == (row, "total"), "what was clicked stands on the second page"
    assert shown == [second]
    desk.desk.tell(Changes(changed=(row,)))
    assert shown == [second, second]


def test_pages_are_taken_apart_and_joined_by_hand(table: ReviewTable, desk: Desk, qtbot: QtBot) -> None:
    first, _second = drop_pages(desk.filled)
    desk.desk.page_changed(first)
    row = desk.ids()[-1]

    def files() -> list[str]:
        return [desk.desk.sheet.text(i, "file") for i in desk.ids()[3:]]

    table.show_field(row, "merchant")
    words = {action.text(): action for action in row_menu(table).actions()}
    assert not words["One receipt of these pages"].isEnabled()
    words["Separate receipts, one for each page"].trigger()
    qtbot.waitUntil(lambda: files() == ["two.pdf p. 1/2", "two.pdf p. 2/2"])
    desk.undo_stack.undo()
    qtbot.waitUntil(lambda: files() == ["two.pdf p. 1–2/2"])
    desk.undo_stack.redo()
    qtbot.waitUntil(lambda: files() == ["two.pdf p. 1/2", "two.pdf p. 2/2"])
    desk.desk.pages.put_together(desk.ids()[3:])
    qtbot.waitUntil(lambda: files() == ["two.pdf p. 1–2/2"])
    assert desk.stored(row, "total") == "90.00"


def test_a_category_is_shown_and_typed_in_the_windows_language(
    qapp: QApplication, panel: FieldsPanel, desk: Desk, qtbot: QtBot
) -> None:
    lunch = desk.ids()[1]
    speak(qapp, "zh")
    desk.desk.bring_to_front(lunch, "category")
    desk.desk.type_into(lunch, "category", "餐饮")
    qtbot.waitUntil(lambda: panel.editors["category"].text() == "餐饮")
    assert desk.stored(lunch, "category") == "meals"
    (kept,) = desk.filled.store.categories()
    assert (kept.merchant, kept.category) == ("Kopitiam", "meals")
    speak(qapp, "en")
    qtbot.waitUntil(lambda: panel.editors["category"].text() == "Meals")
    desk.undo_stack.undo()
    desk.saved()
    assert desk.filled.store.categories() == ()


def test_the_chip_comes_with_the_first_copy(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QMainWindow

    from paddlescan.gui.actions import Actions

    window = QMainWindow()
    qtbot.addWidget(window)
    bar = Toolbar(Actions(window))
    window.setCentralWidget(bar)
    window.show()
    chip = bar._chips["duplicate"]
    assert not chip.isVisible()
    bar.set_counts({"all": 3, "duplicate": 2})
    assert chip.isVisible()
    assert chip.accessibleName() == "Seen before 2"
