"""Straight edges along which a picture is white on one side and less so on the other.

The raw material of `imaging.paper`; it knows nothing of sheets.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document.pixels import Pixels

Floats = npt.NDArray[np.float64]
Plane = npt.NDArray[np.uint8]
Steps = npt.NDArray[np.int16]
Table = npt.NDArray[np.int32]

_SOBEL = 8  # what a slope of one grey level a pixel gives
_FAINTEST = 5.0  # grey levels a pixel: fainter edges have no vote
_SPREAD = 3  # degrees: an edge pixel votes for directions that near its own
_WIDE = 2  # pixels: distances are counted in such bins
_LINES = 12  # a side
_APART = (4, 4)  # bins and degrees between two lines of one side
_NEAR = 4.0  # pixels and degrees: edge pixels that a line is fitted to
_SHIFT = 3  # pixels that an edge may wander from its straight line
_MARGIN = 3  # pixels at the rim of the picture that have no vote
STRIDE = 2
"""Pixels between the points of a line that `supports` looks at."""
SIDES = (90.0, 180.0, 270.0, 0.0)
"""Where the paper lies, seen from its top, right, bottom and left edge: degrees from +x towards +y."""


@dataclass(frozen=True)
class Line:
    """Points with x * nx + y * ny = distance; the paper lies on the side that (nx, ny) points to."""

    nx: float
    ny: float
    distance: float


def whiteness(small: Pixels) -> Plane:
    """The least of the three colours: high for paper, low for what is dark or coloured (a pale wooden table too).

    Print is closed, as other thin dark marks are.
    """
    blue, green, red = cv2.split(small)
    closed = cv2.morphologyEx(cv2.min(cv2.min(blue, green), red), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    return np.asarray(cv2.GaussianBlur(closed, (5, 5), 1.2), np.uint8)


def slopes(plane: Plane) -> tuple[Steps, Steps]:
    """How it changes along x and along y, 8 for a grey level a pixel."""
    dx, dy = cv2.Sobel(plane, cv2.CV_16S, 1, 0, ksize=3), cv2.Sobel(plane, cv2.CV_16S, 0, 1, ksize=3)
    return np.asarray(dx, np.int16), np.asarray(dy, np.int16)


def find_lines(dx: Steps, dy: Steps) -> list[list[Line]]:
    """The strongest straight edges that may bound a sheet at its top, right, bottom and left, at most 12 each.

    A Hough transform in which a pixel votes for directions near its own only (Ballard, "Generalizing the Hough
    transform to detect arbitrary shapes", 1981).
    """
    edges = cv2.Canny(dx, dy, _FAINTEST * _SOBEL, 2 * _FAINTEST * _SOBEL, L2gradient=True)
    edges[:_MARGIN] = edges[-_MARGIN:] = 0
    edges[:, :_MARGIN] = edges[:, -_MARGIN:] = 0
    y, x = np.nonzero(edges)
    own = np.rad2deg(np.arctan2(dy[y, x].astype(np.float32), dx[y, x].astype(np.float32)))
    reach = int(math.hypot(*edges.shape)) + 2 * _WIDE
    return [_peaks(x.astype(np.float32), y.astype(np.float32), own, side, reach) for side in SIDES]


def _peaks(
    x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], own: npt.NDArray[np.float32], side: float, reach: int
) -> list[Line]:
    off = (own - side + 180.0) % 360.0 - 180.0
    chosen = np.abs(off) < 45.0 + _SPREAD
    x, y, off = x[chosen], y[chosen], off[chosen]
    angles = np.deg2rad(side - 45.0 + np.arange(91)).astype(np.float32)
    rows = (np.round(off).astype(np.intp) + 45)[None] + np.arange(-_SPREAD, _SPREAD + 1)[:, None]
    inside = (rows >= 0) & (rows <= 90)
    rows = rows.clip(0, 90)
    columns = ((x * np.cos(angles[rows]) + y * np.sin(angles[rows]) + reach) / _WIDE).astype(np.intp)
    width = reach  # of 2 * reach pixels
    votes = np.bincount((rows * width + columns)[inside], minlength=91 * width).reshape(91, width).astype(np.float32)
    votes = cv2.GaussianBlur(votes, (3, 3), 0)
    lines: list[Line] = []
    for _ in range(_LINES):
        row, column = divmod(int(votes.argmax()), width)
        if votes[row, column] <= 3.0:
            break
        rough = Line(float(np.cos(angles[row])), float(np.sin(angles[row])), (column + 0.5) * _WIDE - reach)
        lines.append(_fitted(rough, x, y))
        beside = slice(max(0, column - _APART[0]), column + _APART[0] + 1)
        votes[max(0, row - _APART[1]) : row + _APART[1] + 1, beside] = 0.0
    return lines


def _fitted(line: Line, x: npt.NDArray[np.float32], y: npt.NDArray[np.float32]) -> Line:
    """The line through the edge pixels near it."""
    near = np.abs(x * line.nx + y * line.ny - line.distance) < _NEAR
    if near.sum() < 10:
        return line
    dx, dy, x0, y0 = cv2.fitLine(np.column_stack((x[near], y[near])), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().tolist()
    nx, ny = -dy, dx
    turn = 1.0 if nx * line.nx + ny * line.ny > 0.0 else -1.0
    return Line(nx * turn, ny * turn, (nx * x0 + ny * y0) * turn)


def supports(dx: Steps, dy: Steps, lines: list[Line]) -> Table:
    """For each line, how many of its first n points lie on an edge of its own kind: int32 (lines, points + 1).

    `along` tells which point stands where.
    """
    height, width = dx.shape
    count = _points(dx.shape)
    places = (np.arange(count, dtype=np.float32) - count // 2) * STRIDE
    nx = np.array([[line.nx] for line in lines], np.float32)
    ny = np.array([[line.ny] for line in lines], np.float32)
    distance = np.array([[line.distance] for line in lines], np.float32)
    supported = np.zeros((len(lines), count), bool)
    for shift in range(-_SHIFT, _SHIFT + 1):
        columns = np.round(nx * (distance + shift) + ny * places).astype(np.int32)
        rows = np.round(ny * (distance + shift) - nx * places).astype(np.int32)
        seen = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
        at = np.where(seen, rows * width + columns, 0)
        supported |= seen & (dx.ravel()[at] * nx + dy.ravel()[at] * ny > 0.6 * _FAINTEST * _SOBEL)
    table = np.zeros((len(lines), count + 1), np.int32)
    np.cumsum(supported, axis=1, out=table[:, 1:])
    return table


def along(lines: list[Line], x: Floats, y: Floats, shape: tuple[int, ...]) -> Floats:
    """Where points near lines stand in their rows of `supports`; a line a row of x and y."""
    nx, ny = np.array([[line.nx] for line in lines]), np.array([[line.ny] for line in lines])
    count = _points(shape)
    return np.asarray(np.clip((ny * x - nx * y) / STRIDE + count // 2, 0, count), np.float64)


def _points(shape: tuple[int, ...]) -> int:
    return 2 * int(math.hypot(*shape)) // STRIDE + 4
