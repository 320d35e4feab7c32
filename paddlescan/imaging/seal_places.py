"""Where seals lie on a page: coloured ink in the shape of a seal (`seal_shapes` says what that is)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad, quad_from
from paddlescan.document.pixels import Pixels, check_pixels
from paddlescan.imaging import seal_shapes
from paddlescan.imaging.grey import is_grey
from paddlescan.imaging.seal_shapes import Inks, Mask, Outline

Floats = npt.NDArray[np.float32]

_LONG_SIDE = 1600
_CLOSINGS = (3, 7, 13, 21, 33)  # pixels of the reduced page: rings and rows of letters with ever larger gaps
_SMALLEST, _LARGEST = 0.035, 0.6  # a seal's shorter and longer side, as shares of the page's longer side
_SMALLEST_PIXELS = 20
_FAINT, _CLEAR = 18, 30
"""Of 255: how much the channels differ, the paper's own colour taken out. Faint ink counts where it joins clear ink."""
_RULED = 0.3  # of the page's longer side: straight strokes of this length are a form's lines
_BROAD = 9  # pixels of the reduced page: no line, but a banner
_BLACK = 120  # the brightest channel of black print, the paper taken for white
_BRIGHT = 200  # and the darkest channel of plain paper
_DARKEST_PAPER = 70  # what is darker is no paper
_AROUND = 0.1  # of the page's longer side, around all ink of a colour
_SHARED = 0.4  # of an outline: what lies within another by so much is a part of it
_PURE = 0.3  # of what an ink takes from one channel it takes so much less from another, if it is coloured
_COLOURS: tuple[tuple[float, float], ...] = ((325.0, 372.0), (200.0, 325.0))
"""Hues in degrees: red, and blue to purple. Orange and brown are the colours of printed forms."""


def paper_colour(pixels: Pixels) -> Floats:
    """The paper's colour, BGR: the median of the brighter half of the page, a channel at a time."""
    step = max(1, max(pixels.shape[:2]) // 400)
    sample = pixels[::step, ::step].reshape(-1, 3)
    brightness = sample.sum(axis=1, dtype=np.int32)
    bright = sample[brightness >= np.median(brightness)]
    return cast(Floats, np.median(bright, axis=0).astype(np.float32))


def find_seals(pixels: Pixels) -> tuple[Quad, ...]:
    """Quads around the seals of a page, largest first; () where there is none.

    pixels: uint8 (height, width, 3), BGR; read, never written. Quads are in pixels of this picture: upright for
    round and oval seals, turned with it for a square one and for words. A seal has a ring or a frame, not necessarily
    whole; words without one are a seal where they are stamped over print at another angle than print has. Red print
    (a serial number, form lines, a logo) is no seal.
    """
    check_pixels(pixels)
    height, width = pixels.shape[:2]
    if min(height, width) < _SMALLEST_PIXELS or is_grey(pixels):
        return ()
    scale = min(1.0, _LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if scale < 1.0 else pixels
    found = [outline for inks in _inks(small) for outline in _seals_of(inks)]
    found.sort(key=lambda outline: -cv2.contourArea(outline.polygon))
    stretch = np.array([width / size[0], height / size[1]])
    return tuple(quad_from(outline.corners * stretch) for outline in found)


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """Masks of a whole page, see Inks."""

    seal: Mask
    other: Mask
    print_: Mask
    paper: Mask


def _inks(small: Pixels) -> list[_Page]:
    """The seal colours of a page; none where hardly anything has any."""
    balanced = _balanced(small)
    blue, green, red = cv2.split(balanced)
    brightest, darkest = cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red)
    difference = cv2.subtract(brightest, darkest)
    # Ink, faint or heavy, takes light away in the same proportions; black print with a cast takes it from all channels.
    coloured = cv2.compare(cv2.addWeighted(difference, 1.0, darkest, _PURE, -255.0 * _PURE), 0, cv2.CMP_GT)
    faint = cv2.threshold(difference, _FAINT, 1, cv2.THRESH_BINARY)[1] & coloured
    if cv2.countNonZero(faint) < _SMALLEST_PIXELS**2 // 4:
        return []
    clear = cv2.threshold(difference, _CLEAR, 1, cv2.THRESH_BINARY)[1] & coloured
    print_ = cv2.subtract(cv2.threshold(brightest, _BLACK, 1, cv2.THRESH_BINARY_INV)[1], clear)
    paper = cv2.threshold(darkest, _BRIGHT, 1, cv2.THRESH_BINARY)[1]
    hue = cv2.cvtColor(balanced, cv2.COLOR_BGR2HSV_FULL)[..., 0]
    of_seals = [_hue_in(hue, low, high) for low, high in _COLOURS]
    other = cv2.bitwise_and(clear, 1 - cv2.bitwise_or(*of_seals))
    return [_Page(_joined(faint & mine, clear & mine), other, print_, paper) for mine in of_seals]


def _balanced(small: Pixels) -> Pixels:
    """The page with its paper made white everywhere: divided by the brightest nearby, a channel at a time."""
    height, width = small.shape[:2]
    step = max(1, max(height, width) // 100)
    coarse = cv2.resize(small, (max(1, width // step), max(1, height // step)), interpolation=cv2.INTER_AREA)
    bright = cv2.GaussianBlur(cv2.dilate(coarse, np.ones((5, 5), np.uint8)), (0, 0), 2.0)
    bright = np.maximum(bright, np.uint8(_DARKEST_PAPER))
    paper = cv2.resize(bright, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(small, paper, scale=255.0), np.uint8)


def _hue_in(hue: Mask, low: float, high: float) -> Mask:
    """1 where a hue (0..255 for a full turn) lies between two angles in degrees."""
    angles = np.arange(256) * (360.0 / 256.0)
    table = (((angles - low) % 360.0) <= high - low).astype(np.uint8)
    return np.asarray(cv2.LUT(hue, table), np.uint8)


def _joined(faint: Mask, clear: Mask) -> Mask:
    """Faint ink near clear ink, without the long straight lines of forms."""
    if cv2.countNonZero(clear) < _SMALLEST_PIXELS:
        return np.zeros_like(faint)
    mask = faint & cv2.dilate(clear, np.ones((9, 9), np.uint8))
    length = max(3, round(_RULED * max(mask.shape)))
    for axis, kernel in ((1, np.ones((1, length), np.uint8)), (0, np.ones((length, 1), np.uint8))):
        if int(cv2.reduce(mask, axis, cv2.REDUCE_SUM, dtype=cv2.CV_32S).max()) >= length:
            lines = cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel)
            mask = cv2.subtract(mask, cv2.dilate(lines, np.ones((3, 3), np.uint8)))
            _wipe_banners(mask, lines)
    return np.asarray(mask, np.uint8)


def _wipe_banners(mask: Mask, lines: Mask) -> None:
    """Take out all that stands in a broad coloured strip, in place: white letters leave shapes around them."""
    broad = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(broad)
    for x, y, width, height, _ in boxes[1:count]:
        if min(width, height) > _BROAD:
            mask[max(0, y - _BROAD) : y + height + _BROAD, max(0, x - _BROAD) : x + width + _BROAD] = 0


def _seals_of(inks: _Page) -> list[Outline]:
    """The seals of one colour. What is found is taken out, and the rest looked at again: seals lie over each other."""
    longest = max(inks.seal.shape)
    sizes = max(_SMALLEST * longest, _SMALLEST_PIXELS), _LARGEST * longest
    window, corner = _window(inks.seal, round(_AROUND * longest))
    other, print_, paper = inks.other[window], inks.print_[window], inks.paper[window]
    left = seal_shapes.inks_from(inks.seal[window].copy(), other, print_, paper)
    found: list[Outline] = []
    shapes = (seal_shapes.ring, seal_shapes.frame)
    while best := _best(left, shapes, sizes):
        found += best
        for outline in best:
            cv2.fillPoly(left.seal, [outline.polygon], 0)
            cv2.polylines(left.seal, [outline.polygon], True, 0, 7)
        left = seal_shapes.inks_from(left.seal, other, print_, paper)
    found += _best(left, (seal_shapes.words,), sizes)
    return [Outline(o.corners + corner, o.polygon + corner, o.strength) for o in found]


def _window(mask: Mask, margin: int) -> tuple[tuple[slice, slice], npt.NDArray[np.int32]]:
    """The part of a page where a mask is 1, and some more around it; and its top left corner."""
    x, y, width, height = cv2.boundingRect(mask)
    x0, y0 = max(0, x - margin), max(0, y - margin)
    window = slice(y0, y + height + margin), slice(x0, x + width + margin)
    return window, np.array([x0, y0], np.int32)


def _best(inks: Inks, judges: Sequence[Callable[..., Outline | None]], sizes: tuple[float, float]) -> list[Outline]:
    """What the judges find however wide the gaps that are closed; of those that overlap, the clearest and largest.

    How clear counts more: print of the same colour beside a seal makes a larger frame around both, full of holes.
    """
    outlines = [
        outline
        for gap in _CLOSINGS
        for contour in _blobs(inks.seal, gap, sizes[0])
        for judge in judges
        if (outline := judge(inks, contour, *sizes)) is not None
    ]
    outlines.sort(key=lambda outline: -(outline.strength**2) * math.sqrt(cv2.contourArea(outline.polygon)))
    taken = np.zeros(inks.seal.shape, np.uint8)
    kept: list[Outline] = []
    for outline in outlines:
        if seal_shapes.density(taken, outline.polygon) < _SHARED:
            kept.append(outline)
            cv2.fillPoly(taken, [outline.polygon], 1)
    return kept


def _blobs(mask: Mask, gap: int, smallest: float) -> Iterator[npt.NDArray[np.int32]]:
    """The outer contours of what hangs together once gaps are closed, as far as it is large enough for a seal."""
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for contour in contours:
        _, _, width, height = cv2.boundingRect(contour)
        if max(width, height) >= smallest and min(width, height) >= 0.3 * smallest:
            yield cast(npt.NDArray[np.int32], contour)
