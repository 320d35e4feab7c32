"""Pages that an engine has prepared and not read yet: on a card the lines of several pages are read together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paddlescan.document import EngineInfo, PageResult, Quad, Runtimes, TextLine
from paddlescan.errors.spent import DeviceMemoryShort
from paddlescan.ocr.engine import OcrEngine, Place
from paddlescan.pipeline.scan import BegunPage, finish_page, scan_safely

if TYPE_CHECKING:
    from paddlescan.document.pixels import Pixels

ENOUGH_LINES = 256
"""Four batches of a card: each is then of lines of like width. Receipts have some 60."""
MOST_PAGES = 8
"""Kept at most: so many are read anew, one by one, where the process is lost while it reads them."""
MOST_PIXELS = 48_000_000
"""Of the decoded pages that are kept, together; each is held three times at most: 430 MB."""


class BegunPages:
    """Of one engine, in the order in which they were begun."""

    def __init__(self) -> None:
        self._pages: list[BegunPage] = []
        self._places: list[tuple[Place, ...]] = []

    @property
    def are_enough(self) -> bool:
        """Whether more pages would not be read quicker with these."""
        lines = sum(map(len, self._places))
        return lines >= ENOUGH_LINES or len(self._pages) >= MOST_PAGES or self._pixels >= MOST_PIXELS // 2

    def keep(self, page: BegunPage) -> bool:
        """Keep a page; False, and it is not kept, where nothing of it can be read with others, or it is too large."""
        places = page.places
        if not places or self._pixels + _size(page) > MOST_PIXELS:
            return False
        self._pages.append(page)
        self._places.append(places)
        return True

    def read(self, engine: OcrEngine) -> tuple[PageResult, ...]:
        """Read and extract them; none is kept any more. Passes what spends the process."""
        pages, places = self._pages, [place for each in self._places for place in each]
        lines = max(1, len(places))
        self._pages, self._places = [], []
        begun = time.perf_counter()
        engine.begin_page()  # the page before may have been read elsewhere than on the card
        ahead = ReadAhead(engine, places)
        seconds = time.perf_counter() - begun
        return tuple(_finished(page, ahead, seconds * len(page.places) / lines) for page in pages)

    @property
    def _pixels(self) -> int:
        return sum(map(_size, self._pages))


class ReadAhead:
    """An engine that has read some places already; all others it reads when it is asked for them."""

    def __init__(self, engine: OcrEngine, places: Sequence[Place]) -> None:
        """Reads them. Where even one line has no room on a card, none is read: each page then finds its own way."""
        self._engine = engine
        self._pictures = [pixels for pixels, _ in places]  # kept, so that no other one gets their identity
        try:
            lines = engine.read_together(places)
        except DeviceMemoryShort:
            lines = ()
        self._lines = {(id(pixels), line.quad): line for pixels, line in zip(self._pictures, lines, strict=False)}

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
        return self._engine.detect(pixels)

    def upside_down(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[float, ...]:
        """See OcrEngine."""
        return self._engine.upside_down(pixels, quads)

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        """See OcrEngine."""
        known = [self._lines.get((id(pixels), quad)) for quad in quads]
        lines = tuple(line for line in known if line is not None)
        return lines if len(lines) == len(quads) else self._engine.read(pixels, quads)

    def read_together(self, places: Sequence[Place]) -> tuple[TextLine, ...]:
        """See OcrEngine."""
        return self._engine.read_together(places)

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """See OcrEngine."""
        return tuple(line for line in self.read(pixels, self.detect(pixels)) if line.text.strip())

    def take_found(self) -> Runtimes | None:
        """See OcrEngine."""
        return self._engine.take_found()


def _finished(page: BegunPage, engine: OcrEngine, seconds: float) -> PageResult:
    engine.begin_page()
    return scan_safely(page.page, lambda: finish_page(page, engine, seconds))


def _size(page: BegunPage) -> int:
    height, width = page.image.pixels.shape[:2]
    return int(height) * int(width)
