"""The word at the end of long work: when, what, and that a click brings the window back, on a bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.wires.ending import EndingWires
from paddlescan.paths import Paths
from tests.buses import NO_BUS, real_bus, silent_bus
from tests.conftest import ROOT
from tests.gui.running_workers import BlankWorker
from tests.gui.window_rooms import Rooms

PORTAL = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage

class Portal(QObject):
    @Slot(str, "QVariantMap")
    def AddNotification(self, name, told):
        print(name, told["title"], told["body"], flush=True)
        click = QDBusMessage.createSignal(
            "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Notification", "ActionInvoked")
        click.setArguments([name, told["default-action"], []])
        bus.send(click)

    @Slot(str)
    def RemoveNotification(self, name):
        print("removed", flush=True)
        app.quit()

app = QCoreApplication([])
QTimer.singleShot(60_000, app.quit)
bus = QDBusConnection.sessionBus()
portal = Portal()
way = QDBusConnection.RegisterOption.ExportAllSlots
bus.registerObject("/org/freedesktop/portal/desktop", "org.freedesktop.portal.Notification", portal, way)
bus.registerService("org.freedesktop.portal.Desktop")
print("ready", flush=True)
app.exec()
"""

SAYING = """
import subprocess, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from paddlescan.gui.notification import Notification

twin = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE, text=True)
assert twin.stdout.readline() == "ready\\n"
app = QApplication([])
window = QWidget()
word = Notification(window)
word.clicked.connect(lambda: (word.withdraw(), app.quit()))
word.show("PaddleScan", "120 pages read, 7 to check")
QTimer.singleShot(30_000, lambda: app.exit(9))
status = app.exec()
print(twin.communicate(timeout=60)[0], end="")
raise SystemExit(status)
"""

SERVED = """
import os, subprocess, sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from paddlescan.gui.notification import Notification

twin = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE, text=True)
assert twin.stdout.readline() == "ready\\n"
app = QApplication([])
window = QWidget()
word = Notification(window)
word.clicked.connect(lambda: (word.withdraw(), app.quit()))
word.show("PaddleScan", "120 pages read, <7> to check")
QTimer.singleShot(30_000, lambda: app.exit(9))
status = app.exec()
print(twin.stdout.readline() + twin.stdout.readline() + os.environ["XDG_ACTIVATION_TOKEN"])
for thread in threading.enumerate():  # one that Python ends in the midst of telling Qt of a click would abort
    if thread.name == "notification":
        thread.join(10)
twin.kill()
raise SystemExit(status)
"""

UNHEARD = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from paddlescan.desktop.session_bus import shield
from paddlescan.gui import notification

shield()()
notification._PATIENCE_MS = 200
app = QApplication([])
window = QWidget()
word = notification.Notification(window)
asked = word._show_in_tray
word._show_in_tray = lambda: (asked(), print("tray"), word.withdraw(), app.quit())
word.show("PaddleScan", "120 pages read")
app.exec()
"""

Told = list[str]


@pytest.mark.skipif(
    shutil.which("dbus-run-session") is None, reason="wants a message bus: dbus-daemon is not installed"
)
def test_the_desktop_is_told_and_a_click_comes_back() -> None:
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", SAYING, PORTAL],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["paddlescan-read PaddleScan 120 pages read, 7 to check", "removed"]


def run(script: str, *words: str, **bus: str) -> list[str]:
    """What a window in a process of its own printed."""
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **bus},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")
@pytest.mark.parametrize(("able", "body"), [("plain", "<7> to check"), ("markup", "&lt;7&gt; to check")])
def test_the_notification_service_comes_first_and_its_click_brings_the_window_back(able: str, body: str) -> None:
    service = str(ROOT / "tests" / "fakes" / "notification_service.py")
    with real_bus() as address:
        told = run(SERVED, service, "click", able, DBUS_SESSION_BUS_ADDRESS=address)
    app_id = "org.paddlescan.PaddleScan"
    assert told == [f"PaddleScan|{app_id}|PaddleScan|120 pages read, {body}|default|{app_id}", "closed 7", "token-7"]


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")
def test_where_nobody_hears_it_the_tray_is_asked_and_nothing_hangs() -> None:
    with silent_bus() as address:
        assert run(UNHEARD, DBUS_SESSION_BUS_ADDRESS=address) == ["tray"]
    assert run(UNHEARD, **NO_BUS) == ["tray"]


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.workplace.controller.pool._make = lambda batch, _n, crew: BlankWorker(paths.store, batch, crew)
    yield made
    assert rooms.close()


def read(window: MainWindow, folder: Path, qtbot: QtBot, long_ms: int) -> Told:
    """Read pages; what the desktop was told."""
    told: Told = []
    wires = EndingWires(window, long_ms)
    wires.notification.show = lambda title, body: told.append(f"{title}: {body}")  # type: ignore[method-assign]
    controller = window.workplace.controller
    controller.add_paths([str(folder)])
    qtbot.waitUntil(lambda: controller.pages.counts["done"] == 3 and not controller.running)
    return told


def test_long_work_is_told_to_a_person_elsewhere(
    window: MainWindow, folder: Callable[[int], Path], qtbot: QtBot
) -> None:
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    assert read(window, folder(3), qtbot, 0) == ["PaddleScan: 3 pages read"]


@pytest.mark.parametrize(("there", "long_ms"), [(True, 0), (False, 60_000)])
def test_a_person_at_the_window_and_short_work_are_left_in_peace(
    window: MainWindow, folder: Callable[[int], Path], qtbot: QtBot, there: bool, long_ms: int
) -> None:
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    (window if there else elsewhere).activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() is there)
    assert read(window, folder(3), qtbot, long_ms) == []


def test_it_counts_in_both_languages(window: MainWindow, qapp: QApplication) -> None:
    wires = EndingWires(window)
    counts = window.workplace.controller.pages.counts
    counts["needs_review"], counts["failed"] = 7, 1
    for page in (*range(1, 121), 7):  # one of them was read again, with its password
        window.workplace.controller.page_changed.emit(page, "done")
    assert wires.words() == "120 pages read, 7 to check, 1 failed"
    speak(qapp, "zh")
    assert wires.words() == "已识别 120 页，待核对 7，失败 1"
    counts["needs_review"] = counts["failed"] = 0
