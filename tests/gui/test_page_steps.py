"""What is done to a page is undone with Ctrl+Z, from wherever the clerk is by then: turns, angles, seals, readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paddlescan.document import Preparation, PrepareOptions, SourceFile
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.page_steps import PageSteps
from paddlescan.gui.running.controller import BatchController
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from tests.gui.conftest import MakeController
from tests.gui.viewer.hands import LEFT, NONE
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

LONG = 60_000
PLAIN = PrepareOptions()
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window over two pages that were read; the first is in front."""
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("steps"))
        for name in ("cafe.jpg", "hotel.jpg"):
            store.add_sources(filled.batch, [SourceFile.at(str(resource("samples", name)), name)])
            filled.read(name, replace(read_receipt(merchant=name, total="9.00"), preparation=Preparation()))
    rooms = Rooms(paths, qtbot)
    window = rooms.open()
    qtbot.waitUntil(lambda: window.viewer.canvas.scene is not None, timeout=LONG)
    yield window
    assert rooms.close()


def prepare(window: MainWindow, place: int = 0) -> PrepareOptions:
    return window.workplace.controller.pages.pages()[place].prepare


def undo(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)


def test_a_turn_is_undone_from_another_page_and_comes_back_to_its_own(window: MainWindow, qtbot: QtBot) -> None:
    first, second = (row.id for row in window.workplace.controller.pages.pages())
    window.viewer.setFocus()
    QTest.keyClick(window.viewer.canvas, Qt.Key.Key_BracketRight)
    qtbot.waitUntil(lambda: prepare(window).rotation_degrees == 90, timeout=LONG)
    window.front.browse(second)
    undo(window)
    qtbot.waitUntil(lambda: prepare(window) == PLAIN, timeout=LONG)
    qtbot.waitUntil(lambda: window.viewer.page_id == first and window.viewer.prepare == PLAIN, timeout=LONG)
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: prepare(window).rotation_degrees == 90, timeout=LONG)
    qtbot.waitUntil(lambda: window.viewer.prepare.rotation_degrees == 90, timeout=LONG)


def test_an_angle_dragged_twice_is_one_step_and_a_seal_another(window: MainWindow, qtbot: QtBot) -> None:
    stack, slider = window.workplace.undo_stack, window.viewer.bar.slider
    for x in (10, 20):
        start = QPoint(slider.width() // 2, slider.height() // 2)
        QTest.mousePress(slider, LEFT, NONE, start)
        QTest.mouseMove(slider, start + QPoint(x, 0))
        QTest.mouseRelease(slider, LEFT, NONE, start + QPoint(x, 0))
        angle = window.viewer.prepare.skew_degrees
        qtbot.waitUntil(lambda angle=angle: prepare(window).skew_degrees == angle, timeout=LONG)
    assert stack.count() == 1
    QTest.mouseClick(window.viewer.bar.seals, LEFT)
    qtbot.waitUntil(lambda: stack.count() == 2, timeout=LONG)
    undo(window)
    qtbot.waitUntil(lambda: prepare(window).remove_seals and prepare(window).skew_degrees is not None, timeout=LONG)
    undo(window)
    qtbot.waitUntil(lambda: prepare(window) == PLAIN, timeout=LONG)
    qtbot.waitUntil(lambda: window.viewer.prepare == PLAIN, timeout=LONG)


Folder = Callable[[int], Path]


@pytest.fixture
def running(
    make_controller: MakeController, folder: Folder, qtbot: QtBot
) -> tuple[BatchController, QUndoStack, PageSteps]:
    """A batch of three blank pages that were read."""
    controller = make_controller()
    with qtbot.waitSignal(controller.batch_changed):
        controller.start()
    controller.add_paths([str(folder(3))])
    qtbot.waitUntil(lambda: controller.pages.counts["done"] == 3 and not controller.running, timeout=LONG)
    stack = QUndoStack(controller)
    return controller, stack, PageSteps(controller, stack, controller)


def test_switches_and_the_reading_with_them_are_one_step(
    running: tuple[BatchController, QUndoStack, PageSteps], qtbot: QtBot
) -> None:
    controller, stack, steps = running
    page = controller.pages.pages()[1].id
    turned = replace(PLAIN, rotation_degrees=90)
    both = replace(turned, remove_seals=False)
    steps.switch(page, PLAIN, turned)
    steps.switch(page, turned, both)
    assert stack.count() == 2
    steps.read_again(page, PLAIN, both)
    assert (stack.count(), stack.undoText()) == (1, "reading with other switches")
    done = lambda wanted: controller.pages.page(page).prepare == wanted and not controller.waiting  # type: ignore[union-attr] # noqa: E731
    qtbot.waitUntil(lambda: done(both), timeout=LONG)
    brought: list[int] = []
    controller.show_page.connect(brought.append)
    stack.undo()
    qtbot.waitUntil(lambda: done(PLAIN), timeout=LONG)
    assert brought == [page]
    assert not stack.canUndo()
    stack.redo()
    qtbot.waitUntil(lambda: done(both), timeout=LONG)


def test_reading_again_with_the_same_switches_is_no_step(
    running: tuple[BatchController, QUndoStack, PageSteps],
) -> None:
    controller, stack, steps = running
    page = controller.pages.pages()[0].id
    steps.read_again(page, PLAIN, PLAIN)
    steps.read_again(page, None, replace(PLAIN, deskew=False))
    assert stack.count() == 0


def test_one_receipt_a_page_for_several_pages_is_one_step(
    running: tuple[BatchController, QUndoStack, PageSteps], qtbot: QtBot
) -> None:
    controller, stack, steps = running
    steps.one_receipt_each([row.id for row in controller.pages.pages()[:2]])
    found = lambda: [row.prepare.find_regions for row in controller.pages.pages()]  # noqa: E731
    qtbot.waitUntil(lambda: found() == [False, False, True] and not controller.waiting, timeout=LONG)
    assert stack.count() == 1
    stack.undo()
    qtbot.waitUntil(lambda: found() == [True, True, True] and not controller.waiting, timeout=LONG)
