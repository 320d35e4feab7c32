"""Several receipts on one page are found, and one receipt is never split."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from paddlescan.document import Quad
from paddlescan.document.pixels import Pixels
from paddlescan.imaging.regions import find_regions
from tests.samples import chinese, english
from tests.samples.draw import SAMPLES
from tests.samples.paper import scan, stamp


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


def test_tickets_turned_differently_are_found_in_reading_order() -> None:
    sheet = _sheet((6.0, -5.0, 90.0))
    quads = find_regions(sheet)
    assert len(quads) == 3
    cell = sheet.shape[0]
    for n, quad in enumerate(quads):
        x, y = _centre(quad)
        assert abs(x - cell * (n + 0.5)) < 0.06 * cell and abs(y - cell / 2) < 0.06 * cell
        (left, top), (right, other), _, _ = quad
        assert right - left > abs(other - top), "the top edge lies within 45 degrees"
    slants = [np.degrees(np.arctan2(q[0][1] - q[1][1], q[1][0] - q[0][0])) for q in quads]
    assert np.allclose(slants, (6.0, -5.0, 0.0), atol=0.5)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.category))
def test_a_single_receipt_is_never_split(sample: object) -> None:
    from tests.samples.draw import Sample

    assert isinstance(sample, Sample)
    image = sample.layout()[0].image
    if sample.seal:
        image = stamp(image, *sample.seal)
    picture = np.asarray(scan(image, 7, sample.skew_degrees))
    assert find_regions(np.ascontiguousarray(picture[..., ::-1])) == ()


def test_an_invoice_on_a_large_sheet_is_one() -> None:
    page = english.hotel()[0].image
    sheet = np.full((2000, 1500, 3), 252, np.uint8)
    sheet[100 : 100 + page.height, 200 : 200 + page.width] = np.asarray(page)[..., ::-1]
    assert find_regions(sheet) == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (700, 500)])
def test_empty_pages_have_no_regions(size: tuple[int, int]) -> None:
    assert find_regions(np.full((*size, 3), 255, np.uint8)) == ()


def test_noise_has_no_regions() -> None:
    noise = np.random.default_rng(5).integers(0, 255, (900, 700, 3), dtype=np.uint8)
    assert find_regions(noise) == ()


def test_other_pixels_are_refused() -> None:
    with pytest.raises(ValueError, match="uint8"):
        find_regions(np.zeros((10, 10), np.uint8))


def test_eight_glued_tickets_are_found(receipts: Path) -> None:
    pixels = _pixels(receipts / "chinese" / "taxi_page2.jpg")
    quads = find_regions(pixels)
    places = [(0.10, 0.22), (0.27, 0.25), (0.445, 0.24), (0.625, 0.25), (0.11, 0.715), (0.275, 0.72), (0.445, 0.705)]
    assert len(quads) == 8
    height, width = pixels.shape[:2]
    for (x, y), quad in zip(places, quads[:7], strict=True):
        found = _centre(quad)
        assert abs(found[0] / height - x) < 0.03 and abs(found[1] / height - y) < 0.03
    assert width < height


@pytest.mark.parametrize("number", [20, 21, 26])
def test_a_single_ticket_is_one(receipts: Path, number: int) -> None:
    assert find_regions(_pixels(receipts / "chinese" / f"taxi_{number}.jpg")) == ()
