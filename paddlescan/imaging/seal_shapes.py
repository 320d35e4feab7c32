"""What makes coloured ink a seal: a ring around something, a frame around something, or words stamped over print.

Works on masks (0 or 1) of a reduced page. A ring or a frame is judged by how much of it is there, not by whether it
is closed: seals are faint, worn, and cut off by the edge of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.imaging.ellipses import Ellipse, Points, fit_ellipses, on_ellipse, thinned

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.uint8]
Distances = npt.NDArray[np.float32]

_STOPS = 120  # points on an outline that are looked at
_OUTSIDE = 0.07  # of its size: a ring stands alone, so much further out there is less ink
_RING = (0.56, 0.52)  # how much of a ring there must be, and how much more than further out
_CROWDED = 0.45  # with more ink than this further out, it is a hole in something larger
_WHOLE = 0.86  # a ring or frame of which so much is there needs no more than a few strokes within
_WELL = 0.8
_FRAME = (0.62, 0.28)
_INSIDE = (0.025, 0.75)  # share of the inner part that has ink
_FEW, _SEVERAL, _LETTERS = 2, 8, 12  # strokes within
_RING_FILL = 0.08  # share of ink within a ring that is not whole; a pen's circle around an amount has less
_WORDS_FILL = (0.22, 0.6)
_BESIDE_WORDS = 0.15
_MOST_OBLONG_FRAME = 5.0
_OBLONG_WORDS = (2.2, 12.0)
_SQUARE = 1.5  # a name seal is no more oblong
_STRAIGHT = 2.0  # degrees: print lies like this, hands do not
_DENSE = 0.16  # share of ink inside a name seal's frame; a printed cell with a word in it has less
_ON_THE_PAGE = 0.35  # of an outline that the page's edge cuts off
_LONGEST_FRAME = 0.5  # of the largest seal: a stamp with words is no larger, a table is
_SPARSE = 0.1  # and within a stamp with words
_PAPER = 0.3  # of the area within that is plain paper: a picture has none


@dataclass(frozen=True, slots=True, eq=False)
class Inks:
    """One seal colour on a reduced page, beside everything else. All (height, width), 0 or 1."""

    seal: Mask
    """Ink of the seal's colour."""
    other: Mask
    """Ink of colours that no seal has."""
    print_: Mask
    """Black print."""
    paper: Mask
    """Plain paper."""
    distance: Distances
    """How far the nearest ink of the seal's colour is, in pixels."""


def inks_from(seal: Mask, other: Mask, print_: Mask, paper: Mask) -> Inks:
    """The inks with the distances to the seal's."""
    distance = np.asarray(cv2.distanceTransform(1 - seal, cv2.DIST_L2, 3), np.float32)
    return Inks(seal, other, print_, paper, distance)


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The outline of a seal: corners of its rectangle, clockwise, and a polygon around it."""

    corners: Points
    polygon: npt.NDArray[np.int32]
    strength: float
    """How much of it is there, 0..1, less what else is around it."""


def ring(inks: Inks, contour: npt.NDArray[np.int32], smallest: float, largest: float) -> Outline | None:
    """The ellipse that most of a blob's contour lies on, if it is a seal's ring."""
    rings = [(*_ring_there(inks.distance, e), e) for e in fit_ellipses(thinned(contour), smallest, largest)]
    if not rings:
        return None
    on, beyond, ellipse = max(rings, key=lambda ring: ring[0] - ring[1])
    if on < _RING[0] or on - beyond < _RING[1] or beyond > _CROWDED:
        return None
    short = min(ellipse[1])
    inner = np.round(on_ellipse(ellipse, -0.1 * short)).astype(np.int32)
    if not _has_inside(inks, inner, _FEW if on >= _WHOLE else _SEVERAL, whole=on >= _WELL):
        return None
    rim = on_ellipse(ellipse, 0.0)
    left, top = rim.min(axis=0)
    right, bottom = rim.max(axis=0)
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return Outline(corners, np.round(rim).astype(np.int32), on - beyond)


def _ring_there(distance: Distances, ellipse: Ellipse) -> tuple[float, float]:
    """How much of an ellipse has ink on it, and how much has ink further out."""
    short = min(ellipse[1])
    tolerance = max(1.5, 0.022 * short)
    on = _covered(distance, on_ellipse(ellipse, -tolerance), tolerance) or 0.0
    return on, _covered(distance, on_ellipse(ellipse, _OUTSIDE * short), tolerance) or 0.0


def frame(inks: Inks, contour: npt.NDArray[np.int32], smallest: float, largest: float) -> Outline | None:
    """The rectangle around a blob, if it is the frame of a name seal or of a stamp with words."""
    rectangle = cv2.minAreaRect(contour)
    short, long = sorted(rectangle[1])
    if short < smallest or long > largest or long > _MOST_OBLONG_FRAME * short:
        return None
    corners = _corners(rectangle)
    tolerance = max(1.5, 0.03 * short)
    on = _covered(inks.distance, _on_sides(_grown(corners, -tolerance)), 1.5 * tolerance)
    beyond = _covered(inks.distance, _on_sides(_grown(corners, _OUTSIDE * short)), 1.5 * tolerance) or 0.0
    if on is None or on < _FRAME[0] or on - beyond < _FRAME[1] or beyond > _CROWDED:
        return None
    within = _covered(inks.distance, _on_sides(_grown(corners, -0.13 * short)), 1.0)
    square = long < _SQUARE * short
    if (within or 0.0) > on - (0.05 if square else 0.3):
        return None  # rows of letters have as much ink there as at their upper and lower ends
    inner = np.round(_grown(corners, -0.12 * short)).astype(np.int32)
    if not _has_inside(inks, inner, 1 if on >= _WHOLE else _SEVERAL, whole=on >= _WHOLE):
        return None
    if not _framed_by_hand(inks, corners, density(inks.seal, inner), on, (long if not square else 0.0) / largest):
        return None
    return Outline(corners, np.round(corners).astype(np.int32), on - beyond)


def _framed_by_hand(inks: Inks, corners: Points, inked: float, on: float, length: float) -> bool:
    """Whether a frame is no printed notice or table: those have print around them and not beneath, or hold little.

    inked: share of ink within. length: of what is oblong, as a share of the largest seal; 0 for a square.
    """
    straight = _straight(corners)
    if straight and on < _WHOLE:
        return False
    if length == 0.0:
        return not straight or inked >= _DENSE or stamped(inks, corners)
    return length <= _LONGEST_FRAME and inked >= (_DENSE if straight else _SPARSE) and stamped(inks, corners)


def words(inks: Inks, contour: npt.NDArray[np.int32], smallest: float, largest: float) -> Outline | None:
    """The rectangle around a blob, if it is rows of letters without a frame that are stamped over print.

    Rows of letters fill their rectangle up to its sides; what a pen wrote does not.
    """
    rectangle = cv2.minAreaRect(contour)
    short, long = sorted(rectangle[1])
    if short < 0.6 * smallest or long > largest or not _OBLONG_WORDS[0] <= long / short <= _OBLONG_WORDS[1]:
        return None
    corners = _corners(rectangle)
    area = np.round(corners).astype(np.int32)
    if not (_WORDS_FILL[0] <= density(inks.seal, area) <= _WORDS_FILL[1] and _has_inside(inks, area, _LETTERS)):
        return None
    tolerance = max(1.5, 0.045 * short)
    on = _covered(inks.distance, _on_sides(_grown(corners, -tolerance)), tolerance)
    beyond = _covered(inks.distance, _on_sides(_grown(corners, _OUTSIDE * short)), tolerance) or 0.0
    if on is None or on < _FRAME[0] or beyond > _BESIDE_WORDS:
        return None
    if _straight(corners) or lies_like_print(inks.seal, area) or not stamped(inks, corners):
        return None
    return Outline(corners, area, on - beyond)


def lies_like_print(mask: Mask, polygon: npt.NDArray[np.int32]) -> bool:
    """Whether the edges of strokes go along the axes of the page, as those of print do, but not arcs or tilted words.

    Directions are averaged with a period of a quarter turn (four times the angle, on the unit circle).
    """
    window, area = _window(polygon, mask.shape)
    part = cv2.GaussianBlur((mask[window] * area).astype(np.float32), (0, 0), 1.2)
    x, y = cv2.Sobel(part, cv2.CV_32F, 1, 0), cv2.Sobel(part, cv2.CV_32F, 0, 1)
    weight = np.hypot(x, y)
    turn = complex((weight * np.exp(4j * np.arctan2(y, x))).sum() / max(float(weight.sum()), 1e-6))
    degrees = abs(float(np.degrees(np.angle(turn)))) / 4.0
    return abs(turn) > 0.1 and degrees < _STRAIGHT


def stamped(inks: Inks, corners: Points) -> bool:
    """Whether the ink within lies over black print and not beside it: strokes of print that come out on both sides."""
    window, area = _window(np.round(corners).astype(np.int32), inks.seal.shape)
    seal, print_ = inks.seal[window] * area, inks.print_[window] * area
    if not seal.any() or not print_.any():
        return False
    near = cv2.dilate(print_, np.ones((5, 5), np.uint8))
    alone = int((seal & ~near & 1).sum())
    crossed = int((print_ & cv2.dilate(seal & ~near & 1, np.ones((7, 7), np.uint8))).sum())
    # The fringes of colour along black print are near it everywhere; a seal's strokes are not.
    return alone > 0.45 * int(seal.sum()) and crossed > 0.015 * alone


def _straight(corners: Points) -> bool:
    """Whether a rectangle lies like print does."""
    across = corners[1] - corners[0]
    degrees = float(np.degrees(np.arctan2(across[1], across[0])))
    return abs((degrees + 45.0) % 90.0 - 45.0) < _STRAIGHT


def _has_inside(inks: Inks, polygon: npt.NDArray[np.int32], least: int, whole: bool = False) -> bool:
    """Whether a polygon holds several strokes of the seal's ink, is not filled by it, and has few other colours."""
    window, area = _window(polygon, inks.seal.shape)
    seal = inks.seal[window] * area
    inked = float(seal.sum()) / max(1, int(area.sum()))
    if not (_INSIDE[0] if whole else _RING_FILL) <= inked <= _INSIDE[1]:
        return False
    if not whole and int((inks.other[window] * area).sum()) > 0.6 * int(seal.sum()):
        return False
    if float((inks.paper[window] * area).sum()) < _PAPER * float(area.sum() - seal.sum()):
        return False
    count, _, stats, _ = cv2.connectedComponentsWithStats(seal, connectivity=8)
    strokes = int((stats[1:count, cv2.CC_STAT_AREA] >= 6).sum())
    return strokes >= least


def density(mask: Mask, polygon: npt.NDArray[np.int32]) -> float:
    """The share of a polygon, as far as it lies on the page, that is 1 in the mask."""
    window, area = _window(polygon, mask.shape)
    return float((mask[window] * area).sum()) / max(1, int(area.sum()))


def _window(polygon: npt.NDArray[np.int32], shape: tuple[int, ...]) -> tuple[tuple[slice, slice], Mask]:
    """The part of a page that holds a polygon, and the polygon's mask within it."""
    x, y, width, height = cv2.boundingRect(polygon)
    x0, y0, x1, y1 = max(0, x), max(0, y), min(shape[1], x + width), min(shape[0], y + height)
    area = np.zeros((max(0, y1 - y0), max(0, x1 - x0)), np.uint8)
    if area.size:
        cv2.fillPoly(area, [polygon.reshape(-1, 2) - (x0, y0)], 1)
    return (slice(y0, max(y0, y1)), slice(x0, max(x0, x1))), area


def _covered(distance: Distances, places: Points, reach: float) -> float | None:
    """Share of the places on the page that have ink within reach; None where most lie beyond its edges."""
    height, width = distance.shape
    x, y = places[:, 0], places[:, 1]
    here = (x >= 1) & (y >= 1) & (x < width - 1) & (y < height - 1)
    if here.mean() < _ON_THE_PAGE:
        return None
    return float((distance[y[here].astype(int), x[here].astype(int)] <= reach).mean())


def _corners(rectangle: tuple[tuple[float, float], tuple[float, float], float]) -> Points:
    """Clockwise, from the one that is nearest to the top left."""
    corners = cv2.boxPoints(rectangle).astype(np.float64)
    return cast(Points, np.roll(corners, -int(corners.sum(axis=1).argmin()), axis=0))


def _grown(corners: Points, by: float) -> Points:
    """A rectangle whose sides lie that much further out."""
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    right, below = across / max(float(np.hypot(*across)), 1e-6) * by, down / max(float(np.hypot(*down)), 1e-6) * by
    return cast(Points, corners + np.array([-right - below, right - below, right + below, -right + below]))


def _on_sides(corners: Points) -> Points:
    ends = np.roll(corners, -1, axis=0)
    lengths = np.hypot(*(ends - corners).T)
    counts = np.maximum(8, np.round(_STOPS * lengths / max(float(lengths.sum()), 1e-6))).astype(int)
    sides = zip(corners, ends, counts, strict=True)
    return cast(Points, np.concatenate([np.linspace(start, end, n, endpoint=False) for start, end, n in sides]))
