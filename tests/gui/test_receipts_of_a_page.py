"""A page with several receipts in the window: rows, outlines and the picture go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paddlescan.document import Preparation, Quad, SourceFile
from paddlescan.gui.main_window import MainWindow
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

LONG = 60_000
UPPER: Quad = ((0.0, 0.0), (600.0, 0.0), (600.0, 380.0), (0.0, 380.0))
LOWER: Quad = ((0.0, 420.0), (600.0, 420.0), (600.0, 800.0), (0.0, 800.0))


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window over a page with two receipts; the upper one is in front."""
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("sheet"))
        store.add_sources(filled.batch, [SourceFile.at(str(resource("samples", "cafe.jpg")), "cafe.jpg")])
        receipts = [
            replace(read_receipt(number, 2, merchant=name, total="9.00?"), region=region, preparation=Preparation())
            for number, name, region in ((1, "Upper", UPPER), (2, "Lower", LOWER))
        ]
        filled.read("cafe.jpg", *receipts)
    rooms = Rooms(paths, qtbot)
    window = rooms.open()
    qtbot.waitUntil(lambda: shown(window) == (UPPER, "Upper"), timeout=LONG)
    yield window
    assert rooms.close()


def shown(window: MainWindow) -> tuple[Quad | None, str]:
    """What the viewer shows prepared, and whose row is in front."""
    scene, front = window.viewer.canvas.scene, window.workplace.review.front
    merchant = window.workplace.review.sheet.text(front[0], "merchant") if front else ""
    return scene.preview.region if scene is not None else None, merchant


def test_a_row_brings_its_receipt(window: MainWindow, qtbot: QtBot) -> None:
    desk = window.workplace.review
    desk.bring_to_front(desk.sheet.ids()[1], "merchant")
    qtbot.waitUntil(lambda: shown(window) == (LOWER, "Lower"), timeout=LONG)
    assert window.viewer.bar.told.text().startswith("Receipt 2 of 2")


def test_the_next_field_to_look_at_brings_its_receipt(window: MainWindow, qtbot: QtBot) -> None:
    for name, region in (("Upper", UPPER), ("Lower", LOWER), ("Upper", UPPER)):
        QTest.keyClick(window, Qt.Key.Key_F8)
        qtbot.waitUntil(lambda name=name, region=region: shown(window) == (region, name), timeout=LONG)


def test_an_outline_brings_its_row(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.viewer.canvas
    canvas.set_divider(1.0)
    with qtbot.waitSignal(canvas.came_to_rest, timeout=5000):
        canvas.fit()
    x, y = canvas.quad_in_widget(((300.0, 780.0),) * 4, after=False)[0]
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(round(x), round(y)))
    qtbot.waitUntil(lambda: shown(window) == (LOWER, "Lower"), timeout=LONG)


def test_a_line_of_either_receipt_brings_its_own_field_and_a_field_its_place(window: MainWindow, qtbot: QtBot) -> None:
    desk, canvas = window.workplace.review, window.viewer.canvas
    upper, lower = desk.sheet.ids()
    for receipt, region, name in ((lower, LOWER, "Lower"), (upper, UPPER, "Upper")):
        desk.bring_to_front(receipt, "merchant")
        qtbot.waitUntil(lambda region=region, name=name: shown(window) == (region, name), timeout=LONG)
        field = desk.sheet.field(receipt, "merchant")
        assert field is not None
        assert canvas.highlighted == field.quad
        assert canvas.scene is not None
        line = next(line for line in canvas.scene.lines if line.text == "9.00")
        with qtbot.waitSignal(canvas.came_to_rest, timeout=5000):
            canvas.fit()
        canvas.set_divider(0.0)
        canvas.bring_into_sight(line.quad)
        (a, b), _, (c, d), _ = canvas.quad_in_widget(line.quad, after=True)
        at = QPoint(round((a + c) / 2), round((b + d) / 2))
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        assert desk.front == (receipt, "total")
        total = desk.sheet.field(receipt, "total")
        assert total is not None
        assert canvas.highlighted == total.quad
