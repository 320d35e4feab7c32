from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from paddlescan.document.pixels import Pixels
from paddlescan.imaging.quality import find_quality
from tests.samples import bad_scans

from .drawing import draw_receipt, to_bgr


def is_blank(pixels: Pixels) -> bool:
    names = [finding.name for finding in find_quality(pixels)]
    assert "blank" not in names or names == ["blank"]
    return names == ["blank"]


def paper(noise: float = 3.0, colour: tuple[int, int, int] = (238, 238, 238), size: float = 1.0) -> Pixels:
    """A scan of an empty sheet: grain, and a shadow along one edge."""
    height, width = round(1754 * size), round(1240 * size)
    grain = np.random.default_rng(2).normal(0, noise, (height, width, 1))
    shadow = np.linspace(0, 60, width)[None, :, None] ** 1.2 / 2
    return np.asarray((np.array(colour) + grain - shadow).clip(0, 255), np.uint8)


def written(text: str, size: int = 22, at: tuple[int, int] = (600, 1650), colour: str = "black") -> Pixels:
    image = Image.fromarray(paper())
    ImageDraw.Draw(image).text(at, text, colour, ImageFont.load_default(size))
    return to_bgr(image)


@pytest.mark.parametrize(("noise", "size"), [(0.0, 0.5), (3.0, 0.5), (8.0, 0.5), (3.0, 1.0), (8.0, 1.0), (3.0, 2.0)])
def test_an_empty_sheet_is_blank(noise: float, size: float) -> None:
    assert is_blank(paper(noise, size=size))


@pytest.mark.parametrize("colour", ["white", "#505050", "#808080"])
def test_a_plain_page_is_blank(colour: str) -> None:
    assert is_blank(to_bgr(Image.new("RGB", (600, 800), colour)))


@pytest.mark.parametrize("noise", [0.0, 3.0, 8.0])
def test_a_black_page_is_no_empty_sheet(noise: float) -> None:
    """Whoever scanned with the lid open, or the lamp out, has to do it again."""
    grain = np.random.default_rng(2).normal(0, noise, (1754, 1240, 1))
    black = np.asarray((np.array((14, 12, 12)) + grain).clip(0, 255), np.uint8)
    assert [finding.name for finding in find_quality(black)] == ["black"]


def test_the_back_of_a_small_receipt_on_a_black_ground_is_blank() -> None:
    page = np.full((1754, 1240, 3), 8, np.uint8)
    page[60:560, 500:740] = paper()[:500, :240]
    assert is_blank(page)


@pytest.mark.parametrize("colour", [(150, 215, 235), (190, 190, 190), (235, 200, 215)])
def test_the_colour_of_an_empty_sheet_does_not_matter(colour: tuple[int, int, int]) -> None:
    assert is_blank(paper(colour=colour))


def test_a_dark_border_is_no_content_however_it_slants() -> None:
    sheet = paper()
    cv2.rectangle(sheet, (0, 0), (24, 1754), (10, 10, 10), -1)
    cv2.fillPoly(sheet, [np.array([(0, 0), (1240, 0), (1240, 70)], np.int32)], (14, 14, 14))
    assert is_blank(sheet)


@pytest.mark.parametrize("ground", [20, 90, 255])
def test_punch_holes_are_no_content(ground: int) -> None:
    sheet = paper(2.0, (225, 225, 225))
    for y in (530, 1190):
        cv2.circle(sheet, (75, y), 18, (ground,) * 3, -1, cv2.LINE_AA)
    assert is_blank(sheet)


def test_a_fold_is_no_content() -> None:
    line = cv2.line(np.zeros((1754, 1240, 3), np.uint8), (0, 870), (1240, 884), (40, 40, 40), 4, cv2.LINE_AA)
    assert is_blank(cv2.subtract(paper(), line))


def test_specks_are_no_content() -> None:
    sheet = paper()
    random = np.random.default_rng(4)
    for x, y in random.integers(60, 1180, (14, 2)).tolist():
        cv2.circle(sheet, (x, y), int(random.integers(1, 3)), (60, 60, 60), -1)
    assert is_blank(sheet)


@pytest.mark.parametrize("size", [(1, 1), (2, 500), (500, 2), (0, 0), (0, 30)])
def test_a_scrap_is_blank(size: tuple[int, int]) -> None:
    assert is_blank(np.full((*size, 3), 200, np.uint8))


@pytest.mark.parametrize("text", ["PAID", "3", "1", "- 12 -", "。一。"])
def test_a_single_word_or_page_number_is_content(text: str) -> None:
    assert not is_blank(written(text))


@pytest.mark.parametrize("colour", ["#d01818", "#e88080", "#3048c0"])
def test_a_seal_alone_is_content(colour: str) -> None:
    image = Image.fromarray(paper())
    ImageDraw.Draw(image).ellipse([700, 900, 940, 1140], outline=colour, width=7)
    assert not is_blank(to_bgr(image))


def test_pale_pencil_is_content() -> None:
    assert not is_blank(written("sum 128.50 see page 4", 24, (200, 300), "#b4b4b4"))


def test_faded_and_negative_print_are_not_blank() -> None:
    receipt = draw_receipt()
    faded = Image.blend(Image.new("RGB", receipt.size, "white"), receipt, 0.15)
    assert not is_blank(to_bgr(faded))
    assert not is_blank(to_bgr(ImageOps.invert(receipt)))


@pytest.mark.parametrize("ink", [0.08, 0.12, 0.2])
def test_pale_print_with_grain_is_not_taken_for_the_other_side(ink: float) -> None:
    assert not is_blank(bad_scans.fade(to_bgr(draw_receipt()), ink, seed=3, noise=2.0))


@pytest.mark.parametrize("strength", [0.04, 0.06, 0.08])
def test_what_shines_through_from_the_other_side_is_no_content(strength: float) -> None:
    assert is_blank(bad_scans.bleed_through(to_bgr(draw_receipt(1240, 1754)), 1, strength, 2.5))


@pytest.mark.slow
def test_no_real_receipt_is_blank(receipts: Path) -> None:
    pages = sorted((receipts / "sroie" / "images").glob("*.jpg"))
    assert len(pages) >= 20
    assert [p.name for p in pages if is_blank(cv2.imread(str(p)))] == []
    assert is_blank(cv2.imread(str(receipts / "variants" / "blank_page.jpg")))
