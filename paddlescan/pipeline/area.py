"""Reading one place of a page that a person pointed at: cut out, levelled and freed of its seals, then read.

The engine sees the place with a little of what is around it, for the detector finds no line that touches the edge of
its picture; of what it finds only that is read which lies within the place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from paddlescan.document import Preparation, PrepareOptions, Quad, TextLine, bounds
from paddlescan.document.pixels import PageImage, PreparedPage
from paddlescan.imaging.geometry import inverse, lying_of, map_quad, rectifying, split_turn
from paddlescan.imaging.prepare import prepare
from paddlescan.ocr.engine import OcrEngine
from paddlescan.pipeline.under_seals import read_under_seals

SMALLEST_SIDE = 4.0
"""Pixels; nothing can be read in a place that is smaller."""
_AROUND = (0.6, 12.0, 60.0)  # of the place's height, in pixels at least and at most: what is seen around it
_INSIDE = 0.5  # of the lower one of a line and the place: so much of their heights they share
_MISSED = 0.4  # of a line's height: so little of its end beyond the place was missed by the hand, not left out
_SHORTEST = 0.25  # of a line's height: a shorter piece of it is no letter
_ONE_LINE = 4.0  # heights: where nothing is detected, a place is one line if it is not higher than its width so often
_BELIEVED = 0.5  # confidence of a line that the detector did not see


def read_area(
    image: PageImage, engine: OcrEngine, quad: Quad, options: PrepareOptions, seals: Sequence[Quad] = ()
) -> tuple[TextLine, ...]:
    """The lines of text in one place, from top to bottom; quads in pixels of the source page.

    quad: the place in pixels of the source page, clockwise from the top left of its text; how it lies is how the text
    lies. seals: where they lie, in pixels of the source page; taken off where the options say so. A line that is only
    partly within the place is read as far as it is. () where there is nothing, and for a place without area.
    """
    page, place = _cut(image, quad, options, seals)
    if page is None:
        return ()
    lines = _read(engine, page, pieces_within(engine.detect(page.pixels), place))
    if not lines and _may_be_line(place):
        lines = tuple(line for line in _read(engine, page, (_corners(place),)) if line.confidence >= _BELIEVED)
    return tuple(replace(line, quad=map_quad(line.quad, page.to_source)) for line in lines)


Box = tuple[float, float, float, float]
"""left, top, right, bottom."""


def _cut(
    image: PageImage, quad: Quad, options: PrepareOptions, seals: Iterable[Quad]
) -> tuple[PreparedPage | None, Box]:
    """The place with something around it, as a prepared page, and where the place lies in that."""
    try:
        to_place, (width, height) = rectifying(quad)
    except ValueError:
        return None, (0.0, 0.0, 0.0, 0.0)
    if min(width, height) < SMALLEST_SIDE:
        return None, (0.0, 0.0, 0.0, 0.0)
    share, least, most = _AROUND
    around = min(most, max(least, share * height))
    wider = map_quad(_corners((-around, -around, width + around, height + around)), inverse(to_place))
    rotation, skew = split_turn(lying_of(wider))
    near = tuple(seal for seal in seals if _overlap(bounds(seal), bounds(wider)))
    page = prepare(image, options, region=wider, known=Preparation(rotation, skew, seals=near))
    left, top, right, bottom = bounds(map_quad(quad, inverse(page.to_source)))
    high, wide = page.pixels.shape[:2]
    return page, (max(0.0, left), max(0.0, top), min(float(wide), right), min(float(high), bottom))


def pieces_within(quads: Iterable[Quad], place: Box) -> tuple[Quad, ...]:
    """Of level lines those that lie in a place, in rows, each as far as it lies in it.

    An end that reaches only a little beyond the place stays: the hand missed it.
    """
    left, top, right, bottom = place
    kept: list[tuple[Box, Quad]] = []
    for quad in quads:
        a, b, c, d = bounds(quad)
        high = d - b
        if min(d, bottom) - max(b, top) < _INSIDE * min(high, bottom - top):
            continue
        missed = _MISSED * high
        start = a if left - missed <= a else left
        end = c if c <= right + missed else right
        if end - start >= _SHORTEST * high and min(c, right) - max(a, left) > 0:
            whole = (start, end) == (a, c)
            kept.append(((start, b, end, d), quad if whole else _corners((start, b, end, d))))
    return tuple(quad for _, quad in sorted(kept, key=lambda one: _reading_order(one[0], kept)))


def _reading_order(box: Box, others: Sequence[tuple[Box, Quad]]) -> tuple[float, float]:
    """Those that share most of their height with a higher one stand in its row."""
    row = min(b for (_, b, _, d), _ in others if min(d, box[3]) - max(b, box[1]) > 0.6 * min(d - b, box[3] - box[1]))
    return row, box[0]


def _read(engine: OcrEngine, page: PreparedPage, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
    if not quads:
        return ()
    if page.with_seals is None:
        lines = engine.read(page.pixels, quads)
    else:
        to_page = inverse(page.to_source)
        seals = [map_quad(seal, to_page) for seal in page.preparation.seals]
        lines = read_under_seals(engine, page.pixels, page.with_seals, quads, seals)
    return tuple(line for line in lines if line.text.strip())


def _may_be_line(place: Box) -> bool:
    left, top, right, bottom = place
    return right - left >= SMALLEST_SIDE and bottom - top <= _ONE_LINE * (right - left)


def _corners(box: Box) -> Quad:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
