"""Reading where seals lie: which of two readings wins, and that only what a seal touches is read twice."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from paddlescan.document import EngineOptions, Quad, TextLine
from paddlescan.document.pixels import Pixels
from paddlescan.imaging.seal_removal import remove_seals
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from paddlescan.pipeline.under_seals import better_line, read_under_seals
from tests.samples.paper import font

PLACE: Quad = ((10.0, 10.0), (200.0, 10.0), (200.0, 40.0), (10.0, 40.0))
RED, BLUE, BLACK = (204, 36, 40), (40, 70, 190), (38, 38, 44)


def line(text: str, confidence: float) -> TextLine:
    return TextLine(text, confidence, PLACE)


@pytest.mark.parametrize(
    ("cleaned", "original", "ink_left", "wanted"),
    [
        (("123.25", 0.97), ("D2325", 0.86), 0.6, "123.25"),  # the seal's strokes spoil the original
        (("会议室租金", 0.93), ("会极室租金", 0.96), 0.6, "会议室租金"),  # near enough: the cleaned page is believed
        (("1 8 .5", 0.55), ("128.50", 0.97), 0.7, "128.50"),  # the removal ate strokes
        (("", 0.0), ("128.50", 0.97), 0.7, "128.50"),
        (("合计", 0.70), ("合计发票专用章", 0.99), 0.6, "合计"),  # so much longer: that is the seal's lettering
        (("T", 0.79), ("山", 0.95), 0.1, "T"),  # nothing was left, so the original shows the seal only
        (("é", 0.40), ("发票专用章", 0.99), 0.1, ""),
    ],
)
def test_the_line_with_the_better_evidence_wins(
    cleaned: tuple[str, float], original: tuple[str, float], ink_left: float, wanted: str
) -> None:
    assert better_line(line(*cleaned), line(*original), ink_left).text == wanted


def test_two_readings_that_agree_keep_the_spaces_of_the_cleaned_page_and_the_greater_confidence() -> None:
    best = better_line(line("Breakfast x 3", 0.91), line("Breakfastx 3", 0.99), 0.5)
    assert (best.text, best.confidence) == ("Breakfast x 3", 0.99)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OcrEngine:
    """The real engine on the CPU."""
    return load_engine(EngineOptions(device="cpu"), tmp_path_factory.mktemp("engine"))


class Counting:
    """The real engine, with a note of how many places it was asked to read each time."""

    def __init__(self, engine: OcrEngine) -> None:
        self.info, self.engine, self.asked = engine.info, engine, list[int]()

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        return self.engine.detect(pixels)

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        self.asked.append(len(quads))
        return self.engine.read(pixels, quads)

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        return self.engine.recognise(pixels)


def page(total: tuple[int, int, int]) -> Pixels:
    """Four rows of black print; the amount of the third in this colour, RGB."""
    image = Image.new("RGB", (640, 420), "white")
    pen = ImageDraw.Draw(image)
    for n, (label, amount) in enumerate(
        (("Paper", "12.40"), ("Toner", "86.15"), ("Total", "98.55"), ("Cash", "100.00"))
    ):
        pen.text((60, 40 + 90 * n), label, BLACK, font("sans", 34))
        pen.text((580, 40 + 90 * n), amount, total if n == 2 else BLACK, font("sans", 34), anchor="ra")
    return np.ascontiguousarray(np.asarray(image)[..., ::-1])


def sealed(clean: Pixels, colour: tuple[int, int, int]) -> tuple[Pixels, tuple[Quad, ...]]:
    """A round seal over the amount of the third row, and where it lies."""
    ink = np.full_like(clean, 255)
    cv2.circle(ink, (530, 245), 90, colour[::-1], 6, cv2.LINE_AA)
    cv2.putText(ink, "PAID", (470, 215), cv2.FONT_HERSHEY_SIMPLEX, 1.5, colour[::-1], 5, cv2.LINE_AA)
    return (clean.astype(np.uint16) * ink // 255).astype(np.uint8), (
        ((440.0, 155.0), (620.0, 155.0), (620.0, 335.0), (440.0, 335.0)),
    )


def test_black_print_is_read_under_a_seal_and_only_touched_lines_are_read_twice(engine: OcrEngine) -> None:
    original, seals = sealed(page(BLACK), RED)
    cleaned = remove_seals(original, 50, seals)
    counting = Counting(engine)
    quads = engine.detect(cleaned)
    texts = [found.text for found in read_under_seals(counting, cleaned, original, quads, seals)]
    assert [t for t in texts if t[0].isdigit()] == ["12.40", "86.15", "98.55", "100.00"]
    assert counting.asked[0] == len(quads)
    assert 1 <= counting.asked[1] <= 3


def test_what_the_removal_spoils_is_read_from_the_page_as_it_was(engine: OcrEngine) -> None:
    """A careless removal wipes the middle of an amount away, which is then read as another amount."""
    original = page(BLACK)
    _, seals = sealed(original, RED)
    cleaned = original.copy()
    cleaned[238:246, 440:620] = 255
    quads = engine.detect(original)
    assert "98.55" not in [found.text for found in engine.read(cleaned, quads)]
    assert "98.55" in [found.text for found in read_under_seals(engine, cleaned, original, quads, seals)]


def test_pages_of_two_sizes_are_refused(engine: OcrEngine) -> None:
    with pytest.raises(ValueError, match="size"):
        read_under_seals(engine, page(BLACK), page(BLACK)[:-1], (), ())
