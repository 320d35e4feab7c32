"""A piece of the screen: what the cover gives, and how the window asks the desktop where it may not look itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.screen_region.cover import ScreenCover
from paddlescan.paths import Paths
from tests.buses import NO_BUS, real_bus
from tests.conftest import ROOT
from tests.gui.window_rooms import Rooms

LEFT = Qt.MouseButton.LeftButton

ASKING = """
import subprocess, sys
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtDBus import QDBusServiceWatcher
from PySide6.QtWidgets import QApplication, QWidget
from paddlescan.gui.screen_region import portal as asked, taker

taker.ASIDE_MS = 0
portal, picture, patience, *ends = sys.argv[1:]
asked.PATIENCE_MS = int(patience)
if ends:
    twin = subprocess.Popen([sys.executable, portal, picture, *ends], stdout=subprocess.PIPE, text=True)
    assert twin.stdout.readline() == "ready\\n"
app = QApplication([])
app.setQuitOnLastWindowClosed(False)
window = QWidget()
window.show()
asking = taker.ScreenTaker(window)
said = []
asking.taken.connect(lambda image: said.append(f"{image.width()} x {image.height()}"))
asking.refused.connect(lambda: said.append("refused"))

def look():
    if not asking.busy:
        loop.quit()

loop, timer = QEventLoop(), QTimer()
timer.timeout.connect(look)
timer.start(10)
QTimer.singleShot(40_000, lambda: app.exit(9))
for _ in range(len(ends) + 1):
    asking.begin()
    assert not window.isVisible()
    loop.exec()
    said = said or ["nothing"]
    print(said.pop(), window.isVisible(), flush=True)
    assert not said
app.processEvents()
app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
heard = twin.communicate()[0].split("\\n") if ends else ()
print("listening" if asking.findChildren(QDBusServiceWatcher) else "deaf", *heard)
"""


def checked(width: int, height: int) -> QImage:
    """A picture in which each pixel says where it is."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for y in range(height):
        for x in range(width):
            image.setPixelColor(x, y, QColor(x, y, 0))
    return image


@pytest.fixture
def cover(qtbot: QtBot) -> ScreenCover:
    """A cover of 100 by 80 over a screen that has twice as many pixels each way."""
    made = ScreenCover(QGuiApplication.primaryScreen(), checked(200, 160))
    qtbot.addWidget(made)
    made.setGeometry(0, 0, 100, 80)
    made.show()
    return made


def drag(cover: ScreenCover, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(cover, LEFT, pos=start)
    QTest.mouseMove(cover, end)
    QTest.mouseRelease(cover, LEFT, pos=end)


@pytest.mark.parametrize(("start", "end"), [((10, 20), (39, 49)), ((39, 49), (10, 20)), ((10, 49), (39, 20))])
def test_a_box_gives_the_screens_own_pixels(
    cover: ScreenCover, qtbot: QtBot, start: tuple[int, int], end: tuple[int, int]
) -> None:
    with qtbot.waitSignal(cover.taken) as taken:
        drag(cover, QPoint(*start), QPoint(*end))
    (image,) = taken.args
    assert (image.width(), image.height()) == (60, 60)
    assert image.pixelColor(0, 0) == QColor(20, 40, 0)


def test_a_box_ends_at_the_edge_of_the_screen(cover: ScreenCover, qtbot: QtBot) -> None:
    with qtbot.waitSignal(cover.taken) as taken:
        drag(cover, QPoint(80, 60), QPoint(500, 500))
    assert (taken.args[0].width(), taken.args[0].height()) == (40, 40)


def test_a_slip_of_the_mouse_takes_nothing_and_the_cover_stays(cover: ScreenCover, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(cover.taken), qtbot.assertNotEmitted(cover.left):
        drag(cover, QPoint(10, 10), QPoint(14, 60))
    assert cover.isVisible()
    assert cover.box == QRect()


def test_esc_and_the_other_button_leave_and_enter_wants_all(cover: ScreenCover, qtbot: QtBot) -> None:
    with qtbot.waitSignal(cover.left):
        QTest.keyClick(cover, Qt.Key.Key_Escape)
    with qtbot.waitSignal(cover.left):
        QTest.mouseClick(cover, Qt.MouseButton.RightButton)
    with qtbot.waitSignal(cover.whole_wanted):
        QTest.keyClick(cover, Qt.Key.Key_Return)


def asked(folder: Path, *ends: str, patience_ms: int = 5000, **bus: str) -> list[str]:
    """What came of one wish after another, and whether the window was back; then whether anything is listened to still,
    and what the portal said."""
    picture = folder / os.fsdecode(b"caf\xe9.png")
    assert checked(30, 20).save(str(folder / "shot.png"))
    (folder / "shot.png").rename(picture)
    mine = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "WAYLAND_DISPLAY": "wayland-0"}
    portal = str(ROOT / "tests" / "fakes" / "screenshot_portal.py")
    done = subprocess.run(
        [sys.executable, "-c", ASKING, portal, picture.as_uri(), str(patience_ms), *ends],
        env={**os.environ, **mine, **bus},
        timeout=60,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="portals are Linux's")
def test_the_portal_takes_the_picture_and_the_window_always_comes_back(tmp_path: Path) -> None:
    with real_bus() as address:
        told = asked(tmp_path, "taken", "left", "broken", "gone", DBUS_SESSION_BUS_ADDRESS=address)
    assert told == ["30 x 20 True", "nothing True", "refused True", "refused True", "refused True", "deaf "]


@pytest.mark.skipif(sys.platform != "linux", reason="portals are Linux's")
def test_a_late_answer_is_none_to_the_next_wish_and_what_is_given_up_is_taken_back(tmp_path: Path) -> None:
    with real_bus() as address:
        told = asked(tmp_path, "late", "left", patience_ms=1000, DBUS_SESSION_BUS_ADDRESS=address)
    assert told == ["refused True", "nothing True", "refused True", "deaf taken back True "]


@pytest.mark.skipif(sys.platform != "linux", reason="portals are Linux's")
def test_without_a_bus_the_screen_is_not_to_be_had(tmp_path: Path) -> None:
    assert asked(tmp_path, **NO_BUS) == ["refused True", "deaf"]


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    rooms = Rooms(paths, qtbot)
    yield rooms.open()
    assert rooms.close()


def test_a_screen_that_cannot_be_had_is_told_with_what_to_do(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    window.actions_.screen_region.trigger()
    assert not window.isVisible()
    qtbot.waitUntil(lambda: window.notice.code == "screen_unseen", timeout=20_000)
    assert window.isVisible()
    assert "Ctrl+V" in window.notice.accessibleName()
