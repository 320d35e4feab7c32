"""The receipts of a page drawn by a clerk's hand: with the mouse, with keys, and given up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import Language, Origin, PrepareOptions, Quad, bounds
from paddlescan.gui.shared import speak
from paddlescan.gui.viewer import PageViewer
from tests.gui.viewer.hands import LEFT, LONG, NONE, PLAIN, bring, drag, middle
from tests.gui.viewer.pages import BARS, REGIONS, WIDTH, page_at, result_of
from tests.gui.viewer.test_parts import bring_several

CONTROL = Qt.KeyboardModifier.ControlModifier
ORIGINS: tuple[tuple[Origin, bool], ...] = (("xml", False), ("ocr", True), ("pdf_text", False))
"""Where the lines of a page come from, and whether its receipts may be drawn."""


@pytest.fixture
def told(viewer: PageViewer) -> list[tuple[int, PrepareOptions, PrepareOptions]]:
    """What the viewer said of drawn receipts."""
    heard: list[Any] = []
    viewer.regions_drawn.connect(lambda *one: heard.append(one))
    return heard


def on_stage(viewer: PageViewer, x: float, y: float) -> QPoint:
    return middle(viewer.canvas.quad_in_widget(((x, y),) * 4, after=False))


def begin(qtbot: QtBot, viewer: PageViewer) -> None:
    """Press the button in the bar, and let the page come to rest."""
    viewer.activateWindow()
    viewer.verbs.receipts.trigger()
    assert viewer.outlining.active
    qtbot.wait(400)  # the flight to the whole page


def drawn(viewer: PageViewer) -> tuple[Quad, ...]:
    assert viewer.canvas.outlines is not None
    return viewer.canvas.outlines.quads


def draw(viewer: PageViewer, left: float, top: float, right: float, bottom: float) -> None:
    drag(viewer.canvas, on_stage(viewer, left, top), on_stage(viewer, right, bottom))


def test_two_receipts_are_drawn_on_bare_ground_and_read(
    qtbot: QtBot, viewer: PageViewer, picture: Path, told: list[Any]
) -> None:
    bring(qtbot, viewer, picture)
    begin(qtbot, viewer)
    assert viewer.outlining.bar.isVisible()
    assert not viewer.bar.isVisible()
    assert not viewer.outlining.bar.apply.isEnabled()
    draw(viewer, 60, 560, 780, 940)
    draw(viewer, 760, 60, 60, 420)  # from right to left: the other way round
    assert [bounds(quad) for quad in drawn(viewer)] == [
        pytest.approx((60, 60, 760, 420), abs=4),
        pytest.approx((60, 560, 780, 940), abs=4),
    ]
    assert viewer.outlining.bar.hint.text().startswith("2 receipts on this page.")
    quads = drawn(viewer)
    QTest.mouseClick(viewer.outlining.bar.apply, LEFT)
    assert told == [(1, PLAIN, PrepareOptions(regions=quads))]
    assert not viewer.outlining.active
    assert viewer.bar.isVisible()
    assert viewer.prepare.regions == quads


def test_an_outline_is_moved_by_its_inside_and_sized_by_side_and_corner(
    qtbot: QtBot, viewer: PageViewer, picture: Path
) -> None:
    bring_several(qtbot, viewer, picture)
    begin(qtbot, viewer)
    assert drawn(viewer) == REGIONS
    drag(viewer.canvas, on_stage(viewer, 300, 180), on_stage(viewer, 320, 200))
    assert bounds(drawn(viewer)[0]) == pytest.approx((80, 80, 580, 280), abs=3)
    drag(viewer.canvas, on_stage(viewer, 580, 280), on_stage(viewer, 400, 260))
    assert bounds(drawn(viewer)[0]) == pytest.approx((80, 80, 400, 260), abs=3)
    drag(viewer.canvas, on_stage(viewer, 410, 620), on_stage(viewer, 410, 560))
    assert bounds(drawn(viewer)[2]) == pytest.approx((60, 560, 760, 900), abs=3)
    assert bounds(drawn(viewer)[1]) == bounds(REGIONS[1])


def test_chosen_receipts_are_merged_and_removed(
    qtbot: QtBot, viewer: PageViewer, picture: Path, told: list[Any]
) -> None:
    bring_several(qtbot, viewer, picture)
    begin(qtbot, viewer)
    bar = viewer.outlining.bar
    QTest.mouseClick(viewer.canvas, LEFT, NONE, on_stage(viewer, 100, 200))
    assert (bar.cut.isEnabled(), bar.merge.isEnabled(), bar.remove.isEnabled()) == (True, False, True)
    QTest.mouseClick(viewer.canvas, LEFT, CONTROL, on_stage(viewer, 600, 400))
    QTest.mouseClick(bar.merge, LEFT)
    assert [bounds(quad) for quad in drawn(viewer)] == [
        pytest.approx((60, 60, 740, 480)),
        pytest.approx((60, 620, 760, 900)),
    ]
    QTest.mouseClick(viewer.canvas, LEFT, NONE, on_stage(viewer, 400, 880))
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Delete)
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Return)
    ((_, _, wanted),) = told
    assert [bounds(quad) for quad in wanted.regions] == [pytest.approx((60, 60, 740, 480))]


def test_a_page_that_was_read_as_one_is_split_between_its_lines(
    qtbot: QtBot, viewer: PageViewer, picture: Path
) -> None:
    bring(qtbot, viewer, picture)
    begin(qtbot, viewer)
    QTest.mouseClick(viewer.outlining.bar.cut, LEFT)
    upper, lower = drawn(viewer)
    cut = bounds(upper)[3]
    assert cut == bounds(lower)[1]
    assert BARS[1][2][1] < cut < BARS[3][0][1]
    QTest.mouseClick(viewer.canvas, LEFT, NONE, on_stage(viewer, 400, cut + 60))
    QTest.keyClick(viewer.canvas, Qt.Key.Key_X)
    assert len(drawn(viewer)) == 3


def test_keys_alone_draw_a_receipt(qtbot: QtBot, viewer: PageViewer, picture: Path, told: list[Any]) -> None:
    bring_several(qtbot, viewer, picture)
    viewer.activateWindow()
    qtbot.waitUntil(viewer.isActiveWindow, timeout=5000)
    viewer.canvas.setFocus()
    QTest.keyClick(viewer.canvas, Qt.Key.Key_P)
    canvas = viewer.canvas
    assert viewer.outlining.active
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert bounds(drawn(viewer)[1]) == pytest.approx((434, 280, 744, 500))
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    assert len(drawn(viewer)) == 4
    QTest.keyClick(canvas, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(canvas, Qt.Key.Key_M)
    assert len(drawn(viewer)) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Enter)
    assert len(told) == 1
    assert not viewer.outlining.active


def test_keys_move_and_size_an_outline_no_further_than_the_page(
    qtbot: QtBot, viewer: PageViewer, picture: Path, told: list[Any]
) -> None:
    bring_several(qtbot, viewer, picture)
    viewer.activateWindow()
    viewer.verbs.receipts.trigger()
    canvas = viewer.canvas
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    size = bounds(drawn(viewer)[0])
    for _ in range(30):
        QTest.keyClick(canvas, Qt.Key.Key_Left)
        QTest.keyClick(canvas, Qt.Key.Key_Up)
    left, top, right, bottom = bounds(drawn(viewer)[0])
    assert (left, top) == pytest.approx((0, 0))
    assert (right, bottom) == pytest.approx((size[2] - size[0], size[3] - size[1]))
    for _ in range(60):
        QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert WIDTH - 20 <= bounds(drawn(viewer)[0])[2] <= WIDTH
    assert "Insert" in viewer.outlining.bar.hint.text()


def test_one_receipt_and_found_ones_are_wanted_by_a_button(
    qtbot: QtBot, viewer: PageViewer, picture: Path, told: list[Any]
) -> None:
    bring_several(qtbot, viewer, picture)
    begin(qtbot, viewer)
    QTest.mouseClick(viewer.outlining.bar.one, LEFT)
    begin(qtbot, viewer)
    QTest.mouseClick(viewer.outlining.bar.found, LEFT)
    assert [wanted for _, _, wanted in told] == [PrepareOptions(find_regions=False), PLAIN]
    assert told[1][1] == PrepareOptions(find_regions=False)


def test_esc_leaves_a_drag_and_then_the_drawing_with_nothing_changed(
    qtbot: QtBot, viewer: PageViewer, picture: Path, told: list[Any]
) -> None:
    bring_several(qtbot, viewer, picture)
    viewer.canvas.set_divider(0.3)
    begin(qtbot, viewer)
    assert viewer.canvas.divider == 1.0
    start, end = on_stage(viewer, 300, 180), on_stage(viewer, 500, 300)
    QTest.mousePress(viewer.canvas, LEFT, NONE, start)
    QTest.mouseMove(viewer.canvas, end)
    assert drawn(viewer) != REGIONS
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert drawn(viewer) == REGIONS
    QTest.mouseRelease(viewer.canvas, LEFT, NONE, end)
    assert drawn(viewer) == REGIONS
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert not viewer.outlining.active
    assert viewer.canvas.divider == 0.3
    assert told == []
    assert viewer.prepare == PLAIN


def test_switches_rest_while_receipts_are_drawn(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    begin(qtbot, viewer)
    verbs = viewer.verbs
    assert not any(verb.isEnabled() for verb in (verbs.turn_left, verbs.deskew, verbs.seals, verbs.read_again))
    assert viewer.canvas.turn_handle is None
    viewer.highlight(BARS[0])
    assert viewer.canvas.highlighted is None
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert verbs.turn_left.isEnabled()


def test_another_page_ends_it(qtbot: QtBot, viewer: PageViewer, picture: Path, told: list[Any]) -> None:
    bring_several(qtbot, viewer, picture)
    begin(qtbot, viewer)
    draw(viewer, 600, 60, 790, 240)
    bring(qtbot, viewer, picture, page_id=2)
    assert not viewer.outlining.active
    assert viewer.bar.isVisible()
    viewer.show_page(3, page_at(picture, 3), None, PLAIN)
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=LONG)
    begin(qtbot, viewer)  # not read yet: its receipts can be drawn before
    draw(viewer, 60, 60, 400, 400)
    viewer.show_page(None, None, None, PLAIN)
    assert not viewer.outlining.active
    assert told == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [420, 900])
def test_the_bar_stays_within_the_window(
    qtbot: QtBot, viewer: PageViewer, picture: Path, qapp: QApplication, width: int, language: Any
) -> None:
    bring_several(qtbot, viewer, picture)
    viewer.resize(width, 600)
    begin(qtbot, viewer)
    speak(qapp, language)
    qtbot.wait(50)
    bar = viewer.outlining.bar
    assert bar.x() >= 0 and bar.geometry().right() <= width
    for button in (bar.cut, bar.merge, bar.remove, bar.one, bar.found, bar.cancel, bar.apply):
        place = button.mapTo(bar, QPoint(0, 0))
        assert bar.rect().contains(place) and bar.rect().contains(place + QPoint(button.width(), button.height()))
        assert button.width() >= button.sizeHint().width()
    speak(qapp, "en")


@pytest.mark.parametrize(("language", "why"), [("en", "electronic invoice"), ("zh", "电子发票")])
def test_receipts_are_not_drawn_on_an_electronic_original_and_a_word_says_why(
    qtbot: QtBot, qapp: QApplication, viewer: PageViewer, picture: Path, language: Language, why: str
) -> None:
    bring(qtbot, viewer, picture)
    receipts = viewer.verbs.receipts
    assert receipts.isEnabled()
    speak(qapp, language)
    ref = page_at(picture)
    read = result_of(ref)
    for origin, offered in ORIGINS:
        lines = tuple(replace(line, origin=origin) for line in read.receipts[0].lines)
        told = replace(read, receipts=(replace(read.receipts[0], lines=lines),))
        viewer.show_page(1, ref, told, PLAIN)
        assert receipts.isEnabled() is offered
        assert (why in receipts.toolTip()) is not offered
        receipts.trigger()
        assert viewer.outlining.active is offered
        viewer.outlining.leave()
    speak(qapp, "en")
