"""Handing in from the window: the keys lead there and back, and what was chosen is remembered."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paddlescan.gui.export.dialog import ExportDialog
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.settings.dialog import SettingsDialog
from paddlescan.paths import Paths
from paddlescan.settings import Settings, load_settings
from paddlescan.store import Store
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(paths: Paths, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        for name, total in (("a.png", "9.00"), ("b.png", "108.00?"), ("c.png", "7.50?")):
            filled.drop(name)
            filled.read(name, read_receipt(merchant=f"Cafe {name[0]}", total=total, currency="CNY"))
    rooms = Rooms(paths, qtbot)
    made = rooms.open(replace(Settings(workers=1), export_folder=str(tmp_path)))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    assert rooms.close()


def hand_in(window: MainWindow, qtbot: QtBot) -> ExportDialog:
    """Open the dialog by its key, and wait for its preview."""
    window.activateWindow()  # as a window manager does when a dialog closes
    qtbot.waitUntil(window.isActiveWindow)
    before = set(window.findChildren(ExportDialog))
    QTest.keyClick(window, Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: bool(set(window.findChildren(ExportDialog)) - before))
    dialog = (set(window.findChildren(ExportDialog)) - before).pop()
    qtbot.waitUntil(lambda: bool(dialog.heading.text()), timeout=20_000)
    return dialog


def close(dialog: ExportDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Key.Key_Escape)


def test_the_rows_that_a_chip_shows_are_handed_in_and_the_choice_is_kept(
    window: MainWindow, paths: Paths, qtbot: QtBot, tmp_path: Path
) -> None:
    window.actions_.chip_check.trigger()
    dialog = hand_in(window, qtbot)
    assert dialog.format == "xlsx"
    QTest.keyClick(dialog.formats, Key.Key_Down)
    assert dialog.options.only_shown.text() == "Only those &shown (2)"
    QTest.mouseClick(dialog.options.only_shown, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert dialog._contents.text() == "2 rows · 2 to check"
    with qtbot.waitSignal(dialog.exported, timeout=20_000) as written:
        QTest.keyClick(dialog, Key.Key_Return)
    assert written.args is not None
    rows = list(csv.reader(Path(written.args[0]).read_text(encoding="utf-8-sig").splitlines()))
    assert [row[1] for row in rows] == ["Merchant", "Cafe b", "Cafe c"]
    close(dialog, qtbot)
    qtbot.waitUntil(lambda: paths.settings.exists() and load_settings(paths.settings).export_format == "csv")
    window.actions_.chip_all.trigger()
    again = hand_in(window, qtbot)
    assert again.format == "csv"
    assert not again.options.only_shown.isVisible()
    close(again, qtbot)


def test_the_settings_say_which_template_is_offered(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Key.Key_Comma, CONTROL)
    qtbot.waitUntil(lambda: bool(window.findChildren(SettingsDialog)))
    settings = window.findChildren(SettingsDialog)[0]
    box = settings.exporting.template
    qtbot.waitUntil(lambda: box.count() == 3)
    box.setFocus()
    QTest.keyClick(box, Key.Key_Down)
    assert window.workplace.settings.export_template == "reimbursement"
    with qtbot.waitSignal(settings.finished):
        QTest.keyClick(settings, Key.Key_Escape)
    dialog = hand_in(window, qtbot)
    qtbot.waitUntil(lambda: dialog.options.template.currentText() == "Chinese reimbursement summary")
    close(dialog, qtbot)
