"""Ellipses through points of which some lie on one: what is left of a seal's ring, and what touches it."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Ellipse = tuple[tuple[float, float], tuple[float, float], float]
"""Centre, axes and degrees, as OpenCV has it."""

_SAMPLES = 120  # ellipses that are tried
_REACHES = (0.04, 0.1, 0.2)  # of the points' spread: so near to an ellipse is on it
_STOPS = 120  # points on an ellipse that are looked at
_MOST_OBLONG = 2.0


def fit_ellipses(points: Points, smallest: float, largest: float) -> list[Ellipse]:
    """The ellipses that many points lie on: five at random, many times (RANSAC, Fischler and Bolles 1981).

    The other points lie on what touches the ring: other seals, print.
    """
    if len(points) < 20:
        return []
    middle = points.mean(axis=0)
    scale = max(float((points - middle).std()), 1e-6)
    x, y = ((points - middle) / scale).T
    terms = np.stack([x * x - y * y, x * y, x, y, np.ones_like(x)], axis=1)
    picks = np.random.default_rng(5).integers(0, len(points), (_SAMPLES, 5))
    systems = terms[picks] + 1e-9 * np.eye(5)
    sides = -(y * y)[picks][..., None]  # a + c = 1 for a x2 + b xy + c y2 + d x + e y + f = 0
    try:
        a, b, d, e, f = np.linalg.solve(systems, sides)[..., 0].T[..., None]
    except np.linalg.LinAlgError:
        return []
    c = 1.0 - a
    value = a * x * x + b * x * y + c * y * y + d * x + e * y + f
    slope = np.hypot(2 * a * x + b * y + d, b * x + 2 * c * y + e)
    distance = np.where(4 * a * c - b * b > 0.05, np.abs(value) / np.maximum(slope, 1e-9), np.inf)
    found: list[Ellipse] = []
    for reach in _REACHES:
        fits = distance < max(1.5 / scale, reach)
        best = fits[int(fits.sum(axis=1).argmax())]
        if best.sum() >= max(12, 0.35 * len(points)):
            ellipse = cv2.fitEllipseDirect(points[best].astype(np.float32).reshape(-1, 1, 2))
            short, long = sorted(ellipse[1])
            if np.isfinite(long) and smallest <= short and long <= min(largest, _MOST_OBLONG * short):
                found.append(cast(Ellipse, ellipse))
    return found


def on_ellipse(ellipse: Ellipse, by: float) -> Points:
    """Points on an ellipse that lies so much further out."""
    (x, y), (width, height), degrees = ellipse
    turns = np.linspace(0.0, 2.0 * np.pi, _STOPS, endpoint=False)
    along, across = np.cos(turns) * (width / 2 + by), np.sin(turns) * (height / 2 + by)
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.stack([x + along * cosine - across * sine, y + along * sine + across * cosine], axis=1)


def thinned(contour: npt.NDArray[np.int32]) -> Points:
    """Enough points of a contour to fit an ellipse to, (n, 2)."""
    points = contour.reshape(-1, 2).astype(np.float64)
    return points[:: max(1, len(points) // 140)]
