"""The text of a prepared page: its own where it is a PDF's and can be believed, else what the engine reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paddlescan.document import TextLine
from paddlescan.imaging.geometry import inverse, map_quad
from paddlescan.ocr.engine import OcrEngine
from paddlescan.pipeline.own_text import trusted_lines
from paddlescan.pipeline.sighting import Sighted
from paddlescan.pipeline.under_seals import read_under_seals


def read_lines(engine: OcrEngine, sighted: Sighted, layer: Sequence[TextLine] = ()) -> tuple[TextLine, ...]:
    """The lines that hold text, in pixels of the source page.

    layer: a PDF's own text, in pixels of the source page.
    """
    page = sighted.page
    to_page = inverse(page.to_source)
    mapped = (replace(line, quad=map_quad(line.quad, to_page)) for line in layer)
    own = tuple(line for line in mapped if _is_near(line, page.pixels.shape))
    lines = trusted_lines(engine, page.pixels, sighted.quads, own)
    if lines is None and page.with_seals is not None:
        seals = tuple(map_quad(seal, to_page) for seal in page.preparation.seals)
        lines = read_under_seals(engine, page.pixels, page.with_seals, sighted.quads, seals)
    if lines is None:
        lines = engine.read(page.pixels, sighted.quads)
    return tuple(replace(line, quad=map_quad(line.quad, page.to_source)) for line in lines if line.text.strip())


def _is_near(line: TextLine, shape: tuple[int, ...]) -> bool:
    """Whether a line lies on or about the page; beyond a photograph's horizon there is no place for it."""
    height, width = shape[:2]
    return all(-width <= x <= 2 * width and -height <= y <= 2 * height for x, y in line.quad)
