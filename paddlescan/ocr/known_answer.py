"""The test page: a graphics card is trusted once it has read right what we know.

There are machines whose card answers without an error and finds nothing, or nonsense: a driver that does not fit, a
library built for other cards, a broken memory. Nobody would notice before the receipts are checked by hand. So an
engine on a card reads a small page first, of a few lines in English and Chinese whose text is known; that takes the
time of a page, and makes the first real one faster.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import cv2
import numpy as np

from paddlescan.errors import GpuWrongAnswer
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.reasons import Reason
from paddlescan.resources_dir import resource

if TYPE_CHECKING:
    from paddlescan.document.pixels import Pixels


def known_page() -> tuple[Pixels, tuple[str, ...]]:
    """The page (see `tests/samples/known_page.py`, which draws it), and its lines from top to bottom."""
    truth = json.loads(resource("known", "truth.json").read_text(encoding="utf-8"))
    data = np.frombuffer(resource("known", "page.png").read_bytes(), np.uint8)
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if pixels is None:
        raise OSError("the test page is damaged")
    return pixels.astype(np.uint8), tuple(truth["lines"])


def prove(engine: OcrEngine) -> None:
    """Have an engine read the test page. Raises GpuWrongAnswer where it reads it wrongly."""
    pixels, wanted = known_page()
    try:
        read = [_bare(line.text) for line in engine.recognise(pixels)]
    except ValueError as error:  # numbers that are none, from a card that calculates nonsense
        raise GpuWrongAnswer(detail=Reason.NO_NUMBERS) from error
    if not read:
        raise GpuWrongAnswer(detail=Reason.FOUND_NOTHING)
    if read != [_bare(line) for line in wanted]:
        raise GpuWrongAnswer(detail=Reason.OTHER_TEXT)


def _bare(text: str) -> str:
    """Without spaces, whose places are a matter of taste."""
    return "".join(text.split())
