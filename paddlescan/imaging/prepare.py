"""The prepared page: orientation, deskew and seal removal in that order, with one resampling."""

from __future__ import annotations

import math

import cv2
import numpy as np

from paddlescan.document import Preparation, PrepareOptions, Quad, quad_from
from paddlescan.document.pixels import Matrix, PageImage, Pixels, PreparedPage
from paddlescan.imaging.deskew import measure_skew
from paddlescan.imaging.quality import find_quality
from paddlescan.imaging.seal_removal import find_seals, remove_seals

SMALLEST_TURN = 0.05
"""Degrees; a page that is less askew is left pixel by pixel as it is."""

MAX_PIXELS = 40_000_000
"""A prepared page has no more; a larger one (A4 at 650 dpi) is reduced by the step that turns it."""

_MAX_SIDE = 32_000  # OpenCV counts the pixels of a warped picture in 16 bits


def prepare(image: PageImage, options: PrepareOptions, rotation_degrees: int = 0) -> PreparedPage:
    """Turn a page upright, level it and take its seals off.

    rotation_degrees: how the content lies in the source (0, 90, 180 or 270 counter-clockwise) as found by others; used
    where `options.orient` is on. Angles by hand in the options win over what is found or measured, and over the
    switches. The page grows where it is turned, so that nothing is cut off; new corners get the paper's colour. Where
    nothing is to be done the pixels are the source's own. Seals are looked for and reported whether they are taken off
    or not. `to_source` maps points of the prepared page to the source; a point (x, y) lies x pixel widths right of the
    page's left edge, so the centre of the first pixel is (0.5, 0.5).
    """
    if options.rotation_degrees is not None:
        rotation = options.rotation_degrees
    else:
        rotation = rotation_degrees if options.orient else 0
    upright = _turned(image.pixels, rotation)
    quality = find_quality(upright)
    skew = _skew(upright, options, blank=any(finding.name == "blank" for finding in quality))
    level, size = _levelling(upright.shape[1], upright.shape[0], skew)
    pixels = _resampled(upright, level, size)
    to_source: Matrix = np.asarray(
        np.linalg.inv(level @ _quarter_turn(image.pixels.shape[1], image.pixels.shape[0], rotation)), np.float64
    )
    seals = find_seals(pixels)
    remove = options.remove_seals and bool(seals)
    preparation = Preparation(
        rotation_degrees=rotation,
        skew_degrees=skew,
        seal_removed=remove,
        seals=tuple(map_quad(seal, to_source) for seal in seals),
    )
    cleaned = remove_seals(pixels, options.seal_strength, seals) if remove else pixels
    return PreparedPage(cleaned, preparation, to_source, quality)


def map_quad(quad: Quad, to_source: Matrix) -> Quad:
    """The quad where a matrix puts it, corner by corner (its inverse brings it back)."""
    corners = to_source @ np.column_stack([np.array(quad, np.float64), np.ones(4)]).T
    return quad_from((corners[:2] / corners[2]).T)


def _skew(upright: Pixels, options: PrepareOptions, blank: bool) -> float:
    """Degrees to level by: the angle by hand, else the measured one; 0 where a resampling is not worth it."""
    if options.skew_degrees is not None:
        return options.skew_degrees
    measured = measure_skew(upright) if options.deskew and not blank else None
    return 0.0 if measured is None or abs(measured) < SMALLEST_TURN else measured


def _turned(pixels: Pixels, rotation: int) -> Pixels:
    """The picture turned clockwise by whole quarters, pixel by pixel; itself for none."""
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if rotation == 0:
        return pixels
    return np.asarray(cv2.rotate(pixels, codes[rotation]), np.uint8)


def _quarter_turn(width: int, height: int, rotation: int) -> Matrix:
    """Where `_turned` puts the points of a page of that size."""
    rows = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, -1, height], [1, 0, 0]],
        180: [[-1, 0, width], [0, -1, height]],
        270: [[0, 1, 0], [-1, 0, width]],
    }[rotation]
    return np.array([*rows, [0, 0, 1]], np.float64)


def _levelling(width: int, height: int, skew: float) -> tuple[Matrix, tuple[int, int]]:
    """Turn a page clockwise by `skew` about its centre onto a page large enough; its matrix and (width, height)."""
    cosine, sine = math.cos(math.radians(skew)), math.sin(math.radians(skew))
    grown = (width * cosine + height * abs(sine), height * cosine + width * abs(sine))
    scale = min(1.0, math.sqrt(MAX_PIXELS / (grown[0] * grown[1])), _MAX_SIDE / max(grown))
    if skew == 0.0 and scale == 1.0:
        return np.eye(3), (width, height)
    size = (max(1, math.ceil(grown[0] * scale)), max(1, math.ceil(grown[1] * scale)))
    turn = np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])
    return _shift(size[0] / 2, size[1] / 2) @ np.diag([scale, scale, 1.0]) @ turn @ _shift(
        -width / 2, -height / 2
    ), size


def _shift(x: float, y: float) -> Matrix:
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def _resampled(pixels: Pixels, level: Matrix, size: tuple[int, int]) -> Pixels:
    """The picture under that matrix; itself where the matrix moves nothing."""
    if np.array_equal(level, np.eye(3)):
        return pixels
    centred = _shift(-0.5, -0.5) @ level @ _shift(0.5, 0.5)  # OpenCV counts from the centre of the first pixel
    return np.asarray(
        cv2.warpAffine(
            pixels, centred[:2], size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=_paper(pixels)
        ),
        np.uint8,
    )


def _paper(pixels: Pixels) -> tuple[float, float, float]:
    """The colour for new corners, BGR: the page's median, which is its paper (or its ground, if that is dark)."""
    step = max(1, max(pixels.shape[:2]) // 400)
    blue, green, red = np.median(pixels[::step, ::step].reshape(-1, 3), axis=0)
    return float(blue), float(green), float(red)
