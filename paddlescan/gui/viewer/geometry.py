"""Where things are on the stage: plain arithmetic, without Qt, so that tests need no display.

Three sets of pixels meet here. *Source* pixels are those of the page as it was scanned; quads of results are in
them. *Scene* units are as large as source pixels, with the prepared page's top left at (0, 0). *Widget* pixels are
the window's, device-independent. A `View` takes the scene to the widget.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from paddlescan.document import Point, Quad, bounds
from paddlescan.document.geometry import centre

Matrix = tuple[float, float, float, float, float, float, float, float, float]
"""3x3 homography, row by row, acting on column vectors (x, y, 1)."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
LARGEST_SCALE = 8.0
"""Widget pixels a scene unit, at most."""
READABLE_TEXT = 30.0
"""Height in widget pixels at which a highlighted line is shown."""
SMALLEST_TEXT = 14.0
"""Widget pixels; a place that is wider than the stage at this height is shown from its beginning."""
LARGEST_FLIGHT_SCALE = 2.5
"""A highlight never zooms in further than this: beyond, a scan only shows its grain."""


def apply(matrix: Matrix, point: Point) -> Point:
    """The point, mapped. Raises ValueError where the homography sends it to infinity."""
    a, b, c, d, e, f, g, h, i = matrix
    x, y = point
    w = g * x + h * y + i
    if abs(w) < 1e-12:
        raise ValueError("the point has no image")
    return (a * x + b * y + c) / w, (d * x + e * y + f) / w


def invert(matrix: Matrix) -> Matrix:
    """The homography that takes points back. Raises ValueError for a matrix that folds the plane flat."""
    a, b, c, d, e, f, g, h, i = matrix
    det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    if not math.isfinite(det) or abs(det) < 1e-12:
        raise ValueError("the matrix has no inverse")
    adjugate = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    (p, q, r), (s, t, u), (v, w, x) = (tuple(value / det for value in row) for row in adjugate)
    return p, q, r, s, t, u, v, w, x


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The homography that does `first` and `then` the other."""
    rows = [then[n : n + 3] for n in (0, 3, 6)]
    columns = [first[n::3] for n in (0, 1, 2)]
    cells = [sum(x * y for x, y in zip(row, column, strict=True)) for row in rows for column in columns]
    a, b, c, d, e, f, g, h, i = cells
    return a, b, c, d, e, f, g, h, i


def scaling(factor_x: float, factor_y: float | None = None) -> Matrix:
    """The homography that only makes things larger or smaller."""
    return factor_x, 0.0, 0.0, 0.0, factor_x if factor_y is None else factor_y, 0.0, 0.0, 0.0, 1.0


def map_quad(matrix: Matrix, quad: Quad) -> Quad:
    """The four corners, mapped; their order stays. Raises ValueError like `apply`."""
    a, b, c, d = (apply(matrix, corner) for corner in quad)
    return a, b, c, d


def local_scale(matrix: Matrix, point: Point) -> float:
    """How much larger a small thing at that point becomes: the root of the area's growth, above 0."""
    x, y = point
    (ax, ay), (bx, by), (cx, cy) = apply(matrix, point), apply(matrix, (x + 1, y)), apply(matrix, (x, y + 1))
    return math.sqrt(max(abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)), 1e-12))


def grow(quad: Quad, by: float) -> Quad:
    """The quad with every corner moved away from the centre along both of its sides by that many pixels."""
    (ax, ay), (bx, by_), (cx, cy), (dx, dy) = quad
    right = _unit((bx + cx - ax - dx, by_ + cy - ay - dy), (1.0, 0.0))
    down = _unit((cx + dx - ax - bx, cy + dy - ay - by_), (0.0, 1.0))
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    a, b, c, d = (
        (x + by * (s * right[0] + t * down[0]), y + by * (s * right[1] + t * down[1]))
        for (x, y), (s, t) in zip(quad, signs, strict=True)
    )
    return a, b, c, d


def _unit(vector: Point, otherwise: Point) -> Point:
    length = math.hypot(*vector)
    return (vector[0] / length, vector[1] / length) if length > 1e-9 else otherwise


def text_height(quad: Quad) -> float:
    """The mean length of the two sides that run down a line of text."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    return (math.hypot(dx - ax, dy - ay) + math.hypot(cx - bx, cy - by)) / 2


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the widget that is free for the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """At least 1, so that nothing divides by nothing in a window folded away."""
        return max(1.0, self.right - self.left)

    @property
    def height(self) -> float:
        """At least 1."""
        return max(1.0, self.bottom - self.top)

    @property
    def middle(self) -> Point:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class View:
    """How the scene lies in the widget: widget = scene * scale + (x, y)."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def to_widget(self, point: Point) -> Point:
        """A scene point in widget pixels."""
        return point[0] * self.scale + self.x, point[1] * self.scale + self.y

    def to_scene(self, point: Point) -> Point:
        """A widget point in scene units."""
        return (point[0] - self.x) / self.scale, (point[1] - self.y) / self.scale

    def zoomed(self, factor: float, around: Point, smallest: float) -> View:
        """Larger by that factor, with the widget point `around` staying where it is; within smallest..LARGEST_SCALE."""
        scale = min(max(self.scale * factor, smallest), max(LARGEST_SCALE, smallest))
        ratio = scale / self.scale
        return View(scale, around[0] - (around[0] - self.x) * ratio, around[1] - (around[1] - self.y) * ratio)

    def panned(self, dx: float, dy: float) -> View:
        """Moved by that many widget pixels."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def kept_in(self, area: Area, page: tuple[float, float, float, float]) -> View:
        """Moved back as far as needed: a page smaller than the area stays in its middle, a larger one cannot leave it.

        page: left, top, right, bottom in scene units.
        """
        left, top, right, bottom = page
        return replace(
            self,
            x=_kept(self.x, left * self.scale, right * self.scale, area.left, area.right),
            y=_kept(self.y, top * self.scale, bottom * self.scale, area.top, area.bottom),
        )

    def roaming(self, area: Area, page: tuple[float, float, float, float], part: float) -> View:
        """Moved back as far as needed to keep some of the page in sight; `part` of the area may be empty on a side."""
        left, top, right, bottom = page
        dx, dy = part * area.width / self.scale, part * area.height / self.scale
        return self.kept_in(area, (left - dx, top - dy, right + dx, bottom + dy))

    def towards(self, other: View, part: float) -> View:
        """The view at `part` (0..1) of the way to the other.

        The scale goes geometrically (each step magnifies alike) and the shift follows it, so that the one scene
        point that both views show at the same place stays there.
        """
        if part <= 0 or part >= 1:
            return self if part <= 0 else other
        scale = self.scale * (other.scale / self.scale) ** part
        way = part if abs(other.scale - self.scale) < 1e-9 else (scale - self.scale) / (other.scale - self.scale)
        return View(scale, self.x + (other.x - self.x) * way, self.y + (other.y - self.y) * way)


def _kept(offset: float, low: float, high: float, start: float, end: float) -> float:
    if high - low <= end - start:
        return (start + end - low - high) / 2
    return min(max(offset, end - high), start - low)


def fitted(page: tuple[float, float, float, float], area: Area) -> View:
    """The view that shows the whole page (left, top, right, bottom in scene units) in the middle of the area."""
    left, top, right, bottom = page
    scale = min(area.width / max(right - left, 1.0), area.height / max(bottom - top, 1.0), LARGEST_SCALE)
    return View(scale).kept_in(area, page)


def readable(quad: Quad, area: Area, whole: View, line: float | None = None) -> View:
    """The view that shows a quad (scene units) in the middle of the area, its text about READABLE_TEXT pixels high.

    It never shows less of the page than fits (`whole`), and the quad keeps a margin to the area's sides, unless its
    text would be lower than SMALLEST_TEXT then. line: the height of one line of its text in scene units, where it has
    several.
    """
    left, top, right, bottom = bounds(quad)
    height = max(line or text_height(quad), 1.0)
    wanted = min(READABLE_TEXT / height, LARGEST_FLIGHT_SCALE)
    fits = min(area.width * 0.86 / max(right - left, 1.0), area.height * 0.6 / max(bottom - top, 1.0))
    least = min(SMALLEST_TEXT / height, LARGEST_FLIGHT_SCALE)
    scale = max(min(wanted, fits), least, min(whole.scale, LARGEST_FLIGHT_SCALE))
    (x, y), (mx, my) = centre(quad), area.middle
    x = min(x, left + 0.47 * area.width / scale)
    y = min(y, top + 0.47 * area.height / scale)
    return View(scale, mx - x * scale, my - y * scale)
