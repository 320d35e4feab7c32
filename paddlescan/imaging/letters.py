"""How the letters of a page look from near: how high they are, how soft their edges, how dark their ink.

Measured at a handful of places where there is print, at the page's own resolution. The softness of an edge is the
distance over which its grey rises, contrast divided by the steepest slope: for an edge blurred by a Gaussian that is
2.5 sigma, the rise from 10 to 90 percent that ISO 12233 measures, and unlike the variance of a Laplacian it does not
depend on how much is printed (Marziliano, Dufaux, Winkler, Ebrahimi, "A no-reference perceptual blur metric",
ICIP 2002; for text in units of its height: Kumar, Chen, Doermann, "Sharpness estimation for document and scene images",
ICPR 2012). Across and down are measured apart, or a shaken page would look sharp by the strokes along its movement.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document.pixels import Pixels
from paddlescan.imaging.overview import Overview

Floats = npt.NDArray[np.float64]

_AREA = 4_000_000  # pixels of a page (A4 at 200 dpi) that is looked at as it is; larger ones are reduced to that
_SIDE = 256  # pixels of a place, in that size
_PLACES = 9
_KERNEL = 41  # wider than any stroke of text
_INKED = (0.01, 0.35)  # share of marks in a place: emptier shows nothing, fuller is a picture, a bar code or noise
_MARK = 12  # grey levels
_PALE, _SOFTENED = 45.0, 1.5  # grey levels; sigma, pixels
_LEAST_INK = 4.0  # grey levels
_EDGE = 0.4  # of the contrast of a place: where a letter's outline lies


@dataclass(frozen=True, slots=True)
class Letters:
    """What the letters of a page have in common; lengths in pixels of the page."""

    count: int
    height: float
    edge: float
    """Pixels from paper to ink, in the softer of the two directions; 2 for the sharpest."""
    contrast: float
    """Grey levels between paper and ink."""
    grain: float
    """Standard deviation of the paper between the letters, in grey levels."""


class _Measures(NamedTuple):
    """An entry per component of a place; `across` and `down`: pixels from paper to ink in that direction."""

    height: Floats
    width: Floats
    contrast: Floats
    across: Floats
    down: Floats


def measure_letters(pixels: Pixels, overview: Overview) -> Letters | None:
    """What the letters of a page look like; None where nothing on it looks like letters.

    pixels: uint8 (height, width, 3), BGR; `overview` is theirs.
    """
    scale = min(1.0, math.sqrt(_AREA / max(1, pixels.shape[0] * pixels.shape[1])))
    found: list[_Measures] = []
    grains: list[float] = []
    for rows, columns in _places(overview, _SIDE * overview.scale / scale):
        near = _close_up(pixels[rows, columns], scale, overview.negative)
        measures, grain = _measure(near)
        found.append(measures)
        grains.append(grain)
    if not found:
        return None
    every = _Measures(*(np.concatenate(column) for column in zip(*found, strict=True)))
    if not len(every.height):
        return None
    usual = _weighted_median(every.height, every.height * every.width)
    like = (every.height > usual * 0.6) & (every.height < usual * 1.7)
    edge = max(float(np.median(way[like])) for way in (every.across, every.down))
    return Letters(
        int(like.sum()), usual / scale, edge / scale, float(np.median(every.contrast[like])), float(np.median(grains))
    )


def _places(overview: Overview, side: float) -> list[tuple[slice, slice]]:
    """Where to look, in pixels of the page: squares with print, spread over it. side: in pixels of the overview."""
    height, width = overview.grey.shape
    down, across = max(1, round(height / side)), max(1, round(width / side))
    marks = (overview.strokes > _MARK).astype(np.float32)
    share = cv2.resize(marks, (across, down), interpolation=cv2.INTER_AREA)
    inked = np.argwhere((share > _INKED[0]) & (share < _INKED[1]))
    chosen = inked[np.unique(np.linspace(0, len(inked) - 1, min(_PLACES, len(inked))).round().astype(int))]
    row, column = height / down / overview.scale, width / across / overview.scale
    return [
        (slice(int(y * row), math.ceil((y + 1) * row)), slice(int(x * column), math.ceil((x + 1) * column)))
        for y, x in chosen.tolist()
    ]


def _close_up(part: Pixels, scale: float, negative: bool) -> Pixels:
    if scale < 1.0:
        part = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.bitwise_not(grey) if negative else grey, np.uint8)


def _measure(grey: Pixels) -> tuple[_Measures, float]:
    """The components that could be letters in one place, and the grain of its paper."""
    strokes, strength = _strokes(grey)
    softened = strength < _PALE
    plain = grey
    if softened:  # grain is steeper than the edges of pale print
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), _SOFTENED), np.uint8)
        strokes, strength = _strokes(grey)
    ink = (strokes > max(_LEAST_INK, strength * _EDGE)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_16U)
    empty = cv2.dilate(ink, np.ones((5, 5), np.uint8)) == 0
    rough = cv2.absdiff(plain, cv2.medianBlur(plain, 3))[empty]
    grain = float(rough.mean()) * 1.5 if len(rough) else 0.0
    where = np.flatnonzero(ink)
    names = labels.ravel()[where]
    order = where[np.argsort(names, kind="stable")]  # a radix sort: 16 bits
    starts = np.concatenate(([0], np.cumsum(np.bincount(names, minlength=count)[1:])[:-1]))
    slopes = [_slope(grey, *way) for way in ((1, 0), (0, 1))]
    pictures: tuple[npt.NDArray[Any], ...] = (strokes, *slopes)
    maxima = [
        np.maximum.reduceat(picture.ravel()[order], starts).astype(np.float64) if count > 1 else np.zeros(0)
        for picture in pictures
    ]
    left, top, width, height, area = (stats[1:, n].astype(np.float64) for n in range(5))
    inside = (left > 0) & (top > 0) & (left + width < grey.shape[1]) & (top + height < grey.shape[0])
    shape = (height >= 4) & (height < grey.shape[0] / 2) & (width > height * 0.15) & (width < height * 12)
    filled = (area > width * height * 0.12) & (area < width * height * 0.9) & (area >= 8)
    like = inside & shape & filled
    contrast, across, down = (values[like] for values in maxima)
    rises = [contrast / way for way in (across, down)]
    if softened:
        rises = [np.sqrt(np.maximum(rise**2 - (2.5 * _SOFTENED) ** 2, 0.0)) for rise in rises]
    return _Measures(height[like], width[like], contrast, *rises), grain


def _strokes(grey: Pixels) -> tuple[Pixels, float]:
    """How much darker than the paper, and how much that is in the darkest print of a place."""
    strokes = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((_KERNEL, _KERNEL), np.uint8))
    paper, darkest = np.percentile(strokes[::2, ::2], (50, 98))
    return np.asarray(cv2.subtract(strokes, float(paper)), np.uint8), float(darkest - paper)  # grain lifts all of it


def _slope(grey: Pixels, across: int, down: int) -> npt.NDArray[np.float32]:
    """Grey levels per pixel at the steepest place near each pixel, never 0."""
    slope = np.abs(cv2.Sobel(grey, cv2.CV_32F, across, down, ksize=3)) / 8
    return np.asarray(cv2.dilate(np.maximum(slope, 0.1), np.ones((3, 3), np.uint8)), np.float32)


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    sums = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(sums, sums[-1] / 2)])
