"""Whether a PDF's own text is believed, with the real engine on pages drawn here."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from paddlescan.document import EngineInfo, EngineOptions, Limits, Quad, TextLine, bounds
from paddlescan.document.pixels import PageImage, Pixels
from paddlescan.extraction.extract import extract_receipt
from paddlescan.imaging.loading import load_page
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from paddlescan.pipeline.own_text import trusted_lines
from tests.samples.pdfs import Words, picture, text_page

LINES = [
    Words("NORTHERN LIGHT STATIONERY LTD", 40, 540, 14),
    Words("42 Harbour Street, Portsmouth", 40, 515),
    Words("Invoice number: INV-20817", 40, 480),
    Words("Date: 2024-03-05", 40, 460),
    Words("Copy paper A4 80 g", 40, 420),
    Words("36.50", 330, 420),
    Words("Ball pens, blue", 40, 400),
    Words("19.90", 330, 400),
    Words("Total", 40, 360, 14),
    Words("56.40", 330, 360, 14),
    Words("Thank you for your business", 40, 320),
]


@dataclass
class Counting:
    """An engine that counts what it is asked to read."""

    engine: OcrEngine
    asked: list[int] = field(default_factory=list)

    @property
    def info(self) -> EngineInfo:
        return self.engine.info

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        return self.engine.detect(pixels)

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        self.asked.append(len(quads))
        return self.engine.read(pixels, quads)

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        return self.engine.recognise(pixels)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OcrEngine:
    return load_engine(EngineOptions(), tmp_path_factory.mktemp("scratch"))


def drawn(words: list[Words], **more: object) -> PageImage:
    data = text_page(words, size=(420, 595), **more)  # type: ignore[arg-type]
    return load_page(io.BytesIO(data), "x", 1, Limits())


def believed(engine: OcrEngine, page: PageImage, layer: Sequence[TextLine] | None = None) -> list[TextLine] | None:
    quads = engine.detect(page.pixels)
    lines = trusted_lines(engine, page.pixels, quads, page.text if layer is None else layer)
    return None if lines is None else list(lines)


def test_a_text_that_is_right_is_taken_and_little_is_read(engine: OcrEngine) -> None:
    counting = Counting(engine)
    lines = believed(counting, drawn(LINES))
    assert lines is not None
    assert [line.text for line in lines if line.origin == "pdf_text"] == [line.text for line in lines]
    assert sorted(line.text for line in lines) == sorted(words.text for words in LINES)
    assert sum(counting.asked) <= 8
    found = {f.name: (f.value, f.origin) for f in extract_receipt(lines, 1167, 1653).fields}
    assert found["total"] == ("56.40", "pdf_text")
    assert found["date"] == ("2024-03-05", "pdf_text")


def test_a_font_that_names_its_letters_wrongly_is_not_believed(engine: OcrEngine) -> None:
    """Every letter and digit is named as the one after it, as where a subset font has lost its map."""
    page = drawn(LINES)
    wrong = str.maketrans("0123456789abcdefghijklmnopqrstuvwxyz", "1234567890bcdefghijklmnopqrstuvwxyza")
    assert believed(engine, page, [replace(line, text=line.text.translate(wrong)) for line in page.text]) is None


def test_one_font_of_two_that_names_its_digits_wrongly(engine: OcrEngine) -> None:
    """The large print says one amount and shows another."""
    page = drawn(LINES)
    lying = [replace(line, text="98.21") if line.text == "56.40" else line for line in page.text]
    assert believed(engine, page, lying) is None


def test_a_text_of_another_page_is_not_believed(engine: OcrEngine) -> None:
    page = drawn(LINES)
    shuffled = [replace(a, text=b.text) for a, b in zip(page.text, page.text[::-1], strict=True)]
    assert believed(engine, page, shuffled) is None


def test_what_the_text_lacks_is_read(engine: OcrEngine) -> None:
    """A letterhead and a paid stamp that are pictures, as most are."""
    head = drawn([Words("SILVER BIRCH TRADING", 40, 540, 20), Words("PAID 17 MARCH", 150, 250, 18)])
    grey = np.ascontiguousarray(head.pixels[:, :, 0])
    image = picture(grey.shape[1], grey.shape[0], grey.tobytes())
    words = LINES[2:]
    page = drawn(words, before=b"q 420 0 0 595 0 0 cm /I Do Q\n", pictures={"I": image})
    lines = believed(engine, page)
    assert lines is not None
    assert sorted(line.text for line in lines if line.origin == "pdf_text") == sorted(w.text for w in words)
    read = [line.text.replace(" ", "") for line in lines if line.origin == "ocr"]
    assert sorted(read) == ["PAID17MARCH", "SILVERBIRCHTRADING"]


def test_a_line_that_is_half_a_picture_is_read_as_a_whole_and_once(engine: OcrEngine) -> None:
    head = drawn([Words("Total 56.40 GBP", 40, 360, 14)])
    grey = np.ascontiguousarray(head.pixels[:, :, 0])
    image = picture(grey.shape[1], grey.shape[0], grey.tobytes())
    words = [w for w in LINES if w.size < 14] + [Words("Total", 40, 360, 14)]
    page = drawn(words, before=b"q 420 0 0 595 0 0 cm /I Do Q\n", pictures={"I": image})
    lines = believed(engine, page)
    assert lines is not None
    totals = [(line.text.replace(" ", ""), line.origin) for line in lines if "Total" in line.text]
    assert totals == [("Total56.40GBP", "ocr")]


def test_label_and_value_in_one_place_are_one_line(engine: OcrEngine) -> None:
    words = [*LINES, Words("Paid by:", 40, 290), Words("Bob", 91, 290.5, 11)]
    lines = believed(engine, drawn(words))
    assert lines is not None
    assert "Paid by: Bob" in [line.text for line in lines]


def test_a_few_words_on_a_scan_are_not_worth_it(engine: OcrEngine) -> None:
    page = drawn(LINES)
    assert believed(engine, page, page.text[-2:]) is None


def test_without_text_or_without_places(engine: OcrEngine) -> None:
    page = drawn(LINES)
    assert trusted_lines(engine, page.pixels, (), page.text) is None
    assert trusted_lines(engine, page.pixels, [line.quad for line in page.text], ()) is None


def test_no_place_is_told_twice(engine: OcrEngine, receipts: Path) -> None:
    with (receipts / "other" / "free_fiber.pdf").open("rb") as file:
        lines = believed(engine, load_page(file, "x", 1, Limits()))
    assert lines is not None
    boxes = [bounds(line.quad) for line in lines]
    for n, a in enumerate(boxes):
        for b in boxes[n + 1 :]:
            wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b))
            assert wide <= 0 or high <= 0 or wide * high < 0.5 * smaller
