"""From a decoded page to pages as the engine wants them: which receipts there are, each turned upright.

Where imaging and ocr meet before anything is read: the detector says where lines are, and by them which way is up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from paddlescan.document import Finding, Preparation, PrepareOptions, Quad
from paddlescan.document.pixels import PageImage, PreparedPage
from paddlescan.imaging.prepare import prepare, turned
from paddlescan.imaging.quality import find_quality, is_blank
from paddlescan.ocr.engine import OcrEngine
from paddlescan.pipeline.turning import find_turn


@dataclass(frozen=True, slots=True, eq=False)
class Sighted:
    """A prepared page and where the detector sees lines of text on it, in pixels of the prepared page."""

    page: PreparedPage
    quads: tuple[Quad, ...]
    region: Quad | None = None
    """Where it lies in the source page; None: all of it."""


def sight(image: PageImage, engine: OcrEngine, options: PrepareOptions) -> tuple[Sighted, ...]:
    """The receipts of a page, each prepared by itself, in reading order; at least one.

    A page is several receipts only if text is seen on at least two of them.
    """
    if is_blank(image.pixels):
        return (Sighted(prepare(image, options, known=Preparation()), ()),)
    return (_upright(image, engine, options, None),)


def _upright(image: PageImage, engine: OcrEngine, options: PrepareOptions, region: Quad | None) -> Sighted:
    """One receipt, prepared as it lies, then turned by the quarters that its lines call for."""
    page = prepare(image, options, region)
    quads = engine.detect(page.pixels)
    if options.orient and options.rotation_degrees is None:
        turn = find_turn(engine, page.pixels, quads)
        if turn:
            page = prepare(image, options, region, known=turned_by(page.preparation, turn))
            quads = engine.detect(page.pixels)
    return Sighted(page, quads, region)


def turned_by(preparation: Preparation, degrees: int) -> Preparation:
    """What is known of a page once its prepared picture turns out to lie so many degrees counter-clockwise."""
    return replace(preparation, rotation_degrees=(preparation.rotation_degrees + degrees) % 360)


def quality_of(image: PageImage, sighted: Sequence[Sighted]) -> tuple[Finding, ...]:
    """What is wrong with a page as a picture: judged upright, before seals are taken off, without the table around."""
    first = sighted[0].page
    if first.preparation.perspective is not None:
        return find_quality(first.pixels if first.with_seals is None else first.with_seals)
    return find_quality(turned(image.pixels, first.preparation.rotation_degrees))
