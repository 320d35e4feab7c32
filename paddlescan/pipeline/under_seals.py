"""Reading where seals lie: with the seal taken off and with it left on, and the better of the two.

Taking a seal off brings back print under it nearly always. Where it takes some of the print along (ink of the seal's
own colour), the page as it was has the better line. Lines that no seal touches are read once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from paddlescan.document import Quad, TextLine, bounds
from paddlescan.ocr.engine import OcrEngine

if TYPE_CHECKING:
    from paddlescan.document.pixels import Pixels

_CHANGED = 24
"""Of 255: a pixel that differs more between the two pages was seal."""
_TOUCHED = 0.004  # of a line's place: less is the blur around a stroke
_PRINT_LEFT = 0.4  # of the ink on a line; where less is left, what the original shows is the seal's own lettering
_SURE, _SURER = 0.85, 0.08
"""The original's line wins with this confidence at least, and so much more of it than the cleaned one."""
_LENGTHS = 0.6  # the shorter text has this share of the longer one's characters, else letters were lost or added
_NOISE = 0.5  # below it, a line on a spot where the seal was and little is left is no line


def read_under_seals(
    engine: OcrEngine, cleaned: Pixels, original: Pixels, quads: Sequence[Quad], seals: Sequence[Quad]
) -> tuple[TextLine, ...]:
    """The lines at these places, without those that hold no text: each from the page that shows it better.

    cleaned, original: uint8 (height, width, 3), BGR, the same page with its seals taken off and left on; read, never
    written. quads: found on `cleaned`; seals: where they lie; both in pixels of these pages. All quads are read on
    `cleaned`, those on which the seal's removal changed something on `original` too. Raises ValueError where the pages
    differ in size.
    """
    if cleaned.shape != original.shape:
        raise ValueError(f"the pages differ in size: {cleaned.shape} and {original.shape}")
    lines = list(engine.read(cleaned, quads))
    inks = dict(_under(cleaned, original, quads, seals))
    others = engine.read(original, [quads[n] for n in inks])
    for (n, left), other in zip(inks.items(), others, strict=True):
        lines[n] = better_line(lines[n], other, left)
    return tuple(line for line in lines if line.text.strip())


def better_line(cleaned: TextLine, original: TextLine, ink_left: float) -> TextLine:
    """Which of two readings of one place to believe; a line without text where neither is a line of print.

    ink_left: the share (0..1) of the place's ink that is still there with the seal taken off. Where both agree, the
    line has the greater confidence of the two.
    """
    if _letters(cleaned.text) == _letters(original.text):
        return replace(cleaned, confidence=max(cleaned.confidence, original.confidence))
    if ink_left < _PRINT_LEFT:
        noise = cleaned.confidence < _NOISE
        return TextLine("", 0.0, cleaned.quad) if noise else cleaned
    lengths = sorted((len(_letters(cleaned.text)), len(_letters(original.text))))
    alike = lengths[0] >= _LENGTHS * lengths[1]
    surer = original.confidence >= max(_SURE, cleaned.confidence + _SURER)
    return original if surer and (alike or cleaned.confidence < _NOISE) else cleaned


def _letters(text: str) -> str:
    return "".join(text.split())


def _under(
    cleaned: Pixels, original: Pixels, quads: Sequence[Quad], seals: Sequence[Quad]
) -> Iterator[tuple[int, float]]:
    """The numbers of the places on which a seal lay, and the share of their ink that is left."""
    outlines = [bounds(seal) for seal in seals]
    for n, quad in enumerate(quads):
        place = bounds(quad)
        if not any(_overlap(place, outline) for outline in outlines):
            continue
        left, top, right, bottom = (int(v) for v in place)
        window = slice(max(0, top), bottom + 1), slice(max(0, left), right + 1)
        before, after = original[window], cleaned[window]
        if before.size and np.mean(cv2.absdiff(before, after).max(axis=2) > _CHANGED) > _TOUCHED:
            yield n, _ink_left(before, after)


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _ink_left(before: Pixels, after: Pixels) -> float:
    """How much darker than paper a place is after the seal was taken off, of how much darker it was before."""
    paper = np.percentile(after.reshape(-1, 3), 90, axis=0)
    ink = [float(np.maximum(paper - page - _CHANGED, 0).max(axis=2).sum()) for page in (before, after)]
    return min(1.0, ink[1] / ink[0]) if ink[0] > 0 else 1.0
