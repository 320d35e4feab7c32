"""What corrections taught is shown in the settings and deleted there, and put back after a slip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.gui.settings.memory import Corrections
from paddlescan.gui.shared import speak
from paddlescan.pipeline.keeping import open_store
from tests.unit.gui.desks import Desk, make_desk

Left = Qt.MouseButton.LeftButton
MISREAD, RIGHT = "北京清凤餐饮有限公司", "北京清风餐饮有限公司"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with make_desk(qtbot, tmp_path, open_store, open_store) as made:
        made.filled.put("x.png", merchant=MISREAD, date="2026-04-01", total="9.00")
        made.filled.put("y.png", merchant=MISREAD, date="2026-04-02", total="7.00")
        made.open()
        x = made.ids()[0]
        made.desk.type_into(x, "merchant", RIGHT)
        made.desk.type_into(x, "category", "meals")
        made.saved()
        yield made


def shown(page: Corrections) -> list[list[str]]:
    table = page.table
    cells = [[table.item(row, column) for column in range(3)] for row in range(table.rowCount())]
    return sorted([cell.text() if cell else "" for cell in row] for row in cells)


def opened(qtbot: QtBot, desk: Desk) -> Corrections:
    page = Corrections(desk.writer)
    qtbot.addWidget(page)
    page.resize(560, 400)
    page.show()
    qtbot.waitUntil(lambda: len(shown(page)) == 2)
    return page


@pytest.mark.parametrize(
    ("language", "category", "merchant", "meals"),
    [("en", "Category", "Merchant", "Meals"), ("zh", "类别", "商户", "餐饮")],
)
def test_each_is_shown_with_what_is_read_and_what_is_offered(
    language: Language, category: str, merchant: str, meals: str, qtbot: QtBot, qapp: QApplication, desk: Desk
) -> None:
    speak(qapp, language)
    page = opened(qtbot, desk)
    assert shown(page) == sorted([[category, RIGHT, meals], [merchant, MISREAD, RIGHT]])


def test_one_is_deleted_by_the_keyboard_and_put_back(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    row = next(r for r in range(2) if (cell := page.table.item(r, 0)) and cell.text() == "Merchant")
    page.table.setFocus()
    page.table.selectRow(row)
    assert page.put_back.isHidden()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(shown(page)) == 1)
    assert desk.filled.store.learned() == ()
    qtbot.waitUntil(lambda: desk.desk.memory.learned("merchant", MISREAD) is None)
    qtbot.mouseClick(page.put_back, Left)
    qtbot.waitUntil(lambda: len(shown(page)) == 2)
    assert [one.value for one in desk.filled.store.learned()] == [RIGHT]
    assert page.put_back.isHidden()


def test_all_of_it_is_deleted_and_says_so(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    qtbot.mouseClick(page.delete_all, Left)
    qtbot.waitUntil(lambda: shown(page) == [])
    assert "Nothing yet." in page.told.text()
    assert (desk.filled.store.learned(), desk.filled.store.categories()) == ((), ())
    assert not page.delete_all.isEnabled()
    qtbot.mouseClick(page.put_back, Left)
    qtbot.waitUntil(lambda: len(shown(page)) == 2)
