"""Several receipts on one page are found, and one receipt is never split."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from paddlescan.document import EngineOptions, Quad, quad_from
from paddlescan.document.pixels import Pixels
from paddlescan.imaging.regions import find_regions
from paddlescan.imaging.regions_gate import may_be_several
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from tests.benchmarks.regions import overlap
from tests.samples import chinese, english
from tests.samples.draw import SAMPLES, Sample
from tests.samples.paper import scan, stamp
from tests.samples.sheets import sheet
from tests.samples.single_pages import single_page

LINES = [((10.0, y), (200.0, y + 9), (198.0, y + 29), (8.0, y + 20)) for y in range(0, 400, 40)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OcrEngine:
    return load_engine(EngineOptions(device="cpu"), tmp_path_factory.mktemp("engine"))


def _regions(engine: OcrEngine, pixels: Pixels) -> tuple[Quad, ...]:
    return find_regions(pixels, engine.detect(pixels))


def _pixels(path: Path) -> Pixels:
    return np.asarray(cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def _centre(quad: Quad) -> tuple[float, float]:
    x, y = np.array(quad).mean(axis=0)
    return float(x), float(y)


def _sheet(turned: tuple[float, ...]) -> Pixels:
    """Copies of a ticket on white paper, side by side, each turned, without any shadow."""
    ticket = cv2.cvtColor(np.asarray(chinese.taxi()[0].image), cv2.COLOR_RGB2BGR)
    height, width = ticket.shape[:2]
    cell = height + 120
    sheet = np.full((cell, cell * len(turned), 3), 250, np.uint8)
    for n, degrees in enumerate(turned):
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        turn[:, 2] += cell * n + (cell - width) / 2, (cell - height) / 2
        place = cv2.warpAffine(ticket, turn, sheet.shape[1::-1], borderValue=(255, 255, 255))
        sheet = np.minimum(sheet, place)
    return np.asarray(sheet, np.uint8)


def test_tickets_turned_differently_are_found_in_reading_order(engine: OcrEngine) -> None:
    sheet = _sheet((6.0, -5.0, 90.0))
    quads = _regions(engine, sheet)
    assert len(quads) == 3
    cell = sheet.shape[0]
    for n, quad in enumerate(quads):
        x, y = _centre(quad)
        assert abs(x - cell * (n + 0.5)) < 0.06 * cell and abs(y - cell / 2) < 0.06 * cell
        (left, top), (right, other), _, _ = quad
        assert right - left > abs(other - top), "the top edge lies within 45 degrees"
    slants = [np.degrees(np.arctan2(q[0][1] - q[1][1], q[1][0] - q[0][0])) for q in quads]
    assert np.allclose(slants, (6.0, -5.0, 0.0), atol=0.8)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.category))
def test_a_single_receipt_is_never_split(engine: OcrEngine, sample: Sample) -> None:
    image = sample.layout()[0].image
    if sample.seal:
        image = stamp(image, *sample.seal)
    picture = np.asarray(scan(image, 7, sample.skew_degrees))
    assert _regions(engine, np.ascontiguousarray(picture[..., ::-1])) == ()


def test_an_invoice_on_a_large_sheet_is_one(engine: OcrEngine) -> None:
    page = english.hotel()[0].image
    sheet = np.full((2000, 1500, 3), 252, np.uint8)
    sheet[100 : 100 + page.height, 200 : 200 + page.width] = np.asarray(page)[..., ::-1]
    assert _regions(engine, sheet) == ()


@pytest.mark.parametrize("seed", [0, 1, 7, 11, 15, 20, 29, 32, 34])
def test_pages_that_look_like_several_are_one(engine: OcrEngine, seed: int) -> None:
    """Columns, forms, slips, boxes, flat or folded or curled."""
    assert _regions(engine, single_page(seed).pixels) == ()


@pytest.mark.parametrize("seed", [1, 4, 9, 15])
def test_receipts_lie_apart_on_white_dark_wooden_and_grey_ground(engine: OcrEngine, seed: int) -> None:
    drawn = sheet(seed)
    lines = engine.detect(drawn.pixels)
    assert may_be_several(lines, drawn.pixels.shape[1], drawn.pixels.shape[0])
    quads = find_regions(drawn.pixels, lines)
    assert len(quads) == len(drawn.quads)
    for quad in quads:
        assert max(overlap(quad, truth) for truth in drawn.quads) >= 0.7


def test_lines_that_all_run_alike_are_one_receipt_whatever_lies_between() -> None:
    page = np.full((900, 1400, 3), 60, np.uint8)
    lines = []
    for left in (60, 760):
        page[40:860, left - 40 : left + 580] = 245
        for y in range(80, 800, 40):
            page[y + 5 : y + 20, left : left + 400 : 9] = 20
            lines.append(((left, y), (left + 400, y), (left + 400, y + 26), (left, y + 26)))
    assert find_regions(page, [quad_from(line) for line in lines]) == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (700, 500)])
def test_empty_pages_have_no_regions(size: tuple[int, int]) -> None:
    assert find_regions(np.full((*size, 3), 255, np.uint8), LINES) == ()


def test_noise_has_no_regions() -> None:
    noise = np.random.default_rng(5).integers(0, 255, (900, 700, 3), dtype=np.uint8)
    assert find_regions(noise, LINES) == ()


def test_other_pixels_are_refused() -> None:
    with pytest.raises(ValueError, match="uint8"):
        find_regions(np.zeros((10, 10), np.uint8), LINES)


def test_eight_glued_tickets_are_found(engine: OcrEngine, receipts: Path) -> None:
    pixels = _pixels(receipts / "chinese" / "taxi_page2.jpg")
    quads = _regions(engine, pixels)
    places = [(0.10, 0.22), (0.27, 0.25), (0.445, 0.24), (0.625, 0.25), (0.11, 0.715), (0.275, 0.72), (0.445, 0.705)]
    assert len(quads) == 8
    height, width = pixels.shape[:2]
    for (x, y), quad in zip(places, quads[:7], strict=True):
        found = _centre(quad)
        assert abs(found[0] / height - x) < 0.03 and abs(found[1] / height - y) < 0.03
    assert width < height


@pytest.mark.parametrize("number", [20, 21, 26])
def test_a_single_ticket_is_one(engine: OcrEngine, receipts: Path, number: int) -> None:
    assert _regions(engine, _pixels(receipts / "chinese" / f"taxi_{number}.jpg")) == ()
