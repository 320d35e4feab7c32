"""The sheet of paper in a photograph, and the straight page made of it."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from paddlescan.document import Limits, Quad, quad_from
from paddlescan.document.pixels import Pixels
from paddlescan.imaging.loading import load_page
from paddlescan.imaging.paper import find_paper
from paddlescan.imaging.straight import lean_degrees, straight_size, straightening
from tests.samples.photographs import GROUNDS, LIGHTS, Photograph, photograph
from tests.unit.imaging.drawing import draw_receipt, to_bgr, turned

SIZE = (900, 1200)


def error(found: Quad | None, true: Quad, picture: Pixels) -> float:
    """The farthest corner, as a part of the picture's long side."""
    assert found is not None
    distances = np.linalg.norm(np.array(found) - np.array(true), axis=1)
    return float(distances.max()) / max(picture.shape[:2])


def page(width: int = 700, height: int = 1000, seed: int = 1) -> Pixels:
    return to_bgr(draw_receipt(width, height, seed))


@pytest.mark.parametrize(("ground", "seed"), [(ground, 40 + n) for n, ground in enumerate(GROUNDS)])
def test_corners_are_found_on_every_ground(ground: str, seed: int) -> None:
    taken = photograph(page(seed=seed), seed, ground, LIGHTS[seed % 4], SIZE)
    assert error(find_paper(taken.pixels), taken.quad, taken.pixels) < 0.003


def test_a_steep_look_and_a_small_sheet() -> None:
    steep = photograph(page(), 7, "wood", "even", SIZE, fill=0.9, tilt_degrees=40)
    small = photograph(page(), 8, "cloth", "lamp", SIZE, fill=0.55)
    for taken in (steep, small):
        assert error(find_paper(taken.pixels), taken.quad, taken.pixels) < 0.003


def test_a_page_that_fills_the_picture_is_left_alone() -> None:
    assert find_paper(page()) is None
    assert find_paper(turned(draw_receipt(), 4.0)) is None


def test_a_picture_too_small_is_left_alone() -> None:
    taken = photograph(page(), 3, "dark", "even", SIZE)
    assert find_paper(cv2.resize(taken.pixels, (120, 160)).astype(np.uint8)) is None


def test_a_sheet_that_the_frame_cuts_is_left_alone() -> None:
    taken = photograph(page(), 3, "wood", "even", SIZE)
    assert find_paper(taken.pixels) is not None
    top = math.ceil(max(taken.quad[0][1], taken.quad[1][1])) + 60
    assert find_paper(taken.pixels[top:].copy()) is None


def test_two_sheets_are_left_alone() -> None:
    one, other = (photograph(page(seed=n), n, "dark", "even", (700, 1000), fill=0.85) for n in (1, 2))
    assert find_paper(one.pixels) is not None
    assert find_paper(np.hstack((one.pixels, other.pixels))) is None


def test_a_covered_corner_is_left_alone() -> None:
    taken = photograph(page(), 5, "wood", "even", SIZE, tilt_degrees=10)
    assert find_paper(taken.pixels) is not None
    x, y = taken.quad[2]
    hand = cv2.circle(taken.pixels.copy(), (round(x), round(y)), 90, (120, 150, 200), -1, cv2.LINE_AA)
    assert find_paper(np.asarray(hand, np.uint8)) is None


def test_white_paper_on_a_white_table_is_left_alone() -> None:
    taken = photograph(page(), 5, "dark", "even", SIZE)
    inside = np.zeros(taken.pixels.shape[:2], np.uint8)
    cv2.fillConvexPoly(inside, np.round(taken.quad).astype(np.int32), 1)
    white = np.where(inside[..., None] == 1, taken.pixels, 244).astype(np.uint8)
    assert find_paper(white) is None


def test_a_window_in_a_screenshot_is_no_sheet() -> None:
    screen = np.full((900, 1400, 3), 40, np.uint8)
    screen[100:800, 300:1000] = cv2.resize(page(), (700, 700))
    assert find_paper(screen) is None


def test_a_thick_frame_on_the_page_is_not_its_edge() -> None:
    framed = page()
    cv2.rectangle(framed, (40, 40), (660, 960), (20, 20, 20), 14)
    taken = photograph(framed, 29, "stone", "even", SIZE)
    found = find_paper(taken.pixels)
    assert found is None or error(found, taken.quad, taken.pixels) < 0.003
    white = np.full_like(taken.pixels, 240)
    inside = np.zeros(taken.pixels.shape[:2], np.uint8)
    cv2.fillConvexPoly(inside, np.round(taken.quad).astype(np.int32), 1)
    assert find_paper(np.where(inside[..., None] == 1, taken.pixels, white).astype(np.uint8)) is None


@pytest.mark.parametrize("degrees", [0.0, 2.5])
def test_a_white_box_on_a_coloured_page_is_no_sheet(degrees: float) -> None:
    coloured = (page() * np.array([0.78, 0.7, 0.95])).astype(np.uint8)
    coloured[160:840, 60:640] = page()[160:840, 60:640]
    turn = cv2.getRotationMatrix2D((350, 500), degrees, 1.0)
    scanned = cv2.warpAffine(coloured, turn, (700, 1000), borderMode=cv2.BORDER_REPLICATE)
    assert find_paper(np.asarray(scanned, np.uint8)) is None


def test_a_picture_on_the_page_does_not_hide_the_page() -> None:
    printed = page()
    colours = np.random.default_rng(4).integers(20, 235, (7, 7, 3)).astype(np.uint8)
    printed[600:900, 60:640] = cv2.resize(colours, (580, 300), interpolation=cv2.INTER_CUBIC)
    taken = photograph(printed, 31, "cloth", "even", SIZE)
    assert error(find_paper(taken.pixels), taken.quad, taken.pixels) < 0.003


def test_straight_pages_have_the_sheets_own_proportions() -> None:
    """Seen aslant by 30 degrees or less, whichever way."""
    ratios = []
    for seed in range(12):
        taken = photograph(np.full((990, 700, 3), 255, np.uint8), seed, "dark", "even", (600, 800), tilt_degrees=30)
        width, height = straight_size(taken.quad, (600, 800))
        ratios.append(width / height / (700 / 990))
    errors = np.abs(np.log(ratios))
    assert np.median(errors) < 0.01
    assert errors.max() < 0.06  # where one pair of sides looks parallel, the focal length cannot be told


def test_a_rectangle_keeps_its_size() -> None:
    box = quad_from([(10, 20), (410, 20), (410, 620), (10, 620)])
    assert straight_size(box, (500, 700)) == (400, 600)
    matrix, size = straightening(box, (500, 700))
    assert size == (400, 600)
    assert np.allclose(matrix @ [10, 20, 1], [0, 0, 1])


def test_straightening_takes_corners_to_corners_and_print_to_its_place() -> None:
    taken = photograph(page(), 11, "wood", "even", SIZE, tilt_degrees=25)
    matrix, (width, height) = straightening(taken.quad, SIZE)
    for corner, place in zip(taken.quad, [(0, 0), (width, 0), (width, height), (0, height)], strict=True):
        x, y, w = matrix @ [*corner, 1.0]
        assert (x / w, y / w) == pytest.approx(place, abs=0.01)
    centred = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
    straight = cv2.warpPerspective(taken.pixels, centred @ matrix @ np.linalg.inv(centred), (width, height))
    original = cv2.resize(page(), (width, height), interpolation=cv2.INTER_AREA)
    likeness = np.corrcoef(cv2.blur(straight, (5, 5)).ravel(), cv2.blur(original, (5, 5)).ravel())[0, 1]
    assert likeness > 0.9


@pytest.mark.parametrize("degrees", [-30.0, 0.0, 12.5])
def test_how_the_sheet_lies(degrees: float) -> None:
    corners = cv2.boxPoints(((500, 500), (300, 400), -degrees))
    first = int(np.argmin(np.abs(corners - corners.mean(axis=0) - turned_corner(degrees)).sum(axis=1)))
    assert lean_degrees(quad_from(np.roll(corners, -first, axis=0))) == pytest.approx(degrees, abs=0.01)


def turned_corner(degrees: float) -> npt.NDArray[np.float64]:
    """Where the top left corner of a sheet of 300 by 400 lies, seen from its middle, once turned counter-clockwise."""
    turn = math.radians(degrees)
    x, y = -150.0, -200.0
    return np.array([x * math.cos(turn) + y * math.sin(turn), -x * math.sin(turn) + y * math.cos(turn)])


def test_only_clear_sheets_are_found_in_real_pictures(receipts: Path) -> None:
    """Scans are no photographs; the one receipt that lies whole on a table is found."""
    found = set()
    for folder in ("sroie/images", "other", "chinese", "seal"):
        for path in sorted((receipts / folder).iterdir()):
            if path.suffix in (".json", ".pdf"):
                continue
            with path.open("rb") as file:
                if find_paper(load_page(file, path.name, 1, Limits()).pixels) is not None:
                    found.add(path.name)
    assert found == {"whole_foods.jpg"}


def test_photographs_hold_what_they_promise() -> None:
    taken = photograph(page(), 1, "dark", "even", SIZE)
    assert isinstance(taken, Photograph)
    assert taken.pixels.shape == (1200, 900, 3)
    inside = np.array(taken.quad)
    assert inside.min() > 0 and (inside < SIZE).all()
    again = photograph(page(), 1, "dark", "even", SIZE)
    assert np.array_equal(again.pixels, taken.pixels)
