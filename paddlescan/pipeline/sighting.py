"""From a decoded page to pages as the engine wants them: which receipts there are, each turned upright.

Where imaging and ocr meet before anything is read: the detector says where lines are, and by them which way is up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from paddlescan.document import BLANK, Finding, Preparation, PrepareOptions, Quad
from paddlescan.document.pixels import PageImage, PreparedPage
from paddlescan.imaging.geometry import map_quad
from paddlescan.imaging.prepare import prepare, turned
from paddlescan.imaging.quality import find_quality
from paddlescan.imaging.regions import find_regions
from paddlescan.imaging.regions_gate import may_be_several
from paddlescan.ocr.engine import OcrEngine
from paddlescan.pipeline.turning import find_turn


@dataclass(frozen=True, slots=True, eq=False)
class Sighted:
    """A prepared page and where the detector sees lines of text on it, in pixels of the prepared page."""

    page: PreparedPage
    quads: tuple[Quad, ...]
    region: Quad | None = None
    """Where it lies in the source page; None: all of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What a page shows before any of it is read."""

    receipts: tuple[Sighted, ...]
    """At least one, in reading order."""
    quality: tuple[Finding, ...]


def sight(image: PageImage, engine: OcrEngine, options: PrepareOptions) -> Sight:
    """The receipts of a page, each prepared by itself, and what is wrong with the page as a picture.

    A page is several receipts only if text is seen on at least two of them, or where a person drew them: then each of
    those is one. A blank page and the drawn page of an electronic original are neither turned nor looked at by the
    engine.
    """
    if image.original is not None:
        return Sight((Sighted(prepare(image, options, known=Preparation()), ()),), ())
    quality = find_quality(image.pixels)
    if options.regions:
        drawn = tuple(_upright(image, engine, options, region) for region in options.regions)
        return Sight(drawn, tuple(finding for finding in quality if finding.name != BLANK))
    if any(finding.name == BLANK for finding in quality):
        return Sight((Sighted(prepare(image, options, known=Preparation()), ()),), quality)
    whole = _upright(image, engine, options, None)
    receipts = _several(image, engine, options, whole) or (whole,)
    return Sight(receipts, _judged_upright(image, receipts, quality))


def _several(image: PageImage, engine: OcrEngine, options: PrepareOptions, whole: Sighted) -> tuple[Sighted, ...]:
    """The receipts of a page that holds several; () where it does not, as the lines of nearly every page show."""
    height, width = whole.page.pixels.shape[:2]
    if not options.find_regions or not may_be_several(whole.quads, width, height):
        return ()
    regions = find_regions(image.pixels, [map_quad(quad, whole.page.to_source) for quad in whole.quads])
    receipts = tuple(one for one in (_upright(image, engine, options, region) for region in regions) if one.quads)
    return receipts if len(receipts) > 1 else ()


def _upright(image: PageImage, engine: OcrEngine, options: PrepareOptions, region: Quad | None) -> Sighted:
    """One receipt, prepared as it lies, then turned by the quarters that its lines call for."""
    page = prepare(image, options, region)
    quads = engine.detect(page.pixels)
    if options.orient and (options.rotation_degrees is None or region is not None):
        turn = find_turn(engine, page.pixels, quads)
        if turn:
            page = prepare(image, options, region, known=turned_by(page.preparation, turn))
            quads = engine.detect(page.pixels)
    return Sighted(page, quads, region)


def turned_by(preparation: Preparation, degrees: int) -> Preparation:
    """What is known of a page once its prepared picture turns out to lie so many degrees counter-clockwise."""
    return replace(preparation, rotation_degrees=(preparation.rotation_degrees + degrees) % 360)


def _judged_upright(
    image: PageImage, receipts: tuple[Sighted, ...], as_scanned: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """What is wrong with a page that turned out to lie on its side, or to be a sheet on a table."""
    page = receipts[0].page
    turn = page.preparation.rotation_degrees
    if page.preparation.perspective is not None:
        again = find_quality(page.pixels if page.with_seals is None else page.with_seals)
    elif turn and len(receipts) == 1:
        again = find_quality(turned(image.pixels, turn))
    else:
        return as_scanned
    return tuple(finding for finding in again if finding.name != BLANK)  # it has been looked at by now
