"""The real engine on drawn pages."""

from __future__ import annotations

import json
from collections import Counter

import cv2
import numpy as np
import pytest

from paddlescan.document import bounds
from paddlescan.document.pixels import Pixels
from paddlescan.ocr.engine import OcrEngine
from paddlescan.resources_dir import resource


def sample(name: str) -> tuple[Pixels, list[str]]:
    truth = json.loads(resource("samples", "truth.json").read_text(encoding="utf-8"))
    lines = next(item["lines"] for item in truth["items"] if item["id"] == name)
    data = np.fromfile(str(resource("samples", f"{name}.jpg")), np.uint8)
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert pixels is not None
    return pixels.astype(np.uint8), [" ".join(line.split()) for line in lines]


@pytest.mark.slow
def test_it_reads_a_drawn_receipt_line_by_line(engine: OcrEngine) -> None:
    pixels, wanted = sample("cafe")
    lines = engine.recognise(pixels)
    assert [line.text for line in lines] == wanted
    assert min(line.confidence for line in lines) > 0.9
    height, width = pixels.shape[:2]
    for line in lines:
        left, top, right, bottom = bounds(line.quad)
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
    tops = [bounds(line.quad)[1] for line in lines]
    assert tops[0] < 0.2 * height < 0.8 * height < tops[-1]


@pytest.mark.slow
def test_it_reads_chinese(engine: OcrEngine) -> None:
    pixels, wanted = sample("电子发票")
    read = Counter("".join(line.text for line in engine.recognise(pixels)))
    expected = Counter("".join(wanted).replace(" ", ""))
    assert (read & expected).total() > 0.9 * expected.total()


@pytest.mark.parametrize("shape", [(600, 400, 3), (1, 1, 3), (3, 900, 3), (900, 3, 3)])
def test_a_page_without_text_has_no_lines(engine: OcrEngine, shape: tuple[int, ...]) -> None:
    assert engine.recognise(np.full(shape, 255, np.uint8)) == ()


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((9, 9), np.uint8),
        np.zeros((9, 9, 3), np.float32),
        np.zeros((9, 9, 4), np.uint8),
        np.zeros((0, 9, 3), np.uint8),
    ],
)
def test_other_pictures_are_our_mistake(engine: OcrEngine, pixels: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"uint8|without pixels"):
        engine.recognise(pixels)


@pytest.mark.slow
def test_the_page_is_read_and_never_written(engine: OcrEngine) -> None:
    pixels, _ = sample("hotel")
    before = pixels.copy()
    first = engine.recognise(pixels)
    assert (pixels == before).all()
    pixels.flags.writeable = False
    upside = engine.recognise(pixels[:, ::-1][:, ::-1])  # a view with another memory layout
    assert upside == first
