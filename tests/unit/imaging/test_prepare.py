from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import PrepareOptions, Quad
from paddlescan.document.pixels import Matrix, PageImage
from paddlescan.imaging import prepare as room
from paddlescan.imaging.deskew import measure_skew
from paddlescan.imaging.prepare import map_quad, prepare

from .drawing import draw_receipt, draw_seal, four_corners, to_bgr, turned


def inverse(matrix: Matrix) -> Matrix:
    return np.asarray(np.linalg.inv(matrix), np.float64)


def test_an_upright_page_stays_as_it_is() -> None:
    page = PageImage(to_bgr(draw_receipt()))
    done = prepare(page, PrepareOptions())
    assert np.shares_memory(done.pixels, page.pixels)
    assert np.array_equal(done.to_source, np.eye(3))
    assert (done.preparation.rotation_degrees, done.preparation.skew_degrees) == (0, 0.0)
    assert (done.preparation.seal_removed, done.preparation.seals, done.quality) == (False, (), ())


@pytest.mark.parametrize(("rotation", "quarters"), [(90, -1), (180, 2), (270, 1)])
def test_quarter_turns_lose_no_pixel(rotation: int, quarters: int) -> None:
    upright = to_bgr(four_corners())
    lying = np.rot90(upright, rotation // 90).copy()  # counter-clockwise
    done = prepare(PageImage(lying), PrepareOptions(deskew=False), rotation)
    assert np.array_equal(done.pixels, upright)
    assert np.array_equal(done.pixels, np.rot90(lying, quarters))
    assert done.preparation.rotation_degrees == rotation


def test_a_turn_by_hand_wins_and_a_switch_holds() -> None:
    page = PageImage(to_bgr(draw_receipt(300, 400)))
    assert prepare(page, PrepareOptions(rotation_degrees=180), 90).preparation.rotation_degrees == 180
    assert prepare(page, PrepareOptions(rotation_degrees=90, orient=False)).preparation.rotation_degrees == 90
    assert prepare(page, PrepareOptions(orient=False), 90).preparation.rotation_degrees == 0


def test_a_skewed_page_is_levelled() -> None:
    done = prepare(PageImage(turned(draw_receipt(), 6.3)), PrepareOptions())
    assert done.preparation.skew_degrees == pytest.approx(6.3, abs=0.1)
    left = measure_skew(done.pixels)
    assert left is not None
    assert abs(left) < 0.1


def test_an_angle_by_hand_wins_and_a_switch_holds() -> None:
    page = PageImage(turned(draw_receipt(), 6.3))
    assert prepare(page, PrepareOptions(skew_degrees=2.0)).preparation.skew_degrees == 2.0
    assert prepare(page, PrepareOptions(skew_degrees=2.0, deskew=False)).preparation.skew_degrees == 2.0
    untouched = prepare(page, PrepareOptions(deskew=False))
    assert untouched.preparation.skew_degrees == 0.0
    assert np.shares_memory(untouched.pixels, page.pixels)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-40.0, -3.0, 0.0, 12.5, 45.0])
def test_points_map_back_to_where_they_were(rotation: int, skew: float) -> None:
    """A dot drawn on the source is found on the prepared page where the matrix says."""
    source = np.full((300, 500, 3), 255, np.uint8)
    source[100:105, 350:355] = 0
    done = prepare(PageImage(source), PrepareOptions(rotation_degrees=rotation, skew_degrees=skew))
    weight = 255.0 - done.pixels[:, :, 0]
    rows, columns = np.indices(weight.shape) + 0.5
    x, y = float((columns * weight).sum() / weight.sum()), float((rows * weight).sum() / weight.sum())
    back = done.to_source @ (x, y, 1.0)
    assert back[:2] == pytest.approx((352.5, 102.5), abs=0.1)


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("skew", [-45.0, -7.0, 0.2, 30.0])
def test_nothing_is_cut_off(rotation: int, skew: float) -> None:
    done = prepare(
        PageImage(np.full((300, 500, 3), 200, np.uint8)), PrepareOptions(rotation_degrees=rotation, skew_degrees=skew)
    )
    height, width = done.pixels.shape[:2]
    corners = map_quad(((0, 0), (500, 0), (500, 300), (0, 300)), inverse(done.to_source))
    assert all(-1e-6 <= x <= width + 1e-6 and -1e-6 <= y <= height + 1e-6 for x, y in corners)


def test_new_corners_have_the_papers_colour() -> None:
    done = prepare(PageImage(to_bgr(draw_receipt(paper="#f0e8d0"))), PrepareOptions(skew_degrees=20.0))
    assert done.pixels[0, 0].tolist() == [0xD0, 0xE8, 0xF0]


def test_a_very_large_page_is_reduced_by_the_same_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_PIXELS", 100_000)
    page = PageImage(to_bgr(draw_receipt(600, 900)))
    for skew in (0.0, 10.0):
        done = prepare(page, PrepareOptions(skew_degrees=skew))
        assert 90_000 < done.pixels.shape[0] * done.pixels.shape[1] < 105_000
        corner = inverse(done.to_source) @ (600.0, 900.0, 1.0)
        assert corner[0] <= done.pixels.shape[1] + 1
        assert corner[1] <= done.pixels.shape[0] + 1


def test_seals_are_reported_in_the_source_whether_taken_off_or_not() -> None:
    page = draw_seal(to_bgr(draw_receipt()), (400, 600), (140, 90), (60, 40, 210))
    image = PageImage(np.rot90(page).copy())
    kept = prepare(image, PrepareOptions(remove_seals=False, deskew=False), 90)
    cleaned = prepare(image, PrepareOptions(deskew=False), 90)
    assert (kept.preparation.seal_removed, cleaned.preparation.seal_removed) == (False, True)
    assert kept.preparation.seals == cleaned.preparation.seals
    (quad,) = kept.preparation.seals
    x, y = np.array(quad).mean(axis=0)
    assert (x, y) == pytest.approx((600, 700 - 400), abs=8)
    assert np.array_equal(kept.pixels, page)
    assert not np.array_equal(cleaned.pixels, page)
    assert np.array_equal(image.pixels, np.rot90(page))


def test_a_blank_page_is_found_and_not_turned() -> None:
    done = prepare(PageImage(np.full((800, 600, 3), 240, np.uint8)), PrepareOptions())
    assert [finding.name for finding in done.quality] == ["blank"]
    assert done.preparation.skew_degrees == 0.0


coordinates = st.floats(-5_000, 5_000)
points = st.tuples(coordinates, coordinates)


@given(
    quad=st.tuples(points, points, points, points),
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    rotation=st.sampled_from([0, 90, 180, 270]),
    skew=st.floats(-45, 45),
)
def test_quads_come_back(quad: Quad, size: tuple[int, int], rotation: int, skew: float) -> None:
    options = PrepareOptions(rotation_degrees=rotation, skew_degrees=skew, remove_seals=False)
    done = prepare(PageImage(np.zeros((*size, 3), np.uint8)), options)
    there = map_quad(quad, inverse(done.to_source))
    assert np.allclose(map_quad(there, done.to_source), quad, atol=1e-6)
