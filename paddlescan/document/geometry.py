"""Points and quadrilaterals."""

from __future__ import annotations

import math
from collections.abc import Iterable

Point = tuple[float, float]
"""x, y in pixels; x grows to the right and y downwards."""

Quad = tuple[Point, Point, Point, Point]
"""Four corners, clockwise from the top left of the text (or of the thing itself), in pixels."""


def quad_from(corners: Iterable[Iterable[float]]) -> Quad:
    """Make a Quad of four pairs of numbers, numpy rows included. Raises ValueError for anything else."""
    points = [tuple(float(v) for v in corner) for corner in corners]
    if len(points) != 4 or any(len(p) != 2 or not all(map(math.isfinite, p)) for p in points):
        raise ValueError("a quad has four corners of two finite numbers")
    (a, b), (c, d), (e, f), (g, h) = points
    return (a, b), (c, d), (e, f), (g, h)


def bounds(quad: Quad) -> tuple[float, float, float, float]:
    """left, top, right, bottom of a quad, in its own pixels."""
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    return min(xs), min(ys), max(xs), max(ys)
