"""What an engine is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from paddlescan.document import EngineInfo, TextLine

if TYPE_CHECKING:
    from paddlescan.document.pixels import Pixels


class OcrEngine(Protocol):
    """One loaded pipeline. Belongs to the thread that built it, and never starts processes of its own."""

    info: EngineInfo

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """Read the text of a prepared page.

        pixels: uint8 (height, width, 3), BGR; read, never written. Returns the lines from top to
        bottom as they were detected, their quads in pixels of this picture; () for a page without
        text. Raises ValueError for another dtype or shape.
        """
        ...
