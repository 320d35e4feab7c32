"""The page turned by hand: by its handle, with Shift anywhere on it, by keys; Esc puts it back."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paddlescan.document import PrepareOptions
from paddlescan.gui.lane import PreviewLane
from paddlescan.gui.viewer import PageViewer
from tests.gui.viewer.hands import LEFT, LONG, NONE, PLAIN, bring, settled
from tests.gui.viewer.pages import page_at, result_of, several_of

SHIFT = Qt.KeyboardModifier.ShiftModifier


def handle(viewer: PageViewer) -> QPoint:
    at = viewer.canvas.turn_handle
    assert at is not None
    return QPoint(round(at[0]), round(at[1]))


def swept(viewer: PageViewer, start: QPoint, degrees: float) -> QPoint:
    """Where the mouse is after it went clockwise around the page's middle."""
    x, y = viewer.canvas.turn_centre
    dx, dy, turn = start.x() - x, start.y() - y, math.radians(degrees)
    return QPoint(
        round(x + dx * math.cos(turn) - dy * math.sin(turn)), round(y + dx * math.sin(turn) + dy * math.cos(turn))
    )


def sweep(viewer: PageViewer, start: QPoint, degrees: float, keys: Qt.KeyboardModifier = NONE) -> QPoint:
    """Press there and move; the button stays down."""
    QTest.mousePress(viewer.canvas, LEFT, keys, start)
    for step in range(1, 6):
        QTest.mouseMove(viewer.canvas, swept(viewer, start, degrees * step / 5))
    return swept(viewer, start, degrees)


@pytest.mark.parametrize("degrees", [12.0, -7.0])
def test_the_handle_turns_the_page_with_the_hand(
    qtbot: QtBot, viewer: PageViewer, picture: Path, degrees: float
) -> None:
    bring(qtbot, viewer, picture, skew=2.0)
    end = sweep(viewer, handle(viewer), degrees)
    canvas = viewer.canvas
    angle = viewer.prepare.skew_degrees
    assert angle is not None
    assert angle == pytest.approx(2.0 + degrees, abs=0.5)
    assert canvas.turning == angle
    centre, scale = canvas.turn_centre, canvas.view.scale
    settled(qtbot, viewer, viewer.prepare)
    assert canvas.turn_centre == pytest.approx(centre, abs=0.5)  # the new picture is as large, in the same place
    assert canvas.view.scale == scale
    assert viewer.bar.figure.value() == angle
    QTest.mouseRelease(canvas, LEFT, NONE, end)
    assert canvas.turning is None
    assert viewer.prepare.skew_degrees == angle


def test_the_page_is_seen_turned_before_it_is_drawn(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    canvas = viewer.canvas
    canvas.set_divider(0.0)
    plain = canvas.grab().toImage()
    start = handle(viewer)
    QTest.mousePress(canvas, LEFT, NONE, start)
    QTest.mouseMove(canvas, swept(viewer, start, 20))
    assert canvas.scene is not None
    assert canvas.scene.preview.preparation.skew_degrees == 0.0
    assert canvas.grab().toImage() != plain
    QTest.mouseRelease(canvas, LEFT, NONE, start)
    settled(qtbot, viewer, viewer.prepare)


def test_shift_turns_wherever_the_page_is_taken(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    x, y = viewer.canvas.turn_centre
    start = QPoint(round(x) + 90, round(y) + 60)
    view = viewer.canvas.view
    end = sweep(viewer, start, 10, SHIFT)
    assert viewer.prepare.skew_degrees == pytest.approx(10, abs=1.0)
    QTest.mouseRelease(viewer.canvas, LEFT, SHIFT, end)
    assert viewer.canvas.view.scale == pytest.approx(view.scale, rel=0.2)
    settled(qtbot, viewer, viewer.prepare)


@pytest.mark.parametrize("before", [PLAIN, PrepareOptions(skew_degrees=5.0)])
def test_esc_puts_the_angle_back(qtbot: QtBot, viewer: PageViewer, picture: Path, before: PrepareOptions) -> None:
    result = bring(qtbot, viewer, picture)
    viewer.show_page(1, result.page, result, before)
    settled(qtbot, viewer, before)
    end = sweep(viewer, handle(viewer), 9)
    assert viewer.prepare != before
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert viewer.prepare == before
    QTest.mouseMove(viewer.canvas, end + QPoint(20, 20))
    QTest.mouseRelease(viewer.canvas, LEFT, NONE, end)
    assert viewer.prepare == before
    settled(qtbot, viewer, before)


def test_a_picture_of_an_angle_that_was_given_up_comes_too_late(
    qtbot: QtBot, viewer: PageViewer, picture: Path, lane: PreviewLane
) -> None:
    bring(qtbot, viewer, picture)
    end = sweep(viewer, handle(viewer), 9)
    settled(qtbot, viewer, viewer.prepare)
    assert viewer.canvas.scene is not None
    late = viewer.canvas.scene.preview
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewer.canvas, LEFT, NONE, end)
    settled(qtbot, viewer, PLAIN)
    lane.preview_ready.emit(1, late)  # it was under way when the kept one was shown at once
    assert viewer.canvas.scene.preview is not late


def test_a_turn_ends_where_the_next_page_comes(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    told: list[int] = []
    viewer.prepare_changed.connect(lambda page, _before, _after: told.append(page))
    end = sweep(viewer, handle(viewer), 9)
    theirs = PrepareOptions(remove_seals=False)
    result = result_of(page_at(picture, 2))
    viewer.show_page(2, result.page, result, theirs)
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=LONG)
    QTest.mouseMove(viewer.canvas, end + QPoint(30, 40))
    assert viewer.canvas.turning is None
    assert viewer.prepare == theirs
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewer.canvas, LEFT, NONE, end)
    viewer.canvas.turn_given_up.emit()
    assert viewer.prepare == theirs
    assert told == [1]


def test_esc_goes_back_all_the_way_though_the_hand_rested(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    result = bring(qtbot, viewer, picture)
    with qtbot.waitSignal(viewer.prepare_changed, timeout=5000) as told:
        end = sweep(viewer, handle(viewer), 9)
    viewer.show_page(1, result.page, result, told.args[2])  # as it was written down
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewer.canvas, LEFT, NONE, end)
    assert viewer.prepare == PLAIN
    settled(qtbot, viewer, PLAIN)


def test_a_page_that_turns_out_to_hold_several_is_not_turned_on(
    qtbot: QtBot, viewer: PageViewer, picture: Path
) -> None:
    ref = page_at(picture)
    viewer.show_page(1, ref, None, PLAIN)
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=LONG)
    start = handle(viewer)
    end = sweep(viewer, start, 9)
    viewer.show_page(1, ref, several_of(ref), PLAIN)
    before = viewer.prepare
    QTest.mouseMove(viewer.canvas, swept(viewer, start, 25))
    QTest.mouseRelease(viewer.canvas, LEFT, NONE, end)
    assert viewer.prepare == before


def test_the_handle_is_out_of_the_way_of_a_page_looked_at_closely(
    qtbot: QtBot, viewer: PageViewer, picture: Path
) -> None:
    bring(qtbot, viewer, picture)
    assert viewer.canvas.turn_handle is not None
    viewer.canvas.zoom_to(300.0)
    assert viewer.canvas.turn_handle is None
    x, y = viewer.canvas.turn_centre
    end = sweep(viewer, QPoint(round(x) + 90, round(y) + 60), 10, SHIFT)
    assert viewer.prepare.skew_degrees == pytest.approx(10, abs=1.0)
    QTest.mouseRelease(viewer.canvas, LEFT, SHIFT, end)
    settled(qtbot, viewer, viewer.prepare)


def test_keys_turn_by_a_tenth_and_by_a_degree(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    canvas = viewer.canvas
    for key in (Qt.Key.Key_Period, Qt.Key.Key_Period, Qt.Key.Key_Greater):
        QTest.keyClick(canvas, key)
    assert viewer.prepare.skew_degrees == 1.2
    assert canvas.turning == 1.2  # with level lines, for a moment
    QTest.keyClick(canvas, Qt.Key.Key_Comma)
    assert viewer.prepare.skew_degrees == 1.1
    qtbot.waitUntil(lambda: canvas.turning is None, timeout=5000)
    settled(qtbot, viewer, viewer.prepare)


def test_one_receipt_of_several_and_an_empty_stage_are_not_turned(
    qtbot: QtBot, viewer: PageViewer, picture: Path
) -> None:
    assert viewer.canvas.turn_handle is None
    several = several_of(page_at(picture, 9))
    viewer.show_page(9, several.page, several, PLAIN)
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=LONG)
    assert viewer.canvas.turn_handle is None
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Period)
    assert viewer.prepare == PLAIN
