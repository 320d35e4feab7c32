"""Black bars and corners, punch holes, staples and the shadow of a book confuse no step."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from paddlescan.document.pixels import Pixels
from paddlescan.imaging.deskew import measure_skew
from paddlescan.imaging.lighting import flatten_lighting
from paddlescan.imaging.paper import find_paper
from paddlescan.imaging.quality import find_quality
from paddlescan.imaging.seal_removal import find_seals
from tests.unit.imaging.drawing import draw_receipt, turned

SIDES = ("left", "left right", "left top", "left top right", "left top right bottom")


def page(seed: int, degrees: float = 0.0) -> Pixels:
    return turned(draw_receipt(900, 1300, seed), degrees)


def blank(seed: int) -> Pixels:
    random = np.random.default_rng(seed)
    return (random.normal(244, 2, (1300, 900, 1)).clip(0, 255).astype(np.uint8)).repeat(3, 2)


def bars(pixels: Pixels, seed: int, sides: str) -> Pixels:
    """Black bars beside the page, as where the lid is black and the sheet smaller than the glass."""
    random = np.random.default_rng(seed)
    width = {side: int(random.integers(20, 130)) if side in sides else 0 for side in ("top", "bottom", "left", "right")}
    framed = cv2.copyMakeBorder(pixels, *width.values(), cv2.BORDER_CONSTANT, value=(14, 12, 13))
    return _grain(np.asarray(framed, np.uint8), random)


def triangles(seed: int, degrees: float) -> Pixels:
    """The page lay askew under a black lid and was cut to its own size: corners are black, others are missing."""
    random = np.random.default_rng(seed)
    whole = turned(draw_receipt(900, 1300, seed), degrees, ground="#0c0c0c")
    top, left = (whole.shape[0] - 1300) // 2, (whole.shape[1] - 900) // 2
    return _grain(whole[top : top + 1300, left : left + 900].copy(), random)


def holes(pixels: Pixels, seed: int) -> Pixels:
    """Two or four punch holes in the margin, black as the lid."""
    random = np.random.default_rng(seed)
    punched = pixels.copy()
    for n in range(int(random.choice([2, 4]))):
        cv2.circle(punched, (28, 200 + n * 290), int(random.integers(14, 22)), (15, 15, 15), -1, cv2.LINE_AA)
    return punched


def staple(pixels: Pixels, seed: int) -> Pixels:
    random = np.random.default_rng(seed)
    stapled = pixels.copy()
    x, y = int(random.integers(30, 90)), int(random.integers(25, 60))
    cv2.line(stapled, (x, y), (x + 55, y + int(random.integers(-30, 30))), (70, 70, 75), 6, cv2.LINE_AA)
    return stapled


def spine(pixels: Pixels, seed: int) -> Pixels:
    """The page of a book: it falls into the dark along one side."""
    random = np.random.default_rng(seed)
    x = np.arange(pixels.shape[1], dtype=np.float32)
    dark = 1.0 - float(random.uniform(0.5, 0.9)) * np.exp(-x / float(random.uniform(20, 60)))
    return (pixels * dark[None, :, None]).astype(np.uint8)


def _grain(pixels: Pixels, random: np.random.Generator) -> Pixels:
    noise = random.normal(0, 2, pixels.shape[:2])[..., None]
    return (pixels + noise).clip(0, 255).round().astype(np.uint8)


MARKS: dict[str, Callable[[Pixels, int], Pixels]] = {"holes": holes, "staple": staple, "spine": spine}
for _sides in SIDES:
    MARKS[f"bars {_sides}"] = lambda pixels, seed, sides=_sides: bars(pixels, seed, sides)  # type: ignore[misc]


@pytest.mark.parametrize("mark", MARKS)
def test_skew_is_measured_as_ever(mark: str) -> None:
    degrees = (-2.3, 7.6)[len(mark) % 2]
    assert measure_skew(MARKS[mark](page(1, degrees), 1)) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize(("seed", "degrees"), [(1, -4.0), (2, 1.5)])
def test_black_corners_do_not_pull_the_skew(seed: int, degrees: float) -> None:
    assert measure_skew(triangles(seed, degrees)) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("mark", MARKS)
def test_a_page_with_print_is_not_blank_and_has_no_seal(mark: str) -> None:
    marked = MARKS[mark](page(1), 1)
    assert "blank" not in [finding.name for finding in find_quality(marked)]
    assert find_seals(marked) == ()


@pytest.mark.parametrize("mark", [mark for mark in MARKS if mark.startswith(("bars", "spine"))])
def test_a_blank_page_stays_blank(mark: str) -> None:
    assert [finding.name for finding in find_quality(MARKS[mark](blank(1), 1))] == ["blank"]


@pytest.mark.parametrize("mark", MARKS)
def test_a_scan_is_no_photograph(mark: str) -> None:
    """Bars that run along the picture are no table around a sheet, and no shadow."""
    marked = MARKS[mark](page(2), 2)
    assert find_paper(marked) is None
    assert mark == "spine" or flatten_lighting(marked) is marked


@pytest.mark.parametrize(("seed", "degrees"), [(1, -4.0), (2, 1.5), (3, 4.0)])
def test_a_page_with_black_corners_is_left_whole(seed: int, degrees: float) -> None:
    assert find_paper(triangles(seed, degrees)) is None


@pytest.mark.parametrize("degrees", [-6.0, 9.0])
def test_a_sheet_askew_on_a_black_lid_is_cut_out(degrees: float) -> None:
    whole = turned(draw_receipt(900, 1300, 5), degrees, ground="#0c0c0c")
    scanned = _grain(
        cv2.copyMakeBorder(whole, 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=(12, 12, 12)), np.random.default_rng(5)
    )  # type: ignore[arg-type]
    found = find_paper(scanned)
    assert found is not None
    middle = (scanned.shape[1] / 2, scanned.shape[0] / 2)
    turn = math.radians(degrees)
    x, y = -450.0, -650.0
    corner = (x * math.cos(turn) + y * math.sin(turn) + middle[0], -x * math.sin(turn) + y * math.cos(turn) + middle[1])
    assert found[0] == pytest.approx(corner, abs=3.0)
