"""Pages drawn by hand: texts at places, as a recogniser would hand them over."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

from paddlescan.document import Receipt, TextLine, quad_from
from paddlescan.extraction.capitals import find_capitals
from paddlescan.extraction.extract import extract_receipt
from paddlescan.extraction.text import is_cjk

TODAY = datetime.date(2026, 11, 23)


def line(x: float, y: float, text: str, height: float = 20, confidence: float = 0.997) -> TextLine:
    """A level line whose top left corner is at (x, y); letters are half as wide as high, ideographs square."""
    width = sum(height if is_cjk(c) else height / 2 for c in text)
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return TextLine(text, confidence, quad_from(corners))


def column(*rows: str | tuple[str, ...], step: float = 30) -> list[TextLine]:
    """Rows under each other; a tuple is one row: its last text stands at the right edge, the others at the left."""
    lines = []
    for number, row in enumerate(rows):
        texts = (row,) if isinstance(row, str) else row
        for place, text in enumerate(texts):
            x = 40 if place == 0 else 40 + 460 * place / (len(texts) - 1)
            lines.append(line(x, 40 + step * number, text))
    return lines


def turned(lines: list[TextLine], degrees: float) -> list[TextLine]:
    """The same lines on paper that lies turned clockwise by so many degrees."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [
        TextLine(m.text, m.confidence, quad_from([(x * cos - y * sin, x * sin + y * cos) for x, y in m.quad]))
        for m in lines
    ]


def read(lines: list[TextLine]) -> Receipt:
    """What is extracted from them on a fixed day."""
    return extract_receipt(lines, 600, 1000, today=TODAY)


def values(lines: list[TextLine]) -> dict[str, str]:
    """Field names and values, without those that were not found."""
    return {f.name: f.value for f in read(lines).fields if f.value}


def spelt_value(text: str) -> Decimal | None:
    """What a text spells out in capitals."""
    found = find_capitals(text)
    return found.value if found else None
