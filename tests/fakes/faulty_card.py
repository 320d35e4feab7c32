"""Cards that fail, by a real engine on the CPU to which a fault of a card is done. None of them pretends to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from paddlescan.document import Quad, TextLine
from paddlescan.document.pixels import Pixels
from paddlescan.errors.spent import DeviceMemoryShort
from paddlescan.ocr.engine import OcrEngine, Place
from paddlescan.ocr.gpu_memory import columns_of

Results = list[Any]


def nothing(results: Results) -> Results:
    """Memory that was never written."""
    return [np.zeros_like(one) for one in results]


def no_numbers(results: Results) -> Results:
    """One class of every step is no number."""
    broken = [one.copy() for one in results]
    for one in broken:
        one[..., 5] = np.nan
    return broken


def other_classes(results: Results) -> Results:
    """Every result stands a place beside its own."""
    return [np.roll(one, 1, axis=-1) for one in results]


FAULTS: dict[str, Callable[[Results], Results]] = {f.__name__: f for f in (nothing, no_numbers, other_classes)}


class FaultyRunner:
    """What runs a model, with a fault in what it answers."""

    def __init__(self, runner: Any, fault: Callable[[Results], Results]) -> None:
        self.runner, self._fault = runner, fault

    def __call__(self, x: Any = None, **further: Any) -> Results:
        return self._fault(self.runner(x=x, **further))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.runner, name)


class ShortCard:
    """An engine whose card has memory for so many columns of lines at once, and for the detector or not."""

    def __init__(self, engine: OcrEngine, columns: int, detects: bool = True) -> None:
        self._engine, self._columns, self._detects = engine, columns, detects
        self.info = engine.info
        self.tried: list[int] = []
        """How many lines were asked for at once, each time."""
        self.refused = 0

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        if not self._detects:
            raise DeviceMemoryShort("RuntimeException")
        return self._engine.detect(pixels)

    def upside_down(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[float, ...]:
        return self._engine.upside_down(pixels, quads)

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        return self.read_together([(pixels, quad) for quad in quads])

    def read_together(self, places: Sequence[Place]) -> tuple[TextLine, ...]:
        self.tried.append(len(places))
        if len(places) * max((columns_of(quad) for _, quad in places), default=0) > self._columns:
            self.refused += 1
            raise DeviceMemoryShort("RuntimeException")
        return self._engine.read_together(places)

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        return tuple(line for line in self.read(pixels, self.detect(pixels)) if line.text.strip())
