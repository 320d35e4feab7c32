"""PaddleOCR's pipeline as an engine: detection, cutting out, recognition.

Import this only where the environment has been quietened (`environment`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from paddlescan.document import EngineInfo, Quad, Runtimes, TextLine, quad_from
from paddlescan.document.pixels import Pixels, check_pixels
from paddlescan.ocr.cpu_models import CpuModels
from paddlescan.ocr.decoding import LineDecoder, ReadLine
from paddlescan.ocr.engine import Place
from paddlescan.ocr.line_classifier import NOBODY_KNOWS, LineClassifier
from paddlescan.ocr.line_reader import LineReader
from paddlescan.ocr.paddle_pipeline import parts_of
from paddlescan.ocr.runtime_errors import runtime
from paddlescan.ocr.runtimes import with_backend
from paddlescan.ocr.tiles import detect_in_pieces


class PaddleOcrEngine:
    """A loaded PaddleOCR pipeline, used in its two halves. Belongs to the thread that built it (issue 18268)."""

    def __init__(
        self,
        info: EngineInfo,
        pipeline: Any,
        classifier: LineClassifier | None = None,
        models: CpuModels | None = None,
    ) -> None:
        """models: what runs on the CPU; None where PaddleX runs its own."""
        self.info = info
        self._models = models
        self._classifier = classifier
        self._parts = parts_of(pipeline)
        self._read_lines: Callable[[Sequence[Pixels]], list[ReadLine]] = (
            LineReader(models.recogniser, LineDecoder(models.characters)) if models else self._read_by_paddlex
        )
        self._detection = self._parts.get_text_det_params()

    def begin_page(self) -> None:
        """See OcrEngine."""
        if self._models:
            self._models.begin_page()

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        """Where lines of text are; see OcrEngine."""
        _check(pixels)
        return detect_in_pieces(pixels, self._detect)

    def _detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        with runtime():
            (found,) = self._parts.text_det_model([np.ascontiguousarray(pixels)], **self._detection)
        return tuple(quad_from(quad) for quad in self._parts._sort_boxes(found["dt_polys"]))

    def upside_down(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[float, ...]:
        """Which lines stand on their head; see OcrEngine."""
        _check(pixels)
        if not quads or self._classifier is None:
            return (NOBODY_KNOWS,) * len(quads)
        return self._classifier.upside_down(self.cut(pixels, quads))

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        """The text of known places; see OcrEngine."""
        _check(pixels)
        return self._read(self.cut(pixels, quads), quads) if quads else ()

    def read_together(self, places: Sequence[Place]) -> tuple[TextLine, ...]:
        """The text of known places on several pictures; see OcrEngine."""
        pictures: list[Pixels] = []
        for pixels, quad in places:
            _check(pixels)
            pictures += self.cut(pixels, [quad])
        return self._read(pictures, [quad for _, quad in places])

    def _read(self, pictures: Sequence[Pixels], quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        """The text of these pictures of lines, which stand in these places."""
        # The longest last, as lines of like width are cheaper to read together.
        order = sorted(
            (n for n, p in enumerate(pictures) if p.size), key=lambda n: pictures[n].shape[1] / len(pictures[n])
        )
        with runtime():
            read = self._read_lines([pictures[n] for n in order]) if order else []
        answers = dict(zip(order, read, strict=True))
        return tuple(_line(answers.get(n), quad) for n, quad in enumerate(quads))

    def _read_by_paddlex(self, pictures: Sequence[Pixels]) -> list[ReadLine]:
        answers = self._parts.text_rec_model(list(pictures))
        return [(answer["rec_text"], float(answer["rec_score"])) for answer in answers]

    def cut(self, pixels: Pixels, quads: Sequence[Quad]) -> list[Pixels]:
        """The pictures of lines as the recogniser gets them: level, and a quarter turn where taller than 1.5 widths."""
        pictures: list[Pixels] = self._parts._crop_by_polys(pixels, [np.array(quad, np.float32) for quad in quads])
        return pictures

    def take_found(self) -> Runtimes | None:
        """What trials found; see OcrEngine."""
        found = self._models.take_found() if self._models else None
        if found is not None and found.recogniser is not None:
            self.info = with_backend(self.info, found.recogniser.chosen)
        return found

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """Both halves; see OcrEngine."""
        return tuple(line for line in self.read(pixels, self.detect(pixels)) if line.text.strip())


def _check(pixels: Pixels) -> None:
    check_pixels(pixels)
    if 0 in pixels.shape:
        raise ValueError(f"a page without pixels: {pixels.shape}")


def _line(answer: ReadLine | None, quad: Quad) -> TextLine:
    """What was read of a line; an empty one for a place too small to be cut out."""
    text, confidence = answer or ("", 0.0)
    return TextLine(text, min(max(confidence, 0.0), 1.0), quad)
