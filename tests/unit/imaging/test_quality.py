from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from paddlescan.imaging.quality import find_quality, is_blank

from .drawing import draw_receipt, to_bgr


def paper(noise: float = 3.0) -> np.ndarray:
    """A scan of an empty sheet: grain, and a shadow along one edge."""
    grain = np.random.default_rng(2).normal(238, noise, (1400, 1000, 1))
    shadow = np.linspace(0, 60, 1000)[None, :, None] ** 1.2 / 2
    return (grain - shadow).clip(0, 255).astype(np.uint8).repeat(3, 2)


@pytest.mark.parametrize("noise", [0.0, 3.0, 8.0])
def test_an_empty_sheet_is_blank(noise: float) -> None:
    assert is_blank(paper(noise))


@pytest.mark.parametrize("colour", ["white", "black", "#808080"])
def test_a_plain_page_is_blank(colour: str) -> None:
    assert is_blank(to_bgr(Image.new("RGB", (600, 800), colour)))


def test_a_page_with_a_dark_border_and_nothing_else_is_blank() -> None:
    bordered = paper()
    bordered[:, :20] = 10
    bordered[:15] = 10
    assert is_blank(bordered)


@pytest.mark.parametrize("size", [(1, 1), (2, 500), (500, 2)])
def test_a_scrap_is_blank(size: tuple[int, int]) -> None:
    assert is_blank(np.full((*size, 3), 200, np.uint8))


def test_one_word_is_not_blank() -> None:
    image = Image.fromarray(paper())
    ImageDraw.Draw(image).text((400, 700), "PAID", "black", ImageFont.load_default(28))
    assert not is_blank(to_bgr(image))


def test_faded_and_negative_print_are_not_blank() -> None:
    receipt = draw_receipt()
    faded = Image.blend(Image.new("RGB", receipt.size, "white"), receipt, 0.15)
    assert not is_blank(to_bgr(faded))
    assert not is_blank(to_bgr(ImageOps.invert(receipt)))
    assert find_quality(to_bgr(receipt)) == ()


@pytest.mark.slow
def test_no_real_receipt_is_blank(receipts: Path) -> None:
    pages = sorted((receipts / "sroie" / "images").glob("*.jpg"))
    assert len(pages) >= 20
    assert [p.name for p in pages if is_blank(cv2.imread(str(p)))] == []
    assert is_blank(cv2.imread(str(receipts / "variants" / "blank_page.jpg")))
