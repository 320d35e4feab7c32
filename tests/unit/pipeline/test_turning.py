from __future__ import annotations

import random

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from paddlescan.document import EngineOptions, Quad, TextLine
from paddlescan.document.pixels import Pixels
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from paddlescan.pipeline.turning import better_read, find_turn
from paddlescan.resources_dir import resource
from tests.samples.paper import font

QUAD: Quad = ((0.0, 0.0), (9.0, 0.0), (9.0, 3.0), (0.0, 3.0))


def lines(*read: tuple[str, float]) -> list[TextLine]:
    return [TextLine(text, confidence, QUAD) for text, confidence in read]


def test_words_that_read_clearly_better_prove_it() -> None:
    good, bad = lines(("GRAND TOTAL", 0.98), ("Thank you", 0.97)), lines(("TV101 ONVUD", 0.6), ("noh", 0.55))
    assert better_read(good, bad)
    assert not better_read(bad, good)


def test_a_small_gain_proves_nothing() -> None:
    assert not better_read(lines(("GRAND TOTAL", 0.98)), lines(("CRAND TOTAL", 0.9)))


def test_what_hardly_reads_either_way_proves_nothing() -> None:
    assert not better_read(lines(("GRAND TOTAL", 0.6)), lines(("GRAND TOTAL", 0.3)))


def test_a_few_figures_prove_nothing() -> None:
    assert not better_read(lines(("6890", 0.99)), lines(("0689", 0.6)))
    assert not better_read(lines(("- . - . -", 0.99)), lines(("", 0.0)))


def test_lines_that_disagree_prove_nothing() -> None:
    """An upright receipt with an advertisement that stands on its head."""
    good, bad = ("GRAND TOTAL", 0.98), ("TV101 ONVUD", 0.5)
    assert better_read(lines(good, good, good, good), lines(bad, bad, bad, bad))
    assert not better_read(lines(good, good, good, bad, bad), lines(bad, bad, bad, good, good))


def test_nothing_read_proves_nothing() -> None:
    assert not better_read([], [])
    assert not better_read(lines(("", 0.0)), lines(("", 0.0)))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OcrEngine:
    return load_engine(EngineOptions(device="cpu"), tmp_path_factory.mktemp("engine"))


def turn_of(engine: OcrEngine, upright: Pixels, turn: int) -> int:
    page = np.ascontiguousarray(np.rot90(upright, turn // 90))
    return find_turn(engine, page, engine.detect(page))


def sample(name: str) -> Pixels:
    pixels = cv2.imdecode(np.fromfile(str(resource("samples", f"{name}.jpg")), np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(pixels, np.uint8)


def written(texts: list[tuple[int, int, str]], size: tuple[int, int]) -> Pixels:
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for x, y, text in texts:
        pen.text((x, y), text, (30, 30, 30), font("sans", 30))
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cafe", "电子发票", "出租车发票"])
def test_every_turn_of_a_receipt_is_found(engine: OcrEngine, name: str) -> None:
    upright = sample(name)
    assert [turn_of(engine, upright, turn) for turn in (0, 90, 180, 270)] == [0, 90, 180, 270]


@pytest.mark.slow
def test_two_lines_are_enough(engine: OcrEngine) -> None:
    upright = written([(60, 100, "Parking ticket"), (60, 300, "Total due 12.40")], (600, 500))
    assert [turn_of(engine, upright, turn) for turn in (0, 90, 180, 270)] == [0, 90, 180, 270]


@pytest.mark.slow
def test_figures_alone_leave_an_upright_page_upright(engine: OcrEngine) -> None:
    chosen = random.Random(4)
    figures = [(60, 40 + 60 * n, "".join(chosen.choices("0689", k=7))) for n in range(9)]
    assert turn_of(engine, written(figures, (500, 640)), 0) == 0


@pytest.mark.slow
def test_chinese_that_runs_downwards_is_no_page_on_its_side(engine: OcrEngine) -> None:
    columns = ["杭州云栖餐饮管理有限公司", "电子普通发票购买方名称", "价税合计壹佰贰拾叁元", "收款人复核开票人"]
    letters = [(400 - 90 * c, 40 + 44 * n, letter) for c, text in enumerate(columns) for n, letter in enumerate(text)]
    page = written(letters, (520, 640))
    quads = engine.detect(page)
    assert all(quad[3][1] - quad[0][1] > 3 * (quad[1][0] - quad[0][0]) for quad in quads)
    assert find_turn(engine, page, quads) == 0


def test_a_page_without_places_is_left(engine: OcrEngine) -> None:
    assert find_turn(engine, np.full((300, 200, 3), 255, np.uint8), ()) == 0
