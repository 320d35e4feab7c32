from __future__ import annotations

import numpy as np
import pytest

from paddlescan.document import Backend, Quad
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.line_classifier import LineClassifier, classifier_input
from paddlescan.ocr.models import find_models
from paddlescan.ocr.opening import open_runner
from paddlescan.ocr.paddle_ocr import PaddleOcrEngine

from .test_paddle_ocr import sample


def test_a_line_keeps_its_proportions_and_is_followed_by_grey() -> None:
    line = np.full((24, 40, 3), 255, np.uint8)
    picture = classifier_input(line)
    assert picture.shape == (3, 48, 192)
    assert (picture[:, :, :80] == 1.0).all()
    assert (picture[:, :, 80:] == 0.0).all()


def test_a_longer_line_is_squeezed() -> None:
    line = np.zeros((20, 900, 3), np.uint8)
    assert (classifier_input(line) == -1.0).all()


def test_an_empty_picture_says_nothing() -> None:
    classifier = LineClassifier(open_runner(Backend("onnxruntime"), find_models().line_classifier.read_bytes()))
    assert classifier.upside_down([]) == ()
    assert classifier.upside_down([np.zeros((0, 9, 3), np.uint8)]) == (0.5,)


def rolled(quad: Quad, width: int, height: int) -> Quad:
    a, b, c, d = ((width - x, height - y) for x, y in quad)
    return c, d, a, b


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cafe", "电子发票"])
def test_lines_on_their_head_are_told_from_upright_ones(engine: OcrEngine, name: str) -> None:
    pixels, _ = sample(name)
    quads = [quad for quad in engine.detect(pixels) if quad[1][0] - quad[0][0] > 3 * (quad[3][1] - quad[0][1])]
    upright = engine.upside_down(pixels, quads)
    assert len(upright) == len(quads) > 8
    assert float(np.mean(upright)) < 0.2
    height, width = pixels.shape[:2]
    head = engine.upside_down(np.ascontiguousarray(pixels[::-1, ::-1]), [rolled(quad, width, height) for quad in quads])
    assert float(np.mean(head)) > 0.7


@pytest.mark.slow
def test_of_a_standing_line_it_tells_down_from_up(engine: OcrEngine) -> None:
    pixels, _ = sample("cafe")
    down = np.ascontiguousarray(np.rot90(pixels, 3))
    up = np.ascontiguousarray(np.rot90(pixels, 1))
    for page, low, high in ((down, 0.0, 0.3), (up, 0.7, 1.0)):
        quads = [quad for quad in engine.detect(page) if quad[3][1] - quad[0][1] > 3 * (quad[1][0] - quad[0][0])]
        assert len(quads) > 6
        assert low <= float(np.mean(engine.upside_down(page, quads))) <= high


def test_an_engine_without_a_classifier_does_not_know(engine: OcrEngine) -> None:
    assert isinstance(engine, PaddleOcrEngine)
    page = np.full((200, 200, 3), 255, np.uint8)
    quad: Quad = ((10.0, 10.0), (90.0, 10.0), (90.0, 30.0), (10.0, 30.0))
    kept = engine._classifier
    try:
        engine._classifier = None
        assert engine.upside_down(page, [quad, quad]) == (0.5, 0.5)
    finally:
        engine._classifier = kept
    assert engine.upside_down(page, []) == ()
