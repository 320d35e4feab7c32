"""Uneven light is taken off, and nothing else."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from paddlescan.document.pixels import Pixels
from paddlescan.imaging.lighting import flatten_lighting
from tests.samples.photographs import draw_light
from tests.unit.imaging.drawing import draw_receipt, draw_seal, to_bgr

SIZE = (700, 1100)


def page(paper: str = "#f6f5f0") -> Pixels:
    return to_bgr(draw_receipt(*SIZE, paper=paper))


def lit(pixels: Pixels, kind: str, seed: int) -> Pixels:
    light = draw_light(kind, (pixels.shape[1], pixels.shape[0]), np.random.default_rng(seed))
    return (pixels * light[..., None]).clip(0, 255).round().astype(np.uint8)


def paper_levels(pixels: Pixels) -> npt.NDArray[np.float64]:
    """The paper's brightness in each of 10 x 6 parts of the page."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    parts = [part for band in np.array_split(grey, 10) for part in np.array_split(band, 6, axis=1)]
    return np.array([np.percentile(part, 90) for part in parts])


@pytest.mark.parametrize(("kind", "seed"), [("shadow", 1), ("shadow", 2), ("shadow", 4), ("lamp", 3), ("lamp", 7)])
def test_paper_becomes_evenly_light(kind: str, seed: int) -> None:
    dim = lit(page(), kind, seed)
    before, after = paper_levels(dim), paper_levels(flatten_lighting(dim))
    assert before.min() < 0.74 * before.max()
    assert after.min() > 0.93 * after.max()
    assert after.max() <= before.max() + 6


@pytest.mark.parametrize("paper", ["white", "#f6f5f0", "#f8e0e4", "#404040"])
def test_even_light_is_left_alone(paper: str) -> None:
    for pixels in (page(paper), lit(page(paper), "even", 1)):
        assert flatten_lighting(pixels) is pixels


def test_print_keeps_its_contrast_with_the_paper() -> None:
    """Faint print in the shadow comes out as faint as it was, not fainter."""
    pixels = page()
    cv2.putText(pixels, "FAINT 12.50", (200, 1080), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (205, 205, 205), 3, cv2.LINE_AA)
    faint = (slice(1030, 1090), slice(190, 560))
    shade = np.ones(SIZE[::-1], np.float32)
    shade[550:] = 0.5
    shade = cv2.GaussianBlur(shade, (0, 0), 15)
    flat = flatten_lighting((pixels * shade[..., None]).astype(np.uint8))
    contrast = [float(np.percentile(p[faint], 2)) / float(np.median(p[faint])) for p in (pixels, flat)]
    assert contrast[1] == pytest.approx(contrast[0], abs=0.03)


def test_a_seal_stays_as_red_as_it_was() -> None:
    stamped = draw_seal(page(), (350, 800), (140, 100), (60, 50, 210))
    flat = flatten_lighting(lit(stamped, "lamp", 3))
    red = (stamped[..., 2].astype(int) - stamped[..., 1]) > 120
    assert red.sum() > 2000
    for channel in range(3):
        share = flat[red][:, channel].mean() / stamped[red][:, channel].mean()
        assert share == pytest.approx(paper_levels(flat).mean() / paper_levels(stamped).mean(), abs=0.04)


def test_black_bars_codes_and_pictures_on_the_page_stay_dark() -> None:
    pixels = page()
    pixels[300:380, 40:660] = 25
    pixels[700:850, 80:230] = 110
    flat = flatten_lighting(lit(pixels, "lamp", 3))
    assert flat is not pixels
    assert flat[320:360, 60:640].mean() < 40
    assert flat[720:830, 100:210].mean() < 135


def test_even_pages_with_dark_bars_are_left_alone() -> None:
    pixels = page()
    pixels[300:380, 40:660] = 25
    pixels[:, :30] = 5
    assert flatten_lighting(pixels) is pixels


def test_a_photograph_of_things_is_left_alone() -> None:
    random = np.random.default_rng(1)
    things = cv2.resize(random.integers(40, 250, (12, 9, 3)).astype(np.uint8), SIZE, interpolation=cv2.INTER_CUBIC)
    assert flatten_lighting(np.asarray(things, np.uint8)) is things
    grey = cv2.resize(random.integers(120, 250, (60, 40)).astype(np.uint8), SIZE, interpolation=cv2.INTER_LINEAR)
    picture = np.asarray(cv2.merge([grey] * 3), np.uint8)
    assert flatten_lighting(picture) is picture


def test_the_source_is_not_written() -> None:
    dim = lit(page(), "shadow", 1)
    copy = dim.copy()
    dim.flags.writeable = False
    assert flatten_lighting(dim) is not dim
    assert np.array_equal(dim, copy)
