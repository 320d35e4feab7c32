"""The settings, by the keyboard, in a window that goes on living."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import EngineInfo, Language, ScanOptions
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.running.controller import BatchController
from paddlescan.gui.settings.dialog import SettingsDialog
from paddlescan.gui.shared import language, speak
from paddlescan.ocr.reasons import Reason
from paddlescan.paths import Paths
from paddlescan.settings import Settings, load_settings
from paddlescan.store import Store
from paddlescan.store.care import copies, keep_copy
from tests.gui.conftest import MakeController
from tests.gui.running_workers import StuckWorker
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Opened = tuple[MainWindow, SettingsDialog]


@pytest.fixture
def opened(paths: Paths, qtbot: QtBot) -> Iterator[Opened]:
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        filled.drop("cafe.jpg")
        filled.read("cafe.jpg", read_receipt(merchant="Corner Cafe", total="9.00", currency="CNY"))
    rooms = Rooms(paths, qtbot)
    window = rooms.open(Settings(workers=1))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Key.Key_Comma, CONTROL)
    qtbot.waitUntil(lambda: bool(window.findChildren(SettingsDialog)))
    dialog = window.findChildren(SettingsDialog)[0]
    qtbot.waitUntil(dialog.isActiveWindow)
    yield window, dialog
    assert rooms.close()


def choose(box: QWidget, down: int) -> None:
    """Choose what stands so many rows below, as the arrow keys do."""
    box.setFocus()
    for _ in range(abs(down)):
        QTest.keyClick(box, Key.Key_Down if down > 0 else Key.Key_Up)


def kept(paths: Paths, qtbot: QtBot, so: Callable[[Settings], bool]) -> None:
    """Wait until the file says so."""
    qtbot.waitUntil(lambda: paths.settings.exists() and so(load_settings(paths.settings)))


def test_the_language_changes_everywhere_at_once_and_is_kept(opened: Opened, paths: Paths, qtbot: QtBot) -> None:
    window, dialog = opened
    choose(dialog.general.language_box, 2)
    assert language() == "zh"
    qtbot.waitUntil(lambda: dialog.windowTitle() == "设置")
    assert dialog.places.item(0).text() == "常规"
    assert dialog.general.language_box.currentText() == "中文"
    assert window.actions_.export.text().startswith("导出")
    assert window.menuBar().actions()[0].text().startswith("文件")
    assert window.table.review_model.headerData(0, Qt.Orientation.Horizontal) != ""
    kept(paths, qtbot, lambda settings: settings.language == "zh")
    choose(dialog.general.language_box, -1)
    assert language() == "en"
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Settings")


def test_sections_and_switches_are_reached_by_keys(opened: Opened, paths: Paths, qtbot: QtBot) -> None:
    window, dialog = opened
    dialog.places.setFocus()
    QTest.keyClick(dialog.places, Key.Key_Down)
    QTest.keyClick(dialog.places, Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is dialog.switches.boxes["remove_seals"]
    QTest.keyClick(focused, Key.Key_Space)
    assert not dialog.switches.strength.isEnabled()
    QTest.keyClick(dialog, Key.Key_D, ALT)
    kept(paths, qtbot, lambda settings: not settings.remove_seals and not settings.deskew)
    prepare = window.workplace.settings.scan_options().prepare
    assert (prepare.remove_seals, prepare.deskew, prepare.orient, prepare.find_regions) == (False, False, True, True)


def test_a_new_batch_begins_with_the_switches_as_they_are_now(opened: Opened, qtbot: QtBot, paths: Paths) -> None:
    window, dialog = opened
    dialog.places.setCurrentRow(1)
    dialog.switches.strength.setFocus()
    QTest.keyClick(dialog.switches.strength, Key.Key_Right)
    QTest.keyClick(dialog, Key.Key_Escape)
    window.activateWindow()  # which a desktop does by itself
    qtbot.waitUntil(window.isActiveWindow)
    controller = window.workplace.controller
    with qtbot.waitSignal(controller.batch_changed):
        QTest.keyClick(window, Key.Key_N, CONTROL)
    assert controller.batch is not None
    with Store(paths.store) as store:
        store.add_sources(controller.batch, ())
        options = store.summary(controller.batch).options
    assert options.prepare.seal_strength == Settings().seal_strength + 5


def test_a_card_that_lacks_its_package_is_told_with_the_way_to_it(opened: Opened, qtbot: QtBot) -> None:
    _, dialog = opened
    hint = dialog.general.device_hint
    dialog.general.show_engine(EngineInfo("onnxruntime", "cpu", "m", Reason.NO_GPU_PACKAGE), 1)
    assert "the GPU package is not installed" in hint.text()
    assert "run in a terminal: paddlescan gpu" in hint.text()
    dialog.general.show_engine(EngineInfo("onnxruntime", "cpu", "m", Reason.NO_GPU), 1)
    assert "terminal" not in hint.text()


def test_the_memory_of_a_card_can_be_chosen_where_there_is_one(opened: Opened, qtbot: QtBot, paths: Paths) -> None:
    window, dialog = opened
    box = dialog.general.card_memory
    qtbot.waitUntil(lambda: dialog.general.device_hint.text().startswith("Now: "))
    dialog.general.show_engine(EngineInfo("onnxruntime", "cpu", "m", Reason.NO_GPU), 1)
    assert not box.isVisible()
    dialog.general.show_engine(EngineInfo("onnxruntime", "gpu", "m", Reason.GPU_PROVEN, "NVIDIA L4"), 1)
    assert box.isVisible()
    assert "NVIDIA L4: a CUDA GPU was found, and it reads the test page rightly" in dialog.general.device_hint.text()
    assert box.currentText() == "Automatic: half of what is free"
    choose(box, box.findText("2 GB"))
    kept(paths, qtbot, lambda settings: settings.gpu_memory_mib == 2048)
    options = window.workplace.settings.engine_options()
    assert (options.gpu_memory_mib, options.workers) == (2048, window.workplace.settings.worker_count())


def test_a_graphics_memory_that_is_not_among_the_choices_is_shown(opened: Opened) -> None:
    window, dialog = opened
    window.workplace.use(replace(window.workplace.settings, gpu_memory_mib=1536))
    dialog.general.follow()
    assert (dialog.general.card_memory.currentText(), dialog.general.card_memory.currentData()) == ("1.5 GB", 1536)


def test_the_device_says_why_and_what_cannot_be_had(opened: Opened, qtbot: QtBot) -> None:
    _window, dialog = opened
    hint = dialog.general.device_hint
    qtbot.waitUntil(lambda: hint.text().startswith("Now: "))
    choose(dialog.general.device, 1)
    qtbot.waitUntil(lambda: "the CPU was chosen" in hint.text())


def test_a_reset_is_taken_back(opened: Opened, paths: Paths, qtbot: QtBot) -> None:
    window, dialog = opened
    choose(dialog.general.device, 1)
    before = window.preferences.now
    QTest.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)
    assert window.preferences.now == Settings()
    kept(paths, qtbot, lambda settings: settings.workers == 0)
    QTest.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)
    assert window.preferences.now == before
    assert dialog.reset.text() == "Reset to defaults"


def test_the_looks_of_the_window_do_not_undo_a_choice(opened: Opened, paths: Paths) -> None:
    window, dialog = opened
    choose(dialog.general.device, 1)
    QTest.keyClick(dialog, Key.Key_Escape)
    assert window.remembered().device == "cpu"


@pytest.mark.logs
def test_a_choice_that_cannot_be_written_down_holds_and_is_told(opened: Opened, paths: Paths, qtbot: QtBot) -> None:
    window, dialog = opened
    paths.settings.mkdir()  # a folder in its place
    choose(dialog.general.device, 1)
    qtbot.waitUntil(lambda: bool(dialog.told.text()))
    assert window.preferences.now.device == "cpu"


def test_what_is_kept_is_counted_and_old_batches_go_only_when_asked(opened: Opened, paths: Paths, qtbot: QtBot) -> None:
    _window, dialog = opened
    dialog.places.setCurrentRow(dialog.places.count() - 1)
    qtbot.waitUntil(lambda: dialog.keeping.count.text().startswith("1 batch · 1 receipt · "))
    QTest.keyClick(dialog, Key.Key_D, ALT)
    qtbot.waitUntil(lambda: "no batch that old" in dialog.keeping.told.text())


@pytest.mark.logs
@pytest.mark.parametrize(("spoken", "words"), [("en", "The backups still hold"), ("zh", "备份中仍有已删除的内容")])
def test_old_batches_that_stay_in_the_copies_are_told_of(
    spoken: Language, words: str, opened: Opened, paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _window, dialog = opened
    with Store(paths.store) as store:
        store.create_batch("old")
        with store._db.writing() as db:
            db.execute("UPDATE batch SET created_at = '2020-01-01T00:00:00+00:00' WHERE name = 'old'")
    keep_copy(paths.store)
    speak(cast(QApplication, QApplication.instance()), spoken)
    monkeypatch.setattr("paddlescan.store.care.copying.SPARE_BYTES", 1 << 62)
    dialog.keeping._delete_old()
    qtbot.waitUntil(lambda: words in dialog.keeping.told.text())
    assert str(paths.backups) in dialog.keeping.told.text().replace("\u200b", "")
    assert copies(paths.store)
    speak(cast(QApplication, QApplication.instance()), "en")


def test_other_engines_go_on_with_what_the_old_ones_had_in_hand(
    make_controller: MakeController, folder: Callable[[int], Path], qtbot: QtBot
) -> None:
    controller: BatchController = make_controller(StuckWorker, 1)
    with qtbot.waitSignal(controller.batch_changed):
        controller.start()
    controller.add_paths([str(folder(3))])
    qtbot.waitUntil(lambda: controller.pages.counts["reading"] == 1)
    (old,) = controller.pool.workers()
    troubles: list[object] = []
    controller.trouble.connect(troubles.append)
    controller.use(ScanOptions(), 2, renew=True)
    qtbot.waitUntil(lambda: len(controller.pool.workers()) == 2 and old not in controller.pool.workers())
    qtbot.waitUntil(lambda: controller.pages.counts["reading"] == 2)
    assert troubles == []


def test_the_folder_that_is_offered_for_exports_is_there(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, dialog = opened
    kinds = QStandardPaths.StandardLocation
    names = {kinds.DocumentsLocation: "Papers", kinds.DesktopLocation: "Desk", kinds.HomeLocation: "home of li"}
    places = {kind: tmp_path / name for kind, name in names.items()}
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda kind: str(places[kind]))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: "/tmp")

    def offered() -> str:
        dialog.exporting.follow()
        return dialog.exporting.folder.placeholderText()

    assert offered() == "/tmp"
    for kind in (kinds.HomeLocation, kinds.DesktopLocation, kinds.DocumentsLocation):
        places[kind].mkdir()
        assert offered() == str(places[kind])
