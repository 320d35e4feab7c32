"""Lines as a reader sees them: upright, in rows, in reading order.

Works for pages of any turn: the quads say where the text's own right and down are.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from paddlescan.document import Quad, TextLine
from paddlescan.extraction.text import plain

_FAR = 1e6
"""No page is larger; corners beyond it, or that are no number, are pulled in."""


_LEFT = attrgetter("left")


@dataclass(frozen=True, slots=True)
class Line:
    """A text line in the upright frame; left, top, right, bottom in its pixels (turned about the origin)."""

    index: int
    """Its place in the reading order."""
    source: TextLine
    text: str = field(repr=False)
    """Plain text, of the same length as the source's first characters."""
    left: float
    top: float
    right: float
    bottom: float
    row: int = 0

    @property
    def height(self) -> float:
        """In pixels, at least 1."""
        return max(self.bottom - self.top, 1.0)

    @property
    def width(self) -> float:
        """In pixels, at least 1."""
        return max(self.right - self.left, 1.0)

    @property
    def middle(self) -> float:
        """Where its middle lies from top to bottom."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Sheet:
    """All lines of a receipt in reading order, and the rows they form (indexes into lines, left to right)."""

    lines: tuple[Line, ...]
    rows: tuple[tuple[int, ...], ...]
    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0
    line_height: float = 1.0
    """The median height."""

    def row_of(self, line: Line) -> tuple[Line, ...]:
        """The lines of a line's row, left to right, itself included."""
        return tuple(self.lines[i] for i in self.rows[line.row])

    def down(self, line: Line) -> float:
        """How far down a line stands: 0 at the top of the text, 1 at its bottom."""
        return (line.middle - self.top) / max(self.bottom - self.top, 1.0)


def _sane(value: float) -> float:
    if -_FAR <= value <= _FAR:
        return value
    return math.copysign(_FAR, value) if math.isfinite(value) else 0.0


def _corners(quad: Quad) -> tuple[tuple[float, float], ...]:
    return tuple((_sane(x), _sane(y)) for x, y in quad)


def text_angle(lines: Sequence[TextLine]) -> float:
    """Which way most text runs, in radians clockwise from "to the right"; long lines count more.

    A mean of all directions finds the quarter turn, then the weighted median about it the skew,
    which single bad quads cannot move.
    """
    vectors = []
    for line in lines:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = _corners(line.quad)
        across, along = math.hypot(bx - cx, by - cy), math.hypot(bx - ax, by - ay)
        if along > 1.5 * across and along > 1:
            vectors.append(((bx - ax + cx - dx) / 2, (by - ay + cy - dy) / 2, along))
    if not vectors:
        return 0.0
    mean = math.atan2(sum(v[1] for v in vectors), sum(v[0] for v in vectors))
    offs = sorted((math.remainder(math.atan2(y, x) - mean, math.tau), along) for x, y, along in vectors)
    half, passed = sum(along for _, along in offs) / 2, 0.0
    for off, along in offs:
        passed += along
        if passed >= half:
            return mean + off
    return mean


def _upright(line: TextLine, index: int, cos: float, sin: float) -> Line:
    turned = [(x * cos + y * sin, y * cos - x * sin) for x, y in _corners(line.quad)]
    xs, ys = sorted(p[0] for p in turned), sorted(p[1] for p in turned)
    top, bottom = (ys[0] + ys[1]) / 2, (ys[2] + ys[3]) / 2  # a skewed line's box is higher than its letters
    return Line(index, line, plain(line.text), xs[0], top, xs[3], bottom)


def _fits(line: Line, row: list[Line]) -> float | None:
    """How far a line's middle is from the row's at that place, in line heights; None: not of this row."""
    place = bisect_left(row, line.left, key=_LEFT)
    near = row[max(place - 1, 0) : place + 1]
    off = min([abs(line.middle - m.middle) / min(line.height, m.height) for m in near])
    if off >= 0.55 or any(_overlap(line, m) > 0.5 * min(line.width, m.width) for m in near):
        return None
    return off


def _overlap(one: Line, other: Line) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _group(lines: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda m: (m.middle, m.left)):
        best: tuple[float, list[Line]] | None = None
        for row in rows[-6:]:
            off = _fits(line, row)
            if off is not None and (best is None or off < best[0]):
                best = (off, row)
        if best is None:
            rows.append([line])
        else:
            best[1].insert(bisect_left(best[1], line.left, key=_LEFT), line)
    return sorted(rows, key=lambda row: sum(m.middle for m in row) / len(row))


def lay_out(lines: Sequence[TextLine]) -> Sheet:
    """Order lines into rows. Any input gives a sheet; lines without text are kept."""
    if not lines:
        return Sheet((), ())
    angle = text_angle(lines)
    cos, sin = math.cos(angle), math.sin(angle)
    rows = _group([_upright(line, i, cos, sin) for i, line in enumerate(lines)])
    placed: list[Line] = []
    grouped: list[tuple[int, ...]] = []
    for number, row in enumerate(rows):
        start = len(placed)
        grouped.append(tuple(range(start, start + len(row))))
        placed.extend(
            Line(start + i, m.source, m.text, m.left, m.top, m.right, m.bottom, number) for i, m in enumerate(row)
        )
    heights = sorted(line.height for line in placed)
    return Sheet(
        tuple(placed),
        tuple(grouped),
        left=min(m.left for m in placed),
        top=min(m.top for m in placed),
        right=max(m.right for m in placed),
        bottom=max(m.bottom for m in placed),
        line_height=heights[len(heights) // 2],
    )
