"""Lines of text as a detector saw them on a page, and the groups that they fall into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad

FEWEST_LINES = 4
"""Of a receipt."""

_LONG = (3.0, 2.0)  # times as long as high: a line whose direction can be trusted; if there are too few of those
_FEWEST_LONG = 3
_CELLS = 4.0  # per line height
_MOST_CELLS = 480  # on the longer side of the lines
_LEAST_TEXT = 0.03  # of the page's, that a receipt must hold
_INTERLOCKED = 0.1  # of the smaller of two hulls: groups that share more are one

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Cells = npt.NDArray[np.int32]
Hull = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Where lines of text lie and how they run. Groups of them are masks."""

    quads: Floats
    """(n, 4, 2), pixels."""
    areas: Floats
    lengths: Floats
    ratios: Floats
    """Of length to height."""
    degrees: Floats
    """By how much they are turned counter-clockwise, -45..45, after whole quarters."""
    standing: Flags
    """Whether they run up or down the page."""
    height: float
    """Pixels, of a usual line, at least 1."""

    def long(self, group: Flags) -> Flags:
        """Those of a group whose direction can be trusted; none where they are too few."""
        for least in _LONG:
            long = group & (self.ratios >= least)
            if int(long.sum()) >= _FEWEST_LONG:
                return long
        return np.zeros_like(group)

    def direction(self, group: Flags) -> float:
        """The median of the degrees of some lines, each weighing as much as it is long."""
        order = np.argsort(self.degrees[group])
        running = np.cumsum(self.lengths[group][order])
        return float(self.degrees[group][order][int(np.searchsorted(running, running[-1] / 2))])

    def could_be_receipt(self, group: Flags) -> bool:
        """Whether a group is large enough."""
        if int(group.sum()) < FEWEST_LINES:
            return False
        return float(self.areas[group].sum()) >= _LEAST_TEXT * float(self.areas.sum())


def lines_of(quads: Sequence[Quad] | Floats) -> Lines:
    """Measure lines: at least one."""
    corners = np.asarray(quads, np.float64)
    tops, sides = corners[:, 1] - corners[:, 0], corners[:, 3] - corners[:, 0]
    lengths, heights = np.hypot(*tops.T), np.hypot(*sides.T)
    x, y = np.where((lengths >= heights)[:, None], tops, sides).T
    longer, shorter = np.maximum(lengths, heights), np.minimum(lengths, heights)
    return Lines(
        corners,
        longer * shorter,
        longer,
        longer / np.maximum(1.0, shorter),
        (np.degrees(np.arctan2(-y, x)) + 45.0) % 90.0 - 45.0,
        np.abs(y) > np.abs(x),
        max(1.0, float(np.median(shorter))),
    )


class Divisions:
    """What some of the lines of a page fall into, for one width of a gutter after another."""

    def __init__(self, lines: Lines, subset: Flags | None = None) -> None:
        self._lines = lines
        self._chosen = np.flatnonzero(np.ones(len(lines.quads), bool) if subset is None else subset)
        quads = lines.quads[self._chosen]
        corners = quads - quads.reshape(-1, 2).min(axis=0)
        self._scale = min(_CELLS / lines.height, _MOST_CELLS / max(1.0, float(corners.max())))
        self._cells = np.round(corners * self._scale).astype(np.int32) + 1
        right, bottom = self._cells.reshape(-1, 2).max(axis=0) + 2
        free = np.ones((int(bottom), int(right)), np.uint8)
        for cell in self._cells:
            cv2.fillConvexPoly(free, cell, 0)
        self._distance = cv2.distanceTransform(free, cv2.DIST_L2, cv2.DIST_MASK_3)
        self._middles = self._cells.mean(axis=1).astype(np.int64)

    def largest(self, gap: float) -> int:
        """How many lines the largest group has."""
        return int(np.bincount(self._owners(gap)).max())

    def groups(self, gap: float) -> list[Flags]:
        """Groups that could be receipts, with more than `gap` line heights between any two of them."""
        owners = self._owners(gap)
        found = []
        for n in np.unique(owners):
            group = np.zeros(len(self._lines.quads), bool)
            group[self._chosen[owners == n]] = True
            if self._lines.could_be_receipt(group):
                found.append(group)
        return disentangled(self._lines, found)

    def _owners(self, gap: float) -> npt.NDArray[np.int32]:
        """The number of the group that each line belongs to."""
        near = (self._distance <= gap * self._lines.height * self._scale / 2).astype(np.uint8)
        _, joined = cv2.connectedComponents(near)
        return np.asarray(joined[self._middles[:, 1], self._middles[:, 0]], np.int32)


def disentangled(lines: Lines, groups: Sequence[Flags]) -> list[Flags]:
    """Groups whose hulls share ground become one: columns of a form reach into each other."""
    merged = list(groups)
    hulls = [_hull(lines, group) for group in merged]
    while True:
        pair = next((p for p in combinations(range(len(merged)), 2) if _share(hulls[p[0]], hulls[p[1]])), None)
        if pair is None:
            return merged
        one, other = pair
        merged[one] = merged[one] | merged.pop(other)
        hulls.pop(other)
        hulls[one] = _hull(lines, merged[one])


def _hull(lines: Lines, group: Flags) -> Hull:
    return np.asarray(cv2.convexHull(lines.quads[group].reshape(-1, 2).astype(np.float32)), np.float32)


def _share(one: Hull, other: Hull) -> bool:
    shared, _ = cv2.intersectConvexConvex(one, other)
    return float(shared) > _INTERLOCKED * min(cv2.contourArea(one), cv2.contourArea(other))
