"""What a clerk trips over in table and panel: keys held, empty fields, empty tables, captions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from paddlescan.document import Field, Receipt
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.review.fields_panel import FieldsPanel
from paddlescan.gui.review.model import CELL_ROLE
from paddlescan.gui.review.table import ReviewTable
from paddlescan.gui.tokens import GAP
from tests.unit.gui.desks import Desk, make_desk
from tests.unit.gui.receipts import read_field, read_receipt

Key = Qt.Key
Left = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
NOT_DATED = Receipt(
    fields=(
        read_field("merchant", "北京清风餐饮", 0),
        Field("date", "", doubtful=True, confidence=0.0, candidates=("2026-03-15",)),
        read_field("total", "108.00", 1),
    )
)
"""As extraction leaves a receipt whose date it did not believe."""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A receipt whose date was not found (the second), between two that are done."""
    with make_desk(qtbot, tmp_path) as made:
        made.filled.put("a.png", merchant="YONG SOON", date="2026-03-02", total="758.70", currency="MYR")
        made.filled.drop("b.png")
        made.filled.read("b.png", NOT_DATED)
        made.filled.put("c.png", merchant="MR D.I.Y.", date="2026-02-25", total="30.90", currency="MYR")
        made.open()
        yield made


@pytest.fixture
def table(qtbot: QtBot, desk: Desk) -> ReviewTable:
    table = ReviewTable(desk.desk)
    qtbot.addWidget(table)
    table.resize(1200, 300)
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.setFocus()
    return table


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk) -> FieldsPanel:
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.resize(340, 700)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def click(table: ReviewTable, row: int, column: str) -> None:
    place = table.visualRect(table.review_model.index(row, COLUMNS.index(column))).center()
    QTest.mouseClick(table.viewport(), Left, Qt.KeyboardModifier.NoModifier, place)


def column_texts(table: ReviewTable, column: str) -> list[str]:
    model = table.review_model
    return [str(model.index(row, COLUMNS.index(column)).data()) for row in range(model.rowCount())]


def test_ctrl_z_selects_only_the_row_it_brings_back(table: ReviewTable, desk: Desk) -> None:
    undo = QAction(table)
    undo.setShortcut(QKeySequence("Ctrl+Z"))
    undo.triggered.connect(desk.undo_stack.undo)
    table.addAction(undo)
    a, _, c = desk.ids()
    desk.desk.type_into(a, "merchant", "First")
    click(table, 2, "merchant")
    assert table.selected_ids() == (c,)
    handle = table.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Key.Key_Z, CONTROL)  # by way of the window: Qt then knows what is held
    assert table.selected_ids() == (a,)
    QTest.keyClick(table, Key.Key_Delete)
    assert column_texts(table, "file") == ["b.png", "c.png"]


def test_the_arrow_of_sorting_stands_beside_the_caption(table: ReviewTable) -> None:
    header = table.horizontalHeader()
    section = COLUMNS.index("total")
    right = header.sectionViewportPosition(section) + header.sectionSize(section)
    caption = header.fontMetrics().horizontalAdvance("Total")
    words = QRect(right - GAP - caption, 0, caption + GAP, header.height())
    plain, before = header.grab(words).toImage(), header.grab().toImage()
    place = QPoint(right - header.sectionSize(section) // 2, header.height() // 2)
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Left, Qt.KeyboardModifier.NoModifier, place)
        QTest.mouseMove(table.viewport())
        assert header.grab(words).toImage() == plain
        assert header.grab().toImage() != before


def test_an_empty_table_says_that_nothing_fits(table: ReviewTable, desk: Desk) -> None:
    empty = table.viewport().grab().toImage()
    assert table.accessibleDescription() == ""
    table.set_search("no such shop")
    assert table.accessibleDescription() == "Nothing fits this filter"
    unlike = table.viewport().grab().toImage()
    assert unlike != empty
    desk.desk.sheet.show(None, ())
    assert table.why_empty() == ""
    assert table.viewport().grab().toImage() != unlike


def test_a_page_that_is_read_meanwhile_ends_the_sentence(table: ReviewTable, desk: Desk) -> None:
    table.set_state_filter("failed")
    assert table.accessibleDescription() == "Nothing fits this filter"
    table.set_state_filter(None)
    table.set_search("late shop")
    desk.desk.page_changed(desk.filled.put("late.png", merchant="Late shop"))
    assert column_texts(table, "file") == ["late.png"]
    assert table.accessibleDescription() == ""


def test_f8_leads_to_the_field_that_was_not_found(panel: FieldsPanel, table: ReviewTable, desk: Desk) -> None:
    b = desk.ids()[1]
    asked: list[object] = []
    panel.cutout_wanted.connect(lambda *key: asked.append(key))
    assert panel.strip.text() == "1 left to check"
    assert column_texts(table, "state") == ["Done", "To check", "Done"]
    assert table.review_model.index(1, COLUMNS.index("date")).data(CELL_ROLE).doubtful
    panel.activateWindow()
    QTest.mouseClick(panel.strip, Left)
    assert desk.desk.front == (b, "date")
    assert table.currentIndex() == table.review_model.index(1, COLUMNS.index("date"))
    assert panel.editors["date"].text() == ""
    assert panel.editors["date"].property("doubtful")
    said = [label.text() for label in panel.form.evidence.findChildren(QLabel) if label.isVisible()]
    assert any("Not found on the page · type it, or Enter if there is none" in text for text in said)
    assert not panel.form.evidence.cutout.isVisible()
    assert asked == []


def test_enter_says_that_there_is_none_and_undo_asks_again(
    qtbot: QtBot, panel: FieldsPanel, table: ReviewTable, desk: Desk
) -> None:
    b = desk.ids()[1]
    panel.activateWindow()
    QTest.mouseClick(panel.strip, Left)
    date = panel.editors["date"]
    QTest.keyClick(date, Key.Key_Return)
    assert panel.strip.text() == "Nothing left to check"
    desk.saved()
    (stored,) = (row for row in desk.filled.store.receipt_rows(desk.filled.batch) if row.receipt_id == b)
    field = stored.values["date"]
    assert (field.value, field.origin, field.doubtful, field.quad) == ("", "user", False, None)
    assert stored.state == "done"
    assert column_texts(table, "state") == ["Done", "Done", "Done"]
    desk.undo_stack.undo()
    assert desk.desk.front == (b, "date")
    assert panel.strip.text() == "1 left to check"
    desk.saved()
    (stored,) = (row for row in desk.filled.store.receipt_rows(desk.filled.batch) if row.receipt_id == b)
    assert stored.values["date"].doubtful
    assert stored.state == "needs_review"
    desk.undo_stack.redo()
    assert desk.stored(b, "date") == ""
    assert panel.strip.text() == "Nothing left to check"


@pytest.mark.parametrize("where", ["panel", "table"])
def test_what_was_not_found_can_be_typed(panel: FieldsPanel, table: ReviewTable, desk: Desk, where: str) -> None:
    b = desk.ids()[1]
    if where == "panel":
        panel.activateWindow()
        QTest.mouseClick(panel.strip, Left)
        QTest.keyClicks(panel.editors["date"], "2026/3/5")
        QTest.keyClick(panel.editors["date"], Key.Key_Return)
    else:
        click(table, 1, "date")
        QTest.keyClick(table, Key.Key_F2)
        QTest.keyClicks(table.viewport().focusWidget(), "2026/3/5")
        table.commit()
    assert desk.stored(b, "date") == "2026-03-05"
    field = desk.desk.sheet.field(b, "date")
    assert field is not None
    assert not field.doubtful
    assert field.candidates == ("2026-03-15",)  # and not the empty one
    assert panel.strip.text() == "Nothing left to check"
    desk.undo_stack.undo()
    assert desk.stored(b, "date") == ""
    assert panel.strip.text() == "1 left to check"


def test_the_caret_goes_with_what_undo_brings_back(panel: FieldsPanel, desk: Desk) -> None:
    """Else what is typed next lands in the field where the caret happened to be."""
    a, b, _ = desk.ids()
    desk.desk.type_into(a, "merchant", "First")
    desk.desk.bring_to_front(b, "total")
    panel.editors["total"].setFocus()
    desk.desk.undo_stack.undo()
    assert desk.desk.front == (a, "merchant")
    assert panel.editors["merchant"].hasFocus()


def test_what_is_being_typed_outlives_a_change_of_many_rows(qtbot: QtBot, desk: Desk) -> None:
    """Many rows that change at once are shown anew, while the clerk is on to the next cell."""
    desk.filled.drop(*(f"{number}.png" for number in range(120)))
    for number in range(120):
        desk.filled.read(f"{number}.png", read_receipt(merchant=f"Shop {number}", total="9.00"))
    desk.open()
    table = ReviewTable(desk.desk)
    qtbot.addWidget(table)
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.setCurrentIndex(table.review_model.index(3, COLUMNS.index("merchant")))
    QTest.keyClick(table, Qt.Key.Key_F2)
    line = next(each for each in table.viewport().findChildren(QLineEdit) if each.isVisible())
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClicks(line, " and Sons")
    QTest.keyClick(line, Qt.Key.Key_Left)
    desk.desk.type_many([(i, "note", "x") for i in desk.ids()], "setting of a field")
    line = next(each for each in table.viewport().findChildren(QLineEdit) if each.isVisible())
    assert (line.text(), line.cursorPosition(), line.hasFocus()) == ("Shop 0 and Sons", len("Shop 0 and Son"), True)
    table.set_search("Shop 7")
    assert desk.stored(desk.ids()[3], "merchant") == "Shop 0 and Sons", "its row is hidden now: it is kept"
