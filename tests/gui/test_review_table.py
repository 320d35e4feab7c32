"""The batch table, used as a clerk uses it: keys and mouse, over a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from paddlescan.errors import UnreadableFile
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.review.fields_panel import FieldsPanel
from paddlescan.gui.review.model import CELL_ROLE
from paddlescan.gui.review.table import ReviewTable
from paddlescan.gui.review.table_menus import column_menu, row_menu
from tests.unit.gui.desks import Desk, make_desk
from tests.unit.gui.receipts import read_receipt

Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with make_desk(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def table(qtbot: QtBot, desk: Desk) -> ReviewTable:
    filled = desk.filled
    filled.put("a.png", merchant="YONG SOON", date="2026-03-02", total="758.70", tax="26.12", currency="MYR")
    filled.put("b.png", merchant="北京清风餐饮", date="2026-03-05", total="108.00?|100.80", currency="CNY")
    filled.put("c.png", merchant="MR D.I.Y.", date="2026-02-25", total="30.90", currency="MYR")
    filled.drop("broken.png")
    filled.fail("broken.png", UnreadableFile(file="broken.png"))
    desk.open()
    table = ReviewTable(desk.desk)
    qtbot.addWidget(table)
    table.resize(1200, 300)
    table.show()
    qtbot.waitExposed(table)
    table.setFocus()
    return table


def cell(table: ReviewTable, row: int, column: str) -> QModelIndex:
    return table.review_model.index(row, COLUMNS.index(column))


def text(table: ReviewTable, row: int, column: str) -> str:
    return str(cell(table, row, column).data())


def column_texts(table: ReviewTable, column: str) -> list[str]:
    return [text(table, row, column) for row in range(table.review_model.rowCount())]


def cell_row(table: ReviewTable, file: str) -> int:
    return column_texts(table, "file").index(file)


def click(qtbot: QtBot, table: ReviewTable, row: int, column: str, modifier: object = None) -> None:
    place = table.visualRect(cell(table, row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier or Qt.KeyboardModifier.NoModifier, place)


def editor(table: ReviewTable) -> QLineEdit:
    (found,) = (line for line in table.viewport().findChildren(QLineEdit) if line.isVisible())
    return found


def finish(qtbot: QtBot, table: ReviewTable) -> None:
    """Return ends the editing; Qt commits in its next round."""
    qtbot.keyClick(editor(table), Key.Key_Return)
    qtbot.waitUntil(lambda: table.state() != QAbstractItemView.State.EditingState)


def type_into(qtbot: QtBot, table: ReviewTable, row: int, column: str, typed: str) -> None:
    click(qtbot, table, row, column)
    qtbot.keyClick(table, Key.Key_F2)
    line = editor(table)
    line.selectAll()
    qtbot.keyClicks(line, typed)
    finish(qtbot, table)


def test_the_model_keeps_qts_rules_while_rows_come_and_go(
    qtmodeltester: ModelTester, table: ReviewTable, desk: Desk
) -> None:
    qtmodeltester.check(table.review_model)
    desk.desk.page_changed(desk.filled.put("d.png", merchant="New", total="1.00"))
    table.set_state_filter("needs_review")
    table.set_state_filter(None)
    desk.desk.remove(desk.ids()[:2])
    table.sortByColumn(COLUMNS.index("total"), Qt.SortOrder.DescendingOrder)
    desk.undo_stack.undo()
    assert table.review_model.rowCount() == 5


def test_the_columns_of_the_picture_are_shown_in_their_order(table: ReviewTable) -> None:
    shown = [name for i, name in enumerate(COLUMNS) if not table.isColumnHidden(i)]
    assert shown == ["state", "merchant", "date", "total", "tax", "invoice_number", "category", "file"]
    assert cell(table, 0, "total").data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    assert column_texts(table, "state") == ["Done", "To check", "Done", "Failed"]


def test_typing_replaces_a_cell_and_reaches_the_disk(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    click(qtbot, table, 1, "total")
    qtbot.keyClick(table.viewport(), Key.Key_1)
    line = editor(table)
    qtbot.keyClicks(line, "00.8")
    finish(qtbot, table)
    assert text(table, 1, "total") == "100.80"
    assert desk.stored(desk.ids()[1], "total") == "100.80"
    assert text(table, 1, "state") == "Done"
    assert not cell(table, 1, "total").data(CELL_ROLE).doubtful


def test_escape_leaves_the_cell_as_it_was(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    click(qtbot, table, 0, "merchant")
    qtbot.keyClick(table, Key.Key_F2)
    qtbot.keyClicks(editor(table), "nonsense")
    qtbot.keyClick(editor(table), Key.Key_Escape)
    assert text(table, 0, "merchant") == "YONG SOON"
    assert desk.undo_stack.count() == 0


def test_an_impossible_date_stays_as_typed_and_says_why(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    type_into(qtbot, table, 0, "date", "31/02/2026")
    index = cell(table, 0, "date")
    assert index.data() == "31/02/2026"
    assert index.data(CELL_ROLE).impossible
    assert "no such day" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert desk.stored(desk.ids()[0], "date") == "31/02/2026"
    assert text(table, 0, "state") == "To check"


def test_undo_goes_back_over_receipts_and_redo_forth(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    type_into(qtbot, table, 0, "merchant", "First")
    type_into(qtbot, table, 2, "merchant", "Third")
    desk.undo_stack.undo()
    assert text(table, 2, "merchant") == "MR D.I.Y."
    desk.undo_stack.undo()
    assert text(table, 0, "merchant") == "YONG SOON"
    assert table.currentIndex() == cell(table, 0, "merchant")
    assert desk.stored(desk.ids()[0], "merchant") == "YONG SOON"
    desk.undo_stack.redo()
    desk.undo_stack.redo()
    assert desk.stored(desk.ids()[2], "merchant") == "Third"
    after = [(h.before, h.after) for h in desk.filled.store.receipt(desk.ids()[0]).history]
    assert after == [("YONG SOON", "First"), ("First", "YONG SOON"), ("YONG SOON", "First")]


def test_typing_and_selection_survive_arriving_rows(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    desk.filled.drop("late.png")
    table.sortByColumn(COLUMNS.index("merchant"), Qt.SortOrder.AscendingOrder)
    row = column_texts(table, "merchant").index("YONG SOON")
    click(qtbot, table, row, "merchant")
    qtbot.keyClick(table, Key.Key_F2)
    line = editor(table)
    line.selectAll()
    qtbot.keyClicks(line, "Half ty")
    desk.desk.page_changed(desk.filled.read("late.png", read_receipt(merchant="AAA first")))
    desk.filled.store.read_again(desk.filled.page_of("a.png"))
    desk.desk.page_changed(desk.filled.read("a.png", read_receipt(merchant="YONG S00N", total="1.00")))
    assert text(table, 0, "merchant") == "AAA first"
    assert text(table, cell_row(table, "a.png"), "total") == "1.00"
    assert editor(table) is line
    assert line.text() == "Half ty"
    assert table.selected_ids() == (desk.ids()[0],)
    qtbot.keyClicks(line, "ped")
    finish(qtbot, table)
    assert desk.stored(desk.ids()[0], "merchant") == "Half typed"


def test_a_click_on_the_header_sorts_amounts_as_numbers(qtbot: QtBot, table: ReviewTable) -> None:
    header = table.horizontalHeader()
    section = COLUMNS.index("total")
    place = QPoint(header.sectionViewportPosition(section) + 40, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert column_texts(table, "total") == ["30.90", "108.00", "758.70", ""]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert column_texts(table, "total") == ["758.70", "108.00", "30.90", ""]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert column_texts(table, "file") == ["a.png", "b.png", "c.png", "broken.png"]


def test_search_and_chip_narrow_the_rows_and_keep_the_selection(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    click(qtbot, table, 2, "merchant")
    table.set_search("d.i.y")
    assert column_texts(table, "merchant") == ["MR D.I.Y."]
    assert table.selected_ids() == (desk.ids()[2],)
    table.set_search("")
    assert table.selected_ids() == (desk.ids()[2],)
    table.set_state_filter("failed")
    assert column_texts(table, "file") == ["broken.png"]


def test_a_checked_row_stays_under_its_chip_until_it_is_left(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    desk.desk.page_changed(desk.filled.put("d.png", merchant="Doubt?"))
    table.set_state_filter("needs_review")
    assert column_texts(table, "file") == ["b.png", "d.png"]
    type_into(qtbot, table, 0, "total", "100.80")
    desk.saved()
    assert column_texts(table, "state") == ["Done", "To check"]
    click(qtbot, table, 1, "merchant")
    assert column_texts(table, "file") == ["d.png"]


def test_copy_is_tab_separated(qtbot: QtBot, table: ReviewTable) -> None:
    click(qtbot, table, 0, "merchant")
    click(qtbot, table, 1, "merchant", Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "YONG SOON\t2026-03-02\t758.70\t26.12\t\t\ta.png",
        "北京清风餐饮\t2026-03-05\t108.00\t\t\t\tb.png",
    ]


def test_del_takes_rows_out_and_undo_or_restore_puts_them_back(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    click(qtbot, table, 0, "merchant")
    click(qtbot, table, 1, "merchant", Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Key.Key_Delete)
    assert column_texts(table, "file") == ["c.png", "broken.png"]
    assert table.selected_ids() == (desk.ids()[2],)
    desk.saved()
    assert len(desk.filled.store.receipt_rows(desk.filled.batch)) == 2
    desk.undo_stack.undo()
    assert table.review_model.rowCount() == 4
    desk.undo_stack.redo()
    table.set_show_removed(True)
    assert column_texts(table, "state") == ["Removed", "Removed", "Done", "Failed"]
    click(qtbot, table, 0, "merchant")
    restore = next(action for action in row_menu(table).actions() if action.text() == "Restore")
    restore.trigger()
    desk.saved()
    assert len(desk.filled.store.receipt_rows(desk.filled.batch)) == 3


def test_insert_adds_a_row_by_hand_that_can_be_filled(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    qtbot.keyClick(table, Key.Key_Insert)
    qtbot.waitUntil(lambda: table.review_model.rowCount() == 5, timeout=10_000)
    assert text(table, 4, "file") == "Added by hand"
    assert table.currentIndex() == cell(table, 4, "merchant")
    type_into(qtbot, table, 4, "total", "12")
    assert desk.stored(desk.ids()[4], "total") == "12.00"
    desk.undo_stack.undo()
    desk.undo_stack.undo()
    desk.saved()
    assert len(desk.filled.store.receipt_rows(desk.filled.batch)) == 4


def test_sums_are_told_for_all_and_for_the_selection(qtbot: QtBot, table: ReviewTable) -> None:
    with qtbot.waitSignal(table.sums_changed, check_params_cb=lambda t: t.startswith("3 rec"), timeout=5_000) as told:
        table.set_search("")
    assert told.args == ["3 receipts · 1 failed · 108.00 CNY · 789.60 MYR"]
    click(qtbot, table, 0, "merchant")
    with qtbot.waitSignal(table.sums_changed, check_params_cb=lambda t: "selected" in t, timeout=5_000) as told:
        click(qtbot, table, 1, "merchant", Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["2 selected · 108.00 CNY · 758.70 MYR"]


def test_the_header_menu_chooses_columns_and_they_are_remembered(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    menu = column_menu(table)
    currency = next(action for action in menu.actions() if action.text() == "Currency")
    currency.trigger()
    assert not table.isColumnHidden(COLUMNS.index("currency"))
    state = table.column_state()
    other = ReviewTable(desk.desk)
    qtbot.addWidget(other)
    assert other.restore_columns(state)
    assert not other.isColumnHidden(COLUMNS.index("currency"))
    assert not other.restore_columns(b"nonsense")


def test_a_cell_tells_which_field_is_in_front_and_where_it_stands(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    told: list[tuple[object, ...]] = []
    table.receipt_selected.connect(lambda receipt_id: told.append((receipt_id,)))
    table.field_selected.connect(lambda receipt_id, name: told.append((receipt_id, name)))
    desk.desk.evidence_selected.connect(lambda page_id, quad, doubtful: told.append((page_id, quad, doubtful)))
    click(qtbot, table, 1, "total")
    row = desk.filled.store.receipt_row(desk.ids()[1])
    assert row is not None
    quad = row.values["total"].quad
    assert told == [(row.receipt_id,), (row.receipt_id, "total"), (row.page_id, quad, True)]


def test_f8_goes_to_doubt_even_behind_a_chip(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    table.set_state_filter("done")
    qtbot.keyClick(table, Key.Key_F8)
    assert desk.desk.front == (desk.ids()[1], "total")
    assert table.currentIndex().data() == "108.00"


def test_f8_brings_the_row_of_a_field_without_a_column_into_sight(table: ReviewTable, desk: Desk) -> None:
    for number in range(30):
        desk.desk.page_changed(desk.filled.put(f"{number}.png", merchant="MR D.I.Y.", total="30.90"))
    desk.desk.page_changed(desk.filled.put("last.png", merchant="SOON", address="2 Jalan Ipoh?|2 Jalan Ip0h"))
    row = cell_row(table, "last.png")
    table.verticalScrollBar().setValue(0)
    assert table.isColumnHidden(COLUMNS.index("address"))
    table.show_field(desk.ids()[-1], "address")
    assert table.viewport().rect().contains(table.visualRect(cell(table, row, "merchant")))


def test_a_screen_reader_hears_doubt(table: ReviewTable) -> None:
    assert cell(table, 1, "total").data(Qt.ItemDataRole.AccessibleTextRole) == "Total: 108.00. To check"
    interface = QAccessible.queryAccessibleInterface(table)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Receipts of this batch"


def test_a_failed_row_says_what_happened(table: ReviewTable) -> None:
    tip = cell(table, 3, "state").data(Qt.ItemDataRole.ToolTipRole)
    assert "broken.png could not be read" in tip


def test_a_large_batch_comes_later_and_keeps_what_arrived_meanwhile(
    qtbot: QtBot, table: ReviewTable, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paddlescan.gui.review.desk._LARGE", 2)
    desk.open()
    assert table.review_model.rowCount() == 0
    desk.desk.page_changed(desk.filled.put("late.png", merchant="Late"))
    assert column_texts(table, "file") == ["late.png"]
    qtbot.waitUntil(lambda: table.review_model.rowCount() == 5)
    assert column_texts(table, "file") == ["a.png", "b.png", "c.png", "broken.png", "late.png"]
    assert desk.desk.sheet.counts()["all"] == 5


def test_many_rows_leave_and_return_at_once(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    desk.filled.drop("sheet.png")
    page_id = desk.filled.read("sheet.png", *(read_receipt(n, 150, total=f"{n}") for n in range(1, 151)))
    desk.desk.page_changed(page_id)
    assert table.review_model.rowCount() == 154
    qtbot.keyClick(table, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Key.Key_Delete)
    assert table.review_model.rowCount() == 0
    desk.undo_stack.undo()
    assert column_texts(table, "file")[3:6] == ["broken.png", "sheet.png #1/150", "sheet.png #2/150"]


def test_closing_keeps_what_is_typed_into_an_open_cell(qtbot: QtBot, table: ReviewTable, desk: Desk) -> None:
    click(qtbot, table, 0, "merchant")
    qtbot.keyClick(table, Key.Key_F2)
    editor(table).selectAll()
    qtbot.keyClicks(editor(table), "Last words")
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.commit()  # what the window calls
    assert desk.writer.drain()
    row = desk.filled.store.receipt_row(desk.ids()[0])
    assert row is not None
    assert row.values["merchant"].value == "Last words"


def test_amounts_stand_in_groups_as_their_sum_does_and_are_edited_and_copied_as_they_are_kept(
    qtbot: QtBot, table: ReviewTable, desk: Desk
) -> None:
    desk.desk.type_into(desk.ids()[0], "total", "40270")
    index = cell(table, 0, "total")
    assert text(table, 0, "total") == "40,270.00"
    assert index.data(CELL_ROLE).words == "40,270.00"
    assert index.data(Qt.ItemDataRole.EditRole) == "40270.00"
    click(qtbot, table, 0, "total")
    table.copy_selection()
    assert "40270.00" in QGuiApplication.clipboard().text()
    desk.desk.type_into(desk.ids()[0], "total", "4O270")
    assert text(table, 0, "total") == "4O270", "what is no amount stays as it was typed"


def test_neither_a_blank_page_nor_one_that_failed_is_counted_as_a_receipt(
    qtbot: QtBot, table: ReviewTable, desk: Desk
) -> None:
    """What is typed over either is one; then both ends of the foot still say the same of what failed."""
    desk.filled.drop("white.png")
    page = desk.filled.read("white.png", read_receipt(), quality=("blank",))
    desk.desk.page_changed(page)

    def begins(words: str) -> Callable[[str], bool]:
        return lambda told: told.startswith(words)

    counts = begins("3 receipts · 1 blank page · 1 failed")
    with qtbot.waitSignal(table.sums_changed, check_params_cb=counts, timeout=5_000):
        table.set_search("")
    failed = cell_row(table, "broken.png")
    counts = begins("4 receipts · 1 blank page · 1 failed")
    with qtbot.waitSignal(table.sums_changed, check_params_cb=counts, timeout=5_000):
        type_into(qtbot, table, failed, "total", "12")
