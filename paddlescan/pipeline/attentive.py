"""An engine that looks up between the lines of a page, so that a short question need not wait for the whole page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from paddlescan.document import EngineInfo, Quad, Runtimes, TextLine
from paddlescan.ocr.engine import OcrEngine, Place
from paddlescan.ocr.line_order import by_width

if TYPE_CHECKING:
    from paddlescan.document.pixels import Pixels

LINES_AT_ONCE = {"cpu": 4, "gpu": 64}
"""Lines read before it looks up again: 80 ms on one core; a GPU reads many together."""


class AttentiveEngine:
    """Does what its engine does, and calls `look_up` before each piece of work."""

    def __init__(self, engine: OcrEngine, look_up: Callable[[], None]) -> None:
        self._engine, self._look_up = engine, look_up

    @property
    def info(self) -> EngineInfo:
        """The engine's own."""
        return self._engine.info

    @info.setter
    def info(self, info: EngineInfo) -> None:
        self._engine.info = info

    def begin_page(self) -> None:
        """See OcrEngine."""
        self._engine.begin_page()

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        """See OcrEngine."""
        self._look_up()
        return self._engine.detect(pixels)

    def upside_down(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[float, ...]:
        """See OcrEngine."""
        self._look_up()
        return self._engine.upside_down(pixels, quads)

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        """See OcrEngine."""
        return self._by_pieces(quads, lambda numbers: self._engine.read(pixels, [quads[n] for n in numbers]))

    def read_together(self, places: Sequence[Place]) -> tuple[TextLine, ...]:
        """See OcrEngine."""
        quads = [quad for _, quad in places]
        return self._by_pieces(quads, lambda numbers: self._engine.read_together([places[n] for n in numbers]))

    def _by_pieces(
        self, quads: Sequence[Quad], read: Callable[[Sequence[int]], tuple[TextLine, ...]]
    ) -> tuple[TextLine, ...]:
        """read: lines by their numbers."""
        order, most = by_width(quads), LINES_AT_ONCE.get(self.info.device, 1)
        lines: dict[int, TextLine] = {}
        for numbers in (order[n : n + most] for n in range(0, len(order), most)):
            self._look_up()
            lines.update(zip(numbers, read(numbers), strict=True))
        return tuple(lines[n] for n in range(len(quads)))

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """See OcrEngine."""
        return tuple(line for line in self.read(pixels, self.detect(pixels)) if line.text.strip())

    def take_found(self) -> Runtimes | None:
        """See OcrEngine."""
        return self._engine.take_found()
