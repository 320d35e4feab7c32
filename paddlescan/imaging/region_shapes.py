"""How a group of print lies on a page: along which direction its lines run, and the rectangle around it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad, quad_from
from paddlescan.imaging.region_ink import Ink, Numbers

Points = npt.NDArray[np.float64]

_MOST_POINTS = 3000
_MOST_ANGLES = 360
_UPRIGHT_BONUS = 1.5  # columns must be that much clearer than lines before print counts as lying on its side
_AGREEING = 1.0  # degrees
_LEANING = 0.1  # share of letters
_MOST_LETTERS = 300
_FINE = np.linspace(-1.0, 1.0, 9)


@dataclass(frozen=True, slots=True)
class Direction:
    """Along which direction lines of print run."""

    degrees: float
    """By how much they are turned counter-clockwise, -45..45, after whole quarters."""
    sideways: bool
    """Whether they run up or down the page."""
    sure: bool
    """Whether lines stand out against columns, so that `sideways` can be relied on."""
    firm: bool
    """Whether lines and columns agree about the angle, or lines stand out."""
    clear: float
    """How far this direction stands out: about 1 for none, above 3 for text."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A group of print and the rectangle around it."""

    parts: Numbers
    direction: Direction
    left: float
    top: float
    right: float
    bottom: float
    """The rectangle around its ink, in the frame turned by its degrees about the origin of the page."""
    ink: int
    """Pixels of ink."""
    letters: int

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


def block_of(ink: Ink, parts: Numbers, direction: Direction | None = None) -> Block:
    """Measure a group of parts; `direction` where it is already known."""
    pixels, letters = _pixels(ink, parts)
    direction = direction or _direction(ink, letters, parts)
    hull = cv2.convexHull(pixels).reshape(-1, 2) + 0.5
    along, down = frame_of(direction.degrees) @ hull.T
    return Block(
        parts,
        direction,
        float(along.min()) - 0.5,
        float(down.min()) - 0.5,
        float(along.max()) + 0.5,
        float(down.max()) + 0.5,
        int(ink.areas[parts].sum()),
        int(ink.letters[parts].sum()),
    )


def _direction(ink: Ink, letters: Points, parts: Numbers) -> Direction:
    points = letters[:: max(1, len(letters) // _MOST_POINTS)]
    extent = float(np.hypot(*np.ptp(points, axis=0))) if len(points) else 0.0
    if len(points) < 60 or extent < 4 * ink.letter:
        return Direction(0.0, False, False, False, 0.0)
    step = max(180.0 / _MOST_ANGLES, min(2.0, math.degrees(0.5 * ink.letter / extent)))
    angles = np.arange(-45.0, 135.0, step)
    scores = _sharpness(points, angles, max(1.0, ink.letter / 5))
    upright = angles <= 45.0
    lines, columns = float(scores[upright].max()), float(scores[~upright].max())
    along = _along(ink, parts, float(angles[int(np.argmax(np.where(upright, scores, 0.0)))]))
    sideways = columns > _UPRIGHT_BONUS * lines and along < 0.5 - _LEANING
    sure = sideways or (lines > columns / _UPRIGHT_BONUS and along > 0.5 + _LEANING)
    fine = max(1.0, ink.letter / 6)
    rough = [float(angles[int(np.argmax(np.where(half, scores, 0.0)))]) for half in (upright, ~upright)]
    of_lines, of_columns = _refined(points, rough[0], step, fine), _refined(points, rough[1], step, fine) - 90.0
    clear = (columns if sideways else lines) / max(1e-9, float(np.median(scores)))
    firm = abs(of_lines - of_columns) <= _AGREEING or (columns if sideways else lines) > _UPRIGHT_BONUS * (
        lines if sideways else columns
    )
    return Direction(of_columns if sideways else of_lines, sideways, sure, firm, clear)


def _refined(points: Points, angle: float, step: float, bin_size: float) -> float:
    for reach in (step, step / 4):
        near = angle + _FINE * reach
        angle = float(near[int(np.argmax(_sharpness(points, near, bin_size)))])
    return angle


def _along(ink: Ink, parts: Numbers, degrees: float) -> float:
    """Of the letters of a group, how many have their nearest neighbour beside them rather than above or below.

    Letters of a line stand closer than lines do (O'Gorman, "The document spectrum for page layout analysis", PAMI
    1993). 0.5 where there is nothing to judge by.
    """
    boxes = ink.boxes[parts[ink.letters[parts]]].astype(np.float64)
    boxes = boxes[boxes[:, 2:].max(axis=1) >= 0.6 * ink.letter]
    boxes = boxes[:: len(boxes) // _MOST_LETTERS + 1]
    if len(boxes) < 12:
        return 0.5
    middles = (boxes[:, :2] + boxes[:, 2:] / 2) @ frame_of(degrees).T
    apart = middles[:, None] - middles[None]
    squared = (apart * apart).sum(axis=2)
    np.fill_diagonal(squared, np.inf)
    nearest = apart[np.arange(len(boxes)), squared.argmin(axis=1)]
    return float((np.abs(nearest[:, 0]) > np.abs(nearest[:, 1])).mean())


def _pixels(ink: Ink, parts: Numbers) -> tuple[Numbers, Points]:
    """Where the ink of a group is, x and y: all of it, and that of its letters."""
    wanted = np.zeros(len(ink.boxes) + 1, np.uint8)
    wanted[parts + 1] = 1
    wanted[parts[ink.letters[parts]] + 1] = 2
    x, y, w, h = ink.boxes[parts].T
    left, top, right, bottom = int(x.min()), int(y.min()), int((x + w).max()), int((y + h).max())
    kind = wanted[ink.labels[top:bottom, left:right]]
    rows, columns = np.nonzero(kind)
    places = np.stack([columns + left, rows + top], axis=1).astype(np.int32)
    return places, places[kind[rows, columns] == 2].astype(np.float64)


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
