"""Whether light that falls back from the paper has swallowed a part of the text.

Light adds to paper and ink alike. Where the paper is as white as a picture can be, more light lifts the ink only, so
letters pale towards the middle of the spot until nothing is left of them. A bright page alone does not do that: its
letters stay as dark as elsewhere.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.imaging.overview import Overview

Numbers = npt.NDArray[Any]

_SATURATED = 250  # grey levels
_WHITE_PAGE = 0.6  # share of a page; where that much is white, white says nothing
_SPOT = 0.004  # share of a page
_PALE = (0.12, 0.6)  # of the usual contrast
_FAINTEST = 10  # grey levels
_LEAST_PALE = 6
_PALE_ELSEWHERE = 0.25  # share of the letters outside the spots: more, and the print itself is pale
_EMPTY_HEIGHTS = 1.5  # radius of the swallowed part, in heights of a letter


def glare_share(overview: Overview, height: float, contrast: float) -> float:
    """The share of the page that lies in spots of glare which swallow text; 0 without.

    height: of the usual letter, in pixels of the overview; contrast: between paper and ink, in grey levels.
    """
    background = cv2.add(overview.grey, overview.strokes)  # the closing that the strokes were measured from
    white = (background >= _SATURATED).astype(np.uint8)
    if overview.negative or not _SPOT < float(white.mean()) < _WHITE_PAGE:
        return 0.0
    size = max(3, round(height))
    spots = cv2.morphologyEx(white, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(spots, connectivity=4)
    large = [n for n in range(1, count) if stats[n, cv2.CC_STAT_AREA] > _SPOT * white.size]
    if not large:
        return 0.0
    spot, pale, empty = _letters(overview, labels, height, contrast)
    outside = pale[spot == 0]
    if len(outside) and float(outside.mean()) > _PALE_ELSEWHERE:
        return 0.0
    lost = [
        n
        for n in large
        if int(pale[spot == n].sum()) >= _LEAST_PALE and float(empty[labels == n].max()) > height * _EMPTY_HEIGHTS
    ]
    return sum(int(stats[n, cv2.CC_STAT_AREA]) for n in lost) / int(white.size)


def _letters(overview: Overview, labels: Numbers, height: float, contrast: float) -> tuple[Numbers, ...]:
    """For each letter: in which spot it lies, whether it is pale; then how far each pixel is from any ink."""
    ink = (overview.strokes > max(_FAINTEST, contrast * _PALE[0])).astype(np.uint8)
    _, marks, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sized = (
        np.flatnonzero((stats[1:, 3] > height * 0.4) & (stats[1:, 3] < height * 1.8) & (stats[1:, 2] < height * 8)) + 1
    )
    where = np.flatnonzero(marks.ravel())
    order = where[np.argsort(marks.ravel()[where], kind="stable")]
    starts = np.searchsorted(marks.ravel()[order], sized)
    ends = np.searchsorted(marks.ravel()[order], sized, side="right")
    values = overview.strokes.ravel()[order]
    darkest = np.array([values[a:b].max() for a, b in zip(starts, ends, strict=True)], np.float64)
    x, y = centres[sized].round().astype(int).T if len(sized) else (np.zeros(0, int), np.zeros(0, int))
    return labels[y, x], darkest < contrast * _PALE[1], cv2.distanceTransform(1 - ink, cv2.DIST_L1, 3)
