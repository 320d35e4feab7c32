"""The one sheet of paper in a photograph: its four corners, where they are clear.

Straight edges are collected on a reduced picture (`imaging.paper_lines`), four of them make a candidate, and a
candidate must prove itself: an edge along nearly all of each side, both ends of each side seen, white paper with print
inside, something that is not paper all around. Its sides are then measured on the full picture.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad, quad_from
from paddlescan.document.pixels import Pixels, check_pixels
from paddlescan.imaging import paper_lines
from paddlescan.imaging.paper_lines import Floats, Line, Plane, Steps

_LONG_SIDE = 800  # pixels that the sheet is looked for on
_SMALLEST_PICTURE = 200  # pixels
_RIM_OF_PAPER = 0.5  # of the rim; where more looks like the brightest parts of the picture, it is the page itself
_SUPPORT = 0.8  # of each side
_END, _END_SUPPORT = 0.08, 0.5  # of each side's length, at both ends, and how much of it must be seen
_LEAST_AREA = 0.12  # of the picture
_OUT = 0.02  # of the picture's long side that a corner may lie outside
_TRIES, _RANKED, _SAME = 8, 1000, 8.0  # candidates looked at, compared, and pixels between two
_LEVEL = 0.002  # slope
_STRIP = 0.012  # of the long side: how far from an edge paper and ground are compared
_CONTRAST = 18  # grey levels of whiteness between paper and ground
_AS_WHITE = 0.88  # of the paper's whiteness
_BEYOND, _MOST_BEYOND = (
    (0.02, 0.027, 0.034, 0.041, 0.048, 0.055, 0.07, 0.085, 0.1),
    0.35,
)  # of the long side, and of a side's length
_PAPER_OUTSIDE = 0.12  # of the ground, at most, may look like the paper
_PAPER_INSIDE = 0.6
_FAINT, _BLACK, _RING = 0.12, 0.22, 111  # of the paper's brightness that print takes away; pixels
_LEAST_INK, _MOST_INK = 0.004, 0.003  # within, of the sheet; around it, of the ground: a page around a box has print
_PROFILES, _REACH = 96, 0.008  # along each side, and of the long side, where it is measured on the full picture
_CROOKED = 0.006  # of the long side: an edge that wanders farther is not straight


def find_paper(pixels: Pixels) -> Quad | None:
    """The corners of the one sheet of paper that lies in the picture; None where there is none, or doubt.

    pixels: uint8 (height, width, 3), BGR; read, never written. Corners are clockwise from the sheet's top left as it
    lies in the picture (its top edge within 45 degrees of horizontal), in pixel widths from the picture's left and top
    edge; they may lie a little outside. None for scans and for pictures that the paper fills.
    """
    check_pixels(pixels)
    if min(pixels.shape[:2]) < _SMALLEST_PICTURE or _paper_at_rim(pixels):
        return None
    small, scale = _reduced(pixels)
    plane = paper_lines.whiteness(small)
    for corners in _candidates(*paper_lines.slopes(plane)):
        if _is_sheet(plane, small, corners):
            measured = _measured(pixels, corners / scale)
            return None if measured is None or _is_level(measured) else quad_from(measured)
    return None


def _paper_at_rim(pixels: Pixels) -> bool:
    """Is most of the picture's rim as white as its white parts?"""
    height, width = pixels.shape[:2]
    step = max(1, min(height, width) // 100)
    whole = pixels[step // 2 :: step, step // 2 :: step].min(axis=2)
    rim = np.concatenate((whole[0], whole[-1], whole[:, 0], whole[:, -1]))
    paper = float(np.percentile(whole, 80))
    return float(np.mean(rim > 0.85 * paper)) > _RIM_OF_PAPER


def _reduced(pixels: Pixels) -> tuple[Pixels, float]:
    """The picture of 800 pixels at most along its long side, and by how much it is reduced; halving costs least."""
    longest = max(pixels.shape[:2])
    while max(pixels.shape[:2]) >= 2 * _LONG_SIDE:
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        even = pixels[: height * 2, : width * 2]
        pixels = np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    scale = min(1.0, _LONG_SIDE / max(pixels.shape[:2]))
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    if scale < 1.0:
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return pixels, max(size) / longest


def _candidates(dx: Steps, dy: Steps) -> list[Floats]:
    """Four corners each, (4, 2), the best supported and largest first."""
    sides = paper_lines.find_lines(dx, dy)
    if not all(sides):
        return []
    height, width = dx.shape
    tables = [paper_lines.supports(dx, dy, lines) for lines in sides]
    # corners[k] is where side k meets the one before: top left, top right, bottom right, bottom left
    corners = [_crossings(sides[k - 1], sides[k]) for k in range(4)]
    out = _OUT * max(height, width)
    valid = [
        (c[..., 0] > -out) & (c[..., 0] < width + out) & (c[..., 1] > -out) & (c[..., 1] < height + out)
        for c in corners
    ]
    # quality[k][i, j, m]: side k's line j between side k-1's line i and side k+1's line m
    quality = [
        _side_quality(sides[k], tables[k], corners[k], corners[(k + 1) % 4], dx.shape, valid[k], valid[(k + 1) % 4])
        for k in range(4)
    ]
    top, right, bottom, left = quality  # [left, top, right], [top, right, bottom], [right, bottom, left], [bottom, ...]
    lowest = np.minimum(
        np.minimum(top.transpose(1, 2, 0)[:, :, None, :], right[:, :, :, None]),
        np.minimum(bottom[None], left.transpose(2, 0, 1)[:, None, :, :]),
    )
    t, r, b, le = np.nonzero(lowest >= _SUPPORT)
    quads = np.stack((corners[0][le, t], corners[1][t, r], corners[2][r, b], corners[3][b, le]), axis=1)
    area = _areas(quads) / (height * width)
    sane = (area >= _LEAST_AREA) & _sane(quads)
    worth = lowest[t, r, b, le][sane] + area[sane]
    return _distinct(quads[sane][np.argsort(-worth)[:_RANKED]])


def _distinct(quads: Floats) -> list[Floats]:
    """The first few that differ from each other."""
    chosen: list[Floats] = []
    while len(quads) and len(chosen) < _TRIES:
        chosen.append(quads[0])
        quads = quads[np.abs(quads - quads[0]).max(axis=(1, 2)) > _SAME]
    return chosen


def _crossings(one: list[Line], other: list[Line]) -> Floats:
    """Where each line of one side meets each of the other: (one, other, 2); far away where they do not."""
    a = np.array([[line.nx, line.ny, line.distance] for line in one])[:, None]
    b = np.array([[line.nx, line.ny, line.distance] for line in other])[None]
    det = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    det = np.where(np.abs(det) < 0.5, np.nan, det)
    x = (a[..., 2] * b[..., 1] - a[..., 1] * b[..., 2]) / det
    y = (a[..., 0] * b[..., 2] - a[..., 2] * b[..., 0]) / det
    return np.asarray(np.nan_to_num(np.stack((x, y), axis=-1), nan=-1e6), np.float64)


def _side_quality(
    lines: list[Line],
    table: npt.NDArray[np.int32],
    start: Floats,
    end: Floats,
    shape: tuple[int, ...],
    start_valid: npt.NDArray[np.bool_],
    end_valid: npt.NDArray[np.bool_],
) -> Floats:
    """How much of a side is seen between two corners, 0 where an end is not: (lines before, lines, lines after).

    start: (before, lines, 2); end: (lines, after, 2).
    """
    first = paper_lines.along(lines, start[..., 0].T, start[..., 1].T, shape).T[:, :, None]
    last = paper_lines.along(lines, end[..., 0], end[..., 1], shape)[None]
    length = last - first
    rows = np.arange(len(lines))[None, :, None]

    def seen(a: Floats, b: Floats) -> Floats:
        a, b = np.round(a).astype(np.intp), np.round(b).astype(np.intp)
        return np.asarray((table[rows, b] - table[rows, a]) / np.maximum(b - a, 1), np.float64)

    length = np.maximum(length, 0.0)
    tip = np.maximum(length * _END, 4.0)
    ends = np.minimum(seen(first, np.minimum(first + tip, last)), seen(np.maximum(last - tip, first), last))
    good = (length > 30.0) & start_valid[:, :, None] & end_valid[None] & (ends >= _END_SUPPORT)
    return np.asarray(np.where(good, seen(first, last), 0.0), np.float64)


def _areas(quads: Floats) -> Floats:
    """Of quads (n, 4, 2), clockwise."""
    x, y = quads[..., 0], quads[..., 1]
    return np.asarray(np.sum(x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1), axis=1) / 2.0, np.float64)


def _sane(quads: Floats) -> npt.NDArray[np.bool_]:
    """Convex, the angles and the lengths of opposite sides such as a camera sees them."""
    sides = np.roll(quads, -1, axis=1) - quads
    lengths = np.maximum(np.linalg.norm(sides, axis=2), 1e-6)
    before = np.roll(sides, 1, axis=1)
    sines = (before[..., 0] * sides[..., 1] - before[..., 1] * sides[..., 0]) / (lengths * np.roll(lengths, 1, axis=1))
    opposite = lengths / np.roll(lengths, 2, axis=1)
    stretched = lengths.max(axis=1) / lengths.min(axis=1)
    return np.asarray((sines.min(axis=1) > 0.8) & (opposite.max(axis=1) < 1.7) & (stretched < 8.0), np.bool_)


def _is_level(corners: Floats) -> bool:
    """Are all sides exactly upright or level? Then they were drawn (a window in a screenshot), not taken."""
    sides = np.abs(np.roll(corners, -1, axis=0) - corners)
    return bool((sides.min(axis=1) / sides.max(axis=1)).max() < _LEVEL)


def _is_sheet(plane: Plane, small: Pixels, corners: Floats) -> bool:
    """White paper with print inside, something else all around?"""
    strip = _STRIP * max(plane.shape)
    inside, outside = _strip(plane, corners, strip), _strip(plane, corners, -strip)
    for paper, ground in zip(inside, outside, strict=True):
        seen = ground >= 0
        if seen.mean() > 0.5 and float(np.median(paper[seen] - ground[seen])) < _CONTRAST:
            return False
    if _paper_beyond(plane, corners, inside):
        return False
    mask = np.zeros(plane.shape, np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), 1)
    near = cv2.dilate(mask, np.ones((9, 9), np.uint8))
    paper_level = float(np.median(np.concatenate(inside)))
    ground = plane[near == 0]
    if ground.size and float(np.mean(ground > _AS_WHITE * paper_level)) > _PAPER_OUTSIDE:
        return False
    within = cv2.erode(mask, np.ones((15, 15), np.uint8)) == 1
    if float(np.mean(plane[within] > 0.6 * paper_level)) < _PAPER_INSIDE:
        return False
    strokes = _strokes(small)
    apart = cv2.dilate(mask, np.ones((21, 21), np.uint8))
    for ring in (apart == 0, (apart == 0) & (cv2.dilate(mask, np.ones((_RING, _RING), np.uint8)) == 1)):
        around = strokes[ring]
        if around.size and float(np.mean(around > max(_BLACK, 5.0 * float(np.median(around))))) > _MOST_INK:
            return False
    return float(np.mean(strokes[within] > _FAINT)) >= _LEAST_INK


def _paper_beyond(plane: Plane, corners: Floats, inside: list[npt.NDArray[np.int16]]) -> bool:
    """Is there, a little farther out, something as white as the paper along one of the sides? Then that is a frame."""
    for part in _BEYOND:
        beyond = _strip(plane, corners, -part * max(plane.shape))
        for paper, other in zip(inside, beyond, strict=True):
            if float(np.mean(other > _AS_WHITE * paper)) > _MOST_BEYOND:
                return True
    return False


def _strokes(small: Pixels) -> npt.NDArray[np.float32]:
    """How much darker thin strokes are than what is around them, 0..1: print, and hardly ever the grain of a table."""
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    return np.asarray((paper - grey) / np.maximum(paper, 64).astype(np.float32), np.float32)


def _strip(plane: Plane, corners: Floats, inwards: float) -> list[npt.NDArray[np.int16]]:
    """Whiteness along the four sides, so far within; -1 beyond the picture."""
    strips: list[npt.NDArray[np.int16]] = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        way = end - start
        normal = np.array([-way[1], way[0]]) / np.linalg.norm(way)
        points = start + np.linspace(0.04, 0.96, 80)[:, None] * way + normal * inwards
        x, y = np.round(points).astype(np.intp).T
        seen = (x >= 0) & (x < plane.shape[1]) & (y >= 0) & (y < plane.shape[0])
        at = plane[y.clip(0, plane.shape[0] - 1), x.clip(0, plane.shape[1] - 1)].astype(np.int16)
        strips.append(np.where(seen, at, -1).astype(np.int16))
    return strips


def _measured(pixels: Pixels, corners: Floats) -> Floats | None:
    """The corners on the full picture; None where a side is not straight.

    Each side is crossed by profiles; the steepest step of each is a point of the edge. The line goes through their
    middle, or farther out where the edge wanders, so that hardly any paper is cut off.
    """
    longest = max(pixels.shape[:2])
    reach = max(4.0, _REACH * longest)
    lines: list[Line] = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        line = _measured_side(pixels, start, end, reach, _CROOKED * longest)
        if line is None:
            return None
        lines.append(line)
    return np.array([_crossings([lines[k - 1]], [lines[k]])[0, 0] for k in range(4)]) + 0.5


def _measured_side(pixels: Pixels, start: Floats, end: Floats, reach: float, crooked: float) -> Line | None:
    way = end - start
    normal = np.array([-way[1], way[0]]) / np.linalg.norm(way)
    offsets = np.arange(-reach, reach + 1.0, max(0.5, reach / 24))
    places = start + np.linspace(0.03, 0.97, _PROFILES)[:, None] * way
    points = (places[:, None] + offsets[None, :, None] * normal).astype(np.float32)
    profiles = cv2.remap(pixels, points, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).min(axis=2)
    smooth = cv2.GaussianBlur(profiles.astype(np.float32), (5, 5), 1.0)
    steps = smooth[:, 2:] - smooth[:, :-2]
    best = steps.argmax(axis=1)
    seen = (steps.max(axis=1) > 4.0) & (best > 0) & (best < steps.shape[1] - 1)
    if seen.mean() < 0.6:
        return None
    rows = np.arange(len(best))
    left, middle, right = (steps[rows, (best + n).clip(0, steps.shape[1] - 1)] for n in (-1, 0, 1))
    bend = np.minimum(left - 2 * middle + right, -1e-3)
    offset = offsets[1:-1][best] + np.clip((left - right) / bend / 2.0, -1, 1) * (offsets[1] - offsets[0])
    edge = places[seen] + offset[seen, None] * normal
    x_way, y_way, x0, y0 = cv2.fitLine(edge.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().tolist()
    nx, ny = -y_way, x_way
    if nx * normal[0] + ny * normal[1] < 0:
        nx, ny = -nx, -ny
    far = edge @ np.array([nx, ny]) - (nx * x0 + ny * y0)
    spread = float(np.percentile(np.abs(far), 85))
    if spread > crooked:
        return None
    outwards = max(0.0, spread - 1.0)
    return Line(nx, ny, nx * x0 + ny * y0 - outwards)
