"""Which receipts a page holds and how each of them lies, with the real engine."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest

from paddlescan.document import PageRef, PrepareOptions, Quad, ScanOptions, SourceFile, bounds, quad_from
from paddlescan.document.pixels import PageImage, Pixels
from paddlescan.ocr.engine import OcrEngine
from paddlescan.pipeline.scan import scan_page
from paddlescan.pipeline.sighting import sight
from tests.unit.ocr.test_paddle_ocr import sample


def on_a_desk(pieces: list[tuple[Pixels, int, float, tuple[int, int]]]) -> Pixels:
    """Receipts on dark cloth, each at its quarter turns and angle (counter-clockwise), around its middle."""
    ground = np.random.default_rng(4).normal(84, 5, (1500, 2000, 3)).clip(0, 255).astype(np.uint8)
    for picture, quarters, degrees, (x, y) in pieces:
        lying = np.ascontiguousarray(np.rot90(picture, quarters))
        height, width = lying.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        matrix[:, 2] += x - width / 2, y - height / 2
        cv2.warpAffine(lying, matrix, (2000, 1500), dst=ground, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    return ground


def small(name: str) -> tuple[Pixels, list[str]]:
    pixels, lines = sample(name)
    return np.asarray(cv2.resize(pixels, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA), np.uint8), lines


def middle(quad: Quad) -> tuple[float, float]:
    left, top, right, bottom = bounds(quad)
    return (left + right) / 2, (top + bottom) / 2


@pytest.mark.slow
def test_each_receipt_on_a_sheet_is_found_turned_and_read_by_itself(engine: OcrEngine) -> None:
    """Upright, upside down, and lying on its side with a slant: each with its own lines, all of them in its region."""
    cafe, cafe_lines = small("cafe")
    hotel, hotel_lines = small("hotel")
    page = on_a_desk([(cafe, 0, 4.0, (380, 640)), (cafe, 2, -3.0, (960, 720)), (hotel, 1, 5.0, (1560, 740))])
    done, data = cv2.imencode(".png", page)
    assert done
    ref = PageRef(SourceFile(b"/x/sheet.png", "sheet.png"))
    result = scan_page(ref, io.BytesIO(data.tobytes()), engine, ScanOptions())
    assert [(r.number, r.count) for r in result.receipts] == [(1, 3), (2, 3), (3, 3)]
    turns = []
    for receipt, wanted in zip(result.receipts, (cafe_lines, cafe_lines, hotel_lines), strict=True):
        assert receipt.region is not None and receipt.preparation is not None
        assert len({line.text for line in receipt.lines} & set(wanted)) > 0.8 * len(set(wanted))
        left, top, right, bottom = bounds(receipt.region)
        assert all(left - 5 < middle(line.quad)[0] < right + 5 for line in receipt.lines)
        assert all(top - 5 < middle(line.quad)[1] < bottom + 5 for line in receipt.lines)
        turns.append((receipt.preparation.rotation_degrees, round(receipt.preparation.skew_degrees)))
    assert turns == [(0, 4), (180, -3), (90, 5)]
    assert [r.value("total") for r in result.receipts[:2]] == ["42.40", "42.40"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "rotation"),
    [
        (PrepareOptions(), 180),
        (PrepareOptions(orient=False), 0),
        (PrepareOptions(True, True, True, True, 50, 270), 270),
    ],
)
def test_a_page_is_turned_as_its_lines_say_unless_a_person_says_otherwise(
    engine: OcrEngine, options: PrepareOptions, rotation: int
) -> None:
    pixels, _ = small("cafe")
    (only,) = sight(PageImage(np.ascontiguousarray(pixels[::-1, ::-1])), engine, options).receipts
    assert only.page.preparation.rotation_degrees == rotation
    assert only.region is None
    assert only.quads


@pytest.mark.slow
def test_a_sheet_is_one_receipt_where_the_person_says_so(engine: OcrEngine) -> None:
    cafe, _ = small("cafe")
    page = PageImage(on_a_desk([(cafe, 0, 4.0, (380, 640)), (cafe, 0, -3.0, (1100, 720))]))
    assert len(sight(page, engine, PrepareOptions()).receipts) == 2
    (whole,) = sight(page, engine, PrepareOptions(find_regions=False)).receipts
    assert whole.region is None


@pytest.mark.slow
def test_regions_drawn_by_hand_are_the_receipts_each_prepared_by_itself(engine: OcrEngine) -> None:
    """Side by side without a slant, so that the picture proves nothing; one upside down, one of bare ground."""
    cafe, _ = small("cafe")
    page = on_a_desk([(cafe, 0, 0.0, (380, 700)), (cafe, 2, 0.0, (1100, 700))])
    regions = tuple(quad_from([(x, 60), (x + 600, 60), (x + 600, 1360), (x, 1360)]) for x in (1400.0, 800.0, 80.0))
    drawn = sight(PageImage(page), engine, PrepareOptions(regions=regions)).receipts
    assert tuple(one.region for one in drawn) == regions
    assert [one.page.preparation.rotation_degrees for one in drawn[1:]] == [180, 0]
    assert [bool(one.quads) for one in drawn] == [False, True, True]
    done, data = cv2.imencode(".png", page)
    assert done
    ref = PageRef(SourceFile(b"/x/sheet.png", "sheet.png"))
    options = ScanOptions(prepare=PrepareOptions(regions=regions[1:]))
    result = scan_page(ref, io.BytesIO(data.tobytes()), engine, options)
    assert [(r.region, r.value("total")) for r in result.receipts] == [(regions[1], "42.40"), (regions[2], "42.40")]
