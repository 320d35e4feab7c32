"""The start and the end of the window, from the outside."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.gui import session as session_module
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.running.kept_drops import KeptDrops
from paddlescan.gui.session import Session
from paddlescan.gui.shared import SAMPLES
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings
from paddlescan.store import Store
from tests.conftest import ROOT
from tests.gui.running_workers import StuckWorker
from tests.unit.store.making import files

RUN = """
import logging
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication
from paddlescan.gui.app import run_window

program = QApplication([])
QTimer.singleShot(0, lambda: (qWarning("poured in"), program.quit()))
status = run_window([])
raise SystemExit(status if logging.getLogger().level == logging.DEBUG else 99)
"""

AT_THE_END = """
import sqlite3
import sys
import threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from paddlescan.gui import left_behind
from paddlescan.gui.app import run_window
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.running import controller
from paddlescan.paths import user_paths

program = QApplication([])
how, files = sys.argv[1], sys.argv[2:]
held = []

def look():
    for window in program.topLevelWidgets():
        if isinstance(window, MainWindow) and window.isVisible() and not held:
            front = window.workplace.controller
            if how == "early":
                held.append(window.close())
            elif how == "busy" and front.batch is None:
                front.drops.held or front._front.opening or front.begin_batch("one")
            elif how == "busy":
                held.append(sqlite3.connect(user_paths().store, isolation_level=None, timeout=30))
                held[0].execute("BEGIN EXCLUSIVE")
                batch = front.batch
                front.desk.ask(lambda store: store.note(batch, None, "stopped", "1"))
                window.close()
            elif how == "long":
                controller.DESK_MS = 300
                begun = threading.Event()
                front.desk.ask(lambda store: (begun.set(), threading.Event().wait()))
                begun.wait()
                held.append(window.close())
            elif how == "export":
                left_behind.END_MS = 300
                thread = left_behind.QThread(window)
                thread.run = threading.Event().wait
                thread.start()
                held.append(left_behind.end_or_leave(thread))
                window.close()

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
raise SystemExit(run_window(files))
"""

OPENING = """
import os
import signal
import sys
import threading
from paddlescan.gui import opening
from paddlescan.gui.app import run_window
from paddlescan.paths import user_paths
from paddlescan.store.care import marks

taken, go_on = threading.Event(), threading.Event()

def another_program():
    with marks.one_at_a_time(user_paths().make().store, 1.0):
        taken.set()
        go_on.wait(60)

class Shown(opening.OpeningWindow):
    def showEvent(self, event):
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Timer(0.5, go_on.set).start()

opening.OpeningWindow = Shown
threading.Thread(target=another_program).start()
taken.wait()
raise SystemExit(run_window(sys.argv[1:]))
"""


def ended(script: str, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A window that is a process of its own, and how it ended."""
    environment = {**os.environ, "PADDLESCAN_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, *words]
    return subprocess.run(command, cwd=home, env=environment, timeout=60, check=False, capture_output=True, text=True)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["busy", "long", "export"])
def test_closing_over_a_thread_that_is_late_is_no_crash(tmp_path: Path, how: str) -> None:
    """A backup program holds the store; the store's desk is at long work; an export waits for a dead disk."""
    done = ended(AT_THE_END, tmp_path, how)
    assert done.returncode == 0, done.stderr
    marks_left = list((tmp_path / "data").glob("*.open-*"))
    assert len(marks_left) == (how == "long"), "only what may have been cut short is checked at the next start"


def test_files_named_at_the_start_of_a_window_that_is_closed_at_once_wait_for_the_next(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    done = ended(AT_THE_END, tmp_path, "early", "a.png")
    assert done.returncode == 0, done.stderr
    assert waiting_files(tmp_path) == [str(tmp_path / "a.png")]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals to send")
def test_told_to_go_while_the_store_is_opened_no_window_comes_and_no_file_is_lost(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    done = ended(OPENING, tmp_path, "a.png")
    assert done.returncode == 0, done.stderr
    assert waiting_files(tmp_path) == [str(tmp_path / "a.png")]
    assert list((tmp_path / "data").glob("*.open-*")) == []


def waiting_files(home: Path) -> list[str]:
    """What was brought and is in no batch yet."""
    store = home / "data" / "receipts.sqlite"
    with Store(store) as opened:
        in_batches = [batch.pages for batch in opened.batches()]
    assert sum(in_batches) == 0
    return [path for drop in KeptDrops(store).take() for path in drop.paths]


def test_the_log_is_the_owners_own_has_the_level_asked_for_and_tells_that_qt_spoke(tmp_path: Path) -> None:
    asked = {"PADDLESCAN_HOME": str(tmp_path), "PADDLESCAN_LOG_LEVEL": "debug", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", RUN], env={**os.environ, **asked}, timeout=120, check=False)
    assert done.returncode == 0
    log = tmp_path / "logs" / "window.log"
    assert " qt WARNING " in log.read_text(encoding="utf-8")
    assert "poured in" not in log.read_text(encoding="utf-8"), "what Qt says may be private"
    if os.name == "posix":
        assert log.stat().st_mode & 0o077 == 0


def test_threads_end_even_if_the_settings_cannot_be_saved(
    paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("the disk went away")

    window = MainWindow(Workplace(paths, Settings(workers=1)))
    qtbot.addWidget(window)
    window.workplace.start()
    session = Session(window, [], samples_if_empty=False)
    monkeypatch.setattr(session_module, "save_settings", refuse)
    with pytest.raises(OSError, match="the disk went away"), caplog.at_level(logging.CRITICAL):
        session.end()
    work = window.workplace
    assert work.lane.isFinished()
    assert not work.controller.desk.isRunning()
    assert work.writer.ended


def test_a_window_that_was_closed_at_once_begins_nothing(paths: Paths, qtbot: QtBot) -> None:
    window = MainWindow(Workplace(paths, Settings(workers=1)))
    qtbot.addWidget(window)
    session = Session(window, [], samples_if_empty=False)
    session.end()
    session.begin()
    assert not window.workplace.lane.isRunning()
    assert not window.workplace.controller.desk.isRunning()


def test_files_named_at_the_start_do_not_join_samples_that_are_still_to_be_read(
    paths: Paths, folder: Callable[[int], Path], qtbot: QtBot
) -> None:
    with Store(paths.store) as store:
        store.add_sources(store.create_batch(SAMPLES), files(2, "/samples"))
    work = Workplace(paths, Settings(workers=1))
    work.controller.pool._make = lambda batch, _n, crew: StuckWorker(paths.store, batch, crew)
    window = MainWindow(work)
    qtbot.addWidget(window)
    session = Session(window, [str(folder(1))], samples_if_empty=False)
    session.begin()
    try:
        qtbot.waitUntil(lambda: work.controller.pages.rowCount() == 1)
        with Store(paths.store) as store:
            assert [(batch.name, batch.pages) for batch in store.batches()] == [("", 1), (SAMPLES, 2)]
    finally:
        session.end()
