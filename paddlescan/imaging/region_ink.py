"""The ink of a reduced page: all of it, to look at the paper between, and that of its lines of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document.pixels import Pixels
from paddlescan.imaging.region_lines import Flags, Lines

Mask = npt.NDArray[np.uint8]

LONG_SIDE = 1200
"""Pixels that everything about regions is measured on."""

_STROKE = 21  # widest stroke in those pixels
_FAINTEST = 22  # grey levels of contrast that count as ink at all
_STRENGTH = 0.4  # of the contrast of a page's text: what counts as ink of its letters
_LETTER = 0.62  # of the height of a line as detectors see it
_GROWN = 2  # pixels around ink that are not paper


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """What is printed on a reduced page."""

    pixels: Pixels
    lines: Lines
    covered: Mask
    """1 on ink, near it and on lines of text: where the paper cannot be seen."""
    points: npt.NDArray[np.float32]
    """(n, 2): x, y of the ink of lines, line by line."""
    starts: npt.NDArray[np.int64]
    """(lines + 1): where the points of each line begin."""
    letter: float
    """Pixels: the usual height of a letter."""

    def points_of(self, group: Flags) -> npt.NDArray[np.float32]:
        """The ink of some lines."""
        chosen = [self.points[self.starts[n] : self.starts[n + 1]] for n in np.flatnonzero(group)]
        return np.concatenate(chosen) if chosen else self.points[:0]


def ink_of(pixels: Pixels, lines: Lines) -> Ink | None:
    """The ink of a page that is already reduced; None where its lines hold none.

    pixels: uint8 (height, width, 3), BGR. lines: in pixels of it. Red and blue print count like black.
    """
    blue, green, red = cv2.split(pixels)
    darkest = cv2.min(cv2.min(blue, green), red)
    contrast = cv2.morphologyEx(darkest, cv2.MORPH_BLACKHAT, np.ones((_STROKE, _STROKE), np.uint8))
    owners = np.zeros(contrast.shape, np.int32)
    for n, quad in enumerate(lines.quads):
        cv2.fillConvexPoly(owners, np.round(quad).astype(np.int32), n + 1)
    inside = owners > 0
    usual = float(np.percentile(contrast[inside], 90)) if inside.any() else 0.0
    if usual <= _FAINTEST:
        return None
    rows, columns = np.nonzero(inside & (contrast > max(_FAINTEST, _STRENGTH * usual)))
    if not len(rows):
        return None
    side = 2 * _GROWN + 1
    covered = cv2.dilate((inside | (contrast > _FAINTEST)).astype(np.uint8), np.ones((side, side), np.uint8))
    order = np.argsort(owners[rows, columns], kind="stable")
    rows, columns = rows[order], columns[order]
    points = np.stack([columns, rows], axis=1).astype(np.float32)
    of_lines = owners[rows, columns] - 1
    starts = np.searchsorted(of_lines, np.arange(len(lines.quads) + 1))
    letter = max(3.0, _LETTER * lines.height)
    return Ink(pixels, lines, cast(Mask, covered), points, starts, letter)
