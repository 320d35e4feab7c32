"""Where points of a page go when it is cut out, turned and levelled: 3x3 matrices, and nothing of pixels.

A point (x, y) lies x pixel widths right of a picture's left edge, so the centre of the first pixel is (0.5, 0.5).
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from paddlescan.document import Quad, quad_from
from paddlescan.document.pixels import Matrix

Size = tuple[int, int]
"""Width and height in pixels."""


def map_quad(quad: Quad, matrix: Matrix) -> Quad:
    """The quad where a matrix puts it, corner by corner (its inverse brings it back)."""
    corners = matrix @ np.column_stack([np.array(quad, np.float64), np.ones(4)]).T
    return quad_from((corners[:2] / corners[2]).T)


def inverse(matrix: Matrix) -> Matrix:
    """The way back."""
    return np.asarray(np.linalg.inv(matrix), np.float64)


def shift(x: float, y: float) -> Matrix:
    """Moves every point by (x, y)."""
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def scaling(x: float, y: float) -> Matrix:
    """Stretches from the top left corner."""
    return np.diag([x, y, 1.0])


def whole(size: Size) -> Quad:
    """The quad around all of a picture."""
    width, height = size
    return (0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height))


def lying_of(quad: Quad) -> float:
    """By how many degrees, counter-clockwise, a quad's top and bottom edges are turned; -180..180."""
    corners = np.array(quad, np.float64)
    across = corners[1] - corners[0] + corners[2] - corners[3]
    return math.degrees(math.atan2(-across[1], across[0]))


def rectifying(quad: Quad) -> tuple[Matrix, Size]:
    """Takes a quad to an upright rectangle with its mean width and height, and that rectangle's size.

    The homography of four points (Hartley and Zisserman, "Multiple view geometry", 2nd ed., 4.1); for a turned
    rectangle it is a turn and a shift. Raises ValueError for a quad without area.
    """
    a, b, c, d = np.array(quad, np.float64)
    width = (np.hypot(*(b - a)) + np.hypot(*(c - d))) / 2
    height = (np.hypot(*(d - a)) + np.hypot(*(c - b))) / 2
    size = (max(1, round(float(width))), max(1, round(float(height))))
    corners = np.array(whole(size), np.float32)
    matrix = np.asarray(cv2.getPerspectiveTransform(np.array(quad, np.float32), corners), np.float64)
    if not np.isfinite(matrix).all() or abs(np.linalg.det(matrix)) < 1e-12:
        raise ValueError("a quad without area")
    return matrix, size


def quarter_turn(size: Size, rotation: int) -> tuple[Matrix, Size]:
    """Turns a picture of that size clockwise by 0, 90, 180 or 270 degrees; its matrix and its new size."""
    width, height = size
    rows = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, -1, height], [1, 0, 0]],
        180: [[-1, 0, width], [0, -1, height]],
        270: [[0, 1, 0], [-1, 0, width]],
    }[rotation]
    return np.array([*rows, [0, 0, 1]], np.float64), (size if rotation % 180 == 0 else (height, width))


def levelling(size: Size, degrees: float, max_pixels: int, max_side: int) -> tuple[Matrix, Size]:
    """Turns a picture clockwise about its centre onto one that is large enough, reduced where that is too large."""
    width, height = size
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    grown = (width * cosine + height * abs(sine), height * cosine + width * abs(sine))
    scale = min(1.0, math.sqrt(max_pixels / (grown[0] * grown[1])), max_side / max(grown))
    if degrees == 0.0 and scale == 1.0:
        return np.eye(3), size
    new = (max(1, math.ceil(grown[0] * scale)), max(1, math.ceil(grown[1] * scale)))
    turn = np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])
    return shift(new[0] / 2, new[1] / 2) @ scaling(scale, scale) @ turn @ shift(-width / 2, -height / 2), new


def split_turn(degrees: float) -> tuple[int, float]:
    """Any turn as whole quarters (0, 90, 180, 270) and what is left of it (-45..45)."""
    quarters = round(degrees / 90.0)
    return quarters * 90 % 360, degrees - 90.0 * quarters
