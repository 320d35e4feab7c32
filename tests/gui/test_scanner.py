"""Pages come into the window from a scanner that really scans: libsane's test backend."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from paddlescan.desktop.scanner import acquiring, ending
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.scanner.dialog import ScannerDialog
from paddlescan.gui.scanner.jobs import ScannerJob
from paddlescan.gui.scanner.words import State
from paddlescan.gui.shared import speak
from paddlescan.paths import Paths
from paddlescan.settings import Settings, load_settings
from tests.gui.window_rooms import Rooms
from tests.scanners import FEEDER_PAGES, only_test_scanners

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
QUICK = replace(Settings(), workers=1, scanner_resolution=150, scanner_colour="grey", scanner_paper="a5")


@pytest.fixture
def rooms(paths: Paths, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rooms]:
    only_test_scanners(tmp_path / "sane", monkeypatch, count=2)
    made = Rooms(paths, qtbot)
    yield made
    assert made.close()


def press(window: MainWindow, qtbot: QtBot) -> ScannerDialog:
    """Ctrl+Shift+A, and wait until the scanner is known."""
    window.activateWindow()
    QTest.keyClick(window, Key.Key_A, Ctrl | Shift)
    dialog = opened(window)
    qtbot.waitUntil(lambda: dialog._state in (State.READY, State.STUCK), timeout=30_000)
    return dialog


def opened(window: MainWindow) -> ScannerDialog:
    (dialog,) = (each for each in window.findChildren(ScannerDialog) if each.isVisible())
    return dialog


def choose(box: QComboBox, words: str) -> None:
    """As a person does by the list."""
    at = [box.itemText(i) for i in range(box.count())].index(words)
    box.setCurrentIndex(at)
    box.activated.emit(at)


def words_of(box: QComboBox) -> list[str]:
    return [box.itemText(i) for i in range(box.count())]


def names(window: MainWindow) -> list[str]:
    """The names of the pages in the list."""
    return [row.ref.source.name for row in window.workplace.controller.pages.pages()]


def gone(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in window.findChildren(ScannerDialog)), timeout=30_000)


def test_a_page_from_the_glass_and_the_next_one_by_the_keyboard_alone(rooms: Rooms, paths: Paths, qtbot: QtBot) -> None:
    window = rooms.open(QUICK)
    dialog = press(window, qtbot)
    assert dialog.sentence.text() == "Ready to scan"
    assert words_of(dialog.choices.scanner) == ["frontend-tester (test:0)", "frontend-tester (test:1)"]
    assert words_of(dialog.choices.source) == ["Glass (flatbed)", "Feeder"]
    assert words_of(dialog.choices.resolution) == ["150 dpi", "200 dpi", "300 dpi", "400 dpi", "600 dpi"]
    assert dialog.choices.resolution.currentText() == "150 dpi"
    assert dialog.choices.colour.currentText() == "Grey"
    for count in (1, 2):
        QTest.keyClick(dialog, Key.Key_Return)
        qtbot.waitUntil(lambda: dialog._state is State.READY and len(names(window)) == count, timeout=30_000)  # noqa: B023
        assert dialog.scan.text() == "Scan next page"
    assert dialog.sentence.text() == "2 pages scanned"
    QTest.keyClick(dialog, Key.Key_Escape)
    gone(window, qtbot)
    kept = sorted(str(file) for file in paths.scanned.iterdir())
    assert [name[-8:] for name in kept] == ["-001.png", "-002.png"]
    assert sorted(row.ref.source.path for row in window.workplace.controller.pages.pages()) == kept


def test_pages_of_a_feeder_come_one_by_one(rooms: Rooms, qtbot: QtBot) -> None:
    window = rooms.open(QUICK)
    dialog = press(window, qtbot)
    choose(dialog.choices.source, "Feeder")
    kept: list[int] = []
    dialog.page_kept.connect(lambda _file: kept.append(dialog._state is State.SCANNING))
    qtbot.mouseClick(dialog.scan, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._state is State.READY, timeout=30_000)
    assert kept == [True] * FEEDER_PAGES
    qtbot.waitUntil(lambda: len(names(window)) == FEEDER_PAGES)
    assert dialog.sentence.text() == "10 pages scanned"
    assert dialog.scan.text() == "Scan"
    dialog.reject()
    gone(window, qtbot)


def test_the_scanner_and_its_choices_are_remembered(rooms: Rooms, paths: Paths, qtbot: QtBot) -> None:
    window = rooms.open(QUICK)
    dialog = press(window, qtbot)
    choose(dialog.choices.scanner, "frontend-tester (test:1)")
    assert not dialog.scan.isEnabled()  # until that one has said what it can do
    qtbot.waitUntil(lambda: dialog._state is State.READY, timeout=30_000)
    choose(dialog.choices.source, "Feeder")
    choose(dialog.choices.resolution, "200 dpi")
    choose(dialog.choices.paper, "A5 (148 × 210 mm)")
    qtbot.mouseClick(dialog.scan, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._state is State.READY, timeout=30_000)
    dialog.reject()
    gone(window, qtbot)
    qtbot.waitUntil(lambda: load_settings(paths.settings).scanner_name == "test:1")
    assert rooms.close()
    again = press(rooms.open(load_settings(paths.settings)), qtbot)
    chosen = [box.currentText() for box in (again.choices.scanner, again.choices.source, again.choices.resolution)]
    assert chosen == ["frontend-tester (test:1)", "Feeder", "200 dpi"]
    again.reject()


def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As slow as a scanner."""
    told = acquiring.Order.arguments
    more = ["--resolution=600", "--read-delay=yes", "--read-delay-duration=200000"]
    monkeypatch.setattr(acquiring.Order, "arguments", lambda order: [*told(order), *more])


def test_stopped_in_the_middle_of_a_page_nothing_of_it_is_kept(
    rooms: Rooms, paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow(monkeypatch)
    window = rooms.open(QUICK)
    dialog = press(window, qtbot)
    qtbot.mouseClick(dialog.scan, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.bar.value() > 0, timeout=30_000)
    assert dialog.sentence.text() == "Page 1 is being scanned…"
    assert dialog.remark.text() == "Each page joins the batch as soon as it is whole."
    assert dialog.stop_button.hasFocus()
    QTest.keyClick(dialog.stop_button, Key.Key_Space)
    assert dialog.sentence.text() == "The scanner is being stopped…"
    qtbot.waitUntil(lambda: dialog._state is State.READY, timeout=30_000)
    assert list(paths.scanned.iterdir()) == []
    assert names(window) == []
    dialog.reject()


def test_closing_the_dialog_stops_the_scanner_first(
    rooms: Rooms, paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow(monkeypatch)
    window = rooms.open(QUICK)
    dialog = press(window, qtbot)
    qtbot.mouseClick(dialog.scan, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.bar.value() > 0, timeout=30_000)
    QTest.keyClick(dialog, Key.Key_Escape)
    gone(window, qtbot)
    assert list(paths.scanned.iterdir()) == []


def test_a_window_that_closes_while_pages_come_loses_none_that_is_whole(
    rooms: Rooms, paths: Paths, qtbot: QtBot
) -> None:
    window = rooms.open(QUICK)
    dialog = press(window, qtbot)
    choose(dialog.choices.source, "Feeder")
    with qtbot.waitSignal(dialog.page_kept, timeout=30_000):
        qtbot.mouseClick(dialog.scan, Qt.MouseButton.LeftButton)
    assert rooms.close()
    kept = sorted(file.name for file in paths.scanned.iterdir())
    assert kept
    again = rooms.open(QUICK)
    qtbot.waitUntil(lambda: sorted(names(again)) == kept)


def scans_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """Let scanimage be itself but in scans, for which this script stands. Returns the folder in which it may write."""
    real, folder = shutil.which("scanimage"), tmp_path / "program"
    folder.mkdir()
    program = folder / "scanimage"
    program.write_text(f"""#!/bin/sh
case "$*" in *--batch=*) ;; *) exec '{real}' "$@" ;; esac
echo $$ > '{folder}/new' && mv '{folder}/new' '{folder}/number'
{script}
""")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_a_window_that_closes_waits_for_no_scanner_that_hangs(
    rooms: Rooms, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = scans_by(tmp_path, monkeypatch, "trap '' INT TERM; while :; do sleep 0.1; done")
    window = rooms.open(QUICK)
    dialog = press(window, qtbot)
    qtbot.mouseClick(dialog.scan, Qt.MouseButton.LeftButton)
    qtbot.waitUntil((folder / "number").exists, timeout=30_000)
    process = int((folder / "number").read_text())
    assert rooms.close()
    os.kill(process, 0)  # the window is gone, and it is not: it is asked to stop, and has time
    os.kill(process, signal.SIGKILL)
    ending.wait_for_endings()


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_a_page_that_does_not_arrive_whole_is_told_when_the_scanner_has_stopped(
    rooms: Rooms, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "P5\\n40 30\\n255\\n"
    script = f"""
trap 'while [ ! -e {tmp_path}/go ]; do sleep 0.02; done; exit 2' INT
(printf '{head}'; head -c 1200 /dev/zero) > page-0001.pnm; echo page-0001.pnm
(printf '{head}'; head -c 900 /dev/zero) > page-0002.pnm; echo page-0002.pnm
while :; do sleep 0.02; done"""
    scans_by(tmp_path, monkeypatch, script)
    window = rooms.open(QUICK)
    dialog = press(window, qtbot)
    choose(dialog.choices.source, "Feeder")
    qtbot.mouseClick(dialog.scan, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._state is State.STOPPING, timeout=30_000)
    assert dialog.sentence.text() == "The scanner is being stopped…"
    (tmp_path / "go").touch()
    qtbot.waitUntil(lambda: dialog._failure is not None, timeout=30_000)
    assert dialog.sentence.text() == "A page of frontend-tester (test:0) did not arrive whole, and is not kept."
    assert dialog.remark.text().endswith("1 page scanned so far is in the batch.")
    assert dialog.scan.isEnabled()
    qtbot.waitUntil(lambda: len(names(window)) == 1)
    dialog.reject()
    gone(window, qtbot)


@pytest.mark.skipif(os.name != "posix", reason="names are text there")
def test_pages_come_from_a_folder_whose_name_is_no_text(
    rooms: Rooms, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    monkeypatch.setattr(Paths, "scanned", folder)
    window = rooms.open(QUICK)
    dialog = press(window, qtbot)
    QTest.keyClick(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._state is State.READY and len(names(window)) == 1, timeout=30_000)
    (kept,) = folder.iterdir()
    (row,) = window.workplace.controller.pages.pages()
    assert row.ref.source.raw_path == os.fsencode(kept)
    dialog.reject()
    gone(window, qtbot)


def test_what_is_wrong_is_said_and_can_be_tried_again(
    rooms: Rooms, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = rooms.open(QUICK)
    dialog = press(window, qtbot)
    told = acquiring.Order.arguments
    jammed = "--read-return-value=SANE_STATUS_JAMMED"
    monkeypatch.setattr(acquiring.Order, "arguments", lambda order: [*told(order), jammed])
    qtbot.mouseClick(dialog.scan, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._failure is not None, timeout=30_000)
    assert dialog.sentence.text() == "Paper is stuck in the feeder of frontend-tester (test:0)."
    assert dialog.remark.text().startswith("Take it out")
    speak(qapp, "zh")
    qtbot.waitUntil(lambda: dialog.sentence.text() == "frontend-tester (test:0) 的进纸器卡纸。")
    assert dialog.choices.source.currentText() == "平板"
    monkeypatch.setattr(acquiring.Order, "arguments", told)
    qtbot.waitUntil(dialog.scan.isEnabled)
    QTest.keyClick(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: len(names(window)) == 1, timeout=30_000)
    dialog.reject()
    gone(window, qtbot)


def test_without_the_program_the_package_is_named_and_one_can_look_again(
    rooms: Rooms, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = rooms.open(QUICK)
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        dialog = press(window, qtbot)
    assert dialog._state is State.STUCK
    assert "sane-utils" in dialog.remark.text()
    assert not dialog.scan.isEnabled()
    assert dialog.choices.look.hasFocus()
    assert not any(box.isVisible() for box in dialog.findChildren(QComboBox))
    qtbot.waitUntil(lambda: dialog.height() <= dialog._column.totalHeightForWidth(dialog.width()))  # no empty room
    QTest.keyClick(dialog.choices.look, Key.Key_Space)
    qtbot.waitUntil(lambda: dialog._state is State.READY, timeout=30_000)
    dialog.reject()
    gone(window, qtbot)


def test_no_scanner_is_asked_before_the_dialog_is_opened(rooms: Rooms, qtbot: QtBot) -> None:
    window = rooms.open(QUICK)
    assert window.findChildren(ScannerJob) == []
