"""The text layer of a searchable PDF: lines that are found and selected where they stand in the picture, and not drawn.

Each character is a code of its own, given out as characters come, with its Unicode beside it; so every character there
is can be in it, those beyond U+FFFF too. The codes show glyphs of a font without any ink (see
`tests/samples/text_layer.py`). The way follows Tesseract's (doc/pdf.md, "glyphless font"), whose glyphs are all of one
width; here they are as wide as in usual print, so that words lie where they are printed within a line, too.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from paddlescan.document import Point, Quad, TextLine
from paddlescan.resources_dir import resource

if TYPE_CHECKING:  # loaded when a PDF is written, not when the window starts
    from pikepdf import Object, Pdf

MOST_CODES = 60_000
"""Characters that one font holds; a code has two bytes."""

FONT_NAME = "PaddleScanGlyphless"
_STEP = 50  # units by which the glyphs of the font grow
_TALLEST = 14_000.0  # points; beyond the limits of a PDF page

_NARROW = 300, "!'(),.:;I[]`fijl|·"
_SPACE = 300, ' \u00a0/\\-rt"{}*'
_WIDE = 800, "MWmw%@&—…"
_CAPITAL = 700


def _widths() -> dict[str, int]:
    """The advance of what is not of usual width: between that of a till's typewriter and of Helvetica."""
    found = {chr(letter): _CAPITAL for letter in range(ord("A"), ord("Z") + 1)}
    for width, letters in (_NARROW, _SPACE, _WIDE):
        found.update(dict.fromkeys(letters, width))
    return found


_KNOWN = _widths()


def advance(character: str) -> int:
    """How wide a character is, in thousandths of the em; a multiple of 50, 0 to 1000."""
    if character in _KNOWN:
        return _KNOWN[character]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 1000 if unicodedata.east_asian_width(character) in "WF" else 550


class TextLayer:
    """The codes of the pages that share a font."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    @property
    def is_full(self) -> bool:
        """Whether another page might not find room."""
        return len(self._codes) > MOST_CODES // 2

    def content(self, lines: Iterable[TextLine], height: float, scale: float) -> bytes:
        """The operators that place lines on a page, for a font named /F.

        lines: their quads in pixels of the page's picture. height: of the page, in points. scale: points a pixel.
        Lines without text or extent are left out.
        """
        placed = (self._line(line.text, line.quad, height, scale) for line in lines)
        return b"".join([b"BT\n3 Tr\n", *(one for one in placed if one), b"ET\n"])

    def _line(self, text: str, quad: Quad, height: float, scale: float) -> bytes:
        text = clean(text)
        wide = sum(map(advance, text)) / 1000
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = ((x * scale, height - y * scale) for x, y in quad)  # y grows upwards
        along = (bx - ax + cx - dx) / 2, (by - ay + cy - dy) / 2
        length = math.hypot(*along)
        if not wide or not 0 < length < _TALLEST:
            return b""
        cosine, sine = along[0] / length, along[1] / length
        size = abs(cosine * (ay - dy + by - cy) - sine * (ax - dx + bx - cx)) / 2  # the height across the line
        if not 0.1 < size < _TALLEST:
            return b""
        per_em = length / wide
        # From the middle of the bottom edge, which is exact where that is not parallel to the top.
        x, y = (cx + dx - along[0]) / 2, (cy + dy - along[1]) / 2
        placed = [f"/F {size:.2f} Tf {100 * per_em / size:.2f} Tz"]
        for piece in _SPACED.findall(text) if _is_slightly_slanted(along) else [text]:
            long = sum(map(advance, piece)) / 1000 * per_em
            codes = "".join(f"{self._code(character):04X}" for character in piece)
            placed.append(f"{_place(x, y, (cosine * long, sine * long), size)} Tm <{codes}> Tj")
            x, y = x + cosine * long, y + sine * long
        return " ".join(placed).encode("ascii") + b"\n"

    def _code(self, character: str) -> int:
        """Its code, from 1; that of the replacement character where all are given out."""
        code = self._codes.get(character)
        if code is None:
            if len(self._codes) >= MOST_CODES and character != "\ufffd":
                return self._code("\ufffd")
            code = self._codes[character] = len(self._codes) + 1
        return code

    def font(self, pdf: Pdf) -> Object:
        """The font for all contents made so far, embedded in a PDF."""
        from pikepdf import Array, Dictionary, Name

        file = pdf.make_stream(resource("pdf", "glyphless.ttf").read_bytes())
        file.Length1 = len(file.read_bytes())
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{FONT_NAME}"),
            Flags=4,  # symbolic
            FontBBox=[0, -1, 1000, 1000],
            ItalicAngle=0,
            Ascent=1000,
            Descent=-1,
            CapHeight=1000,
            StemV=80,
            FontFile2=file,
        )
        widths = [advance(character) for character in self._codes]
        glyphs = b"".join((1 + width // _STEP).to_bytes(2, "big") for width in (0, *widths))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{FONT_NAME}"),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=1000,
            W=Array([1, Array(widths)]),
            CIDToGIDMap=pdf.make_stream(glyphs),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name(f"/{FONT_NAME}"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(self._to_unicode()),
            )
        )

    def _to_unicode(self) -> bytes:
        """What each code means (ISO 32000-1, 9.10.3)."""
        pairs = [f"<{code:04X}> <{c.encode('utf-16-be').hex().upper()}>" for c, code in self._codes.items()]
        blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]  # a block holds no more
        body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
        return (_CMAP_HEAD + body + _CMAP_END).encode("ascii")


_SPACED = re.compile(r"\S+\s*")


def _rest(along: Point) -> float:
    """By how many radians a direction is off a quarter turn."""
    angle = math.atan2(along[1], along[0])
    return angle - round(angle / (math.pi / 2)) * (math.pi / 2)


def _is_slightly_slanted(along: Point) -> bool:
    """Whether words are placed one by one, each level: poppler takes lines apart, in the middle of words, from a slant
    of one degree on. PDFium does not, and from three degrees on it would mix up the words of several such lines."""
    return math.radians(0.5) < abs(_rest(along)) < math.radians(2.5)


def _place(x: float, y: float, along: Point, size: float) -> str:
    """The text matrix of a piece that begins at a point of its baseline and goes along a vector, in points.

    A piece that is slightly slanted is level, with its middle where it belongs, unless its ends would be off by more
    than a quarter of its height.
    """
    length = math.hypot(*along)
    angle, rest = math.atan2(along[1], along[0]), _rest(along)
    if _is_slightly_slanted(along) and abs(length * math.sin(rest)) < size / 2:
        angle -= rest
        x += (along[0] - length * math.cos(angle)) / 2
        y += (along[1] - length * math.sin(angle)) / 2
    cosine, sine = math.cos(angle), math.sin(angle)
    return f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {x:.2f} {y:.2f}"


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_END = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def clean(text: str) -> str:
    """The text as a PDF may hold it: in one line, without control characters and halves of surrogate pairs, letters
    and their accents in one (PDFium loses accents that stand alone).

    U+FEFF and U+FFFE stand for no character, and PDF/A forbids them.
    """
    whole = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    whole = unicodedata.normalize("NFC", whole)
    return "".join(c for c in whole if unicodedata.category(c) != "Cc" and c not in "\ufeff\ufffe\uffff")
