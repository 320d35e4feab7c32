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


def contains(quad: Quad, point: Point) -> bool:
    """Whether the point lies inside the quad (convex, either way round) or on its edge."""
    x, y = point
    turns = [
        (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        for (x1, y1), (x2, y2) in zip(quad, (*quad[1:], quad[0]), strict=True)
    ]
    return all(t >= 0 for t in turns) or all(t <= 0 for t in turns)


def centre(quad: Quad) -> Point:
    """The mean of the four corners."""
    return sum(x for x, _ in quad) / 4, sum(y for _, y in quad) / 4
