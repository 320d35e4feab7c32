"""The test page: read rightly by the real engine, and by no engine whose card answers nonsense."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from paddlescan.errors import GpuWrongAnswer
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.known_answer import known_page, prove
from paddlescan.ocr.reasons import Reason
from tests.fakes.faulty_card import FaultyRunner, no_numbers, nothing, other_classes
from tests.samples.known_page import draw


@pytest.fixture
def parts(engine: OcrEngine) -> Iterator[Any]:
    """The two models of the real engine; whatever is done to what runs them is mended afterwards."""
    parts = SimpleNamespace(
        detector=engine._parts.text_det_model,  # type: ignore[attr-defined]
        recogniser=engine._read_lines,  # type: ignore[attr-defined]
    )
    kept = parts.detector.runner, parts.recogniser.runner
    yield parts
    parts.detector.runner, parts.recogniser.runner = kept


def test_the_real_engine_reads_the_test_page(engine: OcrEngine) -> None:
    prove(engine)


def test_the_page_is_small_and_is_what_its_program_draws() -> None:
    pixels, lines = known_page()
    paper, drawn = draw()
    assert list(lines) == drawn
    assert pixels.shape == (*paper.image.size[::-1], 3)
    there, here = (255.0 - picture.mean(axis=(1, 2)) for picture in (pixels, np.asarray(paper.image)))
    assert np.corrcoef(there, here)[0, 1] > 0.95  # ink by rows of pixels: another release of a font differs


def test_a_card_whose_detector_finds_nothing(engine: OcrEngine, parts: Any) -> None:
    parts.detector.runner = FaultyRunner(parts.detector.runner, nothing)
    with pytest.raises(GpuWrongAnswer) as caught:
        prove(engine)
    assert caught.value.parameters == {"detail": Reason.FOUND_NOTHING}


@pytest.mark.parametrize(
    ("fault", "detail"),
    [(nothing, Reason.FOUND_NOTHING), (other_classes, Reason.OTHER_TEXT), (no_numbers, Reason.NO_NUMBERS)],
)
def test_a_card_whose_recogniser_answers_nonsense(engine: OcrEngine, parts: Any, fault: Any, detail: Reason) -> None:
    parts.recogniser.runner = FaultyRunner(parts.recogniser.runner, fault)
    with pytest.raises(GpuWrongAnswer) as caught:
        prove(engine)
    assert caught.value.parameters == {"detail": detail}
