"""The prepared page: cut out, turned upright, levelled and freed of its seals, with one resampling."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from paddlescan.document import Preparation, PrepareOptions, Quad
from paddlescan.document.pixels import Matrix, PageImage, Pixels, PreparedPage
from paddlescan.imaging.deskew import measure_skew
from paddlescan.imaging.geometry import (
    Size,
    inverse,
    levelling,
    lying_of,
    map_quad,
    quarter_turn,
    rectifying,
    scaling,
    shift,
    split_turn,
    whole,
)
from paddlescan.imaging.grey import is_grey
from paddlescan.imaging.lighting import flatten_lighting
from paddlescan.imaging.paper import find_paper
from paddlescan.imaging.seal_removal import find_seals, remove_seals
from paddlescan.imaging.straight import lean_degrees, straightening

SMALLEST_TURN = 0.05
"""Degrees; a page that is less askew is left pixel by pixel as it is."""

MAX_PIXELS = 16_000_000
"""A prepared page has no more; a larger one (A4 beyond 400 dpi) is reduced by the step that turns it. Print that is
small there is still thirty pixels high."""

_MAX_SIDE = 32_000  # OpenCV counts the pixels of a warped picture in 16 bits
_MEASURED_SIDE = 1_400  # pixels of the longer side that a cut-out is measured on


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """The part of a source page that becomes a prepared page, before it is turned."""

    matrix: Matrix
    """Source to frame."""
    size: Size
    lying: float = 0.0
    """By how many degrees the frame itself is turned counter-clockwise in the source."""
    cut: bool = False
    """Whether it is less than the whole page."""


def prepare(
    image: PageImage,
    options: PrepareOptions,
    region: Quad | None = None,
    known: Preparation | None = None,
    draft: bool = False,
) -> PreparedPage:
    """Turn a page, or one receipt of it, upright, level it and take its seals off.

    region: where the receipt lies, in pixels of the source page; None: the whole page. known: what was found here
    before, in pixels of this page; it stands in for measuring and looking. Without it a page is taken to lie
    within a quarter turn of upright: whole quarters are for others to find. Angles by hand in the options win over
    what is known or measured, and over the switches; they are the page's, not those of one receipt among several,
    which lies as it was glued. A sheet that was photographed is made straight and evenly lit. The page grows
    where it is turned, so that nothing is cut off; new corners get the paper's colour. Where nothing is to be done
    the pixels are the source's own. Seals are looked for and reported whether they are taken off or not. draft: for
    the screen; interpolated linearly, in a quarter of the time. `to_source` maps points
    of the prepared page to the source (see `geometry` for how points are counted).
    """
    paper = _paper_corners(image, options, region, known)
    frame = _frame(image, region, paper)
    rotation, skew = _turn(image, frame, options, region, known)
    quarters, rest = split_turn(rotation + skew - frame.lying)
    if abs(rest) < 1e-9:
        rest = 0.0
    turn, size = quarter_turn(frame.size, quarters)
    level, size = levelling(size, rest, MAX_PIXELS, _MAX_SIDE)
    matrix = level @ turn @ frame.matrix
    if _is_plain(frame, level):
        pixels = turned(image.pixels, quarters)
    else:
        pixels = _warped(image.pixels, frame, matrix, size, cv2.INTER_LINEAR if draft else cv2.INTER_CUBIC)
    if paper is not None:
        pixels = flatten_lighting(pixels)
    to_source = inverse(matrix)
    seals = find_seals(pixels) if known is None else tuple(map_quad(seal, matrix) for seal in known.seals)
    removed = options.remove_seals and bool(seals)
    preparation = Preparation(
        rotation_degrees=rotation,
        skew_degrees=skew,
        seal_removed=removed,
        seals=tuple(map_quad(seal, to_source) for seal in seals) if known is None else known.seals,
        perspective=paper,
    )
    if not removed:
        return PreparedPage(pixels, preparation, to_source)
    return PreparedPage(remove_seals(pixels, options.seal_strength, seals), preparation, to_source, with_seals=pixels)


def _paper_corners(
    image: PageImage, options: PrepareOptions, region: Quad | None, known: Preparation | None
) -> Quad | None:
    """The sheet in a photograph, where it is to be straightened."""
    if not options.deskew or region is not None:
        return None
    return find_paper(image.pixels) if known is None else known.perspective


def _frame(image: PageImage, region: Quad | None, paper: Quad | None) -> _Frame:
    height, width = image.pixels.shape[:2]
    if paper is not None:
        matrix, size = straightening(paper, (width, height))
        return _Frame(matrix, size, lean_degrees(paper), cut=True)
    if region is not None:
        matrix, size = rectifying(region)
        return _Frame(matrix, size, lying_of(region), cut=True)
    return _Frame(np.eye(3), (width, height))


def _turn(
    image: PageImage, frame: _Frame, options: PrepareOptions, region: Quad | None, known: Preparation | None
) -> tuple[int, float]:
    """How the content lies in the source: quarters (0, 90, 180, 270) and what is left of the turn (-45..45).

    Quarters and rest are taken apart last of all: near 45 degrees the rest of one and the quarters of another turn
    would add up to a page on its side.
    """
    total = frame.lying
    if known is not None:
        total = known.rotation_degrees + known.skew_degrees
    elif options.deskew and (options.skew_degrees is None or region is not None):
        total += _measured_skew(image, frame)
    within = total - frame.lying
    quarters = 90.0 * round(within / 90.0)
    if not options.deskew:
        within = quarters
    if not options.orient:
        within -= quarters
    rotation, skew = split_turn(frame.lying + within)
    if region is not None:
        return rotation, skew
    by_hand = options.rotation_degrees
    return rotation if by_hand is None else by_hand, skew if options.skew_degrees is None else options.skew_degrees


def _measured_skew(image: PageImage, frame: _Frame) -> float:
    """Degrees by which the content is turned within the frame; 0 where a resampling is not worth it."""
    pixels = image.pixels
    if frame.cut:
        scale = min(1.0, _MEASURED_SIDE / max(frame.size))
        size = (max(1, round(frame.size[0] * scale)), max(1, round(frame.size[1] * scale)))
        pixels = _warped(pixels, frame, scaling(size[0] / frame.size[0], size[1] / frame.size[1]) @ frame.matrix, size)
    measured = measure_skew(pixels)
    return 0.0 if measured is None or abs(measured) < SMALLEST_TURN else measured


def _is_plain(frame: _Frame, level: Matrix) -> bool:
    """Whether no pixel need be computed: the whole page, in whole quarter turns."""
    return not frame.cut and np.array_equal(level, np.eye(3))


def turned(pixels: Pixels, rotation: int) -> Pixels:
    """The picture turned clockwise by whole quarters, pixel by pixel; itself for none."""
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if rotation == 0:
        return pixels
    return np.asarray(cv2.rotate(pixels, codes[rotation]), np.uint8)


def _warped(pixels: Pixels, frame: _Frame, matrix: Matrix, size: Size, interpolation: int = cv2.INTER_CUBIC) -> Pixels:
    """The frame under a matrix, and paper around it: what lies beside it in the source does not come along."""
    centred = shift(-0.5, -0.5) @ matrix @ shift(0.5, 0.5)  # OpenCV counts from the centre of the first pixel
    bent = bool(np.abs(centred[2, :2]).max() > 1e-12)
    warp = cv2.warpPerspective if bent else cv2.warpAffine
    pixels = _softened(pixels, size[0] * size[1] / (frame.size[0] * frame.size[1]))
    paper = _paper(pixels, frame)
    grey = is_grey(pixels)
    warped = np.asarray(
        warp(
            cv2.extractChannel(pixels, 0) if grey else pixels,  # one channel takes half the time of three
            centred if bent else centred[:2] / centred[2, 2],
            size,
            flags=interpolation,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=paper,
        ),
        np.uint8,
    )
    if grey:
        warped = np.asarray(cv2.cvtColor(warped, cv2.COLOR_GRAY2BGR), np.uint8)
    if frame.cut:
        corners = np.array(map_quad(whole(frame.size), matrix @ inverse(frame.matrix)), np.float64)
        inside = np.zeros((size[1], size[0]), np.uint8)
        cv2.fillConvexPoly(inside, np.round(corners * 16 - 8).astype(np.int32), 1, shift=4)
        warped[inside == 0] = np.round(paper).astype(np.uint8)
    return warped


def _softened(pixels: Pixels, reduction: float) -> Pixels:
    """The picture without what is finer than the pixels of a much reduced one; itself for others.

    reduction: area after for area before. A warp looks at single pixels and would step over thin strokes.
    """
    width = round(math.sqrt(1.0 / reduction))
    return pixels if width < 2 else np.asarray(cv2.blur(pixels, (width, width)), np.uint8)


def _paper(pixels: Pixels, frame: _Frame) -> tuple[float, float, float]:
    """The colour for new corners, BGR: the median of the frame, which is its paper (or its ground, if that is dark)."""
    if frame.cut:
        scale = min(1.0, 400 / max(frame.size))
        size = (max(1, int(frame.size[0] * scale)), max(1, int(frame.size[1] * scale)))
        small = scaling(scale, scale) @ frame.matrix
        pixels = np.asarray(cv2.warpPerspective(pixels, small, size, flags=cv2.INTER_NEAREST), np.uint8)
    step = max(1, max(pixels.shape[:2]) // 400)
    blue, green, red = np.median(pixels[::step, ::step].reshape(-1, 3), axis=0)
    return float(blue), float(green), float(red)
