"""The outlines of the receipts on a page while a person draws them: plain arithmetic in source pixels, without Qt.

Each outline is a rectangle, perhaps turned. Whatever is done to it, it stays one; it keeps its turn.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from paddlescan.document import Point, Quad, TextLine, bounds
from paddlescan.document.geometry import centre, contains
from paddlescan.document.options import MOST_REGIONS

SMALLEST = 24.0
"""Source pixels: no side is shorter."""

Grip = Literal["move", "n", "e", "s", "w", "nw", "ne", "se", "sw"]
"""Where an outline is taken: inside, at a side or at a corner, named as on a map of its own."""
CORNERS: tuple[Grip, ...] = ("nw", "ne", "se", "sw")
SIDES: tuple[Grip, ...] = ("n", "e", "s", "w")


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle in axes that are turned by `angle` (radians clockwise) about the page's top left."""

    angle: float
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, quad: Quad) -> Frame:
        """The rectangle around a quad, turned as its top is."""
        (ax, ay), (bx, by), _, _ = quad
        angle = math.atan2(by - ay, bx - ax)
        inside = [_turned(corner, -angle) for corner in quad]
        xs, ys = [x for x, _ in inside], [y for _, y in inside]
        return cls(angle, min(xs), min(ys), max(xs), max(ys))

    def quad(self) -> Quad:
        """Its corners in source pixels."""
        a, b, c, d = (
            _turned(corner, self.angle)
            for corner in (
                (self.left, self.top),
                (self.right, self.top),
                (self.right, self.bottom),
                (self.left, self.bottom),
            )
        )
        return a, b, c, d

    def dragged(self, grip: Grip, dx: float, dy: float) -> Frame:
        """The rectangle after one of its grips was dragged by so many source pixels."""
        x, y = _turned((dx, dy), -self.angle)
        if grip == "move":
            return replace(self, left=self.left + x, right=self.right + x, top=self.top + y, bottom=self.bottom + y)
        return Frame(
            self.angle,
            min(self.left + x, self.right - SMALLEST) if "w" in grip else self.left,
            min(self.top + y, self.bottom - SMALLEST) if "n" in grip else self.top,
            max(self.right + x, self.left + SMALLEST) if "e" in grip else self.right,
            max(self.bottom + y, self.top + SMALLEST) if "s" in grip else self.bottom,
        )


@dataclass(frozen=True, slots=True)
class Outlines:
    """The receipts as drawn so far, and which of them are chosen (by their place in `quads`)."""

    quads: tuple[Quad, ...] = ()
    chosen: frozenset[int] = frozenset()

    def at(self, point: Point) -> int | None:
        """The outline under a point; the smallest where they overlap."""
        hits = [(_area(quad), n) for n, quad in enumerate(self.quads) if contains(quad, point)]
        return min(hits)[1] if hits else None

    def choose(self, *places: int) -> Outlines:
        """Those chosen, and no others."""
        return replace(self, chosen=frozenset(n for n in places if 0 <= n < len(self.quads)))

    def toggle(self, place: int) -> Outlines:
        """One more chosen, or one less."""
        return replace(self, chosen=self.chosen ^ {place})

    def step(self, by: int) -> Outlines:
        """The next outline chosen, or the one before."""
        if not self.quads:
            return self
        here = min(self.chosen) if self.chosen else (-1 if by > 0 else 0)
        return self.choose((here + by) % len(self.quads))

    def added(self, quad: Quad) -> Outlines:
        """One more, chosen. The same where there are as many as a page can hold."""
        if len(self.quads) >= MOST_REGIONS:
            return self
        return _ordered((*self.quads, quad), [quad])

    def changed(self, place: int, quad: Quad) -> Outlines:
        """Another shape in that place; the order stays until `ordered`."""
        return replace(self, quads=(*self.quads[:place], quad, *self.quads[place + 1 :]))

    def ordered(self) -> Outlines:
        """In reading order, the same ones chosen."""
        return _ordered(self.quads, [self.quads[n] for n in self.chosen])

    def removed(self) -> Outlines:
        """Without the chosen ones."""
        return Outlines(tuple(quad for n, quad in enumerate(self.quads) if n not in self.chosen))

    def merged(self) -> Outlines:
        """The chosen ones as one around them all, turned as the first of them. The same for less than two."""
        if len(self.chosen) < 2:
            return self
        some = [self.quads[n] for n in sorted(self.chosen)]
        angle = Frame.of(some[0]).angle
        inside = [_turned(corner, -angle) for quad in some for corner in quad]
        xs, ys = [x for x, _ in inside], [y for _, y in inside]
        one = Frame(angle, min(xs), min(ys), max(xs), max(ys)).quad()
        return _ordered((*self.removed().quads, one), [one])

    def split(self, lines: Iterable[TextLine]) -> Outlines:
        """The one chosen as two: at the widest gap between its lines, near the middle of its longer side without.

        The same where there are not exactly one chosen and room for two.
        """
        if len(self.chosen) != 1 or len(self.quads) >= MOST_REGIONS:
            return self
        (place,) = self.chosen
        frame = Frame.of(self.quads[place])
        held = [line.quad for line in lines if contains(self.quads[place], centre(line.quad))]
        cut = _widest_gap(frame, held) or _in_the_middle(frame)
        if cut is None:
            return self
        down, where = cut
        if down:
            halves = replace(frame, bottom=where), replace(frame, top=where)
        else:
            halves = replace(frame, right=where), replace(frame, left=where)
        two = [half.quad() for half in halves]
        others = [quad for n, quad in enumerate(self.quads) if n != place]
        return _ordered((*others, *two), two)


def rectangle(start: Point, end: Point) -> Quad:
    """The level rectangle between two corners, no side shorter than SMALLEST."""
    left, top = min(start[0], end[0]), min(start[1], end[1])
    right, bottom = max(start[0], end[0], left + SMALLEST), max(start[1], end[1], top + SMALLEST)
    return (left, top), (right, top), (right, bottom), (left, bottom)


def grips(quad: Quad) -> tuple[tuple[Grip, Point], ...]:
    """Where an outline can be taken: its corners, then the middles of its sides."""
    sides = zip(quad, (*quad[1:], quad[0]), strict=True)
    middles = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in sides]
    return (*zip(CORNERS, quad, strict=True), *zip(SIDES, middles, strict=True))


def _widest_gap(frame: Frame, quads: Sequence[Quad]) -> tuple[bool, float] | None:
    """Where a receipt's lines leave the widest gap right across, in line heights; whether it is cut above each other.

    Gaps near an end are none, for they leave no receipt there.
    """
    inside = [[_turned(corner, -frame.angle) for corner in quad] for quad in quads]
    best: tuple[float, bool, float] | None = None
    for down in (True, False):
        spans = sorted((min(p[down] for p in quad), max(p[down] for p in quad)) for quad in inside)
        low, high = (frame.top, frame.bottom) if down else (frame.left, frame.right)
        reached = low
        for n, (start, end) in enumerate(spans):
            room = min(start - low, high - reached)
            if n and start > reached and room > 0.15 * (high - low) and room > 2 * SMALLEST:
                best = max(best or (0.0, down, 0.0), (start - reached, down, (start + reached) / 2))
            reached = max(reached, end)
    return None if best is None else best[1:]


def _in_the_middle(frame: Frame) -> tuple[bool, float] | None:
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    if max(wide, high) < 2 * SMALLEST:
        return None
    return (True, (frame.top + frame.bottom) / 2) if high >= wide else (False, (frame.left + frame.right) / 2)


def _ordered(quads: Sequence[Quad], chosen: Sequence[Quad]) -> Outlines:
    """Rows from top to bottom, each from left to right; in a row are those that face each other with half a side."""

    def faces(one: Quad, other: Quad) -> bool:
        (_, top, _, bottom), (_, upper, _, lower) = bounds(one), bounds(other)
        return min(bottom, lower) - max(top, upper) >= 0.5 * min(bottom - top, lower - upper)

    waiting = sorted(quads, key=lambda quad: bounds(quad)[1])
    ordered: list[Quad] = []
    while waiting:
        row = [quad for quad in waiting if faces(waiting[0], quad)]
        ordered += sorted(row, key=lambda quad: bounds(quad)[0])
        waiting = [quad for quad in waiting if quad not in row]
    return Outlines(tuple(ordered), frozenset(n for n, quad in enumerate(ordered) if quad in chosen))


def _turned(point: Point, angle: float) -> Point:
    x, y = point
    cos, sin = math.cos(angle), math.sin(angle)
    return x * cos - y * sin, x * sin + y * cos


def _area(quad: Quad) -> float:
    frame = Frame.of(quad)
    return (frame.right - frame.left) * (frame.bottom - frame.top)
