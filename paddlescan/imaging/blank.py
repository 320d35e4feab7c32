"""Whether a page shows nothing that could be text: an empty sheet, a back side, a black frame.

What is set aside as blank is never read, so every doubt speaks for the page: a single digit is enough. What scanners
and hands leave on empty paper does not count: the margin, specks, punch holes, a fold, and what shines through from
the other side, which is both pale and soft, since paper scatters light.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document.pixels import Pixels
from paddlescan.imaging.letters import Letters
from paddlescan.imaging.overview import Overview

Ints = npt.NDArray[np.int32]

_MARGIN = 0.03  # of each side: what a scanner leaves there is no content
_CONTRAST = 12  # grey levels; the faintest print measured so far has twice that
_NOISE_TIMES = 8.0
_MOST_GRAIN = 6.0
_JOINED = 5  # pixels of the overview between dots that make one mark
_SPECK = 7  # pixels: a mark that is smaller in both directions is dirt
_LEAST_INK = 12  # pixels
_MANY_SPECKS = 40  # dirt is sparse: more may be print of dots
_HOLE, _HOLE_EDGE, _HOLE_FILLED = (11, 40), 0.1, 0.68  # pixels; share of the longer side; share of its box
_HOLE_CONTRAST, _HOLE_PLAIN = 15, 20.0  # grey levels; their deviation inside
_FOLD_WIDTH, _FOLD_LENGTH = 4, 0.2  # pixels; share of the longer side
_MOST_FOLDS = 3
_PLENTY = 30  # letters: as good as a page of them, without a look at every mark
_PALE, _SOFT = 30.0, 0.26  # grey levels; pixels of an edge by the height of a letter


def is_blank(overview: Overview, letters: Letters | None) -> bool:
    """Whether nothing on a page could be text. letters: what its letters look like, if it has any."""
    if letters is not None and letters.count >= _PLENTY and letters.contrast > 2 * _PALE:
        return False
    marks = _marks(overview)
    if not len(marks):
        return True
    return letters is not None and letters.contrast < _PALE and letters.edge > letters.height * _SOFT


def _marks(overview: Overview) -> Ints:
    """Whatever is no dirt: left, top, width, height, area, in pixels of the inner part of the overview."""
    height, width = overview.grey.shape
    top, left = round(height * _MARGIN), round(width * _MARGIN)
    inner = (slice(top, height - top), slice(left, width - left))
    strength = cv2.max(overview.strokes, overview.bright_strokes)[inner]
    if not strength.size:
        return np.zeros((0, 5), np.int32)
    seen = (strength > max(_CONTRAST, _NOISE_TIMES * min(overview.grain, _MOST_GRAIN))).astype(np.uint8)
    seen = _without_holes(seen, overview.grey[inner]) if seen.any() else seen
    joined = cv2.morphologyEx(seen, cv2.MORPH_CLOSE, np.ones((_JOINED, _JOINED), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = np.asarray(stats[1:], np.int32)
    large = (boxes[:, 2:4].max(axis=1, initial=0) >= _SPECK) & (boxes[:, 4] >= _LEAST_INK)
    if int((~large & (boxes[:, 4] >= 4)).sum()) > _MANY_SPECKS:
        return boxes
    boxes = boxes[large]
    length = boxes[:, 2:4].max(axis=1, initial=0)
    folds = (length > _FOLD_LENGTH * max(height, width)) & (boxes[:, 4] < length * _FOLD_WIDTH)
    return boxes if int(folds.sum()) > _MOST_FOLDS else np.asarray(boxes[~folds], np.int32)


def _without_holes(seen: Pixels, grey: Pixels) -> Pixels:
    """The marks but for punch holes, of which only rims are seen: round, filled, near a side of the page."""
    kernel = np.ones((_HOLE[1] + 5, _HOLE[1] + 5), np.uint8)
    for way in (cv2.MORPH_BLACKHAT, cv2.MORPH_TOPHAT):
        solid = (cv2.morphologyEx(grey, way, kernel) > _HOLE_CONTRAST).astype(np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
        for left, top, width, height, area in stats[1:].tolist():
            far = min(left, top, grey.shape[1] - left - width, grey.shape[0] - top - height)
            if (
                _HOLE[0] <= width <= _HOLE[1]
                and 0.75 < width / height < 1.33
                and area > width * height * _HOLE_FILLED
                and far < max(grey.shape) * _HOLE_EDGE
                and float(
                    grey[top + height // 4 : top + height * 3 // 4, left + width // 4 : left + width * 3 // 4].std()
                )
                < _HOLE_PLAIN
            ):
                seen[max(0, top - 3) : top + height + 3, max(0, left - 3) : left + width + 3] = 0
    return seen
