"""An engine on a graphics card whose memory may run out: fewer lines at once first, then the processor for the page.

What a card has free is shared with every other program, so no plan is safe for good. A model that gets no memory says
so and is well afterwards: that costs no engine and no page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from paddlescan.document import EngineInfo, Quad, Runtimes, TextLine
from paddlescan.errors.spent import DeviceMemoryShort
from paddlescan.ocr.engine import OcrEngine, Place
from paddlescan.ocr.gpu_memory import line_batches
from paddlescan.ocr.reasons import Reason

if TYPE_CHECKING:
    from paddlescan.document.pixels import Pixels

log = logging.getLogger(__name__)
T = TypeVar("T")


class GpuEngine:
    """Does what the engine on the card does. `info` says at any time what reads the page in hand, and why."""

    def __init__(self, engine: OcrEngine, columns: int, stand_in: Callable[[], OcrEngine]) -> None:
        """columns: of lines that are read together (`gpu_memory`). stand_in: loads the same engine on the processor,
        where that is needed for the first time."""
        self.info: EngineInfo = engine.info
        self.columns = columns
        """Of lines that are read together now; halved whenever memory runs out."""
        self._engine, self._load_stand_in = engine, stand_in
        self._stand_in: OcrEngine | None = None
        self._on_cpu = False
        self._on_card = engine.info

    def begin_page(self) -> None:
        """See OcrEngine: the card may try again."""
        self._on_cpu, self.info = False, self._on_card

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        """See OcrEngine."""
        return self._or_on_cpu(lambda engine: engine.detect(pixels), lambda: self._engine.detect(pixels))

    def upside_down(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[float, ...]:
        """See OcrEngine. The line classifier is small and runs on the processor."""
        return self._engine.upside_down(pixels, quads)

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        """See OcrEngine."""
        places = [(pixels, quad) for quad in quads]
        return self._or_on_cpu(lambda engine: engine.read(pixels, quads), lambda: self._read(places))

    def read_together(self, places: Sequence[Place]) -> tuple[TextLine, ...]:
        """See OcrEngine. It is always tried on the card, and no page goes to the processor by it."""
        return self._read(places)

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """See OcrEngine."""
        return tuple(line for line in self.read(pixels, self.detect(pixels)) if line.text.strip())

    def take_found(self) -> Runtimes | None:
        """See OcrEngine. Only on the processor there is a choice."""
        return self._stand_in.take_found() if self._stand_in is not None else None

    def _or_on_cpu(self, on_cpu: Callable[[OcrEngine], T], on_card: Callable[[], T]) -> T:
        if not self._on_cpu:
            try:
                return on_card()
            except DeviceMemoryShort:
                log.info("the card's memory is too short for a page: the processor reads it")
        if self._stand_in is None:
            self._stand_in = self._load_stand_in()
        self._on_cpu = True
        self.info = replace(self._on_card, device="cpu", reason=Reason.PAGE_ON_CPU, card="")
        return on_cpu(self._stand_in)

    def _read(self, places: Sequence[Place]) -> tuple[TextLine, ...]:
        lines: dict[int, TextLine] = {}
        while left := [number for number in range(len(places)) if number not in lines]:
            batch = next(line_batches([places[number][1] for number in left], self.columns))
            self._read_batch(places, [left[n] for n in batch], lines)
        return tuple(lines[number] for number in range(len(places)))

    def _read_batch(self, places: Sequence[Place], batch: Sequence[int], lines: dict[int, TextLine]) -> None:
        """Read these lines together, or in halves where that takes more memory than there is. One that is alone too
        much raises DeviceMemoryShort."""
        try:
            read = self._engine.read_together([places[number] for number in batch])
        except DeviceMemoryShort:
            if len(batch) == 1:
                raise
            self._fewer()
            half = len(batch) // 2
            self._read_batch(places, batch[:half], lines)
            self._read_batch(places, batch[half:], lines)
        else:
            lines.update(zip(batch, read, strict=True))

    def _fewer(self) -> None:
        """From now on, and for the pages that follow."""
        self.columns = max(1, self.columns // 2)
        self._on_card = self.info = replace(self._on_card, reason=Reason.GPU_SMALLER)
        log.info("the card's memory is short: %d columns are read together now", self.columns)
