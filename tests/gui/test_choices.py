"""Choosing in place of typing, with the keys alone: readings, meanings, earlier values, what corrections taught."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.gui.review.fields_panel import FieldsPanel
from paddlescan.gui.shared import speak
from paddlescan.pipeline.keeping import open_store
from tests.unit.gui.desks import Desk, make_desk

Key = Qt.Key
Ctrl, Alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
MISREAD, RIGHT = "北京清凤餐饮有限公司", "北京清风餐饮有限公司"
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with make_desk(qtbot, tmp_path, open_store, open_store) as made:
        filled = made.filled
        for number, name in enumerate(("AEON", "HARBOUR COFFEE", "HARBOUR COFFEE", "COFFEE BEAN")):
            filled.put(
                f"{number}.png", merchant=name, date=f"2026-03-1{number}", total=f"{number + 1}.00", currency="MYR"
            )
        filled.put("x.png", merchant=MISREAD, date="2026-04-01?", total="9.00?|6.00|8.00", currency="CNY")
        filled.put("y.png", merchant=MISREAD, date="2026-04-02", total="7.00", currency="CNY")
        filled.put("z.png", merchant=MISREAD, date="2026-04-03", total="8.00", currency="CNY")
        made.open()
        made.qtbot.waitUntil(lambda: bool(made.desk.memory.earlier("merchant")))
        yield made


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk) -> FieldsPanel:
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.resize(340, 900)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    return panel


def hand() -> QWidget:
    """Where the keys go."""
    there = QApplication.focusWidget()
    assert there is not None
    return there


def offered(panel: FieldsPanel) -> list[str]:
    evidence = panel.form.evidence
    return [choice.shown for choice in evidence.readings.choices] if evidence.isVisible() else []


def words(panel: FieldsPanel) -> str:
    return " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def go_to(panel: FieldsPanel, desk: Desk, receipt_id: int, name: str) -> None:
    desk.desk.bring_to_front(receipt_id, name)
    panel.editors[name].setFocus(Qt.FocusReason.TabFocusReason)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ctrl_and_a_figure_takes_another_reading_and_goes_on(
    language: Language, qtbot: QtBot, qapp: QApplication, panel: FieldsPanel, desk: Desk
) -> None:
    speak(qapp, language)
    x = desk.ids()[4]
    qtbot.mouseClick(panel.strip, Qt.MouseButton.LeftButton)
    assert desk.desk.front == (x, "date")
    qtbot.keyClick(hand(), Key.Key_Return)
    assert desk.desk.front == (x, "total")
    assert offered(panel) == ["6.00", "8.00"]
    assert "Ctrl+1" in words(panel)
    qtbot.keyClick(hand(), Key.Key_2, Ctrl)
    assert desk.stored(x, "total") == "8.00"
    assert desk.desk.sheet.state(x) == "done"
    qtbot.keyClick(hand(), Key.Key_Z, Ctrl)
    assert desk.stored(x, "total") == "9.00"


def test_a_figure_without_a_choice_changes_nothing(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    x = desk.ids()[4]
    go_to(panel, desk, x, "total")
    qtbot.keyClick(hand(), Key.Key_9, Ctrl)
    assert desk.desk.front == (x, "total")
    assert desk.undo_stack.count() == 0


def test_earlier_merchants_come_while_typing_the_most_used_first(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    a = desk.ids()[0]
    go_to(panel, desk, a, "merchant")
    qtbot.keyClicks(hand(), "coffee")
    assert offered(panel) == ["COFFEE BEAN", "HARBOUR COFFEE"], "what begins so, then what holds it"
    qtbot.keyClick(hand(), Key.Key_Down)
    qtbot.keyClick(hand(), Key.Key_Down)
    qtbot.keyClick(hand(), Key.Key_Return)
    assert desk.stored(a, "merchant") == "HARBOUR COFFEE"


def test_enter_takes_what_was_typed_where_no_choice_is_marked(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    a = desk.ids()[0]
    go_to(panel, desk, a, "merchant")
    qtbot.keyClicks(hand(), "coffee")
    qtbot.keyClick(hand(), Key.Key_Down)
    qtbot.keyClick(hand(), Key.Key_Up)
    qtbot.keyClick(hand(), Key.Key_Return)
    assert desk.stored(a, "merchant") == "coffee"


def test_escape_puts_back_whatever_is_offered(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    a = desk.ids()[0]
    go_to(panel, desk, a, "merchant")
    qtbot.keyClicks(hand(), "coffee")
    qtbot.keyClick(hand(), Key.Key_Down)
    qtbot.keyClick(hand(), Key.Key_Escape)
    assert panel.editors["merchant"].text() == "AEON"
    assert offered(panel) == []
    qtbot.keyClick(hand(), Key.Key_Down)
    assert panel.editors["date"].hasFocus(), "the arrow keys go through the fields again"
    assert desk.undo_stack.count() == 0


def test_f8_goes_on_from_what_is_offered_and_keeps_what_was_typed(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    a, x = desk.ids()[0], desk.ids()[4]
    go_to(panel, desk, a, "merchant")
    qtbot.keyClicks(hand(), "coffee")
    qtbot.keyClick(hand(), Key.Key_F8)
    assert desk.desk.front == (x, "date")
    assert desk.stored(a, "merchant") == "coffee"


@pytest.mark.parametrize("language", LANGUAGES)
def test_chinese_from_the_input_method_is_completed_too(
    language: Language, qtbot: QtBot, qapp: QApplication, panel: FieldsPanel, desk: Desk
) -> None:
    speak(qapp, language)
    go_to(panel, desk, desk.ids()[0], "merchant")
    typed = QInputMethodEvent()
    typed.setCommitString("清凤")
    QApplication.sendEvent(hand(), typed)
    assert offered(panel) == [MISREAD]


def test_alt_down_opens_the_whole_list(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    a = desk.ids()[0]
    go_to(panel, desk, a, "merchant")
    assert "Alt+Down" in words(panel)
    qtbot.keyClick(hand(), Key.Key_Down, Alt)
    assert offered(panel)[0] == MISREAD, "the most used"
    qtbot.keyClick(hand(), Key.Key_Down)
    qtbot.keyClick(hand(), Key.Key_Return)
    assert desk.stored(a, "merchant") == "HARBOUR COFFEE"


@pytest.mark.parametrize(("language", "word"), [("en", "Meals"), ("zh", "餐饮")])
def test_a_category_is_chosen_in_the_windows_language(
    language: Language, word: str, qtbot: QtBot, qapp: QApplication, panel: FieldsPanel, desk: Desk
) -> None:
    speak(qapp, language)
    a = desk.ids()[0]
    go_to(panel, desk, a, "category")
    assert offered(panel)[0] == word
    qtbot.keyClick(hand(), Key.Key_1, Ctrl)
    assert desk.stored(a, "category") == "meals"


def test_a_category_of_ones_own_is_offered_the_next_time(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    a, b = desk.ids()[:2]
    go_to(panel, desk, a, "category")
    qtbot.keyClicks(hand(), "Gifts")
    qtbot.keyClick(hand(), Key.Key_Return)
    qtbot.waitUntil(lambda: "Gifts" in desk.desk.memory.earlier("category"), timeout=8_000)
    go_to(panel, desk, b, "category")
    assert offered(panel)[0] == "Gifts"
    qtbot.keyClicks(hand(), "gif")
    assert offered(panel) == ["Gifts"]


def test_what_a_merchant_sells_is_offered_first_for_its_other_receipts(
    qtbot: QtBot, panel: FieldsPanel, desk: Desk
) -> None:
    _, b, c = desk.ids()[:3]
    desk.desk.type_into(b, "category", "office")
    qtbot.waitUntil(lambda: desk.desk.memory.category_of("Harbour Coffee") == "office")
    go_to(panel, desk, c, "category")
    assert offered(panel)[:2] == ["Office supplies", "Meals"]
    assert "as you corrected before" in words(panel)
    qtbot.keyClick(hand(), Key.Key_1, Ctrl)
    assert desk.stored(c, "category") == "office"


def test_a_usual_currency_is_two_keys(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    a = desk.ids()[0]
    go_to(panel, desk, a, "currency")
    qtbot.keyClicks(hand(), "us")
    assert offered(panel) == ["USD"]
    qtbot.keyClick(hand(), Key.Key_1, Ctrl)
    assert desk.stored(a, "currency") == "USD"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_without_its_year_says_what_it_means_while_it_is_typed(
    language: Language, qtbot: QtBot, qapp: QApplication, panel: FieldsPanel, desk: Desk
) -> None:
    speak(qapp, language)
    a = desk.ids()[0]
    go_to(panel, desk, a, "date")
    qtbot.keyClicks(hand(), "3.5")
    assert "→ 2026-03-05" in words(panel)
    qtbot.keyClick(hand(), Key.Key_Return)
    assert desk.stored(a, "date") == "2026-03-05"


def test_a_day_with_two_meanings_is_not_guessed(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    a = desk.ids()[0]
    go_to(panel, desk, a, "date")
    qtbot.keyClicks(hand(), "5/3/26")
    assert offered(panel) == ["2026-03-05", "2026-05-03"]
    qtbot.keyClick(hand(), Key.Key_Return)
    assert panel.editors["date"].hasFocus(), "the reason is told here"
    assert "Which is the day and which the month?" in words(panel)
    assert desk.stored(a, "date") == "5/3/26"
    assert offered(panel)[:2] == ["2026-03-05", "2026-05-03"]
    qtbot.keyClick(hand(), Key.Key_2, Ctrl)
    assert desk.stored(a, "date") == "2026-05-03"


def test_the_arrow_keys_go_through_fields_again_once_nothing_is_offered(
    qtbot: QtBot, panel: FieldsPanel, desk: Desk
) -> None:
    go_to(panel, desk, desk.ids()[0], "date")
    qtbot.keyClicks(hand(), "5/3/26")
    qtbot.keyClick(hand(), Key.Key_Escape)
    qtbot.keyClick(hand(), Key.Key_Down)
    assert panel.editors["invoice_number"].hasFocus()


@pytest.mark.parametrize(("language", "said"), [("en", "There is no such day."), ("zh", "没有这一天")])
def test_enter_on_an_impossible_day_is_not_silent_and_f8_comes_back_to_it(
    language: Language, said: str, qtbot: QtBot, qapp: QApplication, panel: FieldsPanel, desk: Desk
) -> None:
    speak(qapp, language)
    a, x = desk.ids()[0], desk.ids()[4]
    go_to(panel, desk, a, "date")
    qtbot.keyClicks(hand(), "2.30")
    qtbot.keyClick(hand(), Key.Key_Return)
    assert panel.editors["date"].hasFocus()
    assert said in words(panel)
    assert desk.stored(a, "date") == "2.30", "nothing typed is lost"
    qtbot.keyClick(hand(), Key.Key_Return)
    assert desk.desk.front == (x, "date"), "a second Enter goes on"
    assert desk.desk.sheet.state(a) == "needs_review", "but does not make it right"
    for _ in range(2):
        qtbot.keyClick(hand(), Key.Key_F8)
    assert desk.desk.front == (a, "date")
    assert said in words(panel)


def test_a_merchant_corrected_once_is_one_key_on_the_other_receipts(
    qtbot: QtBot, panel: FieldsPanel, desk: Desk
) -> None:
    x, y, z = desk.ids()[4:]
    go_to(panel, desk, x, "date")
    qtbot.keyClick(hand(), Key.Key_Return)
    qtbot.keyClick(hand(), Key.Key_Return)
    assert panel.strip.text() == "Nothing left to check"
    go_to(panel, desk, x, "merchant")
    panel.editors["merchant"].selectAll()
    typed = QInputMethodEvent()
    typed.setCommitString(RIGHT)
    QApplication.sendEvent(hand(), typed)
    qtbot.keyClick(hand(), Key.Key_Return)
    qtbot.waitUntil(lambda: panel.strip.text() == "2 left to check")
    qtbot.waitUntil(lambda: desk.desk.memory.learned("merchant", MISREAD) == RIGHT)
    qtbot.keyClick(hand(), Key.Key_F8) if desk.desk.front != (y, "merchant") else None
    assert desk.desk.front == (y, "merchant")
    assert panel.editors["merchant"].text() == MISREAD, "never put in its place by itself"
    assert offered(panel)[0] == RIGHT
    assert "as you corrected before" in words(panel)
    qtbot.keyClick(hand(), Key.Key_1, Ctrl)
    assert desk.desk.front == (z, "merchant")
    qtbot.keyClick(hand(), Key.Key_1, Ctrl)
    assert panel.strip.text() == "Nothing left to check"
    assert [desk.stored(i, "merchant") for i in (x, y, z)] == [RIGHT] * 3


@pytest.mark.parametrize(("language", "words_"), [("en", "on all 2 that were read so"), ("zh", "2")])
def test_all_that_were_read_so_are_one_key_and_one_step(
    language: Language, words_: str, qtbot: QtBot, qapp: QApplication, panel: FieldsPanel, desk: Desk
) -> None:
    speak(qapp, language)
    x, y, z = desk.ids()[4:]
    desk.desk.type_into(x, "merchant", RIGHT)
    qtbot.waitUntil(lambda: desk.desk.sheet.wants_look(z) == ("merchant",))
    qtbot.waitUntil(lambda: desk.desk.memory.learned("merchant", MISREAD) == RIGHT)
    go_to(panel, desk, y, "merchant")
    button = next(b for b in panel.form.evidence.readings.findChildren(QPushButton) if words_ in b.text())
    assert button.isVisible()
    assert "Ctrl+0" in words(panel)
    count = desk.undo_stack.count()
    qtbot.keyClick(hand(), Key.Key_0, Ctrl)
    assert [desk.stored(i, "merchant") for i in (x, y, z)] == [RIGHT] * 3
    assert desk.undo_stack.count() == count + 1
    qtbot.keyClick(hand(), Key.Key_Z, Ctrl)
    assert [desk.stored(i, "merchant") for i in (x, y, z)] == [RIGHT, MISREAD, MISREAD]
    assert desk.desk.sheet.wants_look(z) == ("merchant",), "offered again"


def test_undo_of_the_correction_unlearns_it(qtbot: QtBot, panel: FieldsPanel, desk: Desk) -> None:
    x, y, _ = desk.ids()[4:]
    desk.desk.type_into(x, "merchant", RIGHT)
    qtbot.waitUntil(lambda: desk.desk.sheet.wants_look(y) == ("merchant",))
    go_to(panel, desk, x, "merchant")
    qtbot.keyClick(hand(), Key.Key_Z, Ctrl)
    qtbot.waitUntil(lambda: desk.desk.sheet.wants_look(y) == ())
    qtbot.waitUntil(lambda: desk.desk.memory.learned("merchant", MISREAD) is None)


@pytest.mark.parametrize(("language", "said"), [("en", "Alt+Down lists earlier ones"), ("zh", "Alt+↓ 列出以前用过的")])
def test_the_hint_of_a_list_moves_no_field(
    qtbot: QtBot, panel: FieldsPanel, desk: Desk, qapp: QApplication, language: Language, said: str
) -> None:
    speak(qapp, language)
    receipt = desk.ids()[1]
    desk.desk.bring_to_front(receipt, "total")
    panel.editors["total"].setFocus()
    qapp.processEvents()
    assert panel.foot.text().strip() == ""
    below = [panel.editors[name] for name in ("date", "total", "category")]
    before = [editor.mapTo(panel, QPoint()) for editor in below]
    qtbot.mouseClick(panel.editors["merchant"], Qt.MouseButton.LeftButton)
    assert desk.desk.front == (receipt, "merchant")
    qtbot.waitUntil(lambda: panel.foot.text() == said)
    qapp.processEvents()
    assert [editor.mapTo(panel, QPoint()) for editor in below] == before
    qtbot.mouseClick(panel.editors["total"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.foot.text().strip() == "")
    assert [editor.mapTo(panel, QPoint()) for editor in below] == before
