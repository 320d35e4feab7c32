"""The page function, up to the engine: what reading gives is in the end to end tests."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from paddlescan.document import (
    EngineInfo,
    PageRef,
    PageResult,
    PrepareOptions,
    Quad,
    Receipt,
    ScanOptions,
    SourceFile,
    TextLine,
)
from paddlescan.document.pixels import Pixels
from paddlescan.errors import EmptyFile
from paddlescan.pipeline.scan import prepare_page, scan_page, scan_safely
from tests.samples import originals
from tests.samples.codes import DIGITAL_TEXT, put, symbol

PAGE = PageRef(SourceFile(b"/x/secret.png", "secret.png"), 1, 9)
INFO = EngineInfo("onnxruntime", "cpu", "none")


class Refuser:
    """An engine that must not be asked."""

    info = INFO

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        raise AssertionError("a page was looked at that is not to be")

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        if quads:
            raise AssertionError("a page was read that is not to be")
        return ()


class Finder:
    """Finds the one black block of a page, as a detector would, and claims no text for it."""

    info = INFO

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        rows, columns = np.nonzero(pixels.max(axis=2) < 60)
        top, bottom, left, right = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
        quad = ((left, top), (right, top), (right, bottom), (left, bottom))
        corners = tuple((float(x), float(y)) for x, y in quad)
        return (corners,)  # type: ignore[return-value]

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        return tuple(TextLine("#", 0.5, quad) for quad in quads)

    def upside_down(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[float, ...]:
        return (0.0,) * len(quads)


class Blind(Finder):
    """Sees nothing."""

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        return ()


def png(image: Image.Image) -> io.BytesIO:
    file = io.BytesIO()
    image.save(file, "png")
    file.seek(0)
    return file


def block() -> Image.Image:
    """400 x 300, a black block from (40, 60) to (140, 80), and a few small marks so that it is no blank page."""
    image = Image.new("RGB", (400, 300), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 60, 139, 79), fill="black")
    for n in range(12):
        draw.line((200 + 12 * n, 200, 206 + 12 * n, 215), fill=(170, 170, 170), width=2)
    return image


def test_a_blank_page_is_one_receipt_without_lines_and_is_not_read() -> None:
    result = scan_page(PAGE, png(Image.new("RGB", (500, 700), "white")), Refuser(), ScanOptions())
    assert (result.status, result.width, result.height) == ("done", 500, 700)
    assert [finding.name for finding in result.quality] == ["blank"]
    assert [receipt.lines for receipt in result.receipts] == [()]


def test_a_black_page_is_to_check_and_no_blank_one() -> None:
    """It may be a receipt that nobody saw, so it is not quietly done."""
    result = scan_page(PAGE, png(Image.new("RGB", (500, 700), "#0c0a0a")), Blind(), ScanOptions())
    assert result.status == "needs_review"
    assert [finding.name for finding in result.quality] == ["black"]
    assert [receipt.lines for receipt in result.receipts] == [()]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_lines_come_back_in_pixels_of_the_source_page(rotation: int) -> None:
    """The engine finds the block on the turned page; the result has it where the source has it."""
    options = ScanOptions(PrepareOptions(deskew=False, rotation_degrees=rotation))
    result = scan_page(PAGE, png(block()), Finder(), options)
    (receipt,) = result.receipts
    assert receipt.preparation is not None
    assert receipt.preparation.rotation_degrees == rotation
    xs, ys = zip(*receipt.lines[0].quad, strict=True)
    assert (min(xs), min(ys), max(xs), max(ys)) == pytest.approx((40, 60, 140, 80), abs=1.0)


def test_a_skew_by_hand_is_undone_in_the_result() -> None:
    turned = block().rotate(10, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    result = scan_page(PAGE, png(turned), Finder(), ScanOptions(PrepareOptions(skew_degrees=10.0)))
    corners = np.array(result.receipts[0].lines[0].quad)
    along = corners[1] - corners[0]
    assert np.degrees(np.arctan2(-along[1], along[0])) == pytest.approx(10.0, abs=0.5)
    assert np.hypot(*along) == pytest.approx(100, abs=3)


def test_where_the_time_went_and_who_read() -> None:
    result = scan_page(PAGE, png(block()), Finder(), ScanOptions())
    assert result.engine == INFO
    assert min(result.seconds.load, result.seconds.prepare) > 0
    assert result.page is PAGE


def test_prepare_page_is_the_first_half() -> None:
    options = ScanOptions(PrepareOptions(deskew=False, rotation_degrees=90))
    image, seen = prepare_page(PAGE, png(block()), Finder(), options)
    (only,) = seen.receipts
    assert image.pixels.shape == (300, 400, 3)
    assert only.page.pixels.shape == (400, 300, 3)
    assert len(only.quads) == 1


def test_what_is_wrong_with_the_file_becomes_a_failed_result() -> None:
    result = scan_safely(PAGE, lambda: scan_page(PAGE, io.BytesIO(), Refuser(), ScanOptions()))
    assert result == PageResult(PAGE, error=EmptyFile(file="secret.png").failure)


@pytest.mark.logs
def test_a_bug_becomes_a_failed_result_and_its_text_stays_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    content = "-".join(["ACME", "12.90"])  # put together here, because frames quote the source

    def bug() -> PageResult:
        raise KeyError(content)

    with caplog.at_level(logging.DEBUG):
        result = scan_safely(PAGE, bug)
    assert result.error is not None
    assert result.error.code == "internal"
    assert "page 9: KeyError" in caplog.text
    assert content not in caplog.text and "secret" not in caplog.text


def test_memory_trouble_passes() -> None:
    def spent() -> PageResult:
        raise MemoryError

    with pytest.raises(MemoryError):
        scan_safely(PAGE, spent)


def test_nothing_is_changed_that_works() -> None:
    good = PageResult(PAGE, receipts=(Receipt(),))
    assert scan_safely(PAGE, lambda: good) is good


def test_the_code_on_a_page_gives_its_fields() -> None:
    """The engine sees one block and reads nothing of use: what the receipt has, the code said."""
    pixels = put(np.full((900, 1200, 3), 255, np.uint8), symbol(DIGITAL_TEXT, 6), 300, 200)
    result = scan_page(PAGE, png(Image.fromarray(pixels)), Finder(), ScanOptions())
    (receipt,) = result.receipts
    number = receipt.field("invoice_number")
    assert number is not None
    assert (number.value, number.origin) == ("26332000000158213407", "qr")
    assert number.quad is not None
    assert all(300 <= x <= 700 and 200 <= y <= 600 for x, y in number.quad)
    assert receipt.value("total") == "424.00"


@pytest.mark.parametrize(
    ("data", "truth"),
    [(originals.vat_ofd(), originals.VAT), (originals.digital_xml(), originals.DIGITAL)],
    ids=["ofd", "xml"],
)
def test_an_electronic_original_is_told_and_never_read(data: bytes, truth: dict[str, str]) -> None:
    result = scan_page(PAGE, io.BytesIO(data), Refuser(), ScanOptions())
    (receipt,) = result.receipts
    assert {field.name: field.value for field in receipt.fields if field.name != "category"} == truth
    assert (result.status, result.engine, result.quality) == ("done", None, ())
    assert receipt.lines
    image, seen = prepare_page(PAGE, io.BytesIO(data), Refuser(), ScanOptions())
    assert result.width == image.pixels.shape[1]
    assert seen.receipts[0].page.pixels.shape == image.pixels.shape


def test_the_drawn_page_is_turned_by_hand_only() -> None:
    options = ScanOptions(PrepareOptions(rotation_degrees=90))
    (receipt,) = scan_page(PAGE, io.BytesIO(originals.vat_ofd()), Refuser(), options).receipts
    assert receipt.preparation is not None
    assert (receipt.preparation.rotation_degrees, receipt.preparation.skew_degrees) == (90, 0.0)
