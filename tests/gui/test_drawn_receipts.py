"""The receipts of a page drawn in the window, read by the real engine, undone and done again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paddlescan.gui.main_window import MainWindow
from paddlescan.paths import Paths
from tests.gui.viewer.hands import drag
from tests.gui.window_rooms import Rooms, all_read, column, sample

LONG = 120_000


@pytest.fixture
def window(paths: Paths, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window over a page with the same receipt twice: nothing says that these are two, so it was read as one."""
    with Image.open(sample("cafe.jpg")) as picture:
        cafe = picture.convert("RGB")
    page = Image.new("RGB", (2 * cafe.width + 60, cafe.height), (255, 255, 255))
    page.paste(cafe, (0, 0))
    page.paste(cafe, (cafe.width + 60, 0))
    page.save(tmp_path / "twice.png")
    rooms = Rooms(paths, qtbot)
    window = rooms.open()
    window.workplace.controller.begin_batch("sheet", [str(tmp_path / "twice.png")])
    qtbot.waitUntil(lambda: all_read(window), timeout=LONG)
    qtbot.waitUntil(lambda: window.viewer.canvas.scene is not None and len(totals(window)) == 1, timeout=LONG)
    yield window
    assert rooms.close()


def totals(window: MainWindow) -> list[str]:
    return column(window, "total")


def draw(window: MainWindow, left: float, right: float) -> None:
    """Draw around a part of the page's width, all of its height but a little."""
    canvas = window.viewer.canvas
    assert canvas.scene is not None
    width, height = canvas.scene.preview.width, canvas.scene.preview.height

    def seen(x: float, y: float) -> QPoint:
        at = canvas.quad_in_widget(((width * x, height * y),) * 4, after=False)[0]
        return QPoint(round(at[0]), round(at[1]))

    drag(canvas, seen(left, 0.01), seen(right, 0.99))


@pytest.mark.long
@pytest.mark.slow
def test_drawn_receipts_have_rows_of_their_own_and_what_was_typed_stays(window: MainWindow, qtbot: QtBot) -> None:
    desk, controller = window.workplace.review, window.workplace.controller
    first = desk.sheet.ids()[0]
    desk.type_into(first, "note", "for the trip")
    window.actions_.draw_receipts.trigger()
    qtbot.wait(400)
    draw(window, 0.01, 0.48)
    draw(window, 0.52, 0.99)
    QTest.keyClick(window.viewer.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: totals(window) == ["42.40", "42.40"] and all_read(window), timeout=LONG)
    assert column(window, "note") == ["for the trip", ""]
    assert desk.sheet.ids()[0] == first
    page = desk.sheet.row(first).page_id
    assert page is not None
    row = controller.pages.page(page)
    assert row is not None and len(row.prepare.regions) == 2

    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(totals(window)) == 1 and all_read(window), timeout=LONG)
    assert column(window, "note") == ["for the trip"]
    row = controller.pages.page(page)
    assert row is not None and row.prepare.regions == () and row.prepare.find_regions

    window.workplace.undo_stack.redo()
    qtbot.waitUntil(lambda: totals(window) == ["42.40", "42.40"] and all_read(window), timeout=LONG)
    assert column(window, "note") == ["for the trip", ""]
