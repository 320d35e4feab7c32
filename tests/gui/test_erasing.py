"""Erasing everything while a batch is open, from the outside: the program goes on with an empty window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from paddlescan.gui.running.kept_drops import KeptDrops
from paddlescan.gui.thumbnail_files import ThumbnailFiles
from paddlescan.paths import Paths
from paddlescan.settings import Settings, load_settings
from paddlescan.store import Store
from paddlescan.store.care import keep_copy
from paddlescan.store.care.files import set_aside
from tests.unit.gui.receipts import Filled

RUN = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from paddlescan.gui.app import run_window
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.settings.dialog import SettingsDialog
from paddlescan.gui.settings.keeping import EraseQuestion

program = QApplication([])
steps = []

def visible(kind):
    return next((w for w in program.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)

def look():
    window, settings, question = visible(MainWindow), visible(SettingsDialog), visible(EraseQuestion)
    if not steps and window and window.workplace.review.sheet.ids():
        steps.append("receipts")
        QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    elif steps == ["receipts"] and settings:
        settings.places.setCurrentRow(settings.places.count() - 1)
        steps.append("settings")
        QTest.keyClick(settings, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    elif steps == ["receipts", "settings"] and question:
        steps.append(window)
        QTest.mouseClick(question.erase, Qt.MouseButton.LeftButton)
    elif len(steps) == 3 and window and window is not steps[2] and window.empty.isVisible():
        steps.append("anew")
        window.close()

timer = QTimer()
timer.timeout.connect(look)
timer.start(30)
status = run_window([])
raise SystemExit(status if steps[-1] == "anew" else 99)
"""


def fill_everything(paths: Paths, temp: Path) -> None:
    """Everything that can hold a receipt, also what crashes left."""
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("Canary lost"))
        filled.put("Canary-0.jpg", merchant="Canary Cafe", total="9.00", currency="CNY")
    assert set_aside(paths.store) is not None
    with Store(paths.store) as store:
        for name in ("Canary March", "Canary April"):
            filled = Filled(paths.store, store, store.create_batch(name))
            filled.put("Canary-1.jpg", merchant="Canary Cafe", total="9.00", currency="CNY")
    assert keep_copy(paths.store) is not None
    drops = KeptDrops(paths.store)
    drops.keep(drops.new(1, ["/receipts/Canary"]))
    drops.let_go()
    small = ThumbnailFiles(paths.thumbnails)
    small.put("a" * 24 + "-" + "b" * 24, b"Canary")
    paths.pasted.mkdir()
    for file in (
        *(paths.pasted / "pasted-1.png", paths.logs / "window.log.3", paths.logs / "engine-1.log.1"),
        *(paths.config / "settings.damaged", paths.config / ".paddlescan-0123456789abcdef.part"),
    ):
        file.write_bytes(b"Canary")
    for folder in (paths.scratch / "paddlescan-child-abcd1234", temp / ".paddlescan-0123456789abcdef.parts"):
        folder.mkdir(mode=0o700)  # of programs that were killed
        (folder / "page.png").write_bytes(b"Canary")


def test_everything_goes_while_the_batch_is_open_and_the_window_begins_anew(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "config", tmp_path / "data", tmp_path / "cache", tmp_path / "logs").make()
    home, temp = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temp.mkdir()
    fill_everything(paths, temp)
    assert len([file for file in tmp_path.rglob("*") if file.is_file() and b"Canary" in file.read_bytes()]) > 10
    (paths.data / "mine.txt").write_text("mine")
    paths.settings.write_text('{"language": "en", "device": "cpu", "workers": 1}')
    asked = {"PADDLESCAN_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "TMPDIR": str(temp)}
    done = subprocess.run(
        [sys.executable, "-c", RUN], env={**os.environ, **asked}, timeout=120, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    with Store(paths.store) as store:
        assert store.batches() == ()
    assert load_settings(paths.settings).device == Settings().device
    assert (paths.data / "mine.txt").read_text() == "mine"
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"Canary" not in file.read_bytes()
