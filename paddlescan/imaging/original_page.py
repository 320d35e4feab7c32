"""The sheet on which an electronic original is drawn for show, and what stands where on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from paddlescan.document import Quad, TextLine
from paddlescan.document.pixels import Pixels
from paddlescan.document.receipt import Origin
from paddlescan.imaging.fonts import Style, font, has_chinese

Colour = tuple[int, int, int]
"""Red, green, blue."""
INK: Colour = (20, 20, 24)
ASCENT, DESCENT = 0.86, 0.14
"""Of a letter's size, above and below the baseline."""


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of text on the sheet."""

    text: str = field(repr=False)
    quad: Quad


class Sheet:
    """A white sheet of so many pixels."""

    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("RGB", (width, height), "white")
        self.pen: Any = ImageDraw.Draw(self.image)
        self.written: list[Written] = []

    def letter(self, x: float, baseline: float, char: str, size: float, colour: Colour, style: Style) -> None:
        """One letter, its left edge at x; a box where no font has it."""
        if not (-size <= x <= self.image.width + size and -size <= baseline <= self.image.height + 2 * size):
            return
        if not char.isprintable():
            return
        if ord(char) > 0x2E7F and not has_chinese():
            box = (x + 1, baseline - ASCENT * size + 1, x + size - 2, baseline + DESCENT * size - 1)
            if box[2] > box[0] and box[3] > box[1]:
                self.pen.rectangle(box, outline=colour)
            return
        self.pen.text((x, baseline), char, font=font(round(size), style), fill=colour, anchor="ls")

    def line(
        self, x: float, baseline: float, text: str, size: int, colour: Colour = INK, style: Style = "sans"
    ) -> Quad:
        """A level line of text, remembered; its quad."""
        right = x
        for char in text:
            self.letter(right, baseline, char, size, colour, style)
            right += self.advance(char, size, style)
        quad = level(x, baseline - ASCENT * size, right, baseline + DESCENT * size)
        self.written.append(Written(text, quad))
        return quad

    @staticmethod
    def advance(char: str, size: int, style: Style = "sans") -> float:
        """How far a letter takes the pen."""
        if ord(char) > 0x2E7F and not has_chinese():
            return float(size)
        if not char.isprintable():  # fonts have no width for it, and complain
            return size / 2
        return float(font(size, style).getlength(char))

    def pixels(self) -> Pixels:
        """uint8 (height, width, 3), BGR."""
        return np.ascontiguousarray(np.asarray(self.image, np.uint8)[:, :, ::-1])

    def lines(self, origin: Origin) -> tuple[TextLine, ...]:
        """What was written, from top to bottom; exact, so of confidence 1."""
        ordered = sorted(self.written, key=lambda one: (one.quad[0][1], one.quad[0][0]))
        return tuple(TextLine(one.text, 1.0, one.quad, origin) for one in ordered if one.text.strip())


def level(left: float, top: float, right: float, bottom: float) -> Quad:
    """The quad of an upright box."""
    return (left, top), (right, top), (right, bottom), (left, bottom)
