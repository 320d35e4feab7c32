from __future__ import annotations

import json
import statistics
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from paddlescan.imaging.deskew import measure_skew
from tests.benchmarks.drawn_pages import draw

from .drawing import draw_receipt, to_bgr, turned


def measured(pixels: np.ndarray) -> float:
    angle = measure_skew(pixels)
    assert angle is not None
    return angle


@pytest.mark.parametrize("degrees", [-44.0, -21.7, -6.05, -0.35, 0.0, 0.2, 3.3, 14.8, 30.0, 44.0])
def test_the_angle_and_its_sign(degrees: float) -> None:
    assert measured(turned(draw_receipt(seed=3), degrees)) == pytest.approx(degrees, abs=0.06)


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_page_on_its_side_counts_from_the_next_quarter(quarter: int) -> None:
    lying = np.rot90(turned(draw_receipt(900, 900), 2.4), quarter // 90).copy()
    assert measured(lying) == pytest.approx(2.4, abs=0.06)


def test_a_dark_scanner_bed_does_not_count() -> None:
    """The paper lies at 5 degrees on a black bed whose edges are level."""
    bed = Image.new("RGB", (1100, 1500), "#101010")
    paper = draw_receipt().rotate(5.0, Image.Resampling.BICUBIC, expand=True, fillcolor="#101010")
    bed.paste(paper, (150, 150))
    assert measured(to_bgr(bed)) == pytest.approx(5.0, abs=0.06)


def test_white_on_black() -> None:
    negative = ImageOps.invert(draw_receipt())
    assert measured(turned(negative, -3.0, "black")) == pytest.approx(-3.0, abs=0.06)


def test_a_narrow_crumpled_receipt_stays_upright() -> None:
    """Lines that wave by a few pixels, no two alike."""
    flat = to_bgr(draw_receipt(420, 1600))
    rows, columns = np.indices(flat.shape[:2], dtype=np.float32)
    waves = 1.2 * np.sin(columns / 60 + rows / 150) + 3 * np.sin(rows / 40)
    crumpled = cv2.remap(flat, columns, rows + waves.astype(np.float32), cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    assert abs(measured(crumpled)) < 0.3


@pytest.mark.parametrize(
    ("layout", "medium", "degrees", "seed"),
    [
        ("chinese_receipt", "clean", 85.13, 1),
        ("chinese_receipt", "grey", -69.87, 1),
        ("numbers", "photograph", 50.0, 0),
    ],
)
def test_pages_of_short_lines_are_measured(layout: str, medium: str, degrees: float, seed: int) -> None:
    """A few words and figures a line: their energy spreads over many directions."""
    angle = measured(draw(layout, medium, degrees, seed))
    assert abs((angle - degrees + 45) % 90 - 45) < 0.3


def test_beyond_45_degrees_it_counts_from_the_next_quarter() -> None:
    assert abs((measured(turned(draw_receipt(seed=4), 45.6)) - 45.6 + 45) % 90 - 45) < 0.06


def test_the_margins_of_a_long_receipt_on_a_dark_bed_are_no_lines() -> None:
    assert measured(draw("long_receipt", "bed", 12.0, 1)) == pytest.approx(12.0, abs=0.06)


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_nothing_to_judge_by_on_scraps(size: tuple[int, int]) -> None:
    assert measure_skew(np.full((*size, 3), 255, np.uint8)) is None


def test_nothing_to_judge_by_on_paper_noise_and_a_round_thing() -> None:
    noise = np.random.default_rng(1).normal(225, 12, (1200, 900, 1)).clip(0, 255).astype(np.uint8).repeat(3, 2)
    assert measure_skew(noise) is None
    ring = np.full((900, 700, 3), 255, np.uint8)
    cv2.circle(ring, (300, 400), 150, (0, 0, 0), 3)
    assert measure_skew(ring) is None


def test_the_page_is_not_written_to() -> None:
    pixels = to_bgr(draw_receipt())
    pixels.flags.writeable = False
    measured(pixels)
    with pytest.raises(ValueError, match="uint8"):
        measure_skew(pixels[:, :, 0])


@pytest.mark.slow
def test_real_skewed_pages(receipts: Path) -> None:
    items = json.loads((receipts / "manifest.json").read_text(encoding="utf-8"))["items"]
    errors = []
    for item in items:
        if item["category"] == "deskew":
            pixels = cv2.imread(str(receipts / item["path"]))
            errors.append(abs((measured(pixels) - item["gt"]["skew_deg_ccw"] + 45) % 90 - 45))
    assert len(errors) >= 20
    assert statistics.mean(errors) < 0.04
    assert max(errors) < 0.1
