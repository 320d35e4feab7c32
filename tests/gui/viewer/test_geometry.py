"""Where things lie on the stage."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from paddlescan.document import Point, Preparation, Quad, TextLine
from paddlescan.document.geometry import centre, contains
from paddlescan.gui.viewer import geometry
from paddlescan.gui.viewer.geometry import IDENTITY, Area, Matrix, View
from paddlescan.gui.viewer.scene import Parts, Preview, Scene, sharp_enough, side_for

numbers = st.floats(-2000, 2000)
points = st.tuples(numbers, numbers)
AREA = Area(10, 20, 410, 320)
SQUARE: Quad = ((0, 0), (100, 0), (100, 40), (0, 40))


def turn(degrees: float, about: Point) -> Matrix:
    c, s, (x, y) = math.cos(math.radians(degrees)), math.sin(math.radians(degrees)), about
    return c, -s, x - c * x + s * y, s, c, y - s * x - c * y, 0, 0, 1


@given(points, st.floats(-180, 180), points)
def test_a_homography_and_its_inverse_cancel(point: Point, degrees: float, about: Point) -> None:
    there = turn(degrees, about)
    back = geometry.apply(geometry.invert(there), geometry.apply(there, point))
    assert back == pytest.approx(point, abs=1e-6)


def test_one_after_the_other_is_the_product() -> None:
    shifted: Matrix = (1, 0, 5, 0, 1, 7, 0, 0, 1)
    both = geometry.multiply(geometry.scaling(2), shifted)
    assert geometry.apply(both, (10, 20)) == (25, 47)


def test_a_perspective_divides() -> None:
    assert geometry.apply((1, 0, 0, 0, 1, 0, 0.001, 0, 1), (1000, 500)) == (500, 250)


def test_a_flat_matrix_has_no_inverse() -> None:
    with pytest.raises(ValueError, match="no inverse"):
        geometry.invert((1, 2, 0, 2, 4, 0, 0, 0, 1))


def test_a_point_is_inside_a_turned_quad_either_way_round() -> None:
    quad: Quad = ((50, 0), (100, 50), (50, 100), (0, 50))
    backwards: Quad = (quad[0], quad[3], quad[2], quad[1])
    for q in (quad, backwards):
        assert contains(q, (50, 50))
        assert not contains(q, (10, 10))


def test_growing_moves_every_side_out_by_as_much() -> None:
    assert geometry.grow(SQUARE, 3) == ((-3, -3), (103, -3), (103, 43), (-3, 43))
    point: Quad = ((5, 5), (5, 5), (5, 5), (5, 5))
    assert geometry.grow(point, 2) == ((3, 3), (7, 3), (7, 7), (3, 7))


@given(st.floats(0.05, 20), points, st.floats(0.1, 4), points)
def test_zooming_keeps_the_point_under_the_mouse(scale: float, shift: Point, factor: float, mouse: Point) -> None:
    before = View(scale, *shift)
    after = before.zoomed(factor, mouse, smallest=0.05)
    assert after.to_widget(before.to_scene(mouse)) == pytest.approx(mouse, abs=1e-4)
    assert 0.05 <= after.scale <= geometry.LARGEST_SCALE


@given(st.floats(1, 5000), st.floats(1, 5000))
def test_a_fitted_page_is_whole_and_in_the_middle(width: float, height: float) -> None:
    view = geometry.fitted((0, 0, width, height), AREA)
    (left, top), (right, bottom) = view.to_widget((0, 0)), view.to_widget((width, height))
    assert left >= AREA.left - 1e-6
    assert right <= AREA.right + 1e-6
    assert top >= AREA.top - 1e-6
    assert bottom <= AREA.bottom + 1e-6
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx(AREA.middle)


def test_a_page_cannot_be_pushed_out_of_sight() -> None:
    view = View(1).panned(-9999, 9999).roaming(AREA, (0, 0, 1000, 1000), 0.25)
    left_edge, top_edge = view.to_widget((0, 0))
    right_edge, _ = view.to_widget((1000, 1000))
    assert right_edge == pytest.approx(AREA.right - 100)
    assert top_edge == pytest.approx(AREA.top + 75)
    assert left_edge < 0


@pytest.mark.parametrize("quad", [SQUARE, ((300, 900), (540, 900), (540, 910), (300, 910))])
def test_a_flight_ends_where_the_text_can_be_read(quad: Quad) -> None:
    whole = geometry.fitted((0, 0, 1000, 2000), AREA)
    view = geometry.readable(quad, AREA, whole)
    placed = [view.to_widget(corner) for corner in quad]
    assert all(AREA.left <= x <= AREA.right and AREA.top <= y <= AREA.bottom for x, y in placed)
    assert view.scale > whole.scale
    x, y = centre(quad)
    assert view.to_widget((x, y)) == pytest.approx(AREA.middle)


def test_a_line_too_long_to_be_read_whole_is_read_from_its_beginning() -> None:
    whole = geometry.fitted((0, 0, 1000, 2000), AREA)
    view = geometry.readable(((300, 900), (900, 900), (900, 910), (300, 910)), AREA, whole)
    assert view.scale * 10 >= 14
    left, top = view.to_widget((300, 900))
    assert AREA.left <= left <= AREA.left + 0.1 * AREA.width
    assert AREA.top < top < AREA.bottom


def test_a_place_of_several_lines_is_as_large_as_its_lines_want() -> None:
    whole = geometry.fitted((0, 0, 1000, 2000), AREA)
    address: Quad = ((100, 100), (500, 100), (500, 190), (100, 190))
    lines = tuple(TextLine("", 1.0, ((100, y), (500, y), (500, y + 26), (100, y + 26))) for y in (100, 132, 164))
    scene = Scene(preview(source=(1000, 2000)), lines)
    assert scene.line_height_in(SQUARE) is None
    height = scene.line_height_in(address)
    assert height is not None and height > 0
    assert geometry.readable(address, AREA, whole, 26.0).scale > geometry.readable(address, AREA, whole).scale


def test_a_huge_word_is_not_shown_smaller_than_the_page() -> None:
    whole = geometry.fitted((0, 0, 400, 300), AREA)
    assert geometry.readable(((0, 0), (400, 0), (400, 300), (0, 300)), AREA, whole).scale == whole.scale


def test_a_flight_goes_from_one_view_to_the_other() -> None:
    start, end = View(0.5, 10, 20), View(2, -300, -400)
    assert start.towards(end, 0) == start
    assert start.towards(end, 1) == end
    half = start.towards(end, 0.5)
    assert half.scale == pytest.approx(1.0)
    # the scene point that stands still in both views stands still on the way
    still = ((10 + 300) / 1.5, (20 + 400) / 1.5)
    assert half.to_widget(still) == pytest.approx(start.to_widget(still))


def flat(quad: Quad) -> list[float]:
    return [value for corner in quad for value in corner]


# The scene ---------------------------------------------------------------------------------------


def preview(to_source: Matrix = IDENTITY, after: tuple[int, int] = (200, 100), source: tuple[int, int] = (400, 200)):
    before = QImage(200, 100, QImage.Format.Format_RGB32)
    return Preview(before, QImage(*after, QImage.Format.Format_RGB32), *source, to_source)


def test_scene_units_are_source_pixels_whatever_the_pictures_size() -> None:
    scene = Scene(preview(geometry.scaling(2)))
    assert scene.after_box == pytest.approx((0, 0, 400, 200))
    assert scene.before_box == pytest.approx((0, 0, 400, 200))
    assert flat(scene.on_after(SQUARE)) == pytest.approx(flat(SQUARE))


def test_a_quarter_turn_puts_a_line_elsewhere_on_both_pages() -> None:
    # the content lies turned by 90 degrees counter-clockwise in the source: prepared x is the source's height - y
    scene = Scene(preview((0, 2, 0, -2, 0, 200, 0, 0, 1), after=(100, 200)))
    assert scene.after_box == pytest.approx((0, 0, 200, 400))
    on_after = scene.on_after(((0, 200), (0, 100), (50, 100), (50, 200)))  # reads upwards in the source
    assert flat(on_after) == pytest.approx(flat(((0, 0), (100, 0), (100, 50), (0, 50))))
    assert scene.before_box == pytest.approx((-100, 100, 300, 300))  # their middles lie over each other


def test_of_a_photograph_the_sheet_is_what_fits() -> None:
    photograph = replace(preview(geometry.scaling(2), source=(900, 700)), preparation=Preparation(perspective=SQUARE))
    scene = Scene(photograph)
    assert scene.sheet_box == scene.after_box
    assert Scene(preview(geometry.scaling(2), source=(900, 700))).sheet_box == scene.box
    parts = Parts(((1, SQUARE),), 1)
    assert replace(scene, parts=parts).sheet_box == scene.box  # the others are seen beside it


def test_both_pages_agree_at_the_anchor() -> None:
    anchor = (320.0, 40.0)
    scene = Scene(preview(geometry.multiply(geometry.scaling(2), turn(5, (200, 100)))), anchor=anchor)
    here: Quad = (anchor, anchor, anchor, anchor)
    assert scene.on_before(here)[0] == pytest.approx(scene.on_after(here)[0])


def test_the_line_under_the_mouse_is_the_smallest() -> None:
    wide = TextLine("wide", 1.0, ((0, 0), (400, 0), (400, 100), (0, 100)))
    small = TextLine("small", 1.0, ((100, 20), (200, 20), (200, 50), (100, 50)))
    scene = Scene(preview(geometry.scaling(2)), (wide, small))
    assert scene.line_at((150, 35), after=True) is small
    assert scene.line_at((150, 80), after=False) is wide
    assert scene.line_at((150, 150), after=True) is None


def test_a_preview_is_asked_in_steps_and_never_larger_than_the_page() -> None:
    assert side_for(0.2, 3000, 4000) == 1024
    assert side_for(0.4, 3000, 4000) == 1448
    assert side_for(0.55, 3000, 4000) == 2048
    assert side_for(1.0, 3000, 4000) == 4000
    assert side_for(5.0, 3000, 4000) == 4000
    assert side_for(1.0, 300, 200) == 1024


def test_half_the_pixels_are_not_sharp_enough_for_real_size() -> None:
    assert not sharp_enough(preview(), 1.0)
    assert sharp_enough(preview(), 0.5)
    assert sharp_enough(preview(source=(200, 100)), 4.0)
