"""The fields panel, used as a clerk uses it: keys and mouse, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QColor, QHelpEvent, QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import Check
from paddlescan.errors import PasswordNeeded, UnreadableFile
from paddlescan.extraction.rules import ACCEPTED, NET_PLUS_TAX
from paddlescan.gui.review.fields_panel import FieldsPanel
from tests.unit.gui.desks import Desk, make_desk
from tests.unit.gui.receipts import read_receipt

Key = Qt.Key
Left = Qt.MouseButton.LeftButton
FAILED_SUM = Check(NET_PLUS_TAX, False, "net 90.00 + tax 10.80 is 100.80, but the total reads 108.00")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with make_desk(qtbot, tmp_path) as made:
        filled = made.filled
        filled.drop("a.png", "b.png", "c.png", "broken.png", "locked.pdf")
        filled.read("a.png", read_receipt(merchant="YONG SOON", date="2026-03-02?", total="758.70", currency="MYR"))
        values = {"merchant": "北京清风餐饮", "date": "2026-03-05", "currency": "CNY", "subtotal": "90.00"}
        filled.read("b.png", read_receipt(checks=(FAILED_SUM,), total="108.00?|100.80|180.00", tax="10.80", **values))
        filled.read("c.png", read_receipt(merchant="MR D.I.Y.", total="30.90", currency="MYR"))
        filled.fail("broken.png", UnreadableFile(file="broken.png"))
        filled.fail("locked.pdf", PasswordNeeded(file="locked.pdf"))
        made.open()
        yield made


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk) -> FieldsPanel:
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.resize(340, 700)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    return panel


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    return {b.text(): b for b in widget.findChildren(QPushButton) if b.isVisible()}


def shown(panel: FieldsPanel) -> list[str]:
    return [name for name, editor in panel.editors.items() if editor.isVisible()]


def go(qtbot: QtBot, panel: FieldsPanel) -> None:
    qtbot.mouseClick(panel.strip, Left)


def test_the_expected_fields_are_shown_even_where_nothing_was_read(panel: FieldsPanel, desk: Desk) -> None:
    assert shown(panel) == []
    desk.desk.bring_to_front(desk.ids()[2], "merchant")
    assert shown(panel) == ["merchant", "date", "invoice_number", "total", "currency", "category"]
    assert panel.editors["total"].text() == "30.90"
    assert panel.editors["date"].text() == ""


def test_the_strip_counts_and_leads_to_the_next_doubt(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    assert panel.strip.text() == "2 left to check"
    go(qtbot, panel)
    assert desk.desk.front == (desk.ids()[0], "date")
    assert panel.editors["date"].hasFocus()
    assert panel.editors["date"].selectedText() == "2026-03-02"
    qtbot.keyClick(panel.editors["date"], Key.Key_F8)
    assert desk.desk.front == (desk.ids()[1], "total")
    qtbot.keyClick(panel.editors["total"], Key.Key_F8)
    assert desk.desk.front == (desk.ids()[0], "date")


def test_enter_accepts_typing_replaces_and_the_hands_stay_on_the_keys(
    qtbot: QtBot, panel: FieldsPanel, desk: Desk
) -> None:
    a, b, _, _, _ = desk.ids()
    go(qtbot, panel)
    qtbot.keyClick(panel.editors["date"], Key.Key_Return)
    assert desk.desk.front == (b, "total")
    assert panel.strip.text() == "1 left to check"
    qtbot.keyClicks(panel.editors["total"], "100.8")
    qtbot.keyClick(panel.editors["total"], Key.Key_Return)
    assert panel.strip.text() == "Nothing left to check"
    assert desk.stored(a, "date") == "2026-03-02"
    assert desk.stored(b, "total") == "100.80"
    history = desk.filled.store.history(a)
    assert [(h.field, h.before, h.after) for h in history] == [("date", "2026-03-02", "2026-03-02")]
    states = [row.state for row in desk.filled.store.receipt_rows(desk.filled.batch)]
    assert states == ["done", "done", "done", "failed", "failed"]
    (check,) = desk.filled.store.receipt(b).receipt.checks
    assert check.passed


def test_ctrl_z_undoes_over_receipts_from_any_field(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    go(qtbot, panel)
    qtbot.keyClick(panel.editors["date"], Key.Key_Return)
    qtbot.keyClick(panel.editors["total"], Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.desk.front == (desk.ids()[0], "date")
    assert panel.strip.text() == "2 left to check"
    desk.saved()
    assert desk.filled.store.receipt_rows(desk.filled.batch)[0].values["date"].doubtful


def test_ctrl_z_is_heard_once_beside_the_windows_own_shortcut(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    action = QAction(panel)
    action.setShortcut(QKeySequence.StandardKey.Undo)
    action.triggered.connect(desk.undo_stack.undo)
    panel.addAction(action)
    c = desk.ids()[2]
    desk.desk.type_into(c, "note", "one")
    desk.desk.type_into(c, "note", "two")
    desk.desk.bring_to_front(c, "merchant")
    panel.editors["merchant"].setFocus()
    qtbot.keyClick(panel.editors["merchant"], Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.undo_stack.index() == 1
    assert desk.stored(c, "note") == "one"


def test_ctrl_z_takes_typing_back_first(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    go(qtbot, panel)
    qtbot.keyClick(panel.editors["date"], Key.Key_Return)
    total = panel.editors["total"]
    qtbot.keyClicks(total, "5")
    qtbot.keyClick(total, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert total.text() == "108.00"
    assert desk.undo_stack.index() == 1


def test_escape_puts_back_what_stood_there(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    go(qtbot, panel)
    date = panel.editors["date"]
    qtbot.keyClicks(date, "rubbish")
    qtbot.keyClick(date, Key.Key_Escape)
    assert date.text() == "2026-03-02"
    qtbot.keyClick(date, Key.Key_Tab)
    assert desk.undo_stack.count() == 0


def test_leaving_a_field_keeps_what_was_typed(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    c = desk.ids()[2]
    desk.desk.bring_to_front(c, "merchant")
    panel.editors["date"].setFocus()
    qtbot.keyClicks(panel.editors["date"], "2026/2/25")
    qtbot.keyClick(panel.editors["date"], Key.Key_Tab)
    assert desk.stored(c, "date") == "2026-02-25"
    qtbot.keyClicks(panel.editors["invoice_number"], "0099")
    desk.desk.bring_to_front(desk.ids()[0], "merchant")
    assert desk.stored(c, "invoice_number") == "0099"
    assert panel.editors["merchant"].text() == "YONG SOON"
    assert desk.desk.front == (desk.ids()[0], "merchant")


def test_typing_survives_another_reading_of_the_page(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    c = desk.ids()[2]
    desk.desk.bring_to_front(c, "merchant")
    merchant = panel.editors["merchant"]
    merchant.setFocus()
    merchant.selectAll()
    qtbot.keyClicks(merchant, "Mister D")
    page_id = desk.filled.page_of("c.png")
    desk.filled.store.read_again(page_id)
    desk.filled.read("c.png", read_receipt(merchant="M.R. DIY", total="31.90", currency="MYR"))
    desk.desk.page_changed(page_id)
    qtbot.waitUntil(lambda: panel.editors["total"].text() == "31.90")
    assert merchant.text() == "Mister D"
    qtbot.keyClicks(merchant, "IY")
    panel.commit()
    assert desk.stored(c, "merchant") == "Mister DIY"
    assert "M.R. DIY" in desk.filled.store.receipt_rows(desk.filled.batch)[2].values["merchant"].candidates


def test_the_cut_out_is_asked_for_and_an_old_one_ignored(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    with qtbot.waitSignal(panel.cutout_wanted) as wanted:
        go(qtbot, panel)
    row = desk.filled.store.receipt_rows(desk.filled.batch)[0]
    assert wanted.args == [row.page_id, row.values["date"].quad]
    image = QImage(80, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    panel.show_cutout((row.page_id, ()), image)
    assert not panel.form.evidence.cutout.isVisible()
    panel.show_cutout((row.page_id, row.values["date"].quad), image)
    assert panel.form.evidence.cutout.isVisible()
    assert "Enter accepts · type to replace · Esc puts back" in texts(panel)
    desk.desk.bring_to_front(desk.ids()[2], "merchant")
    assert not panel.form.evidence.isVisible()
    # Nothing of it is left for a field that stands nowhere on its page.
    assert not panel.form.evidence.cutout.isVisibleTo(panel.form.evidence)


def test_a_candidate_is_one_click(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    b = desk.ids()[1]
    desk.desk.bring_to_front(b, "total")
    qtbot.mouseClick(buttons(panel.form.evidence)["180.00"], Left)
    assert desk.stored(b, "total") == "180.00"
    assert list(buttons(panel.form.evidence.readings)) == ["108.00", "100.80"]


def test_a_failed_check_speaks_and_offers_the_proved_repair(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    b = desk.ids()[1]
    desk.desk.bring_to_front(b, "merchant")
    assert "Net 90.00 + tax 10.80 is 100.80, but the total reads 108.00" in texts(panel.checks)
    qtbot.mouseClick(buttons(panel.checks)["Use 100.80"], Left)
    qtbot.waitUntil(lambda: "Net 90.00 + tax 10.80 is the total 100.80" in texts(panel.checks))
    assert buttons(panel.checks) == {}
    assert desk.stored(b, "total") == "100.80"
    row = desk.filled.store.receipt_row(b)
    assert row is not None
    assert row.state == "done"
    desk.undo_stack.undo()
    # right under the total, which is in front again
    qtbot.waitUntil(lambda: "Use 100.80" in buttons(panel.form.evidence.checks))
    assert buttons(panel.checks) == {}
    desk.saved()
    assert not desk.filled.store.receipt(b).receipt.checks[0].passed


def test_enter_on_a_total_that_only_a_check_doubts_lets_it_pass(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    b = desk.ids()[1]
    desk.desk.bring_to_front(b, "total")
    total = panel.editors["total"]
    total.setFocus()
    qtbot.keyClick(total, Key.Key_Return)
    desk.saved()
    assert desk.desk.sheet.state(b) == "needs_review"
    desk.desk.bring_to_front(b, "total")
    total.setFocus()
    qtbot.keyClick(total, Key.Key_Return)
    assert desk.desk.sheet.state(b) == "done"
    qtbot.waitUntil(lambda: not desk.writer.unsaved())
    (check,) = desk.filled.store.receipt(b).receipt.checks
    assert check.detail.endswith(ACCEPTED)
    desk.undo_stack.undo()
    assert desk.desk.sheet.state(b) == "needs_review"


def test_an_impossible_amount_stays_and_says_why(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    c = desk.ids()[2]
    desk.desk.bring_to_front(c, "total")
    panel.editors["total"].setFocus()
    panel.editors["total"].selectAll()
    qtbot.keyClicks(panel.editors["total"], "3O.90")
    qtbot.keyClick(panel.editors["total"], Key.Key_Tab)
    assert panel.editors["total"].text() == "3O.90"
    assert "This is not an amount. Write it like 1234.50." in texts(panel)
    assert desk.stored(c, "total") == "3O.90"
    assert panel.strip.text() == "3 left to check"


def test_a_field_can_be_added(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    c = desk.ids()[2]
    desk.desk.bring_to_front(c, "merchant")
    note = next(action for action in panel.form.add_menu().actions() if action.text() == "Note")
    note.trigger()
    assert panel.editors["note"].hasFocus()
    qtbot.keyClicks(panel.editors["note"], "paid by card")
    qtbot.keyClick(panel.editors["note"], Key.Key_Tab)
    assert desk.stored(c, "note") == "paid by card"


def test_a_failed_page_says_what_to_do(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    _, _, _, broken, locked = desk.ids()
    desk.desk.bring_to_front(broken, "merchant")
    assert "broken.png could not be read: it is damaged or not what its name says." in texts(panel.failure)
    with qtbot.waitSignal(panel.read_again_wanted) as wanted:
        qtbot.mouseClick(buttons(panel.failure)["Read again"], Left)
    assert wanted.args == [desk.filled.page_of("broken.png")]
    with qtbot.waitSignal(panel.show_file_wanted):
        qtbot.mouseClick(buttons(panel.failure)["Show in folder"], Left)
    desk.desk.bring_to_front(locked, "merchant")
    assert list(buttons(panel.failure)) == ["Enter password…", "Show in folder"]
    with qtbot.waitSignal(panel.password_wanted) as wanted:
        qtbot.mouseClick(buttons(panel.failure)["Enter password…"], Left)
    assert wanted.args == [desk.filled.page_of("locked.pdf")]
    desk.desk.bring_to_front(desk.ids()[0], "merchant")
    assert not panel.failure.isVisible()


def test_everything_that_tab_reaches_has_a_name(panel: FieldsPanel, desk: Desk) -> None:
    desk.desk.bring_to_front(desk.ids()[1], "total")
    reachable = [w for w in panel.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    assert len(reachable) > 8
    nameless = [w for w in reachable if not QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name)]
    assert nameless == []


def test_a_change_of_language_reaches_every_word(panel: FieldsPanel, desk: Desk) -> None:
    desk.desk.bring_to_front(desk.ids()[1], "total")
    before = texts(panel)
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert texts(panel) == before


def below(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> list[int]:
    """Where the fields stand when all is saved and laid out."""
    desk.saved()
    for _ in range(3):  # a label that wraps asks for its height only when it has a width
        QApplication.sendPostedEvents()
    return [editor.mapTo(panel, QPoint(0, 0)).y() for editor in panel.editors.values() if editor.isVisible()]


@pytest.mark.parametrize(("row", "name", "typed"), [(2, "merchant", "Mister DIY"), (0, "date", "2026-03-05")])
def test_an_edit_does_not_move_the_fields_below(
    qtbot: QtBot, panel: FieldsPanel, desk: Desk, row: int, name: str, typed: str
) -> None:
    receipt = desk.ids()[row]
    desk.desk.bring_to_front(receipt, name)
    field = desk.desk.sheet.field(receipt, name)
    assert field is not None
    image = QImage(600, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    panel.show_cutout((desk.desk.sheet.row(receipt).page_id, field.quad), image)
    stood = below(qtbot, panel, desk)
    desk.desk.type_into(receipt, name, typed)
    panel.show_cutout((desk.desk.sheet.row(receipt).page_id, field.quad), image)
    assert below(qtbot, panel, desk) == stood
    assert field.value not in buttons(panel.form.evidence)
    desk.desk.bring_to_front(receipt, "total")
    desk.desk.bring_to_front(receipt, name)
    assert field.value in buttons(panel.form.evidence)


def test_a_long_merchant_has_the_whole_width_and_is_seen_whole_in_its_hint(
    qtbot: QtBot, panel: FieldsPanel, desk: Desk
) -> None:
    merchant, date = panel.editors["merchant"], panel.editors["date"]
    long = "Grand Hyatt Kuala Lumpur City Centre Hotel and Convention Sdn Bhd"
    desk.desk.type_into(desk.ids()[0], "merchant", long)
    go(qtbot, panel)
    qtbot.waitUntil(lambda: merchant.text() == long)
    assert merchant.width() > date.width() + 100
    for editor, shown in ((date, ""), (merchant, long)):
        QApplication.sendEvent(editor, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), editor.mapToGlobal(QPoint(5, 5))))
        assert QToolTip.text() == shown


def test_a_long_value_shows_its_beginning_once_the_caret_has_left(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    c = desk.ids()[2]
    long = "Grand Hyatt Kuala Lumpur City Centre Hotel and Convention Sdn Bhd"
    desk.desk.type_into(c, "merchant", long)
    desk.desk.bring_to_front(c, "merchant")
    merchant = panel.editors["merchant"]
    merchant.setFocus()
    qtbot.keyClick(merchant, Key.Key_End)
    assert merchant.cursorPosition() == len(long)
    panel.editors["total"].setFocus()
    assert merchant.cursorPosition() == 0
    assert not merchant.hasSelectedText()
    merchant.setFocus()
    assert merchant.selectedText(), "typing replaces, as before"
