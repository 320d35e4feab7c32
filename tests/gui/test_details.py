"""What happened to a page is a dialog away, and so is the file for somebody who helps."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from paddlescan.desktop.bundle import Wanted
from paddlescan.document import Language
from paddlescan.gui.dialogs import events_model
from paddlescan.gui.dialogs.details import MOST, DetailsDialog, tsv
from paddlescan.gui.dialogs.password import PasswordDialog
from paddlescan.gui.dialogs.support import SupportDialog
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.table_menus import row_menu
from paddlescan.gui.shared import speak
from paddlescan.gui.wires.details import DetailsWires
from paddlescan.paths import Paths
from paddlescan.store import Event, FieldEdit, Store, typed_field
from paddlescan.words.journal import event_words
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
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
    return dialog


def said(dialog: DetailsDialog, column: int) -> list[str]:
    return [dialog.model.index(row, column).data() for row in range(dialog.model.rowCount())]


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
    assert dialog.table.isColumnHidden(1) and dialog.table.currentIndex().row() == 5
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
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 10)
    assert not dialog.table.isColumnHidden(1)
    dialog.of_page.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 6)


def test_it_is_copied_as_text(window: MainWindow, qtbot: QtBot) -> None:
    dialog = details(window, qtbot)
    dialog.copy.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 6
    time, page, text, who = lines[-1].split("\t")
    assert (page, text, who) == (NAME, "Receipt 1: Total was edited", "chen") and time[4] == "-"
    dialog.table.clearSelection()
    dialog.table.selectAll()
    rows = QItemSelection(dialog.model.index(2, 0), dialog.model.index(5, 3))
    dialog.table.selectionModel().select(rows, QItemSelectionModel.SelectionFlag.Deselect)
    dialog.copy.click()
    assert len(QGuiApplication.clipboard().text().split("\n")) == 2


def test_names_of_strangers_are_text_in_hints_and_on_the_clipboard(qtbot: QtBot) -> None:
    dialog = DetailsDialog(None, 1, "b", None, "")
    qtbot.addWidget(dialog)
    names = ("<img src=x.png> A&B.jpg", "=HYPERLINK(A1).jpg", "a\tb\nc.jpg", "3-4")
    dialog.show_events(dialog.asked, [event(number, name) for number, name in enumerate(names)])
    hint = dialog.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img" in hint and "<img" not in hint
    dialog.copy.click()
    lines = QGuiApplication.clipboard().text()
    pages = [line[1] for line in csv.reader(io.StringIO(lines), "excel-tab")]
    assert pages == ["<img src=x.png> A&B.jpg", "'=HYPERLINK(A1).jpg", "a b c.jpg", "3-4\t"]
    assert tsv([["2026-03-04 10:00:00", "@x", "y"]]) == "2026-03-04 10:00:00\t'@x\ty"


def test_words_are_made_for_the_rows_that_are_seen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thousand rows take no longer than those in sight: the window's thread has no time for more."""
    made: list[str] = []

    def spoken(what: str, detail: str, language: Language, receipt: int | None = None) -> str:
        made.append(detail)
        return event_words(what, detail, language, receipt)

    monkeypatch.setattr(events_model, "event_words", spoken)
    dialog = DetailsDialog(None, 1, "b", None, "")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_events(dialog.asked, [event(number, f"{number}.jpg") for number in range(MOST)])
    QApplication.processEvents()
    assert 0 < len(set(made)) < 100


def event(number: int, source: str) -> Event:
    return Event(number, 1, 1, 1, source, None, "2026-11-26T10:00:00+00:00", "failed", str(number), "chen")


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
    qtbot.waitUntil(lambda: (dialog.windowTitle(), dialog.of_batch.text()) == ("详情", "整个批次"))


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
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 6)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(DetailsDialog) == [])


@pytest.mark.logs
def test_a_support_file_is_told_of_and_written(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.actions_.support.trigger()
    (dialog,) = window.findChildren(SupportDialog)
    without = dialog.text.text()
    assert dialog.wanted == Wanted() and "It does not hold:\n• names of files" in without
    dialog.receipts.click()
    assert dialog.names.isChecked() and not dialog.names.isEnabled()
    assert "• what was read" in dialog.text.text().split("It does not hold:")[0]
    dialog.receipts.click()
    assert dialog.names.isEnabled() and not dialog.names.isChecked()
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
    (tmp_path / "nowhere").mkdir()
    window.notice._retry.click()
    qtbot.waitUntil((tmp_path / "nowhere" / "support.zip").exists, timeout=60_000)


def test_one_question_at_a_time(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.support.trigger()
    window.actions_.support.trigger()
    (support,) = window.findChildren(SupportDialog)
    page = window.front.page_id
    assert page is not None
    window.asking.ask_password(page, False)
    window.actions_.details.trigger()
    (password,), (dialog,) = window.findChildren(PasswordDialog), window.findChildren(DetailsDialog)
    assert (support.isVisible(), password.isVisible(), dialog.isVisible()) == (True, False, False)
    window.workplace.controller.batch_changed.emit(window.workplace.controller.summary)
    qtbot.waitUntil(lambda: not window.findChildren(DetailsDialog))
    assert (support.isVisible(), password.isVisible()) == (True, False), "what was over before its turn opens nothing"
    support.cancel.click()
    qtbot.waitUntil(password.isVisible)
    password.reject()
    window.actions_.support.trigger()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(SupportDialog)))
    window.findChildren(SupportDialog)[-1].cancel.click()
