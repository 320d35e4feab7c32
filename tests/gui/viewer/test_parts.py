"""A page with several receipts: outlines, the one in front, clicks; and in words what was done to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import PageResult, Preparation, PrepareOptions
from paddlescan.document.geometry import centre
from paddlescan.gui import tokens
from paddlescan.gui.shared import speak
from paddlescan.gui.viewer import PageViewer
from paddlescan.gui.viewer.done import DoneLine
from tests.gui.viewer.hands import LEFT, LONG, NONE, PLAIN, bring, colour_at, middle
from tests.gui.viewer.pages import BARS, REGIONS, page_at, several_of

SEAL_QUAD = ((520.0, 640.0), (720.0, 640.0), (720.0, 840.0), (520.0, 840.0))


def bring_several(qtbot: QtBot, viewer: PageViewer, path: Path, number: int = 1) -> PageResult:
    """Put a page with three receipts in front and wait until that one of it is seen."""
    result = several_of(page_at(path))
    viewer.show_page(1, result.page, result, PLAIN, number=number)
    wait_for(qtbot, viewer, number)
    return result


def wait_for(qtbot: QtBot, viewer: PageViewer, number: int) -> None:
    def seen() -> bool:
        scene = viewer.canvas.scene
        return scene is not None and scene.preview.region == REGIONS[number - 1]

    qtbot.waitUntil(seen, timeout=LONG)


def on_stage(viewer: PageViewer, x: float, y: float) -> QPoint:
    """Where a point of the page as scanned is seen."""
    return middle(viewer.canvas.quad_in_widget(((x, y),) * 4, after=False))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_receipt_is_shown_by_itself_with_its_own_lines(
    qtbot: QtBot, viewer: PageViewer, picture: Path, number: int
) -> None:
    result = bring_several(qtbot, viewer, picture, number)
    scene = viewer.canvas.scene
    assert scene is not None
    assert scene.lines == result.receipts[number - 1].lines
    (left, top), _, (right, bottom), _ = REGIONS[number - 1]
    _, _, width, height = scene.after_box
    assert (width, height) == pytest.approx((right - left, bottom - top), rel=0.02)
    viewer.canvas.set_divider(0.0)
    assert colour_at(viewer, middle(viewer.canvas.quad_in_widget(scene.lines[0].quad, after=True))).lightness() < 90
    assert viewer.bar.told.text().startswith(f"Receipt {number} of 3: ")


def test_outlines_stand_around_the_receipts_and_the_one_in_front_is_in_accent(
    qtbot: QtBot, viewer: PageViewer, picture: Path
) -> None:
    bring_several(qtbot, viewer, picture, 3)
    viewer.canvas.set_divider(1.0)
    accent = tokens.LIGHT.accent
    colours = []
    for (left, _), _, (_, bottom), _ in REGIONS:
        at = on_stage(viewer, left, bottom - 25)
        colours.append({colour_at(viewer, at + QPoint(dx, 0)).name() for dx in range(-3, 4)})
    assert [accent in near for near in colours] == [False, False, True]
    assert all(len(near) > 1 for near in colours)


@pytest.mark.parametrize("divider", [0.0, 1.0])
def test_another_receipt_is_clicked_before_and_after(
    qtbot: QtBot, viewer: PageViewer, picture: Path, divider: float
) -> None:
    bring_several(qtbot, viewer, picture, 1)
    viewer.canvas.set_divider(divider)
    clicks: list[tuple[int, int]] = []
    viewer.receipt_clicked.connect(lambda *told: clicks.append(told))
    at = on_stage(viewer, 450, 460)
    QTest.mouseMove(viewer.canvas, at + QPoint(0, 400))  # wherever the last test left it
    QTest.mouseMove(viewer.canvas, at)
    assert viewer.canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(viewer.canvas, LEFT, NONE, at)
    QTest.mouseClick(viewer.canvas, LEFT, NONE, on_stage(viewer, 70, 250))  # the one in front
    QTest.mouseClick(viewer.canvas, LEFT, NONE, on_stage(viewer, 780, 980))  # none
    assert clicks == [(1, 2)]


@pytest.mark.parametrize(("divider", "clicks"), [(0.0, []), (1.0, [(1, 2)])])
def test_a_click_on_bare_paper_is_on_the_receipt_that_is_seen_there(
    qtbot: QtBot, viewer: PageViewer, picture: Path, divider: float, clicks: list[tuple[int, int]]
) -> None:
    several = several_of(page_at(picture))
    second = ((430.0, 200.0), (740.0, 200.0), (740.0, 480.0), (430.0, 480.0))  # it lies over a corner of the first
    receipts = (several.receipts[0], replace(several.receipts[1], region=second), several.receipts[2])
    viewer.show_page(1, several.page, replace(several, receipts=receipts), PLAIN)
    wait_for(qtbot, viewer, 1)
    viewer.canvas.set_divider(divider)
    told: list[tuple[int, int]] = []
    viewer.receipt_clicked.connect(lambda *one: told.append(one))
    QTest.mouseClick(viewer.canvas, LEFT, NONE, on_stage(viewer, 500, 230))
    assert told == clicks


def test_the_next_receipt_comes_with_its_mark_and_nothing_of_the_last(
    qtbot: QtBot, viewer: PageViewer, picture: Path
) -> None:
    result = bring_several(qtbot, viewer, picture, 1)
    viewer.show_receipt(2)
    viewer.highlight(BARS[2], doubtful=True)
    assert viewer.canvas.scene is not None
    assert viewer.canvas.scene.lines == ()  # those of the first lie elsewhere
    wait_for(qtbot, viewer, 2)
    assert viewer.canvas.scene.lines == result.receipts[1].lines
    qtbot.wait(350)  # the flight
    x, y = centre(viewer.canvas.quad_in_widget(BARS[2], after=True))
    assert viewer.canvas.rect().contains(round(x), round(y))
    assert viewer.bar.told.text() == "Receipt 2 of 3: turned 180°"


def test_fitting_shows_the_whole_page_again(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring_several(qtbot, viewer, picture, 2)
    canvas = viewer.canvas
    whole = canvas.view
    with qtbot.waitSignal(canvas.came_to_rest, timeout=5000):
        viewer.highlight(((430.0, 280.0), (480.0, 280.0), (480.0, 295.0), (430.0, 295.0)))  # far off, prepared
    assert canvas.view != whole
    canvas.fit()
    close = pytest.approx((whole.scale, whole.x, whole.y))
    qtbot.waitUntil(lambda: (canvas.view.scale, canvas.view.x, canvas.view.y) == close, timeout=5000)


def test_one_receipt_of_several_is_not_turned_by_hand(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring_several(qtbot, viewer, picture, 1)
    bar, verbs = viewer.bar, viewer.verbs
    parts = (bar.slider, bar.figure, verbs.turn_left, verbs.turn_right)
    assert not any(part.isEnabled() for part in parts)
    assert verbs.turn_left.toolTip() == "Each receipt on this page is turned by itself when it is read"
    viewer.activateWindow()
    qtbot.waitUntil(viewer.isActiveWindow, timeout=5000)
    viewer.canvas.setFocus()
    QTest.keyClick(viewer.canvas, Qt.Key.Key_BracketRight)
    assert viewer.prepare == PLAIN
    bring(qtbot, viewer, picture, page_id=2)
    assert all(part.isEnabled() for part in parts)
    assert verbs.turn_left.toolTip().startswith("Turn left (")


@pytest.mark.parametrize("read_with", [None, PrepareOptions(rotation_degrees=90, skew_degrees=5.0)])
def test_a_turn_by_hand_passes_one_receipt_of_several_by(
    qtbot: QtBot, viewer: PageViewer, picture: Path, read_with: PrepareOptions | None
) -> None:
    by_hand = PrepareOptions(rotation_degrees=90, skew_degrees=5.0)
    result = several_of(page_at(picture))
    viewer.show_page(1, result.page, result, by_hand, read_with=read_with, number=2)
    wait_for(qtbot, viewer, 2)
    scene = viewer.canvas.scene
    assert scene is not None
    made = scene.preview.preparation
    assert (made.rotation_degrees, made.skew_degrees) == (180, 0.0)
    assert viewer.bar.figure.text() == "0.0°"
    assert not viewer.bar.read_again.isVisible()
    QTest.mouseClick(viewer.bar.deskew, LEFT)
    qtbot.waitUntil(lambda: not told_options(viewer).deskew, timeout=LONG)
    scene = viewer.canvas.scene
    assert scene is not None
    assert scene.preview.preparation.rotation_degrees == 180  # which models found, not the light process


def told_options(viewer: PageViewer) -> PrepareOptions:
    scene = viewer.canvas.scene
    assert scene is not None
    assert scene.preview.options is not None
    return scene.preview.options


# What was done -----------------------------------------------------------------------------------


def test_what_was_done_is_said(qtbot: QtBot, qapp: QApplication) -> None:
    line = DoneLine()
    qtbot.addWidget(line)

    def told(*what: Any) -> str:
        line.tell(*what)
        return line.text()

    done = Preparation(90, 1.26, True, (SEAL_QUAD, SEAL_QUAD))
    assert told(done, False) == "Turned right 90°, straightened 1.3°, 2 seals taken off"
    assert told(replace(done, seals=(SEAL_QUAD,), seal_removed=False), False, 2, 6) == (
        "Receipt 2 of 6: turned right 90°, straightened 1.3°, 1 seal left on"
    )
    assert told(Preparation(270, 3.0, perspective=SEAL_QUAD), True) == "Preview: turned left 90°, photo straightened"
    assert told(Preparation(), False) == "Nothing had to be done"
    assert told(None, False) == "Turn, receipts and seals are found when the page is read."
    speak(qapp, "zh")
    assert told(done, False) == "已向右转正 90°，已拉直 1.3°，已去除 2 个印章"
    assert told(done, True, 2, 6) == "预览：第 2 张票据（共 6 张）：已向右转正 90°，已拉直 1.3°，已去除 2 个印章"


def test_a_page_that_waits_tells_what_is_not_known_yet(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    ref = page_at(picture)
    viewer.show_page(1, ref, None, PLAIN, state="waiting")
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=LONG)
    assert viewer.bar.told.text() == "Turn, receipts and seals are found when the page is read."
    bring(qtbot, viewer, picture, skew=3.2)
    qtbot.waitUntil(lambda: viewer.bar.told.text() == "Straightened 3.2°, 1 seal taken off", timeout=LONG)


def test_the_strength_of_seal_removal_is_moved_and_seen(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    strength = viewer.bar.strength
    assert strength.value() == 50
    strength.setFocus()
    QTest.keyClick(strength, Qt.Key.Key_Right)
    assert viewer.prepare.seal_strength == 55
    QTest.mouseClick(strength, LEFT, NONE, QPoint(4, 10))
    assert viewer.prepare.seal_strength == 0
    qtbot.waitUntil(lambda: viewer.bar.told.text().startswith("Preview: "), timeout=LONG)
    QTest.mouseClick(viewer.bar.seals, LEFT)
    assert not strength.isEnabled()
    QTest.mouseClick(viewer.bar.seals, LEFT)
    QTest.mouseDClick(strength, LEFT, NONE, QPoint(4, 10))
    assert viewer.prepare == PLAIN
