"""The window whose own disk runs full, vanishes, may only be read or is locked: nothing is lost, and it says so.

The sentences stand here in full, because they are what a person has to go by.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.desktop.logs import end_log, write_log
from paddlescan.document import EngineOptions, ScanOptions, SourceFile
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.worker import PageWorker
from paddlescan.resources_dir import resource
from paddlescan.settings import load_settings
from paddlescan.store import Store
from tests.conftest import ROOT
from tests.fakes.commands import faulty
from tests.faults.disks import SmallDisk, backup_program, unchangeable
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

pytestmark = pytest.mark.logs
PATIENCE_MS = 25_000
FILES = 200
TO_READ = 60

FULL = (
    "The disk is full: the list of receipts could not be saved in {data}. "
    "Make room on that disk, then try again; what was read is kept, and what was typed is saved when there is room.",
    "磁盘已满，无法将“票据库”保存到 {data}。"
    "请在该磁盘上清理出空间，然后重试；已识别的内容都会保留，已输入的内容会在有空间后保存。",
)
GONE = (
    "The list of receipts cannot be opened or written: it is no longer there. "
    "Check the folder {data}: it must be there, be yours, and let you write.",
    "无法打开或写入票据库：它已不在原处。请检查文件夹 {data}：它必须存在、属于您，并且允许写入。",
)
READ_ONLY = (
    "The list of receipts cannot be opened or written: it may only be read. "
    "Check the folder {data}: it must be there, be yours, and let you write.",
    "无法打开或写入票据库：只能读取，不能写入。请检查文件夹 {data}：它必须存在、属于您，并且允许写入。",
)
FAILING = (
    "The list of receipts cannot be opened or written: reading or writing the disk failed. "
    "Check the folder {data}: it must be there, be yours, and let you write.",
    "无法打开或写入票据库：读写磁盘时出错。请检查文件夹 {data}：它必须存在、属于您，并且允许写入。",
)
LOCKED = (
    "The list of receipts is in use by another program. "
    "Wait until the other program is done (a backup, another PaddleScan) and try again.",
    "票据库正被其他程序使用。请等其他程序（备份或另一个 PaddleScan）完成后再试。",
)


@pytest.fixture
def receipt(home: Paths) -> int:
    """A row by hand in the window's batch."""
    with Store(home.store) as store:
        return store.add_receipt(store.create_batch("", "window"))


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real workers, with engines that start at once and find every file unreadable."""

    def worker(work: Workplace, batch: int, number: int, crew: Crew) -> PageWorker:
        engine = EngineProcess(command=faulty("well"), scratch_root=work.paths.scratch)
        return PageWorker(work.paths.store, batch, EngineOptions(), ScanOptions(), engine=engine, crew=crew)

    monkeypatch.setattr(Workplace, "_worker", worker)


@pytest.fixture
def inbox(tmp_path: Path) -> list[str]:
    """Files on another disk."""
    place = tmp_path / "inbox"
    place.mkdir()
    for number in range(FILES):
        (place / f"{number}.png").write_bytes(b"%d" % number)
    return [str(place / f"{number}.png") for number in range(FILES)]


def said(window: MainWindow, qtbot: QtBot) -> tuple[str, str]:
    """What the strip over the panes says, in English and Chinese."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    qtbot.waitUntil(window.notice._retry.isVisible, timeout=PATIENCE_MS)
    spoken = []
    for language in ("zh", "en"):
        speak(app, language)  # type: ignore[arg-type]
        QApplication.sendPostedEvents()
        spoken.append(window.notice._text.text())
    return spoken[1], spoken[0]


def of(words: tuple[str, str], home: Paths) -> tuple[str, str]:
    return words[0].format(data=home.data), words[1].format(data=home.data)


def type_into(window: MainWindow, qtbot: QtBot, name: str, text: str) -> None:
    """What every editor of a cell does when Enter is pressed."""
    qtbot.waitUntil(lambda: window.table.review_model.rowCount() == 1)
    desk = window.workplace.review
    desk.type_into(desk.sheet.ids()[0], name, text)


def value(window: MainWindow, receipt: int, name: str) -> str:
    return window.workplace.review.sheet.text(receipt, name)


def stored(home: Paths, receipt: int, name: str) -> str | None:
    with Store(home.store) as store:
        return store.receipt(receipt).receipt.value(name)


def counts(window: MainWindow) -> dict[str, int]:
    return {state: count for state, count in window.workplace.controller.pages.counts.items() if count}


# a new batch ----------------------------------------------------------------------------------------


def test_a_new_batch_on_a_full_disk_is_told_at_once_and_not_begun_later(
    rooms: Rooms, receipt: int, home: Paths, disk: SmallDisk, qtbot: QtBot, qapp: QApplication
) -> None:
    window = rooms.open()
    controller = window.workplace.controller
    disk.fill()
    while not window.notice.isVisible():  # the file has a little room in itself
        window.actions_.new_batch.trigger()
        qtbot.waitUntil(lambda: not controller._front.opening, timeout=PATIENCE_MS)
    assert window.notice._text.text() == (
        "A new batch could not be begun: the disk is full. "
        "The batch in front stays. See to that first, then begin the new one again."
    )
    speak(qapp, "zh")
    QApplication.sendPostedEvents()
    assert window.notice._text.text() == "无法新建批次：磁盘已满。当前批次保持不变；请先解决该问题，然后重新新建。"
    assert not window.notice._retry.isVisible()
    before = controller.batch
    with Store(home.store) as store:
        made = len(store.batches())
    disk.make_room()
    controller.resume()
    with qtbot.waitCallback(timeout=PATIENCE_MS) as later:
        controller.desk.ask(lambda store: len(store.batches()), later)
    later.assert_called_with(made)
    assert controller.batch == before
    window.actions_.new_batch.trigger()
    qtbot.waitUntil(lambda: controller.batch != before, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window.notice.isVisible(), timeout=PATIENCE_MS)


# typing and undoing ---------------------------------------------------------------------------------


def test_what_is_typed_on_a_full_disk_stays_and_is_saved_when_there_is_room(
    rooms: Rooms, receipt: int, home: Paths, disk: SmallDisk, qtbot: QtBot
) -> None:
    window = rooms.open()
    type_into(window, qtbot, "merchant", "Before")
    qtbot.waitUntil(lambda: not window.workplace.writer.unsaved())
    disk.fill()
    typed = 0
    while not window.notice.isVisible():  # the file has a little room in itself
        typed += 1
        type_into(window, qtbot, "note", f"{typed} " + "x" * 500)
        qtbot.wait(20)
    assert said(window, qtbot) == of(FULL, home)
    window.actions_.undo.trigger()
    window.actions_.redo.trigger()
    type_into(window, qtbot, "address", "Typed while full")
    assert value(window, receipt, "address") == "Typed while full"
    assert value(window, receipt, "note").startswith(f"{typed} ")
    assert window.workplace.writer.unsaved()
    disk.make_room()
    qtbot.mouseClick(window.notice._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.workplace.writer.unsaved(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window.notice.isVisible())
    assert stored(home, receipt, "address") == "Typed while full"
    assert (stored(home, receipt, "note") or "").startswith(f"{typed} ")


def test_what_is_typed_while_the_folder_is_gone_is_saved_when_it_is_back(
    rooms: Rooms, receipt: int, home: Paths, disk: SmallDisk, qtbot: QtBot
) -> None:
    window = rooms.open()
    disk.vanish()
    type_into(window, qtbot, "merchant", "Typed into nothing")
    assert said(window, qtbot) == of(GONE, home)
    window.workplace.copies.start()  # what a calm moment begins: a copy, room given back
    qtbot.waitUntil(window.workplace.copies.isFinished)
    assert not home.store.exists(), "no new, empty store may stand where the old one was"
    assert value(window, receipt, "merchant") == "Typed into nothing"
    disk.come_back()
    qtbot.mouseClick(window.notice._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.workplace.writer.unsaved(), timeout=PATIENCE_MS)
    assert stored(home, receipt, "merchant") == "Typed into nothing"
    window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: not window.workplace.writer.unsaved(), timeout=PATIENCE_MS)
    assert not stored(home, receipt, "merchant")


@pytest.fixture
def on_disk() -> Iterator[Path]:
    """A folder on the disk, where that of the tests may lie in memory."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_what_is_typed_while_nothing_may_be_written_is_saved_by_itself_later(
    on_disk: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    """On a disk: memory does not refuse those who have a file open."""
    paths = Paths(on_disk / "config", on_disk / "data", on_disk / "cache", on_disk / "logs").make()
    with Store(paths.store) as store:
        receipt = store.add_receipt(store.create_batch("", "window"))
    rooms = Rooms(paths, qtbot)
    try:
        window = rooms.open()
        type_into(window, qtbot, "merchant", "Before")
        qtbot.waitUntil(lambda: not window.workplace.writer.unsaved())
        with unchangeable(paths.store, paths.store.with_name(paths.store.name + "-wal")):
            type_into(window, qtbot, "merchant", "Typed into stone")
            assert said(window, qtbot) in (of(READ_ONLY, paths), of(FAILING, paths))
        qtbot.waitUntil(lambda: not window.workplace.writer.unsaved(), timeout=PATIENCE_MS)  # nobody presses anything
        qtbot.waitUntil(lambda: not window.notice.isVisible())
        assert stored(paths, receipt, "merchant") == "Typed into stone"
    finally:
        assert rooms.close()


# taking in and reading --------------------------------------------------------------------------------


def test_files_dropped_while_the_disk_is_full_are_taken_in_when_there_is_room(
    rooms: Rooms, receipt: int, home: Paths, disk: SmallDisk, qtbot: QtBot, inbox: list[str], no_reading: None
) -> None:
    window = rooms.open()
    disk.fill()
    window.workplace.controller.add_paths(inbox)
    assert said(window, qtbot) == of(FULL, home)
    qtbot.waitUntil(lambda: not window.workplace.controller.running)
    disk.make_room()
    qtbot.mouseClick(window.notice._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counts(window) == {"failed": FILES}, timeout=PATIENCE_MS)
    assert not window.notice.isVisible()


def test_a_disk_that_runs_full_while_reading_stops_the_batch_and_no_page_is_lost(
    rooms: Rooms, receipt: int, home: Paths, disk: SmallDisk, qtbot: QtBot, inbox: list[str], no_reading: None
) -> None:
    window = rooms.open()
    controller = window.workplace.controller
    filled: list[int] = []

    def fill(page: int, state: str) -> None:
        if state == "failed" and not filled:
            filled.append(page)
            disk.fill()

    controller.page_changed.connect(fill)
    controller.add_paths(inbox[:TO_READ])
    assert said(window, qtbot) == of(FULL, home)
    qtbot.waitUntil(lambda: not controller.running and not controller.pool.busy, timeout=PATIENCE_MS)
    before = counts(window)
    assert before["failed"] < TO_READ
    disk.make_room()
    qtbot.mouseClick(window.notice._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counts(window) == {"failed": TO_READ}, timeout=PATIENCE_MS)
    with Store(home.store) as store:
        rows = store.page_rows(controller.batch or 0)
    assert [row.attempts for row in rows] == [1] * TO_READ, "a full disk is no fault of a page"


def test_a_disk_that_vanishes_while_reading_is_gone_on_with_when_it_is_back(
    rooms: Rooms, receipt: int, home: Paths, disk: SmallDisk, qtbot: QtBot, inbox: list[str], no_reading: None
) -> None:
    window = rooms.open()
    controller = window.workplace.controller
    gone: list[int] = []

    def vanish(page: int, state: str) -> None:
        if state == "failed" and not gone:
            gone.append(page)
            disk.vanish()

    controller.page_changed.connect(vanish)
    controller.add_paths(inbox[:TO_READ])
    assert said(window, qtbot) == of(GONE, home)
    qtbot.waitUntil(lambda: not controller.running and not controller.pool.busy, timeout=PATIENCE_MS)
    assert not home.store.exists()
    disk.come_back()
    qtbot.mouseClick(window.notice._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counts(window) == {"failed": TO_READ}, timeout=PATIENCE_MS)


def test_a_backup_that_holds_the_store_delays_what_is_dropped_and_typed(
    rooms: Rooms, receipt: int, home: Paths, qtbot: QtBot, inbox: list[str], no_reading: None
) -> None:
    window = rooms.open()
    with backup_program(home.store):
        window.workplace.controller.add_paths(inbox[:3])
        type_into(window, qtbot, "merchant", "Typed beside a backup")
        assert said(window, qtbot) == LOCKED
        assert value(window, receipt, "merchant") == "Typed beside a backup"
    qtbot.mouseClick(window.notice._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counts(window) == {"failed": 3}, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window.workplace.writer.unsaved(), timeout=PATIENCE_MS)
    assert stored(home, receipt, "merchant") == "Typed beside a backup"


# pasted pictures, settings, the cache, the log ------------------------------------------------------------


@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_a_pasted_picture_that_cannot_be_kept_is_kept_later(
    rooms: Rooms, receipt: int, home: Paths, disk: SmallDisk, qtbot: QtBot, no_reading: None, fault: str
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    window = rooms.open()
    words, heal = _hinder(disk, home.pasted, fault)
    window.workplace.keep_picture(picture)
    assert said(window, qtbot) == words
    assert window.workplace.pictures.waiting == 1
    heal()
    qtbot.mouseClick(window.notice._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counts(window) == {"failed": 1}, timeout=PATIENCE_MS)
    (file,) = home.pasted.iterdir()
    assert QImage(str(file)) == picture
    assert file.stat().st_mode & 0o077 == 0


def _hinder(disk: SmallDisk, folder: Path, fault: str) -> tuple[tuple[str, str], Callable[[], None]]:
    """Let nothing be written into a folder: what is said of it, and what mends it."""
    if fault == "full":
        disk.fill()
        return (
            f"The disk is full: the pasted picture could not be saved in {folder}. "
            "Make room on that disk, then try again; what was read is kept, and what was typed is saved when there is "
            "room.",
            f"磁盘已满，无法将“粘贴的图片”保存到 {folder}。"
            "请在该磁盘上清理出空间，然后重试；已识别的内容都会保留，已输入的内容会在有空间后保存。",
        ), disk.make_room
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("no folder")  # what root cannot be refused otherwise while the store is open
    return (
        f"The folder {folder} cannot be used: File exists. "
        "See that it is there and that you may write to it, or ask whoever looks after this computer.",
        f"无法使用文件夹 {folder}：已存在同名文件。请确认该文件夹存在且您有写入权限，或请电脑管理员处理。",
    ), folder.unlink


def test_a_choice_that_a_full_disk_does_not_take_holds_and_is_saved_at_the_end(
    rooms: Rooms, receipt: int, home: Paths, disk: SmallDisk, qtbot: QtBot
) -> None:
    window = rooms.open()
    disk.fill()
    with qtbot.waitSignal(window.preferences.trouble, timeout=PATIENCE_MS) as told:
        window.preferences.change(seal_strength=77)
    assert told.args is not None
    assert told.args[0].message == f"The disk is full: settings.json could not be saved in {home.config}."
    assert window.workplace.settings.seal_strength == 77
    disk.make_room()
    window.preferences.change(seal_strength=78)
    qtbot.waitUntil(lambda: load_settings(home.settings).seal_strength == 78, timeout=PATIENCE_MS)


@pytest.mark.slow
def test_a_full_disk_for_cache_and_logs_disturbs_no_work(
    paths: Paths, disk: SmallDisk, qtbot: QtBot, qapp: QApplication, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Pictures cannot be drawn, and the viewer says why; what is typed is saved; nobody is told of small pictures."""
    spoilt = Paths(paths.config, paths.data, disk.path / "cache", disk.path / "logs").make()
    speak(qapp, "en")
    sample = tmp_path / "cafe.jpg"
    shutil.copy(resource("samples", "cafe.jpg"), sample)
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("", "window"))
        store.add_sources(filled.batch, [SourceFile.at(sample)])
        page = filled.read("cafe.jpg", read_receipt(merchant="Before"))
    write_log(spoilt.logs / "window.log")
    try:
        disk.fill()
        rooms = Rooms(spoilt, qtbot)
        window = rooms.open()
        lane = window.workplace.lane
        with qtbot.waitSignal(lane.picture_failed, timeout=PATIENCE_MS) as told:
            window.front.browse(page)
        assert told.args is not None
        assert told.args[1].code == "disk_full"
        type_into(window, qtbot, "merchant", "Typed")
        qtbot.waitUntil(lambda: not window.workplace.writer.unsaved(), timeout=PATIENCE_MS)
        for number in range(200):
            logging.getLogger("paddlescan.test").warning("a line that finds no room %d %s", number, "x" * 200)
        assert not window.notice.isVisible()
        disk.make_room()
        with qtbot.waitSignal(lane.preview_ready, timeout=PATIENCE_MS):
            window.front.clear()
            window.front.browse(page)
        assert rooms.close()
    finally:
        end_log(spoilt.logs)
    assert "Logging error" not in capfd.readouterr().err


# the start ------------------------------------------------------------------------------------------------

START = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from paddlescan.gui.app import run_window
from paddlescan.gui.dialogs.start_trouble import StartTrouble
from paddlescan.gui.main_window import MainWindow
from paddlescan.words import together

def look():
    for widget in program.topLevelWidgets():
        if isinstance(widget, StartTrouble) and widget.isVisible():
            print(together(*(label.text() for label in widget.findChildren(QLabel))), flush=True)
            sys.stdin.readline()
            widget.again.click()
        elif isinstance(widget, MainWindow) and widget.isVisible():
            print("the window", flush=True)
            program.quit()
            return

program = QApplication([])
timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
raise SystemExit(run_window([], sys.argv[1]))
"""


@pytest.mark.long
@pytest.mark.waits
def test_a_window_that_cannot_start_says_why_and_tries_again(disk: SmallDisk, tmp_path: Path) -> None:
    """One start in Chinese, one fault after the other: read-only, full, locked; and then no log may be written."""
    home = disk.path / "home"
    data = home / "data"
    disk.write_protect()
    environment = {**os.environ, "PADDLESCAN_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", START, "zh"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            told = process.stdout.readline()
            assert told == (
                f"PaddleScan 无法写入它的文件夹 {home / 'config'}：磁盘为只读。您的票据完好无损，没有任何改动。"
                "请联系电脑管理员，让 PaddleScan 可以写入该文件夹，然后点“重试”。\n"
            )
            disk.allow_writing()
            data.mkdir(parents=True)
            disk.fill()
            assert _again(process.stdin, process.stdout).startswith(f"磁盘已满，无法将“config”保存到 {home}。")
            disk.make_room()
            Store(data / "receipts.sqlite").close()
            (home / "logs" / "window.log").unlink(missing_ok=True)
            (home / "logs").mkdir(exist_ok=True)
            (home / "logs" / "window.log").mkdir()
            with backup_program(data / "receipts.sqlite", alone=True):
                assert _again(process.stdin, process.stdout) == LOCKED[1]
            assert _again(process.stdin, process.stdout) == "the window"
            assert process.wait(60) == 0
        finally:
            process.kill()


def _again(stdin: IO[str], stdout: IO[str]) -> str:
    stdin.write("\n")
    stdin.flush()
    return stdout.readline().rstrip("\n")
