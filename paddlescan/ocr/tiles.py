"""Long strips are looked at in pieces.

The detector sees a page at a fixed longer side. A till roll ten times as long as it is wide would become a ribbon in
which no letter is left, so a page much taller than wide is cut across into pieces that overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from paddlescan.document import Quad, bounds
from paddlescan.document.pixels import Pixels

LONGEST = 4.5
"""Height in widths up to which a page is looked at as a whole. Receipts 2.8 to 3.8 times as high as wide read no better
in pieces (word F1 0.945 for 0.951) and cost three times as much."""
PIECE = 3.0
"""Height of a piece, in widths."""
OVERLAP = 0.25
"""Of neighbouring pieces, in widths: more than any line is high."""

_SAME = 0.5  # of the smaller one's height and width: two quads that share more are one line seen twice

_Found = tuple[Quad, tuple[float, float, float, float]]
"""A line, and its bounds."""


def detect_in_pieces(pixels: Pixels, detect: Callable[[Pixels], Sequence[Quad]]) -> tuple[Quad, ...]:
    """What `detect` finds on a page, or on the pieces of a long one; quads in pixels of the page, from top to bottom.

    A line in an overlap is told once, by the piece that shows more of it.
    """
    found: list[_Found] = []
    for top, bottom in pieces(*pixels.shape[:2]):
        for quad in detect(pixels[top:bottom]):
            _add(found, _lower(quad, top))
    return tuple(quad for quad, _ in found)


def pieces(height: int, width: int) -> tuple[tuple[int, int], ...]:
    """Top and bottom rows of the pieces of a page of that size; one for a page that is no long strip."""
    if height <= LONGEST * width:
        return ((0, height),)
    overlap, most = round(OVERLAP * width), round(PIECE * width)
    count = -(-(height - overlap) // max(1, most - overlap))
    step = (height - overlap) / count
    edges = np.round(np.arange(count + 1) * step).astype(int)
    return tuple((int(a), min(height, int(b) + overlap)) for a, b in pairwise(edges))


def _lower(quad: Quad, by: int) -> Quad:
    a, b, c, d = ((x, y + by) for x, y in quad)
    return a, b, c, d


def _add(found: list[_Found], quad: Quad) -> None:
    """Add a line, in place of what was seen of it before if more of it is seen now."""
    box = left, top, right, bottom = bounds(quad)
    for n in range(len(found) - 1, -1, -1):
        x0, y0, x1, y1 = found[n][1]
        if y1 <= top or bottom <= y0:
            continue
        across, down = min(right, x1) - max(left, x0), min(bottom, y1) - max(top, y0)
        if across > _SAME * min(right - left, x1 - x0) and down > _SAME * min(bottom - top, y1 - y0):
            if (bottom - top) * (right - left) > (y1 - y0) * (x1 - x0):
                found[n] = quad, box
            return
    found.append((quad, box))
