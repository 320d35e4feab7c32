"""How wide lines are for their height, by the places where they stand, and in which order they are best read."""

from __future__ import annotations

import math
from collections.abc import Sequence

from paddlescan.document import Quad

_STANDS = 1.5
"""Lines taller than so many widths are turned before they are read."""


def elongation(quad: Quad) -> float:
    """Width by height of the line in this place, as it is cut out; sides are taken to be a pixel long at least."""
    (a, b, c, d) = quad
    width = max(math.dist(a, b), math.dist(d, c))
    height = max(math.dist(a, d), math.dist(b, c))
    if height >= _STANDS * width:
        width, height = height, width
    return width / max(height, 1.0)


def by_width(quads: Sequence[Quad]) -> list[int]:
    """The numbers of lines, the shortest first.

    Lines of one width after each other cost less: a runtime that sets itself up anew for another width need not. On
    60 receipts OpenVINO in bfloat16 took a sixth less than from top to bottom.
    """
    return sorted(range(len(quads)), key=lambda n: elongation(quads[n]))
