from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import Preparation, PrepareOptions, Quad
from paddlescan.document.pixels import PageImage, Pixels
from paddlescan.imaging import prepare as room
from paddlescan.imaging.deskew import measure_skew
from paddlescan.imaging.geometry import inverse, map_quad, shift, whole
from paddlescan.imaging.prepare import prepare

from .drawing import draw_receipt, draw_seal, four_corners, to_bgr, turned


def test_an_upright_page_stays_as_it_is() -> None:
    page = PageImage(to_bgr(draw_receipt()))
    done = prepare(page, PrepareOptions())
    assert np.shares_memory(done.pixels, page.pixels)
    assert np.array_equal(done.to_source, np.eye(3))
    assert (done.preparation.rotation_degrees, done.preparation.skew_degrees) == (0, 0.0)
    assert (done.preparation.seal_removed, done.preparation.seals, done.with_seals) == (False, (), None)


@pytest.mark.parametrize(("rotation", "quarters"), [(90, -1), (180, 2), (270, 1)])
def test_quarter_turns_lose_no_pixel(rotation: int, quarters: int) -> None:
    upright = to_bgr(four_corners())
    lying = np.rot90(upright, rotation // 90).copy()  # counter-clockwise
    done = prepare(PageImage(lying), PrepareOptions(deskew=False), known=Preparation(rotation))
    assert np.array_equal(done.pixels, upright)
    assert np.array_equal(done.pixels, np.rot90(lying, quarters))
    assert done.preparation.rotation_degrees == rotation


def test_a_turn_by_hand_wins_and_a_switch_holds() -> None:
    page = PageImage(to_bgr(draw_receipt(300, 400)))
    known = Preparation(rotation_degrees=90)
    assert prepare(page, PrepareOptions(rotation_degrees=180), known=known).preparation.rotation_degrees == 180
    assert prepare(page, PrepareOptions(rotation_degrees=90, orient=False)).preparation.rotation_degrees == 90
    assert prepare(page, PrepareOptions(orient=False), known=known).preparation.rotation_degrees == 0


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
    kept = prepare(image, PrepareOptions(remove_seals=False, deskew=False, rotation_degrees=90))
    cleaned = prepare(image, PrepareOptions(deskew=False, rotation_degrees=90))
    assert (kept.preparation.seal_removed, cleaned.preparation.seal_removed) == (False, True)
    assert kept.preparation.seals == cleaned.preparation.seals
    (quad,) = kept.preparation.seals
    x, y = np.array(quad).mean(axis=0)
    assert (x, y) == pytest.approx((600, 700 - 400), abs=8)
    assert np.array_equal(kept.pixels, page)
    assert not np.array_equal(cleaned.pixels, page)
    assert cleaned.with_seals is not None and np.array_equal(cleaned.with_seals, page)
    assert kept.with_seals is None
    assert np.array_equal(image.pixels, np.rot90(page))


def test_a_blank_page_is_not_turned() -> None:
    grain = np.random.default_rng(3).normal(240, 2, (800, 600, 3)).clip(0, 255).astype(np.uint8)
    assert prepare(PageImage(grain), PrepareOptions()).preparation.skew_degrees == 0.0


def sheet_with(receipt: Pixels, centre: tuple[int, int], degrees: float) -> tuple[PageImage, Quad]:
    """A grey sheet with a receipt on it, turned counter-clockwise; and the receipt's corners."""
    height, width = receipt.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), degrees, 1.0)
    matrix[:, 2] += centre[0] - width / 2, centre[1] - height / 2
    sheet = np.full((1400, 1800, 3), 150, np.uint8)
    cv2.warpAffine(receipt, matrix, (1800, 1400), dst=sheet, borderMode=cv2.BORDER_TRANSPARENT)
    centred = shift(0.5, 0.5) @ np.vstack([matrix, [0, 0, 1]]) @ shift(-0.5, -0.5)
    return PageImage(sheet), map_quad(whole((width, height)), centred)


@pytest.mark.parametrize("degrees", [-12.0, 0.0, 7.5, 38.0])
def test_a_receipt_among_others_is_cut_out_level_and_whole(degrees: float) -> None:
    receipt = to_bgr(draw_receipt(500, 700))
    sheet, region = sheet_with(receipt, (900, 700), degrees)
    done = prepare(sheet, PrepareOptions(), region)
    assert done.preparation.skew_degrees == pytest.approx(degrees, abs=0.1)
    assert done.pixels.shape[:2] == pytest.approx((700, 500), abs=3)
    inner = (slice(10, 690), slice(10, 490))
    off = np.abs(done.pixels[:700, :500][inner].astype(int) - receipt[inner])
    assert float(off.mean()) < 6.0
    assert map_quad(whole((500, 700)), done.to_source)[2] == pytest.approx(region[2], abs=4)


def test_angles_by_hand_are_the_pages_and_not_those_of_a_receipt_among_others() -> None:
    sheet, region = sheet_with(to_bgr(draw_receipt(500, 700)), (900, 700), 7.5)
    done = prepare(sheet, PrepareOptions(rotation_degrees=180, skew_degrees=-20.0), region)
    assert done.preparation.rotation_degrees == 0
    assert done.preparation.skew_degrees == pytest.approx(7.5, abs=0.1)


@pytest.mark.parametrize("options", [PrepareOptions(orient=False), PrepareOptions(deskew=False), PrepareOptions()])
def test_near_half_a_quarter_what_is_known_and_what_is_measured_come_to_the_same(options: PrepareOptions) -> None:
    """Paper at 44 degrees, text at 46: quarters of the one and the rest of the other would be a page on its side."""
    askew = turned(draw_receipt(500, 700), 2.0)
    sheet, region = sheet_with(askew, (900, 700), 44.0)
    known = prepare(sheet, PrepareOptions(), region).preparation
    assert (known.rotation_degrees, round(known.skew_degrees)) == (90, -44)
    fresh, again = prepare(sheet, options, region), prepare(sheet, options, region, known)
    assert again.pixels.shape == fresh.pixels.shape
    assert again.preparation.rotation_degrees == fresh.preparation.rotation_degrees
    assert again.preparation.skew_degrees == pytest.approx(fresh.preparation.skew_degrees)


def test_what_lies_beside_a_receipt_does_not_come_along() -> None:
    """The text lies askew on its own paper: levelling it would let the neighbours in at the corners."""
    askew = turned(draw_receipt(500, 700), 6.0)
    sheet, region = sheet_with(askew, (900, 700), 0.0)
    done = prepare(sheet, PrepareOptions(), region)
    assert done.preparation.skew_degrees == pytest.approx(6.0, abs=0.15)
    assert done.pixels.shape[0] > askew.shape[0]
    assert not (np.abs(done.pixels.astype(int) - 150).max(axis=2) < 20)[:40, :40].any()


def test_quarter_turns_of_a_receipt_among_others() -> None:
    receipt = to_bgr(draw_receipt(500, 700))
    sheet, region = sheet_with(np.rot90(receipt).copy(), (900, 700), 9.0)
    done = prepare(sheet, PrepareOptions(), region, Preparation(90, 9.0))
    assert (done.preparation.rotation_degrees, done.preparation.skew_degrees) == (90, 9.0)
    inner = (slice(10, 690), slice(10, 490))
    assert float(np.abs(done.pixels[:700, :500][inner].astype(int) - receipt[inner]).mean()) < 6.0


def test_what_is_known_is_not_looked_for() -> None:
    page = draw_seal(turned(draw_receipt(), 5.0), (400, 600), (140, 90), (60, 40, 210))
    found = prepare(PageImage(page), PrepareOptions()).preparation
    (seal,) = found.seals
    moved = replace(found, seals=(map_quad(seal, shift(15.0, 0.0)),), skew_degrees=1.0)
    again = prepare(PageImage(page), PrepareOptions(), known=moved)
    assert again.preparation == moved


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


def test_thin_strokes_of_a_much_reduced_page_are_thinner_and_not_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    page = np.full((1200, 1200, 3), 255, np.uint8)
    page[::8] = 0  # an eighth of it is ink
    monkeypatch.setattr(room, "MAX_PIXELS", 300 * 300)
    done = prepare(PageImage(page), PrepareOptions(skew_degrees=0.0))
    assert done.pixels.shape[:2] == (300, 300)
    assert float(done.pixels.mean()) == pytest.approx(255 * 7 / 8, abs=5)


def test_a_photographed_sheet_is_made_straight_and_its_points_map_back() -> None:
    """A sheet seen aslant on a dark table: what was drawn on it comes back where it was drawn."""
    page = to_bgr(draw_receipt(900, 1300))
    corners: Quad = ((420.0, 240.0), (1310.0, 330.0), (1380.0, 1680.0), (300.0, 1560.0))
    matrix = cv2.getPerspectiveTransform(np.array(whole((900, 1300)), np.float32), np.array(corners, np.float32))
    grain = np.random.default_rng(5).normal(70, 6, (1900, 1700, 3)).clip(0, 255).astype(np.uint8)
    cv2.warpPerspective(page, matrix, (1700, 1900), dst=grain, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    done = prepare(PageImage(grain), PrepareOptions())
    found = done.preparation.perspective
    assert found is not None
    assert np.abs(np.array(found) - corners).max() < 6.0
    height, width = done.pixels.shape[:2]
    assert width / height == pytest.approx(900 / 1300, rel=0.1)
    left = measure_skew(done.pixels)
    assert left is not None and abs(left) < 0.15
    assert map_quad(whole((width, height)), done.to_source)[2] == pytest.approx(corners[2], abs=12)
    assert prepare(PageImage(grain), PrepareOptions(deskew=False)).preparation.perspective is None
