"""A PDF's own text, where it can be believed: checked against what the engine sees.

A PDF may say one thing and show another: fonts with wrong maps (glyph "5" named "2"), text that is covered, a scan
with somebody else's reading beneath. So the text counts only where the detector sees something too, and only if the
engine reads the same in a handful of places, chosen to show as many different characters as they can.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad, TextLine, bounds
from paddlescan.document.pixels import Pixels
from paddlescan.ocr.engine import OcrEngine

SAMPLES = 8
"""Places that are read to check the text."""
LEAST_SHOWN = 0.3
"""Of all that the detector sees, the text must show this much; less is a title on a scan, and not worth it."""
COVERED = 0.85
"""Of the length of a detected place: so much of it has text of the PDF."""
ALIKE = 0.6
"""Of one checked place: less, where the engine is sure of itself, says that the text is false."""
ALIKE_IN_ALL = 0.85
"""Of all checked places together."""
SURE = 0.8
"""The engine's confidence below which its reading proves nothing."""
SPACE_GAP = 0.22
"""Between two lines of one place, in heights: from here on there is a space."""
_DEAR = 12
"""Characters that reading a place costs besides its own."""
_SIDE = 1600
"""The longer side of the picture on which places are compared."""

Mask = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Group:
    """Detected places and lines of the PDF that lie on each other."""

    places: tuple[int, ...]
    lines: tuple[int, ...]
    covered: bool
    """Every one of the places is."""


def trusted_lines(
    engine: OcrEngine, pixels: Pixels, quads: Sequence[Quad], layer: Sequence[TextLine]
) -> tuple[TextLine, ...] | None:
    """The lines of a page with the PDF's own text where it holds; None where all must be read.

    pixels: the prepared page, uint8 (height, width, 3), BGR. quads: what `engine.detect` found there. layer: the
    PDF's own lines, mapped to these pixels. Where the text covers what the detector saw its lines are given (origin
    `pdf_text`); where the detector saw what the text lacks, the engine reads; never both of the same place. A line of
    the PDF that the detector did not see at all is left out.
    """
    if not quads or not layer:
        return None
    groups = _groups(pixels.shape[1], pixels.shape[0], quads, layer)
    shown = [group for group in groups if group.covered]
    seen = sum(_length(quad) for quad in quads)
    if sum(_length(quads[i]) for group in shown for i in group.places) < LEAST_SHOWN * seen:
        return None
    if not _holds(engine, pixels, quads, layer, shown):
        return None
    unread = [quads[i] for group in groups if not group.covered for i in group.places]
    read = [line for line in engine.read(pixels, unread) if line.text.strip()] if unread else []
    own = [line for group in shown for line in _joined([layer[i] for i in group.lines], len(group.places) == 1)]
    return tuple(sorted([*own, *read], key=lambda line: (line.quad[0][1], line.quad[0][0])))


def _groups(width: int, height: int, quads: Sequence[Quad], layer: Sequence[TextLine]) -> list[_Group]:
    """Which places and lines lie on each other; a place without any line is a group of its own."""
    scale = min(1.0, _SIDE / max(width, height))
    owner: Mask = np.zeros((max(1, round(height * scale)), max(1, round(width * scale))), np.int32)
    for number, line in enumerate(layer, 1):
        cv2.fillConvexPoly(owner, _points(line.quad, scale), number)
    on: list[set[int]] = []
    covered: list[bool] = []
    for quad in quads:
        found = _along(owner, quad, scale)
        named = Counter(int(n) for n in found if n)
        covered.append(sum(named.values()) >= COVERED * max(len(found), 1))
        on.append({n - 1 for n, count in named.items() if count >= 2 or count * 2 >= len(found)})
    return [_Group(places, lines, bool(lines) and all(covered[i] for i in places)) for places, lines in _families(on)]


def _families(on: Sequence[set[int]]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Places with the lines on them (on: the lines on each place), together where they share any."""
    families: list[tuple[set[int], set[int]]] = []
    for place, lines in enumerate(on):
        kin = [family for family in families if family[1] & lines]
        families = [family for family in families if not family[1] & lines]
        families.append(({place}.union(*(f[0] for f in kin)), lines.union(*(f[1] for f in kin))))
    for places, together in families:
        yield tuple(sorted(places)), tuple(sorted(together))


def _joined(lines: list[TextLine], in_one_place: bool) -> list[TextLine]:
    """The lines of one detected place as the one line it is; as they are where they do not stand side by side."""
    boxes = [bounds(line.quad) for line in lines]
    level = min(box[3] for box in boxes) - max(box[1] for box in boxes) > 0.4 * min(box[3] - box[1] for box in boxes)
    if len(lines) < 2 or not in_one_place or not level:
        return lines
    ordered = sorted(range(len(lines)), key=lambda n: boxes[n][0])
    text = lines[ordered[0]].text
    for before, n in pairwise(ordered):
        gap = (boxes[n][0] - boxes[before][2]) / (boxes[n][3] - boxes[n][1])
        text += (" " if gap > SPACE_GAP else "") + lines[n].text
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return [replace(lines[0], text=text, quad=((left, top), (right, top), (right, bottom), (left, bottom)))]


def _points(quad: Quad, scale: float) -> npt.NDArray[np.int32]:
    return np.round(np.array(quad, np.float64) * scale).astype(np.int32)


def _along(owner: Mask, quad: Quad, scale: float) -> npt.NDArray[np.int32]:
    """What lies on the middle line of a place, from end to end less the margin that detectors leave around text."""
    corners = np.array(quad, np.float64) * scale
    start, end = (corners[0] + corners[3]) / 2, (corners[1] + corners[2]) / 2
    length = float(np.hypot(*(end - start)))
    margin = min(0.35 * float(np.hypot(*(corners[3] - corners[0]))), 0.3 * length)
    steps = max(2, round(length - 2 * margin))
    t = np.linspace(margin, length - margin, steps)[:, None] / max(length, 1e-6)
    places = np.round(start + t * (end - start)).astype(int)
    inside = (places >= 0).all(axis=1) & (places[:, 0] < owner.shape[1]) & (places[:, 1] < owner.shape[0])
    return np.where(inside, owner[places[:, 1] * inside, places[:, 0] * inside], 0)


def _length(quad: Quad) -> float:
    return math.dist(quad[0], quad[1])


def _holds(
    engine: OcrEngine, pixels: Pixels, quads: Sequence[Quad], layer: Sequence[TextLine], shown: Sequence[_Group]
) -> bool:
    """Whether the engine reads in a handful of places what the PDF says of them."""
    said = [_folded(layer[i].text for i in group.lines) for group in shown]
    chosen = _samples(said, [layer[group.lines[0]] for group in shown])
    if not chosen:
        return False
    read = iter(engine.read(pixels, [quads[i] for n in chosen for i in shown[n].places]))
    same = whole = 0.0
    for n in chosen:
        lines = [next(read) for _ in shown[n].places]
        if min(line.confidence for line in lines) < SURE:
            continue
        ordered = sorted(lines, key=lambda line: (line.quad[0][0], line.quad[0][1]))
        alike = SequenceMatcher(None, said[n], _folded(line.text for line in ordered), autojunk=False).ratio()
        if alike < ALIKE:
            return False
        same += alike * len(said[n])
        whole += len(said[n])
    return whole > 0 and same >= ALIKE_IN_ALL * whole


def _samples(said: Sequence[str], lines: Sequence[TextLine]) -> list[int]:
    """The places to check: each shows many characters that none before it showed, for what it costs to read.

    A wrong map belongs to one font, and fonts differ in size: the same character in another size counts as new.
    """
    sizes = [round(4 * math.log2(max(math.dist(line.quad[0], line.quad[3]), 1.0))) for line in lines]
    left = [{(char, size) for char in text} for text, size in zip(said, sizes, strict=True)]
    chosen: list[int] = []
    while len(chosen) < SAMPLES:
        best = max(range(len(said)), key=lambda n: _worth(left[n]) / (_DEAR + len(said[n])), default=None)
        if best is None or not left[best]:
            break
        chosen.append(best)
        known = left[best]
        left = [chars - known for chars in left]
    return chosen


def _worth(chars: set[tuple[str, int]]) -> float:
    """Digits are what must be right."""
    return sum(3.0 if char.isdigit() else 1.0 for char, _ in chars)


def _folded(texts: Iterable[str]) -> str:
    """Letters and digits in their plain form, small: what two readings of one text have in common."""
    whole = unicodedata.normalize("NFKC", "".join(texts)).casefold()
    return "".join(char for char in whole if char.isalnum())
