"""Where seals lie on a page: coloured rings, round, oval or square, with something coloured inside."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad, quad_from
from paddlescan.document.pixels import Pixels, check_pixels

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.uint8]

_LONG_SIDE = 1600
_CLOSINGS = (3, 7, 13)  # pixels of the reduced page: rings with ever larger gaps
_SMALLEST, _LARGEST = 0.035, 0.6  # a seal's shorter and longer side, as shares of the page's longer side
_SMALLEST_PIXELS = 20
_MOST_OBLONG = 2.0
_RAYS = 90
_RIM = (0.82, 1.05)  # where the outline is looked for, in radii of the hull
_RIM_COVERED = 0.6
_RIM_JOINED = 0.6  # of the rim by one stroke: a ring, not letters side by side
_INSIDE_INKED = 0.03
_MOST_FILLED = 0.75
_ONE_COLOUR = 0.6
_TINT = 36  # of 255: how much one channel differs from another, after the paper's own colour is taken out
_COLOURS: tuple[tuple[float, float], ...] = ((325.0, 372.0), (200.0, 325.0))
"""Hues in degrees: red, and blue to purple. Orange and brown are the colours of printed forms."""


def paper_colour(pixels: Pixels) -> Floats:
    """The paper's colour, BGR: the median of the brighter half of the page, a channel at a time."""
    step = max(1, max(pixels.shape[:2]) // 400)
    sample = pixels[::step, ::step].reshape(-1, 3)
    brightness = sample.sum(axis=1, dtype=np.int32)
    bright = sample[brightness >= np.median(brightness)]
    return cast(Floats, np.median(bright, axis=0).astype(np.float32))


def find_seals(pixels: Pixels) -> tuple[Quad, ...]:
    """Quads around the seals of a page, largest first; () where there is none.

    pixels: uint8 (height, width, 3), BGR; read, never written. Quads are in pixels of this picture: upright for
    round and oval seals, turned with it for a square one. Red print (a serial number, form lines, a logo) is no seal.
    """
    check_pixels(pixels)
    height, width = pixels.shape[:2]
    scale = min(1.0, _LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if scale < 1.0 else pixels
    tinted, masks = _coloured(small)
    hulls = [hull for mask in masks for hull in _hulls(mask) if _one_colour(mask, tinted, hull)]
    hulls.sort(key=lambda hull: -cv2.contourArea(hull))
    kept: list[npt.NDArray[np.int32]] = []
    for hull in hulls:
        centre = hull.reshape(-1, 2).mean(axis=0)
        if not any(cv2.pointPolygonTest(k, (float(centre[0]), float(centre[1])), False) >= 0 for k in kept):
            kept.append(hull)
    stretch = np.array([width / size[0], height / size[1]])
    return tuple(quad_from(_quad(hull) * stretch) for hull in kept)


def _coloured(small: Pixels) -> tuple[Mask, list[Mask]]:
    """Masks (0 or 1) after the paper's colour is taken out: what has any colour, and what has each seal colour.

    No seal colours where hardly anything has any.
    """
    gains = 255.0 / np.maximum(paper_colour(small), 1.0)
    table = np.minimum(np.arange(256)[:, None] * gains, 255.0).astype(np.uint8).reshape(1, 256, 3)
    balanced = cv2.LUT(small, table)
    blue, green, red = cv2.split(balanced)
    difference = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    tinted = (difference > _TINT).astype(np.uint8)
    if int(tinted.sum()) < _SMALLEST_PIXELS**2 // 4:
        return tinted, []
    hue = cv2.cvtColor(balanced, cv2.COLOR_BGR2HSV_FULL)[..., 0].astype(np.float32) * (360.0 / 256.0)
    return tinted, [tinted * (((hue - low) % 360.0) <= high - low).astype(np.uint8) for low, high in _COLOURS]


def _one_colour(mask: Mask, tinted: Mask, hull: npt.NDArray[np.int32]) -> bool:
    """Whether nearly all that has colour inside the hull has the seal's: a picture has many colours."""
    x, y, width, height = cv2.boundingRect(hull)
    area = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(area, hull.reshape(-1, 2) - (x, y), 1)
    window = (slice(y, y + height), slice(x, x + width))
    return int((mask[window] * area).sum()) >= _ONE_COLOUR * int((tinted[window] * area).sum())


def _hulls(mask: Mask) -> list[npt.NDArray[np.int32]]:
    """Convex hulls of the coloured blobs that are shaped like seals."""
    found: list[npt.NDArray[np.int32]] = []
    longest = max(mask.shape)
    for gap in _CLOSINGS:
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
        contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        for contour in contours:
            (_, (a, b), _) = cv2.minAreaRect(contour)
            short, long = min(a, b), max(a, b)
            if (
                short < max(_SMALLEST * longest, _SMALLEST_PIXELS)
                or long > _LARGEST * longest
                or long > _MOST_OBLONG * short
            ):
                continue
            hull = cv2.convexHull(contour)
            if _is_seal(mask, hull):
                found.append(hull)
    return found


def _is_seal(mask: Mask, hull: npt.NDArray[np.int32]) -> bool:
    """Whether ink stands nearly all around the hull's rim, and some inside, but does not fill it."""
    x, y, width, height = cv2.boundingRect(hull)
    crop = mask[y : y + height, x : x + width]
    points = hull.reshape(-1, 2).astype(np.float32) - (x, y)
    area = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(area, points.astype(np.int32), 1)
    filled = float(crop[area == 1].mean())
    if filled > _MOST_FILLED:
        return False
    centre = _centroid(area)
    inner = np.zeros_like(area)
    cv2.fillConvexPoly(inner, np.round(centre + (points - centre) * 0.7).astype(np.int32), 1)
    if float(crop[inner == 1].mean()) < _INSIDE_INKED:
        return False
    covered, joined = _rim_covered(crop, points, centre)
    return covered >= _RIM_COVERED and joined >= _RIM_JOINED


def _centroid(area: Mask) -> Floats:
    moments = cv2.moments(area, binaryImage=True)
    return np.array([moments["m10"], moments["m01"]], np.float32) / np.float32(max(moments["m00"], 1.0))


def _rim_covered(crop: Mask, points: Floats, centre: Floats) -> tuple[float, float]:
    """Share of the rays from the centre that meet ink near the hull's rim, and that meet the same stroke there."""
    steps = np.linspace(*_RIM, 12)
    places = centre + steps[:, None, None] * (_rim(points, centre) - centre)
    columns = np.clip(places[..., 0].round().astype(int), 0, crop.shape[1] - 1)
    rows = np.clip(places[..., 1].round().astype(int), 0, crop.shape[0] - 1)
    _, strokes = cv2.connectedComponents(cv2.morphologyEx(crop, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)))
    met = np.where(crop[rows, columns] > 0, strokes[rows, columns], 0)
    labels = [set(ray[ray > 0].tolist()) for ray in met.T]
    votes = Counter(label for ray in labels for label in ray)
    joined = votes.most_common(1)[0][1] if votes else 0
    return sum(map(bool, labels)) / len(labels), joined / len(labels)


def _rim(points: Floats, centre: Floats) -> Floats:
    """Points on a convex polygon in evenly spaced directions from its centre."""
    closed = np.vstack([points, points[:1]])
    along = np.concatenate([np.linspace(a, b, 64, endpoint=False) for a, b in pairwise(closed)])
    offsets = along - centre
    angles = np.arctan2(offsets[:, 1], offsets[:, 0])
    order = np.argsort(angles)
    wanted = np.linspace(-np.pi, np.pi, _RAYS, endpoint=False)
    radii = np.interp(wanted, angles[order], np.hypot(offsets[:, 0], offsets[:, 1])[order], period=2 * np.pi)
    return cast(
        Floats, (centre + radii[:, None] * np.stack([np.cos(wanted), np.sin(wanted)], axis=1)).astype(np.float32)
    )


def _quad(hull: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    """Upright for what fills its ellipse, turned for what fills its smallest rectangle."""
    rectangle = cv2.minAreaRect(hull)
    (_, (a, b), _) = rectangle
    x, y, width, height = cv2.boundingRect(hull)
    if cv2.contourArea(hull) < 0.86 * a * b:
        return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], np.float64)
    corners = cv2.boxPoints(rectangle).astype(np.float64)
    first = int(corners.sum(axis=1).argmin())
    return np.roll(corners, -first, axis=0)
