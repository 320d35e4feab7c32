"""Whether a page could hold several receipts, judged by where its lines of text lie: free, once lines are known.

Most pages are one receipt, and their lines show it: they hang together, or the groups that they fall into all run in
one direction, as those of a form do, while no two receipts are laid down quite alike. Where lines run in different
directions, `regions` looks at the paper between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from paddlescan.document import Quad
from paddlescan.imaging.region_lines import FEWEST_LINES, Divisions, Flags, Lines, lines_of

_GAPS = (1.2, 1.8, 2.6, 3.6)  # line heights
_FACING = 0.2  # of the lower of two groups beside each other, that both share
_TURNED_STACKED = 1.0  # degrees between groups above each other
_TURNED_BESIDE = 0.5  # degrees between groups, where some stand beside each other
_TURNED_ALONE = 2.5  # degrees between lines of one group
_OTHERS = 0.12  # of the long lines that stand on end among lying ones, or the other way round


def may_be_several(quads: Sequence[Quad], width: int, height: int) -> bool:
    """Whether `find_regions` should look at a page; False where it is plainly one receipt.

    quads: the lines of text that a detector saw on the whole page, in pixels of a page of `width` by `height`. True
    where lines, or groups of them with gutters between, run in different directions. Takes a millisecond.
    """
    if len(quads) < 2 * FEWEST_LINES or min(width, height) < 1:
        return False
    lines = lines_of(quads)
    if _run_differently(lines):
        return True
    divisions = Divisions(lines)
    return any(_look_apart(lines, divisions.groups(gap)) for gap in _GAPS)


def _run_differently(lines: Lines) -> bool:
    """Whether enough long lines stand on end, or are turned against the others, wherever they lie."""
    long = lines.long(np.ones(len(lines.quads), bool))
    count = int(long.sum())
    if count < 2 * FEWEST_LINES:
        return False
    standing = int(lines.standing[long].sum())
    least = max(FEWEST_LINES, _OTHERS * count)
    if least <= standing <= count - least:
        return True
    degrees = lines.degrees[long]
    turned = np.abs(degrees - np.median(degrees)) > _TURNED_ALONE
    return int(turned.sum()) >= max(FEWEST_LINES, 2 * _OTHERS * count)


def _look_apart(lines: Lines, groups: list[Flags]) -> bool:
    """Whether groups are turned against each other, by less where some stand side by side."""
    pairs = list(combinations(groups, 2))
    least = _TURNED_BESIDE if any(_beside(lines, one, other) for one, other in pairs) else _TURNED_STACKED
    return any(_turned(lines, one, other) >= least for one, other in pairs)


def _beside(lines: Lines, one: Flags, other: Flags) -> bool:
    """Whether two groups face each other across, sharing more of their height than of their width."""
    a, b = lines.quads[one].reshape(-1, 2), lines.quads[other].reshape(-1, 2)
    shared = np.minimum(a.max(axis=0), b.max(axis=0)) - np.maximum(a.min(axis=0), b.min(axis=0))
    x, y = shared / np.maximum(1.0, np.minimum(np.ptp(a, axis=0), np.ptp(b, axis=0)))
    return bool(y > max(x, _FACING))


def _turned(lines: Lines, one: Flags, other: Flags) -> float:
    """Degrees between the long lines of two groups, whole quarters included."""
    one, other = lines.long(one), lines.long(other)
    if not one.any() or not other.any():
        return 0.0
    if abs(float(lines.standing[one].mean() - lines.standing[other].mean())) > 0.6:
        return 90.0
    apart = abs(lines.direction(one) - lines.direction(other))
    return min(apart, 90.0 - apart)
