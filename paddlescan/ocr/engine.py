"""What an engine is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from paddlescan.document import EngineInfo, Quad, Runtimes, TextLine

if TYPE_CHECKING:
    from paddlescan.document.pixels import Pixels

Place: TypeAlias = "tuple[Pixels, Quad]"
"""A picture, and where a line stands on it."""


class OcrEngine(Protocol):
    """One loaded pipeline. Belongs to the thread that built it, and never starts processes of its own."""

    info: EngineInfo

    def begin_page(self) -> None:
        """What follows is of another page. Whatever held for the page before only, holds no more."""
        ...

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        """Where lines of text are.

        pixels: uint8 (height, width, 3), BGR; read, never written. Quads are in pixels of this picture, from top to
        bottom; () for a page without text. Raises ValueError for another dtype or shape.
        """
        ...

    def upside_down(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[float, ...]:
        """How probably the text of each of these places stands on its head, 0..1; 0.5 where nobody knows.

        pixels, quads: as for `read`. A place taller than 1.5 times its width is first turned a quarter
        counter-clockwise, so that 0 then means text that runs downwards and 1 text that runs upwards. An engine
        without a line classifier answers 0.5 throughout.
        """
        ...

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        """The text of these places, one line for each in their order; with an empty text where nothing can be read.

        pixels: as for `detect`; quads: in pixels of this picture. The lines keep the quads they were given.
        """
        ...

    def read_together(self, places: Sequence[Place]) -> tuple[TextLine, ...]:
        """As `read`, of places on several pictures: one line for each, in their order.

        Raises DeviceMemoryShort where a card has no room even for one line: then each picture is best read by itself.
        """
        ...

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """Read the text of a prepared page: `detect`, then `read`, without the lines that hold no text."""
        ...

    def take_found(self) -> Runtimes | None:
        """What was found out about the runtimes, once, when it was; None before and afterwards."""
        ...
