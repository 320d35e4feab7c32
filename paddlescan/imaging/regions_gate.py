"""Whether a page could hold several receipts, judged by where its lines of text lie: free, once lines are known.

Telling receipts apart by their ink costs as much as all other preparing; most pages are one receipt, and their lines
show it: they hang together, or the groups that they fall into all run in one direction, as those of a form do, while
no two receipts are laid down quite alike. Where lines run in different directions, the ink decides (`regions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad

_CELLS = 4.0  # per line height
_MOST_CELLS = 480  # on the longer side of the page
_FEWEST_LINES = 4  # of a receipt
_LEAST_TEXT = 0.04  # of the page's, that a receipt must hold
_GAPS = (1.2, 1.8, 2.6, 3.6)  # line heights
_INTERLOCKED = 0.1  # of the smaller of two hulls: groups that share more are one
_FACING = 0.2  # of the lower of two groups beside each other, that both share
_LONG = (3.0, 2.0)  # times as long as high: a line whose direction can be trusted; if there are too few of those
_FEWEST_LONG = 3
_TURNED_STACKED = 1.0  # degrees between groups above each other
_TURNED_BESIDE = 0.5  # degrees between groups, where some stand beside each other
_TURNED_ALONE = 2.5  # degrees between lines of one group
_OTHERS = 0.12  # of the long lines that stand on end among lying ones, or the other way round

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Cells = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Where lines of text lie and how they run."""

    quads: Floats
    areas: Floats
    lengths: Floats
    height: float
    """Pixels, of a usual line."""
    degrees: Floats
    """-45..45, after whole quarters."""
    standing: Flags
    ratios: Floats
    """Of length to height."""

    def long(self, group: Flags) -> Flags:
        """Those of a group whose direction can be trusted; none where they are too few."""
        for least in _LONG:
            long = group & (self.ratios >= least)
            if int(long.sum()) >= _FEWEST_LONG:
                return long
        return np.zeros_like(group)


def may_be_several(quads: Sequence[Quad], width: int, height: int) -> bool:
    """Whether `find_regions` should look at a page; False where it is plainly one receipt.

    quads: the lines of text that a detector saw on the whole page, in pixels of a page of `width` by `height`. True
    where lines, or groups of them with gutters between, run in different directions. Takes a millisecond.
    """
    if len(quads) < 2 * _FEWEST_LINES:
        return False
    lines = _lines(quads)
    return _run_differently(lines) or any(_look_apart(lines, groups) for groups in _divisions(lines, width, height))


def _lines(quads: Sequence[Quad]) -> _Lines:
    corners = np.asarray(quads, np.float64)
    tops, sides = corners[:, 1] - corners[:, 0], corners[:, 3] - corners[:, 0]
    lengths, heights = np.hypot(*tops.T), np.hypot(*sides.T)
    x, y = np.where((lengths >= heights)[:, None], tops, sides).T
    longer, shorter = np.maximum(lengths, heights), np.minimum(lengths, heights)
    return _Lines(
        corners,
        longer * shorter,
        longer,
        max(1.0, float(np.median(shorter))),
        (np.degrees(np.arctan2(y, x)) + 45.0) % 90.0 - 45.0,
        np.abs(y) > np.abs(x),
        longer / np.maximum(1.0, shorter),
    )


def _run_differently(lines: _Lines) -> bool:
    """Whether enough long lines stand on end, or are turned against the others, wherever they lie."""
    long = lines.ratios >= _LONG[0]
    count = int(long.sum())
    if count < 2 * _FEWEST_LINES:
        return False
    standing = int(lines.standing[long].sum())
    least = max(_FEWEST_LINES, _OTHERS * count)
    if least <= standing <= count - least:
        return True
    degrees = lines.degrees[long]
    turned = np.abs(degrees - np.median(degrees)) > _TURNED_ALONE
    return int(turned.sum()) >= max(_FEWEST_LINES, 2 * _OTHERS * count)


def _divisions(lines: _Lines, width: int, height: int) -> Iterator[list[Flags]]:
    """The groups that lines fall into, for each width of a gutter; no lists of fewer than two."""
    scale = min(_CELLS / lines.height, _MOST_CELLS / max(width, height))
    corners = lines.quads * scale
    cells = np.round(corners - corners.reshape(-1, 2).min(axis=0)).astype(np.int32) + 1
    right, bottom = cells.reshape(-1, 2).max(axis=0) + 2
    free = np.ones((int(bottom), int(right)), np.uint8)
    for cell in cells:
        cv2.fillConvexPoly(free, cell, 0)
    distance = cv2.distanceTransform(free, cv2.DIST_L2, cv2.DIST_MASK_3)
    middles = cells.mean(axis=1).astype(np.int64)
    for gap in _GAPS:
        _, joined = cv2.connectedComponents((distance <= gap * lines.height * scale / 2).astype(np.uint8))
        owners = joined[middles[:, 1], middles[:, 0]]
        groups = _disentangled(cells, [owners == n for n in np.unique(owners) if _counts(lines, owners == n)])
        if len(groups) >= 2:
            yield groups


def _counts(lines: _Lines, group: Flags) -> bool:
    """Whether a group of lines could be a receipt."""
    if int(group.sum()) < _FEWEST_LINES:
        return False
    return float(lines.areas[group].sum()) >= _LEAST_TEXT * float(lines.areas.sum())


def _disentangled(cells: Cells, groups: list[Flags]) -> list[Flags]:
    """Groups whose hulls share ground become one: columns of a form reach into each other."""
    hulls = [_hull(cells, group) for group in groups]
    while True:
        pair = next((p for p in combinations(range(len(groups)), 2) if _share(hulls[p[0]], hulls[p[1]])), None)
        if pair is None:
            return groups
        one, other = pair
        groups[one] = groups[one] | groups.pop(other)
        hulls.pop(other)
        hulls[one] = _hull(cells, groups[one])


def _hull(cells: Cells, group: Flags) -> npt.NDArray[np.float32]:
    return np.asarray(cv2.convexHull(cells[group].reshape(-1, 2)), np.float32)


def _share(one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> bool:
    shared, _ = cv2.intersectConvexConvex(one, other)
    return float(shared) > _INTERLOCKED * min(cv2.contourArea(one), cv2.contourArea(other))


def _look_apart(lines: _Lines, groups: list[Flags]) -> bool:
    """Whether groups are turned against each other, by less where some stand side by side."""
    pairs = list(combinations(groups, 2))
    least = _TURNED_BESIDE if any(_beside(lines, one, other) for one, other in pairs) else _TURNED_STACKED
    return any(_turned(lines, one, other) >= least for one, other in pairs)


def _beside(lines: _Lines, one: Flags, other: Flags) -> bool:
    """Whether two groups face each other across, sharing more of their height than of their width."""
    a, b = lines.quads[one].reshape(-1, 2), lines.quads[other].reshape(-1, 2)
    shared = np.minimum(a.max(axis=0), b.max(axis=0)) - np.maximum(a.min(axis=0), b.min(axis=0))
    x, y = shared / np.maximum(1.0, np.minimum(np.ptp(a, axis=0), np.ptp(b, axis=0)))
    return bool(y > max(x, _FACING))


def _turned(lines: _Lines, one: Flags, other: Flags) -> float:
    """Degrees between the long lines of two groups, whole quarters included."""
    one, other = lines.long(one), lines.long(other)
    if not one.any() or not other.any():
        return 0.0
    if abs(float(lines.standing[one].mean() - lines.standing[other].mean())) > 0.6:
        return 90.0
    apart = abs(_direction(lines, one) - _direction(lines, other))
    return min(apart, 90.0 - apart)


def _direction(lines: _Lines, group: Flags) -> float:
    """The median direction of some lines, each weighing as much as it is long."""
    order = np.argsort(lines.degrees[group])
    running = np.cumsum(lines.lengths[group][order])
    return float(lines.degrees[group][order][int(np.searchsorted(running, running[-1] / 2))])
