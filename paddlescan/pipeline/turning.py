"""By how many quarters a prepared page is turned: asks the engine, and reads a few lines where that is not enough.

An upright page costs a few line classifications. A page is turned only where some of its lines have been read both
ways and are clearly better the other way; whatever else speaks for turning it (PaddleOCR issue 16626 turns upright
pages by a classifier alone).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from paddlescan.document import Quad, TextLine
from paddlescan.document.pixels import Pixels
from paddlescan.imaging.orientation import LineEvidence, decide_orientation, stacked_characters, telling_lines
from paddlescan.ocr.engine import OcrEngine

_READ = 5  # lines read at each turn
_LETTER, _DIGIT, _OTHER = 1.0, 0.4, 0.1  # how much a character proves: 0, 1, 6, 8, 9 and points read well both ways
_MOST = 12.0  # what one line proves at most
_PROVEN = 3.0  # what all lines must prove together
_BETTER = 0.12  # in confidence
_READABLE = 0.75  # confidence of the better way
_AGREED = 0.75  # share of the proof in lines that are better that way
_SAME_CHARACTERS = 0.6  # of columns that run downwards, read side by side


def find_turn(engine: OcrEngine, pixels: Pixels, quads: Sequence[Quad]) -> int:
    """How the content lies in a level page, counter-clockwise: 0, 90, 180 or 270; 0 where that is not sure.

    pixels: uint8 (height, width, 3), BGR; quads: what `engine.detect` found there. Turned clockwise by the answer the
    page is upright.
    """
    telling = telling_lines(quads)
    places = [quads[n] for n in telling]
    answers = engine.upside_down(pixels, places)
    evidence = [LineEvidence(quad, answer) for quad, answer in zip(places, answers, strict=True)]
    turns = decide_orientation(evidence).turns
    if len(turns) == 1:
        return turns[0]
    places = places[:_READ]
    as_is = engine.read(pixels, places)
    head = _on_its_head(pixels, places)
    over = engine.read(*head)
    stand = 0 not in turns
    if better_read(over, as_is):
        found = 90 if stand else 180
    elif stand and better_read(as_is, over):
        found = 270
    else:
        return 0
    if stand and _runs_downwards(engine, *((pixels, places, as_is) if found == 270 else (*head, over))):
        return 0 if found == 270 else 180
    return found


def better_read(these: Sequence[TextLine], those: Sequence[TextLine]) -> bool:
    """Whether lines read one way are clearly better than the same lines read another way."""
    proof = [max(_proof(a.text), _proof(b.text)) for a, b in zip(these, those, strict=True)]
    total = sum(proof)
    if total < _PROVEN:
        return False
    gains = [a.confidence - b.confidence for a, b in zip(these, those, strict=True)]
    gain = sum(p * g for p, g in zip(proof, gains, strict=True)) / total
    confidence = sum(p * line.confidence for p, line in zip(proof, these, strict=True)) / total
    agreed = sum(p for p, g in zip(proof, gains, strict=True) if g > 0.0) / total
    return gain >= _BETTER and confidence >= _READABLE and agreed >= _AGREED


def _proof(text: str) -> float:
    parts = (_LETTER if c.isalpha() else _DIGIT if c.isdigit() else _OTHER for c in text if not c.isspace())
    return min(_MOST, sum(parts))


def _on_its_head(pixels: Pixels, quads: Sequence[Quad]) -> tuple[Pixels, list[Quad]]:
    """The page turned by half, and where those places are then."""
    height, width = pixels.shape[:2]
    turned = [tuple((width - x, height - y) for x, y in (*quad[2:], *quad[:2])) for quad in quads]
    return np.ascontiguousarray(pixels[::-1, ::-1]), turned  # type: ignore[return-value]


def _runs_downwards(engine: OcrEngine, pixels: Pixels, quads: Sequence[Quad], lines: Sequence[TextLine]) -> bool:
    """Whether standing lines that read well are Chinese that runs downwards on an upright page.

    The recogniser reads such a column once it lies on its side, its characters lying too, so that its confidence
    says nothing. What tells is whether the same characters are read when they are put side by side.
    """
    wanted = shared = 0
    for quad, line in zip(quads, lines, strict=True):
        text = "".join(line.text.split())
        if not _chinese(text):
            continue
        picture = stacked_characters(pixels, quad, len(text))
        if picture.size:
            height, width = (float(side) for side in picture.shape[:2])
            (found,) = engine.read(picture, [((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))])
            wanted += len(text)
            shared += (Counter(text) & Counter(found.text)).total()
    return shared > _SAME_CHARACTERS * wanted


def _chinese(text: str) -> bool:
    """Whether a text is mostly Chinese, three characters or more."""
    return len(text) >= 3 and sum("\u3400" <= c <= "\u9fff" for c in text) >= 0.6 * len(text)
