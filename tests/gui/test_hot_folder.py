"""The watched folder of the window. What reads is a child that refuses every page, in a process of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from paddlescan.desktop.hot_folder import plan
from paddlescan.desktop.hot_folder.plan import Watch
from paddlescan.document import EngineOptions, ScanOptions
from paddlescan.gui.hot_folder import thread
from paddlescan.gui.hot_folder.reading import Means, QuietReading
from paddlescan.gui.hot_folder.thread import WatchThread, Wish
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.settings.dialog import SettingsDialog
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.pipeline.passwords import Passwords
from paddlescan.settings import Settings, load_settings
from paddlescan.store import Store
from tests.fakes.commands import faulty
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

SHORT = 30_000


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks that follow each other at once, and a child in place of the engine while the batch is not in front."""
    as_it_is = Workplace._means

    def means(work: Workplace) -> Means:
        return replace(as_it_is(work), command=faulty("well"))

    of = plan.Plan.of
    monkeypatch.setattr(Workplace, "_means", means)
    monkeypatch.setattr(plan.Plan, "of", lambda *words: replace(of(*words), every_s=0.1, settle_s=0.2))
    monkeypatch.setattr(thread, "ASK_AGAIN_S", 0.1)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "扫描 in"
    folder.mkdir()
    return folder


@pytest.fixture
def rooms(paths: Paths, qtbot: QtBot) -> Iterator[Rooms]:
    made = Rooms(paths, qtbot)
    yield made
    assert made.close()


def watched(inbox: Path, **more: object) -> Settings:
    return replace(Settings(workers=1, hot_folder=str(inbox), hot_folder_on=True), **more)  # type: ignore[arg-type]


def told(window: MainWindow) -> str:
    """What the status bar says of it."""
    button = window.status.findChild(QPushButton)
    assert button is not None
    return button.text()


@pytest.fixture
def march(paths: Paths) -> None:
    """A batch that a person works on: it is in front at every start."""
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        filled.drop("cafe.jpg")
        filled.read("cafe.jpg", read_receipt(merchant="Corner Cafe", total="9.00", currency="CNY"))


def rows(paths: Paths) -> dict[str, list[tuple[str, str]]]:
    """Names and states of the pages, by the batch's name."""
    with Store(paths.store) as store:
        return {
            each.name: [(row.ref.source.name, row.state) for row in store.page_rows(each.id)]
            for each in store.batches()
            if each.name != "March"
        }


def test_what_arrives_is_read_into_a_batch_of_the_day_and_opened_by_a_click(
    rooms: Rooms, paths: Paths, inbox: Path, qtbot: QtBot
) -> None:
    (inbox / "1.png").write_bytes(b"one")
    window = rooms.open(watched(inbox))
    qtbot.waitUntil(lambda: told(window) == "Watching 扫描 in · 1 read · 1 failed", timeout=SHORT)
    assert window.workplace.controller.summary is None  # what is in front stays there
    (inbox / "2.png").write_bytes(b"two")
    qtbot.waitUntil(lambda: told(window) == "Watching 扫描 in · 2 read · 2 failed", timeout=SHORT)
    (name,) = rows(paths)
    assert name.startswith("扫描 in 20")
    assert rows(paths)[name] == [("扫描 in/1.png", "failed"), ("扫描 in/2.png", "failed")]

    button = window.status.findChild(QPushButton)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workplace.controller.pages.rowCount() == 2)
    assert not button.isEnabled()  # it is in front
    summary = window.workplace.controller.summary
    assert summary is not None
    assert summary.name == name


def test_it_goes_on_at_the_next_start_and_reads_nothing_twice(
    march: None, rooms: Rooms, paths: Paths, inbox: Path, qtbot: QtBot
) -> None:
    (inbox / "1.png").write_bytes(b"one")
    window = rooms.open(watched(inbox))
    qtbot.waitUntil(lambda: "1 read" in told(window), timeout=SHORT)
    assert rooms.close()
    (inbox / "2.png").write_bytes(b"two")
    window = rooms.open(watched(inbox))
    qtbot.waitUntil(lambda: "1 read" in told(window), timeout=SHORT)
    ((_, pages),) = rows(paths).items()
    assert pages == [("扫描 in/1.png", "failed"), ("扫描 in/2.png", "failed")]


def test_what_arrives_in_the_batch_in_front_comes_into_its_list(
    rooms: Rooms, paths: Paths, inbox: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "1.png").write_bytes(b"one")
    window = rooms.open(watched(inbox))
    qtbot.waitUntil(lambda: "1 read" in told(window), timeout=SHORT)
    controller = window.workplace.controller
    with qtbot.waitSignal(controller.batch_changed):
        controller.open_batch(window.workplace.hot_folder.now.batch)
    monkeypatch.setattr(controller.reading, "read", lambda: None)  # the real engine is not wanted here
    (inbox / "2.png").write_bytes(b"two")
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 2, timeout=SHORT)
    (inbox / "2.png").rename(inbox / "3.png")
    qtbot.waitUntil(lambda: controller.pages.row_at(1).ref.source.name == "扫描 in/3.png", timeout=SHORT)
    failed = controller.pages.row_at(0).id
    assert window.front.page_id == failed

    def typed_into() -> list[QLineEdit]:
        return [field for field in window.fields.findChildren(QLineEdit) if field.isVisibleTo(window)]

    qtbot.waitUntil(lambda: bool(typed_into()), timeout=SHORT)
    before = typed_into()
    (inbox / "3.png").unlink()
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 1, timeout=SHORT)
    assert window.front.page_id == failed
    assert typed_into() == before
    assert controller.pages.row_at(0).ref.source.name == "扫描 in/1.png"
    assert not controller.reading.waiting


def test_a_batch_that_was_asked_for_and_not_taken_is_still_read(
    march: None, rooms: Rooms, paths: Paths, inbox: Path, qtbot: QtBot
) -> None:
    (inbox / "1.png").write_bytes(b"one")
    window = rooms.open(watched(inbox))
    qtbot.waitUntil(lambda: "1 read" in told(window), timeout=SHORT)
    controller = window.workplace.controller
    before = controller.batch
    assert before is not None
    with qtbot.waitSignal(controller.front_settled):
        controller.open_batch(window.workplace.hot_folder.now.batch)
        controller.open_batch(before)  # a person thinks better of it
    assert controller.batch == before
    (inbox / "2.png").write_bytes(b"two")
    qtbot.waitUntil(lambda: "2 read" in told(window), timeout=SHORT)


def test_what_waits_until_the_batch_in_front_rests_is_no_news_of_its_own(
    march: None, rooms: Rooms, paths: Paths, inbox: Path, qtbot: QtBot
) -> None:
    window = rooms.open(watched(inbox))
    controller = window.workplace.controller
    controller.running_changed.emit(True)  # as while pages of March are read
    (inbox / "1.png").write_bytes(b"one")
    qtbot.waitUntil(lambda: told(window) == "Watching 扫描 in · 1 waiting", timeout=SHORT)
    with qtbot.waitSignal(controller.elsewhere.found) as found:
        controller.elsewhere.look()
    assert found.args[0] == ()
    controller.running_changed.emit(False)
    qtbot.waitUntil(lambda: "1 read" in told(window), timeout=SHORT)


def test_read_files_are_moved_and_found_where_they_are(rooms: Rooms, paths: Paths, inbox: Path, qtbot: QtBot) -> None:
    (inbox / "1.png").write_bytes(b"one")
    window = rooms.open(watched(inbox, hot_folder_move=True))
    qtbot.waitUntil((inbox / "failed" / "1.png").exists, timeout=SHORT)
    qtbot.waitUntil(lambda: "1 failed" in told(window), timeout=SHORT)
    with Store(paths.store) as store:
        (row,) = store.page_rows(store.batches()[0].id)
    assert row.ref.source.path == str(inbox / "failed" / "1.png")


def test_a_folder_that_another_program_watches_is_left_to_it(
    rooms: Rooms, paths: Paths, inbox: Path, qtbot: QtBot
) -> None:
    other = Watch(paths.store, inbox)
    other.acquire()
    (inbox / "1.png").write_bytes(b"one")
    window = rooms.open(watched(inbox))
    qtbot.waitUntil(lambda: told(window) == "扫描 in: watched by another PaddleScan")
    assert rows(paths) == {}
    other.release()
    qtbot.waitUntil(lambda: "1 read" in told(window), timeout=SHORT)


def test_it_is_chosen_in_the_settings_and_holds_at_once(rooms: Rooms, paths: Paths, inbox: Path, qtbot: QtBot) -> None:
    window = rooms.open()
    assert told(window) == ""
    dialog = SettingsDialog(window, window.preferences, window.workplace)
    qtbot.addWidget(dialog)
    section = dialog.watching
    assert not section.on.isEnabled()
    section.folder.setText(str(inbox))
    section.folder.editingFinished.emit()
    section.on.click()
    qtbot.waitUntil(lambda: told(window) == "Watching 扫描 in")
    qtbot.waitUntil(lambda: load_settings(paths.settings).hot_folder_on)
    section.on.click()
    qtbot.waitUntil(lambda: told(window) == "")
    section.on.click()
    section.folder.setText("")
    section.folder.editingFinished.emit()
    qtbot.waitUntil(lambda: told(window) == "")
    assert not section.on.isChecked()


@pytest.mark.skipif(os.name != "posix", reason="names are text there")
def test_a_folder_whose_name_is_no_text_is_refused_with_what_to_do(
    rooms: Rooms, paths: Paths, inbox: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    """Under the name that Qt gives, there would be none, or another one."""
    odd = inbox / os.fsdecode(b"caf\xe9")
    odd.mkdir()
    chosen = QUrl.fromEncoded(odd.as_uri().encode()).toLocalFile()
    window = rooms.open(watched(inbox))
    dialog = SettingsDialog(window, window.preferences, window.workplace)
    qtbot.addWidget(dialog)
    section = dialog.watching
    section.choose.click()
    asked = section.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(chosen)
    section.target.setText(chosen)
    section.target.editingFinished.emit()
    now = window.preferences.now
    assert (now.hot_folder, now.hot_folder_on, now.hot_folder_move_to) == (str(inbox), True, "")
    assert section.folder.text() == str(inbox)
    assert section.target.text() == ""
    for hint in (section._folder_hint, section._target_hint):
        assert "Give it another name" in hint.text()
    speak(qapp, "zh")
    qtbot.waitUntil(lambda: "改名" in section._folder_hint.text())
    section.folder.setText(str(inbox))
    section.folder.editingFinished.emit()
    assert section._folder_hint.text() == ""
    asked.close()


@pytest.mark.skipif(os.name != "posix", reason="names are text there")
def test_a_link_to_a_folder_whose_name_is_no_text_is_watched(
    rooms: Rooms, paths: Paths, tmp_path: Path, qtbot: QtBot
) -> None:
    odd, link = tmp_path / os.fsdecode(b"caf\xe9"), tmp_path / "in"
    odd.mkdir()
    link.symlink_to(odd)
    (odd / "1.png").write_bytes(b"one")
    window = rooms.open(watched(link, hot_folder_move=True))
    qtbot.waitUntil((odd / "failed" / "1.png").exists, timeout=SHORT)
    ((name, pages),) = rows(paths).items()
    assert name.startswith("caf\\xe9 20")
    assert pages == [("caf\\xe9/1.png", "failed")]
    qtbot.waitUntil(lambda: "1 failed" in told(window), timeout=SHORT)


def test_a_folder_that_goes_is_told_and_waited_for(rooms: Rooms, inbox: Path, qtbot: QtBot) -> None:
    window = rooms.open(watched(inbox))
    qtbot.waitUntil(lambda: told(window) == "Watching 扫描 in")
    inbox.rmdir()
    qtbot.waitUntil(lambda: told(window) == "扫描 in: waiting, see here")
    assert "is not there now" in window.workplace.hot_folder.now.trouble.message  # type: ignore[union-attr]
    inbox.mkdir()
    qtbot.waitUntil(lambda: told(window) == "Watching 扫描 in", timeout=SHORT)


def test_of_an_earlier_day_only_a_batch_goes_that_nobody_has_anything_in(paths: Paths) -> None:
    means = Means(paths, EngineOptions(), ScanOptions(), Passwords(None))
    reading = QuietReading(means)
    watching = WatchThread(Wish("in", False, ""), means, reading)
    with Store(paths.store) as store:
        empty, in_front, typed = (
            store.begin_hot_round(b"/in", "2020-01-02T08:00:00+00:00", "in 2020-01-02", "window", ScanOptions())
            for _ in range(3)
        )
        store.add_receipt(typed)
        reading.front = in_front
        for round_ in store.hot_rounds(b"/in"):
            assert watching.close(store, round_)
        assert sorted(each.id for each in store.batches()) == [in_front, typed]
    assert empty not in (in_front, typed)
