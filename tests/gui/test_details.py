"""What happened to a page is a dialog away, and so is the file for somebody who helps."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QTableWidgetSelectionRange
from pytestqt.qtbot import QtBot

from paddlescan.desktop.bundle import Wanted
from paddlescan.gui.dialogs.details import DetailsDialog, one_line
from paddlescan.gui.dialogs.support import SupportDialog
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.table_menus import row_menu
from paddlescan.gui.shared import speak
from paddlescan.gui.wires.details import DetailsWires
from paddlescan.paths import Paths
from paddlescan.store import FieldEdit, Store, typed_field
from tests.gui.window_rooms import Rooms
from tests.unit.store.making import claimed, files, receipt, result

NAME = "receipt 1.png"


@pytest.fixture
def batch(paths: Paths) -> int:
    """A page that was read at its second attempt and edited; another that was read."""
    with Store(paths.store, who="chen") as store:
        batch = store.create_batch("March")
        store.add_sources(batch, files(2))
        store.release_page(claimed(store, batch).page_id, True, why="crashed")
        for _ in range(2):
            claim = claimed(store, batch)
            store.save_result(claim.page_id, result(claim.ref, receipt(total="99182.00")), claim.token)
        row = store.receipt_rows(batch)[0]
        total = row.values["total"]
        store.apply_edit(FieldEdit(row.receipt_id, "total", total, typed_field("total", "77410.00", total)))
        return batch


@pytest.fixture
def window(batch: int, paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    rooms = Rooms(paths, qtbot)
    opened = rooms.open()
    qtbot.waitUntil(lambda: opened.front.page_id is not None)
    yield opened
    assert rooms.close()


def details(window: MainWindow, qtbot: QtBot) -> DetailsDialog:
    window.actions_.details.trigger()
    (dialog,) = window.findChildren(DetailsDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0)
    return dialog


def said(dialog: DetailsDialog, column: int) -> list[str]:
    cells = (dialog.table.item(row, column) for row in range(dialog.table.rowCount()))
    return [cell.text() if cell is not None else "" for cell in cells]


def test_the_page_in_front_tells_its_story_the_newest_last(window: MainWindow, qtbot: QtBot) -> None:
    dialog = details(window, qtbot)
    assert dialog.sentence.text() == NAME
    assert said(dialog, 2) == [
        "Added",
        "Reading began",
        "Waits again: the reading engine ended unexpectedly",
        "Reading began, attempt 2",
        "Read",
        "Receipt 1: Total was edited",
    ]
    assert said(dialog, 3)[-1] == "chen"
    assert dialog.table.isColumnHidden(1) and dialog.table.currentRow() == 5
    assert "99182" not in str(said(dialog, 2)) and "77410" not in str(said(dialog, 2))


def test_the_batch_tells_what_was_not_as_usual_or_everything(window: MainWindow, qtbot: QtBot) -> None:
    dialog = details(window, qtbot)
    dialog.of_batch.click()
    qtbot.waitUntil(lambda: "Batch made in the window" in said(dialog, 2))
    assert dialog.sentence.text() == "March"
    assert list(zip(said(dialog, 1), said(dialog, 2), strict=True)) == [
        ("", "Batch made in the window"),
        (NAME, "Waits again: the reading engine ended unexpectedly"),
        (NAME, "Receipt 1: Total was edited"),
    ]
    dialog.usual.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 10)
    assert not dialog.table.isColumnHidden(1)
    dialog.of_page.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 6)


def test_it_is_copied_as_text(window: MainWindow, qtbot: QtBot) -> None:
    dialog = details(window, qtbot)
    dialog.copy.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 6
    time, page, text, who = lines[-1].split("\t")
    assert (page, text, who) == (NAME, "Receipt 1: Total was edited", "chen") and time[4] == "-"
    dialog.table.clearSelection()
    dialog.table.setRangeSelected(QTableWidgetSelectionRange(0, 0, 1, 3), True)
    dialog.copy.click()
    assert len(QGuiApplication.clipboard().text().split("\n")) == 2
    assert one_line("a\tb\nc") == "a b c"


def test_what_happens_meanwhile_comes_in_and_the_language_follows(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, batch: int
) -> None:
    dialog = details(window, qtbot)
    page = window.front.page_id
    assert page is not None
    window.workplace.store.note(batch, page, "waits", "stopped")
    window.workplace.controller.page_changed.emit(page, "waiting")
    qtbot.waitUntil(lambda: said(dialog, 2)[-1] == "Waits again: reading was stopped")
    speak(qapp, "zh")
    qtbot.waitUntil(lambda: said(dialog, 2)[0] == "已添加")
    assert (dialog.windowTitle(), dialog.of_batch.text()) == ("详情", "整个批次")


@pytest.mark.parametrize("where", ["pages", "table"])
def test_the_menus_of_pages_and_rows_lead_there(window: MainWindow, qtbot: QtBot, where: str) -> None:
    if where == "table":
        window.table.selectRow(0)
        menu = row_menu(window.table)
    else:
        window.pages.customContextMenuRequested.emit(window.pages.visualRect(window.pages.currentIndex()).center())
        menu = next(child for child in window.pages.findChildren(QMenu))
    action: QAction = next(entry for entry in menu.actions() if entry.text() == "Details…")
    action.trigger()
    menu.close()
    (dialog,) = window.findChildren(DetailsDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 6)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(DetailsDialog) == [])


@pytest.mark.logs
def test_a_support_file_is_told_of_and_written(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.actions_.support.trigger()
    (dialog,) = window.findChildren(SupportDialog)
    without = dialog.text.text()
    assert dialog.wanted == Wanted() and "It does not hold:\n• names of files" in without
    dialog.receipts.click()
    assert not dialog.names.isEnabled() and "• what was read" in dialog.text.text().split("It does not hold:")[0]
    dialog.receipts.click()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.save.click()
    assert chosen.args == [Wanted()]
    file = tmp_path / "support.zip"
    (wires,) = window.findChildren(DetailsWires)
    wires.save_support(file, Wanted())
    qtbot.waitUntil(file.exists, timeout=60_000)
    with zipfile.ZipFile(file) as packed:
        whole = b"".join(packed.read(name) for name in packed.namelist()).decode()
        assert {part["name"] for part in json.loads(packed.read("doctor.json"))} >= {"device", "store"}
    assert NAME not in whole and "99182" not in whole and "77410" not in whole
    wires.save_support(tmp_path / "nowhere" / "support.zip", Wanted())
    qtbot.waitUntil(window.notice.isVisible, timeout=60_000)
