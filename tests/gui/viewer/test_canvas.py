"""The page on the stage in the hands of a clerk: lines, divider, zoom, flights; a real light process behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paddlescan.document import PrepareOptions, Quad
from paddlescan.document.geometry import centre
from paddlescan.gui import tokens
from paddlescan.gui.lane import PreviewLane
from paddlescan.gui.viewer import PageViewer, geometry
from tests.gui.viewer.hands import LEFT, LONG, NONE, PLAIN, bring, colour_at, drag, middle, scroll, settled
from tests.gui.viewer.pages import BARS, SEAL, WIDTH, draw_page, page_at, result_of

# Places ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [PLAIN, PrepareOptions(skew_degrees=7), PrepareOptions(rotation_degrees=90)])
def test_lines_lie_on_the_print_before_and_after(
    qtbot: QtBot, viewer: PageViewer, picture: Path, options: PrepareOptions
) -> None:
    result = result_of(page_at(picture))
    viewer.show_page(1, result.page, result, options)
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=LONG)
    canvas = viewer.canvas
    for after in (False, True):
        canvas.set_divider(0.0 if after else 1.0)
        for line in result.receipts[0].lines:
            quad = canvas.quad_in_widget(line.quad, after)
            assert colour_at(viewer, middle(quad)).lightness() < 90
            x, y = centre(geometry.grow(quad, 5))
            (ax, ay), (bx, by), *_ = geometry.grow(quad, 5)
            above = QPoint(round((ax + bx) / 2), round((ay + by) / 2))
            assert colour_at(viewer, above).lightness() > 200
            with qtbot.waitSignal(viewer.line_clicked, timeout=1000) as clicked:
                QTest.mouseClick(canvas, LEFT, NONE, QPoint(round(x), round(y)))
            assert clicked.args == [line]


def test_a_clicked_line_shows_its_text_until_escape(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    result = bring(qtbot, viewer, picture)
    canvas = viewer.canvas
    at = middle(canvas.quad_in_widget(result.receipts[0].lines[1].quad, after=False))
    QTest.mouseMove(canvas, at)
    assert canvas.hovered == result.receipts[0].lines[1]
    QTest.mouseClick(canvas, LEFT, NONE, at)
    assert canvas.label.isVisible()
    assert canvas.label.text() == "line 1"
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.label.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_1])
def test_what_is_said_of_a_line_goes_when_a_key_zooms(
    qtbot: QtBot, viewer: PageViewer, picture: Path, key: Qt.Key
) -> None:
    result = bring(qtbot, viewer, picture)
    canvas = viewer.canvas
    at = middle(canvas.quad_in_widget(result.receipts[0].lines[1].quad, after=False))
    QTest.mouseMove(canvas, at)
    QTest.mouseClick(canvas, LEFT, NONE, at)
    scroll(viewer, at, 1)  # around the mouse, which stays on the line
    assert canvas.label.isVisible()
    QTest.keyClick(canvas, key)
    assert not canvas.label.isVisible()
    assert canvas.hovered is None


# Divider -----------------------------------------------------------------------------------------


def test_the_divider_is_dragged_across_the_seal(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    canvas = viewer.canvas
    rim = (SEAL.left(), SEAL.center().y())
    here: Quad = (rim, rim, rim, rim)
    settled(qtbot, viewer, PLAIN)
    at = middle(canvas.quad_in_widget(here, after=True))
    handle = QPoint(round(canvas.divider_x), round(canvas.handle_y))
    drag(canvas, handle, QPoint(at.x() + 60, handle.y()))
    assert colour_at(viewer, at).saturation() > 90  # before: the seal
    handle = QPoint(round(canvas.divider_x), round(canvas.handle_y))
    drag(canvas, handle, QPoint(at.x() - 60, handle.y()))
    assert colour_at(viewer, at).saturation() < 40  # after: it is gone


def test_words_and_space_change_between_before_and_after(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    canvas = viewer.canvas
    QTest.mouseClick(canvas, LEFT, NONE, canvas.pills()[0].center().toPoint())
    assert canvas.divider == 1.0
    QTest.mouseClick(canvas, LEFT, NONE, canvas.pills()[1].center().toPoint())
    assert canvas.divider == 0.0
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert canvas.divider == 1.0
    QTest.keyClick(canvas, Qt.Key.Key_C)
    assert canvas.divider == 0.5
    assert all(canvas.rect().contains(pill.toAlignedRect()) for pill in canvas.pills())


# Zoom and pan ------------------------------------------------------------------------------------


def test_the_wheel_zooms_around_the_mouse(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    result = bring(qtbot, viewer, picture)
    canvas = viewer.canvas
    quad = result.receipts[0].lines[2].quad
    at = middle(canvas.quad_in_widget(quad, after=True))
    before = canvas.percent
    scroll(viewer, at, 3)
    assert canvas.percent == pytest.approx(before * 1.25**3)
    assert (middle(canvas.quad_in_widget(quad, after=True)) - at).manhattanLength() <= 3
    assert viewer.bar.zoom.text() == f"{round(canvas.percent)} %"


def test_a_drag_pans_and_clicks_no_line(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    result = bring(qtbot, viewer, picture)
    canvas = viewer.canvas
    quad = result.receipts[0].lines[0].quad
    scroll(viewer, QPoint(300, 300), 4)
    clicked: list[object] = []
    viewer.line_clicked.connect(clicked.append)
    start = middle(canvas.quad_in_widget(quad, after=False))
    drag(canvas, start, start + QPoint(40, 30))
    assert (middle(canvas.quad_in_widget(quad, after=False)) - start - QPoint(40, 30)).manhattanLength() <= 2
    assert clicked == []


def test_keys_zoom_fit_and_pan(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    canvas = viewer.canvas
    canvas.setFocus()
    fitted = canvas.view
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.scale == pytest.approx(fitted.scale * 1.25)
    x = canvas.view.x
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.view.x < x
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.percent == pytest.approx(100)
    QTest.keyClick(viewer, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: canvas.view == fitted, timeout=5000)
    assert canvas.is_fitted


def test_a_fitted_page_stays_whole_when_the_window_changes(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    for size in ((1300, 820), (420, 480), (700, 300)):
        viewer.resize(*size)
        canvas = viewer.canvas
        assert canvas.scene is not None
        left, top = canvas.view.to_widget(canvas.scene.box[:2])
        right, bottom = canvas.view.to_widget(canvas.scene.box[2:])
        assert left >= 0
        assert right <= viewer.width()
        assert bottom <= viewer.bar.y() + 12
        assert top >= canvas.pills()[0].bottom()


def test_zooming_in_brings_a_sharper_picture(qtbot: QtBot, viewer: PageViewer, tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    draw_page(path, enlarge=4)
    ref = page_at(path)
    viewer.show_page(1, ref, None, PLAIN)
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=LONG)
    assert viewer.canvas.scene is not None
    assert viewer.canvas.scene.preview.before.width() < 4 * WIDTH
    zoom = viewer.bar.zoom
    QTest.mouseClick(zoom, LEFT)
    assert viewer.canvas.percent == pytest.approx(100)
    qtbot.waitUntil(
        lambda: viewer.canvas.scene is not None and viewer.canvas.scene.preview.before.width() == 4 * WIDTH,
        timeout=LONG,
    )
    assert viewer.canvas.percent == pytest.approx(100)  # sharper, and nothing has moved


def test_a_switch_is_seen_at_once_and_sharp_when_the_hand_rests(
    qtbot: QtBot, viewer: PageViewer, lane: PreviewLane, tmp_path: Path
) -> None:
    path = tmp_path / "large.png"
    draw_page(path, seal=True, enlarge=4)
    viewer.show_page(1, page_at(path), None, PLAIN)
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=LONG)
    viewer.canvas.real_size()
    widths: list[int] = []
    lane.preview_ready.connect(lambda _, preview: widths.append(preview.after.width()))
    qtbot.waitUntil(lambda: widths[-1:] == [4 * WIDTH], timeout=LONG)
    widths.clear()
    viewer.bar.strength.setValue(80)
    qtbot.waitUntil(lambda: widths[-1:] == [4 * WIDTH], timeout=LONG)
    assert widths[0] < WIDTH * 4 / 3
    assert viewer.canvas.percent == pytest.approx(100)


# Highlights --------------------------------------------------------------------------------------


def test_a_place_in_doubt_is_flown_to_and_marked_in_amber(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    result = result_of(page_at(picture))
    viewer.show_page(1, result.page, result, PrepareOptions(skew_degrees=5))
    quad = BARS[2]
    viewer.highlight(quad, doubtful=True)  # before there is a picture
    canvas = viewer.canvas
    qtbot.waitUntil(lambda: canvas.scene is not None, timeout=LONG)
    area = canvas.area
    for after in (True, False):
        placed = canvas.quad_in_widget(quad, after)
        assert (middle(placed) - middle(canvas.quad_in_widget(quad, True))).manhattanLength() <= 1  # both agree there
        assert all(area.left <= x <= area.right and area.top <= y <= area.bottom for x, y in placed)
    placed = canvas.quad_in_widget(quad, True)
    assert min(x for x, _ in placed) > canvas.divider_x
    assert geometry.text_height(placed) == pytest.approx(geometry.READABLE_TEXT, rel=0.3)
    (ax, ay), (bx, by), *_ = geometry.grow(placed, 3)
    edge = colour_at(viewer, QPoint(round((ax + bx) / 2), round((ay + by) / 2)))
    amber = tokens.LIGHT.color("doubt")
    assert abs(edge.hslHue() - amber.hslHue()) < 20
    assert edge.saturation() > 90


def test_flying_to_another_place_is_animated_and_ends_there(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    start = viewer.canvas.view
    seen: list[float] = []
    viewer.canvas.view_changed.connect(lambda: seen.append(viewer.canvas.view.scale))
    viewer.highlight(BARS[1])
    qtbot.waitUntil(
        lambda: geometry.text_height(viewer.canvas.quad_in_widget(BARS[1], True)) > geometry.READABLE_TEXT * 0.7,
        timeout=5000,
    )
    assert seen[0] < seen[-1]
    assert start.scale < seen[-1]
    viewer.highlight(None)
    assert viewer.canvas.highlighted is None
