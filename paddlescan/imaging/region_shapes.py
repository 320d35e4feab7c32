"""How a group of lines lies on a page: along which direction they run, and the rectangle around them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad, quad_from
from paddlescan.imaging.region_ink import Ink
from paddlescan.imaging.region_lines import Flags, Lines

Points = npt.NDArray[np.float64]

_MOST_POINTS = 2500
_FEWEST_POINTS = 60
_FIRM = 1.6  # times as sharp as in other directions
_REACH = 3.0  # degrees from what the detector saw
_WAVERING = 0.4  # letters by which a short line may seem to rise or fall
_MOST_LINES = 60
_SLOPES = np.arange(-12.0, 12.1, 0.5)  # degrees
_SQUARE = 1.5
_ONE_WAY = 0.8  # share of the long lines that agree about lying or standing


@dataclass(frozen=True, slots=True)
class Direction:
    """Along which direction lines of print run."""

    degrees: float
    """By how much they are turned counter-clockwise, -45..45, after whole quarters."""
    sideways: bool
    """Whether they run up or down the page."""
    sure: bool
    """Whether `sideways` can be relied on."""
    firm: bool
    """Whether `degrees` can."""
    doubt: float
    """Degrees that `degrees` may be off."""
    square: bool = False
    """Whether lines begin, or end, below each other square to their direction: print that was turned, not bent."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A group of lines and the rectangle around it."""

    group: Flags
    direction: Direction
    left: float
    top: float
    right: float
    bottom: float
    """The rectangle around its lines, in the frame turned by its degrees about the origin of the page."""

    @property
    def degrees(self) -> float:
        """By how much its lines are turned, see `Direction`."""
        return self.direction.degrees

    @property
    def width(self) -> float:
        """Pixels along its top."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels down its side."""
        return self.bottom - self.top

    def corners(self, margin: float = 0.0) -> Points:
        """Four corners on the page, clockwise from the top left, of the rectangle grown by a margin."""
        return corners_of(
            self.left - margin, self.top - margin, self.right + margin, self.bottom + margin, self.degrees
        )


def corners_of(left: float, top: float, right: float, bottom: float, degrees: float) -> Points:
    """Corners on the page of a rectangle in the frame turned by `degrees`."""
    frame = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float64)
    return frame @ frame_of(degrees)


def frame_of(degrees: float) -> Points:
    """Rows: the directions of a frame turned counter-clockwise (y goes down): along its lines, and down across them."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([(cosine, -sine), (sine, cosine)])


def block_of(ink: Ink, group: Flags) -> Block:
    """Measure a group of lines."""
    points = ink.points_of(group)
    direction = _direction(ink, group, points.astype(np.float64))
    if not len(points):
        points = ink.lines.quads[group].reshape(-1, 2).astype(np.float32)
    hull = cv2.convexHull(points).reshape(-1, 2).astype(np.float64) + 0.5
    along, down = frame_of(direction.degrees) @ hull.T
    return Block(group, direction, float(along.min()), float(down.min()), float(along.max()), float(down.max()))


def _direction(ink: Ink, group: Flags, points: Points) -> Direction:
    """What the detector saw of a group, refined on its ink."""
    long = ink.lines.long(group)
    points = points[:: len(points) // _MOST_POINTS + 1]
    if not long.any() or len(points) < _FEWEST_POINTS:
        return Direction(0.0, False, False, False, 45.0)
    standing = float(ink.lines.standing[long].mean())
    sideways = standing > 0.5
    rough = ink.lines.direction(long)
    upright = points @ np.array([(0.0, -1.0), (1.0, 0.0)]).T if sideways else points
    coarse = rough + np.arange(-12.0, 12.1, 1.0)
    others = float(np.median(_sharpness(upright, coarse, max(1.0, ink.letter / 5))))
    best, top = rough, 0.0
    for reach, step in ((_REACH, 0.25), (0.25, 0.05)):
        near = best + np.arange(-reach, reach + step / 2, step)
        scores = _sharpness(upright, near, max(1.0, ink.letter / 5))
        best, top = float(near[int(np.argmax(scores))]), float(scores.max())
    firm = top > _FIRM * others and abs(best - rough) < _REACH - 0.1
    measured = float(np.median(ink.lines.lengths[long])) * math.sqrt(float(long.sum()))
    doubt = math.degrees(_WAVERING * ink.letter / measured)
    return Direction(
        best if firm else rough,
        sideways,
        abs(standing - 0.5) >= _ONE_WAY - 0.5,
        firm,
        doubt,
        _is_square(ink.lines, group, best, sideways),
    )


def _is_square(lines: Lines, group: Flags, degrees: float, sideways: bool) -> bool:
    quads = lines.quads[group][:_MOST_LINES] @ frame_of(degrees + (90.0 if sideways else 0.0)).T
    y = quads[:, :, 1].mean(axis=1)
    below = y[None] - y[:, None]
    pairs = below > 2.0 * lines.height
    slopes = []
    for x in (quads[:, :, 0].min(axis=1), quads[:, :, 0].max(axis=1), quads[:, :, 0].mean(axis=1)):
        slopes.append(np.degrees(np.arctan2((x[None] - x[:, None])[pairs], below[pairs])))
    votes = np.concatenate(slopes)
    near = np.abs(votes[None] - _SLOPES[:, None]) <= 1.0
    counts = near.sum(axis=1) - 0.01 * np.abs(_SLOPES)
    return bool(abs(float(_SLOPES[int(np.argmax(counts))])) <= _SQUARE)


def _sharpness(points: Points, degrees: npt.NDArray[np.floating], bin_size: float) -> npt.NDArray[np.float64]:
    """How steep the steps of the profile across lines are, for each angle (Postl 1986)."""
    radians = np.radians(degrees)
    across = np.stack([np.sin(radians), np.cos(radians)], axis=1) @ points.T / bin_size
    across -= across.min(axis=1, keepdims=True)
    bins = int(across.max()) + 2
    places = across.astype(np.int64) + np.arange(len(degrees))[:, None] * bins
    profiles = np.bincount(places.ravel(), minlength=bins * len(degrees)).reshape(len(degrees), bins)
    steps = np.diff(profiles.astype(np.float64), axis=1)
    return cast(npt.NDArray[np.float64], (steps * steps).sum(axis=1))


def scaled_quad(corners: Points, stretch: Points, width: int, height: int) -> Quad:
    """The corners in pixels of the source page, kept on the page."""
    return quad_from(np.clip(corners * stretch, 0.0, (width, height)))
