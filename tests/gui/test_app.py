"""The start and the end of the window, from the outside."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.gui import app
from paddlescan.gui.app import Session
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings

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
    monkeypatch.setattr(app, "save_settings", refuse)
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
