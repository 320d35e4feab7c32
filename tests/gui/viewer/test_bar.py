"""The switches under the page, moved as a clerk moves them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import Language, PageResult, Preparation, PrepareOptions
from paddlescan.gui.lane import PreviewLane
from paddlescan.gui.shared import speak
from paddlescan.gui.viewer import PageViewer
from tests.gui.viewer.hands import LEFT, LONG, NONE, PLAIN, bring, settled
from tests.gui.viewer.pages import WIDTH, draw_page, page_at, result_of


def angle_in_force(viewer: PageViewer) -> float | None:
    return viewer.prepare.skew_degrees


def test_a_seal_comes_back_with_its_switch_and_reading_again_is_offered(
    qtbot: QtBot,
    viewer: PageViewer,
    picture: Path,
) -> None:
    result = bring(qtbot, viewer, picture)
    assert not viewer.bar.read_again.isVisible()
    without = replace(PLAIN, remove_seals=False)
    with qtbot.waitSignal(viewer.prepare_changed, timeout=5000) as changed:
        QTest.mouseClick(viewer.bar.seals, LEFT)
    assert changed.args == [1, PLAIN, without]
    settled(qtbot, viewer, without)
    assert viewer.bar.read_again.isVisible()
    with qtbot.waitSignal(viewer.read_again_requested, timeout=1000) as again:
        QTest.mouseClick(viewer.bar.read_again, LEFT)
    assert again.args == [1, PLAIN, without]
    receipt = replace(result.receipts[0], preparation=Preparation(seal_removed=False))
    viewer.show_page(1, result.page, replace(result, receipts=(receipt,)), without)
    assert not viewer.bar.read_again.isVisible()
    QTest.mouseClick(viewer.bar.seals, LEFT)
    assert viewer.bar.read_again.isVisible()
    QTest.mouseClick(viewer.bar.seals, LEFT)
    assert not viewer.bar.read_again.isVisible()  # back to what it was read with


def test_the_angle_found_is_shown_with_its_sign(
    qtbot: QtBot,
    viewer: PageViewer,
    picture: Path,
) -> None:
    bring(qtbot, viewer, picture, skew=3.2)
    qtbot.waitUntil(lambda: viewer.bar.figure.text() == "+3.2°", timeout=5000)
    assert viewer.bar.slider.value() == 32
    bring(qtbot, viewer, picture, page_id=2, skew=-1.04)
    qtbot.waitUntil(lambda: viewer.bar.figure.text() == "\u22121.0°", timeout=5000)


def test_the_page_turns_while_the_knob_moves_and_others_are_told_once(
    qtbot: QtBot,
    viewer: PageViewer,
    picture: Path,
) -> None:
    bring(qtbot, viewer, picture)
    told: list[PrepareOptions] = []
    viewer.prepare_changed.connect(lambda _, _before, options: told.append(options))
    slider = viewer.bar.slider
    knob, end = slider.width() // 2, slider.width() - 10
    QTest.mousePress(slider, LEFT, NONE, QPoint(knob, 10))
    for x in range(knob, end, 4):
        QTest.mouseMove(slider, QPoint(x, 10))
    QTest.mouseRelease(slider, LEFT, NONE, QPoint(end, 10))
    angle = angle_in_force(viewer)
    assert angle is not None
    assert angle > 10
    assert viewer.bar.figure.value() == angle
    settled(qtbot, viewer, viewer.prepare)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert told == [viewer.prepare]


@pytest.mark.parametrize("width", [480, 727, 900, 1200])
def test_nothing_moves_under_the_hand_when_reading_again_is_offered(
    qtbot: QtBot,
    viewer: PageViewer,
    picture: Path,
    width: int,
) -> None:
    bring(qtbot, viewer, picture)
    viewer.resize(width, 600)
    bar, slider = viewer.bar, viewer.bar.slider
    parts = [part for part in (slider, bar.strength, bar.zoom, bar.seals) if part.isVisible()]
    stands = [part.mapTo(viewer, QPoint(0, 0)) for part in parts]
    height = bar.height()
    QTest.mousePress(slider, LEFT, NONE, QPoint(slider.width() // 2, 10))
    for x in range(slider.width() // 2, slider.width() // 2 + 20, 2):  # the mouse is on the screen, not on the knob
        at = stands[0] + QPoint(x, 10)
        QTest.mouseMove(slider, slider.mapFrom(viewer, at))
    assert bar.read_again.isVisible()
    assert [part.mapTo(viewer, QPoint(0, 0)) for part in parts] == stands
    assert bar.height() == height
    assert 0 < (angle_in_force(viewer) or 0) < 20  # the slider is shorter in a narrow window
    QTest.mouseRelease(slider, LEFT, NONE, QPoint(slider.width() // 2 + 18, 10))
    assert viewer.rect().contains(bar.geometry())
    settled(qtbot, viewer, viewer.prepare)


@pytest.mark.parametrize("width", [727, 900])
def test_all_switches_stand_in_one_row_in_a_small_window(
    qtbot: QtBot, viewer: PageViewer, picture: Path, width: int
) -> None:
    bring(qtbot, viewer, picture)
    viewer.resize(width, 600)
    QTest.mouseClick(viewer.bar.seals, LEFT)
    places = {part.mapTo(viewer, part.rect().center()).y() for part in (viewer.bar.read_again, viewer.bar.slider)}
    assert max(places) - min(places) <= 2
    assert viewer.bar.read_again.accessibleName() == "Read again"
    settled(qtbot, viewer, viewer.prepare)


def test_the_zoom_is_always_a_figure(qtbot: QtBot, viewer: PageViewer, picture: Path, qapp: QApplication) -> None:
    assert viewer.bar.zoom.text() == "–"
    bring(qtbot, viewer, picture)
    assert viewer.bar.zoom.text() == f"{round(viewer.canvas.percent)} %"
    QApplication.sendEvent(viewer, QEvent(QEvent.Type.LanguageChange))
    assert viewer.bar.zoom.text() == f"{round(viewer.canvas.percent)} %"
    viewer.show_page(None, None, None, PLAIN)
    assert viewer.bar.zoom.text() == "–"
    assert not viewer.bar.zoom.isEnabled()
    assert viewer.bar.zoom.accessibleName() == "Real size"


def test_an_angle_is_typed(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    figure = viewer.bar.figure
    figure.setFocus()
    figure.selectAll()
    QTest.keyClicks(figure, "-32,5")
    assert angle_in_force(viewer) is None  # not before Enter
    QTest.keyClick(figure, Qt.Key.Key_Return)
    assert angle_in_force(viewer) == -32.5
    assert figure.text() == "\u221232.5°"
    QTest.keyClick(figure, Qt.Key.Key_Up)
    assert angle_in_force(viewer) == pytest.approx(-32.4)
    settled(qtbot, viewer, viewer.prepare)


def test_an_angle_beyond_45_cannot_be_typed(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    figure = viewer.bar.figure
    figure.setFocus()
    figure.selectAll()
    QTest.keyClicks(figure, "x99")
    QTest.keyClick(figure, Qt.Key.Key_Return)
    assert angle_in_force(viewer) is None or abs(angle_in_force(viewer) or 0) <= 45


def test_a_double_click_goes_back_to_the_measured_angle(
    qtbot: QtBot,
    viewer: PageViewer,
    picture: Path,
) -> None:
    bring(qtbot, viewer, picture, skew=3.2)
    slider = viewer.bar.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert angle_in_force(viewer) == pytest.approx(3.3)
    QTest.mouseDClick(slider, LEFT, NONE, QPoint(5, 10))
    assert viewer.prepare == PLAIN
    assert viewer.bar.figure.text() == "+3.2°"


def test_keys_turn_and_switch(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    viewer.activateWindow()
    qtbot.waitUntil(viewer.isActiveWindow, timeout=5000)
    viewer.canvas.setFocus()
    QTest.keyClick(viewer.canvas, Qt.Key.Key_BracketRight)
    assert viewer.prepare.rotation_degrees == 90
    QTest.keyClick(viewer.canvas, Qt.Key.Key_BracketLeft)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_BracketLeft)
    assert viewer.prepare.rotation_degrees == 270
    QTest.keyClick(viewer.canvas, Qt.Key.Key_S)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_D)
    assert (viewer.prepare.remove_seals, viewer.prepare.deskew) == (False, False)
    assert not viewer.bar.seals.isChecked()
    assert not viewer.bar.slider.isEnabled()
    with qtbot.waitSignal(viewer.read_again_requested, timeout=1000):
        QTest.keyClick(viewer.canvas, Qt.Key.Key_R)


def test_space_moves_the_focused_switch(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    viewer.bar.deskew.setFocus()
    QTest.keyClick(viewer.bar.deskew, Qt.Key.Key_Space)
    assert not viewer.prepare.deskew


def test_a_move_is_not_lost_when_another_page_comes(
    qtbot: QtBot,
    viewer: PageViewer,
    picture: Path,
) -> None:
    bring(qtbot, viewer, picture)
    told: list[tuple[int, PrepareOptions]] = []
    viewer.prepare_changed.connect(lambda page, _before, options: told.append((page, options)))
    QTest.mouseClick(viewer.bar.deskew, LEFT)
    other = page_at(picture, 2)
    viewer.show_page(2, other, result_of(other), PLAIN)
    assert told == [(1, replace(PLAIN, deskew=False))]
    assert viewer.prepare == PLAIN


def test_no_sharp_picture_is_asked_of_a_page_that_is_left(
    qtbot: QtBot, viewer: PageViewer, lane: PreviewLane, tmp_path: Path
) -> None:
    path = tmp_path / "large.png"
    draw_page(path, enlarge=4)
    bring(qtbot, viewer, path)
    sharp: list[int] = []
    lane.preview_ready.connect(lambda page, preview: sharp.append(page) if preview.after.width() > WIDTH * 2 else None)
    viewer.canvas.real_size()
    qtbot.waitUntil(lambda: sharp == [1], timeout=LONG)
    QTest.mouseClick(viewer.bar.seals, LEFT)  # a draft
    with qtbot.assertNotEmitted(viewer._board.rested):
        other = page_at(path, 2)
        viewer.show_page(2, other, None, PLAIN)
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=LONG)
    assert sharp == [1]


def test_what_is_read_again_is_seen_sharp(qtbot: QtBot, viewer: PageViewer, tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    draw_page(path, enlarge=4)
    bring(qtbot, viewer, path)
    viewer.canvas.real_size()
    viewer._board._say.setInterval(LONG)  # so that Read again comes before the hand is taken to rest

    def width() -> int:
        scene = viewer.canvas.scene
        made = scene is not None and scene.preview.options is not None and not scene.preview.options.deskew
        return scene.preview.after.width() if made and scene is not None else 0

    QTest.mouseClick(viewer.bar.deskew, LEFT)
    qtbot.waitUntil(lambda: width() > 0, timeout=LONG)
    with qtbot.waitSignal(viewer.canvas.came_to_rest, timeout=LONG):
        viewer.canvas.pan(1, 0)
    assert 0 < width() < WIDTH * 4
    QTest.mouseClick(viewer.bar.read_again, LEFT)
    qtbot.waitUntil(lambda: width() == WIDTH * 4, timeout=LONG)


def test_what_comes_from_the_store_does_not_move_the_knob_under_the_hand(
    qtbot: QtBot,
    viewer: PageViewer,
    picture: Path,
) -> None:
    result: PageResult = bring(qtbot, viewer, picture)
    viewer.bar.slider.setFocus()
    for _ in range(5):
        QTest.keyClick(viewer.bar.slider, Qt.Key.Key_Right)
    viewer.show_page(1, result.page, result, PLAIN)  # an echo, older than the hand
    assert angle_in_force(viewer) == 0.5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_zoom_is_said_beside_the_panes_of_a_small_screen(
    qtbot: QtBot, viewer: PageViewer, picture: Path, qapp: QApplication, language: Language
) -> None:
    speak(qapp, language)
    QApplication.sendPostedEvents()
    bring(qtbot, viewer, picture)
    viewer.resize(812, 600)  # what is left of 1366 pixels
    assert viewer.bar.zoom.isVisible()
    assert viewer.rect().contains(viewer.bar.geometry())
