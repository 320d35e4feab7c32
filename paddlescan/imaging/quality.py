"""What is wrong with a page as a picture. So far: whether there is anything on it at all."""

from __future__ import annotations

import cv2
import numpy as np

from paddlescan.document import Finding
from paddlescan.document.pixels import Pixels, check_pixels

_LONG_SIDE = 1000
_STROKE = 15  # pixels of the reduced page: wider marks are shadows, folds or borders
_MARGIN = 0.03  # of each side: what a scanner leaves there is no content
_CONTRAST = 12  # grey levels; the faintest print measured so far has twice that
_NOISE_TIMES = 8.0
_MARK_PIXELS = 6  # the least that a letter or a digit has
_LEAST_MARKS = 3
_LEAST_PIXELS = 60


def is_blank(pixels: Pixels) -> bool:
    """Whether a page shows nothing that could be text: an empty sheet, a back side, a black frame.

    pixels: uint8 (height, width, 3), BGR; read, never written. Errs towards "not blank": three marks of the size of a
    full stop, or one stroke, that stand out from the paper's own grain are enough.
    """
    check_pixels(pixels)
    height, width = pixels.shape[:2]
    scale = min(1.0, _LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    grey = cv2.cvtColor(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    kernel = np.ones((_STROKE, _STROKE), np.uint8)
    dark, bright = (cv2.morphologyEx(grey, kind, kernel) for kind in (cv2.MORPH_BLACKHAT, cv2.MORPH_TOPHAT))
    grain = float(np.mean(cv2.absdiff(grey, cv2.medianBlur(grey, 3))))
    top, left = round(size[1] * _MARGIN), round(size[0] * _MARGIN)
    inner = cv2.max(dark, bright)[top : size[1] - top, left : size[0] - left]
    return _is_clean((inner > max(_CONTRAST, _NOISE_TIMES * min(grain, 4.0))).astype(np.uint8))


def _is_clean(marks: Pixels) -> bool:
    _, _, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    real = areas[areas >= _MARK_PIXELS]
    return len(real) < _LEAST_MARKS and int(real.sum()) < _LEAST_PIXELS


def find_quality(pixels: Pixels) -> tuple[Finding, ...]:
    """Everything worth telling about a page's quality; empty for a good page."""
    return (Finding("blank"),) if is_blank(pixels) else ()
