"""By how many quarters a page is turned, as far as its lines tell without being read.

The places that the detector finds are longer than wide along the text, so most of them lie on an upright page and
stand on one that is turned a quarter. Whether lines are upside down is what the line classifier says of them. Both
can be wrong: Chinese may run downwards, advertisements stand on their head, and no classifier knows 8008 from 8008.
So only "upright" is decided here; for any other turn, the decision names the turns worth reading some lines at.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paddlescan.document import Quad, bounds
from paddlescan.document.pixels import Pixels

_LONG = 1.8  # length by width from which on a place shows its direction; a single Chinese character is square
_LONGEST = 12.0  # widths; what is longer counts no more
_MOSTLY = 0.6  # share of the lengths that must stand before the page may lie on its side
_ASKED = 8  # lines shown to the classifier
_ENOUGH = 4  # lines, below which the classifier alone decides nothing
_UPRIGHT = 0.3  # mean answer of the classifier up to which a page is upright


@dataclass(frozen=True, slots=True)
class LineEvidence:
    """What is known of one line without reading it."""

    quad: Quad
    upside_down: float
    """0..1, for a standing line (taller than 1.5 widths) after a quarter turn counter-clockwise."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How the content of a page lies, counter-clockwise."""

    turns: tuple[int, ...]
    """One: it is that. Several: read some lines at these turns and compare; the likeliest comes first."""


UPRIGHT = Decision((0,))


def lengths(quad: Quad) -> tuple[float, float]:
    """How wide and how tall a place is, in pixels."""
    (left, top), (right, right_top), _, (left_below, below) = quad
    return math.hypot(right - left, right_top - top), math.hypot(left_below - left, below - top)


def telling_lines(quads: Sequence[Quad]) -> tuple[int, ...]:
    """Indexes of the lines worth asking the classifier about, at most eight, the longest first.

    They lie or stand as most do, and come from all over the page: an advertisement that stands on its head fills one
    part of it. () for a page without long lines, such as one of single characters; it is left as it is.
    """
    shapes = {n: lengths(quad) for n, quad in enumerate(quads)}
    long = {n: (w, h) for n, (w, h) in shapes.items() if max(w, h) >= _LONG * max(1.0, min(w, h))}
    if not long:
        return ()
    stand = _stand(list(long.values()))
    chosen = {n: _weight(*shape) for n, shape in long.items() if (shape[1] > shape[0]) == stand}
    across = {n: quads[n][0][0 if stand else 1] for n in chosen}
    low, high = min(across.values()), max(across.values())
    strip = max(1.0, (high - low) / _ASKED * 1.001)
    best: dict[int, int] = {}
    for n, weight in chosen.items():
        part = int((across[n] - low) / strip)
        if part not in best or weight > chosen[best[part]]:
            best[part] = n
    rest = sorted(set(chosen) - set(best.values()), key=lambda n: -chosen[n])
    asked = [*best.values(), *rest][:_ASKED]
    return tuple(sorted(asked, key=lambda n: (-chosen[n], n)))


def decide_orientation(lines: Sequence[LineEvidence]) -> Decision:
    """Whether a page is upright, or else at which turns to read some of its lines.

    lines: the telling lines of a level page, with the classifier's answers; () decides for upright.
    """
    if not lines:
        return UPRIGHT
    shapes = [lengths(line.quad) for line in lines]
    weights = [_weight(*shape) for shape in shapes]
    upside = sum(w * line.upside_down for w, line in zip(weights, lines, strict=True)) / sum(weights)
    if _stand(shapes):
        return Decision((270, 90) if upside <= 0.5 else (90, 270))
    if len(lines) >= _ENOUGH and upside <= _UPRIGHT:
        return UPRIGHT
    return Decision((0, 180) if upside <= 0.5 else (180, 0))


def _stand(shapes: Sequence[tuple[float, float]]) -> bool:
    """Whether lines mostly stand: by their length, where in doubt no."""
    standing = sum(_weight(w, h) for w, h in shapes if h > w)
    return standing >= _MOSTLY * sum(_weight(w, h) for w, h in shapes)


def _weight(width: float, height: float) -> float:
    return min(_LONGEST, max(width, height) / max(1.0, min(width, height)))


def stacked_characters(pixels: Pixels, quad: Quad, count: int) -> Pixels:
    """The characters of a standing place, one below the other, put side by side without being turned.

    Chinese that runs downwards reads well so; text that lies on its side does not. pixels: uint8 (height, width, 3);
    quad: a place on it, taller than wide; count: of characters, all of one size, at least 1.
    """
    left, top, right, bottom = (round(v) for v in bounds(quad))
    column = pixels[max(0, top) : bottom, max(0, left) : right]
    if not column.size:
        return column
    grey = column.min(axis=2).astype(np.int16)
    paper = np.int16(np.median(grey[:, (0, -1)]))
    contrast = np.abs(grey - paper).max(axis=1)
    inked = np.flatnonzero(contrast >= 0.4 * float(contrast.max()))
    first, behind = int(inked[0]), int(inked[-1]) + 1
    ends = np.linspace(first, behind, count + 1)
    tall = max(1, round((behind - first) / count))
    starts = [min(max(0, round(float(end))), max(0, len(column) - tall)) for end in ends[:-1]]
    return np.ascontiguousarray(np.hstack([column[start : start + tall] for start in starts]))
