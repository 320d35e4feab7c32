from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from paddlescan.document import EngineInfo, Quad, Runtimes, TextLine
from paddlescan.document.pixels import Pixels
from paddlescan.ocr.engine import Place
from paddlescan.pipeline.attentive import LINES_AT_ONCE, AttentiveEngine

PAGE = np.zeros((900, 900, 3), np.uint8)


class Widths:
    """Reads each line as its width."""

    def __init__(self) -> None:
        self.info = EngineInfo("onnxruntime", "cpu", "none")
        self.asked: list[list[int]] = []

    def begin_page(self) -> None: ...

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        return ()

    def upside_down(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[float, ...]:
        return ()

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        self.asked.append([round(quad[1][0]) for quad in quads])
        return tuple(TextLine(str(round(quad[1][0])), 1.0, quad) for quad in quads)

    def read_together(self, places: Sequence[Place]) -> tuple[TextLine, ...]:
        return self.read(PAGE, [quad for _, quad in places])

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        return ()

    def take_found(self) -> Runtimes | None:
        return None


def place(width: float, top: float) -> Quad:
    return (0.0, top), (width, top), (width, top + 20), (0.0, top + 20)


def test_it_looks_up_between_a_few_lines_of_like_width_and_keeps_their_order() -> None:
    engine, looked_up = Widths(), []
    attentive = AttentiveEngine(engine, lambda: looked_up.append(len(engine.asked)))
    widths = [300, 100, 500, 120, 310, 90, 480, 110, 320]
    lines = attentive.read(PAGE, [place(width, 30.0 * n) for n, width in enumerate(widths)])
    assert [line.text for line in lines] == [str(width) for width in widths]
    assert engine.asked == [[90, 100, 110, 120], [300, 310, 320, 480], [500]]
    assert max(map(len, engine.asked)) == LINES_AT_ONCE["cpu"]
    assert looked_up == [0, 1, 2]
