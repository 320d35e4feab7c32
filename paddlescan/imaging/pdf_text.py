"""The text that a PDF page holds itself: the characters one sees, joined into lines as a reader sees them.

Whether it can be believed is not decided here: a font may map its glyphs to the wrong characters and look right. Left
out is what nobody sees (an OCR layer, text beneath a scan, white on white, beyond the page, too small) and every line
with a character that the PDF cannot name.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from paddlescan.document import Quad, TextLine
from paddlescan.document.pixels import Matrix, Pixels
from paddlescan.imaging.pdf_objects import Survey, address, is_seen

SMALLEST = 5.0
"""Pixels from the top of a letter's box to its bottom; smaller ones nobody reads."""
COLUMN_GAP = 1.0
"""Between two characters, in heights of the line: from here on they are two lines, as a detector of text sees them."""
SPACE_GAP = 0.22
"""Between two characters, in heights: from here on there is a space, whether the PDF has one or not."""
SAME_BASELINE = 0.25
"""Heights by which neighbours on one line may stand higher or lower."""
OVERLAP = 0.6
"""Heights by which neighbours may reach into each other: wide punctuation is mostly empty."""
FAINTEST = 24
"""Grey levels between the lightest and the darkest pixel of a line that one can see."""
_FORMS = frozenset(map(chr, (*range(0xFB00, 0xFB07), *range(0x2E80, 0x2FE0))))
"""Ligatures and radicals: some fonts name their letters so (U+2F08 for U+4EBA)."""
_ASKEW = math.radians(3.0)
"""Text further than this from a quarter turn (a watermark) is left to the eyes."""


@dataclass(frozen=True, slots=True)
class _Char:
    """A character in the frame of its text: left, right along it, top, bottom across it, in pixels; `turn` quarter
    turns clockwise from "to the right" on the page."""

    text: str = field(repr=False)
    turn: int
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    after_space: bool
    order: int

    @property
    def height(self) -> float:
        return self.bottom - self.top


def page_text(
    page: pdfium.PdfPage,
    seen: Survey,
    to_pixels: Matrix,
    pixels: Pixels,
    most_characters: int,
    late: Callable[[], bool] = lambda: False,
) -> tuple[TextLine, ...]:
    """The visible lines of text of a page, from top to bottom; () for a page that has none, or too much of it.

    late: asked now and then; once it says yes there is no text.

    seen: what `survey` found on the page. to_pixels: maps a point of the page (in points, y upwards) to `pixels`,
    which is the page as rendered. Every line has confidence 1.0, origin `pdf_text` and a quad that begins at the top
    left of its first letter.
    """
    text = page.get_textpage()
    try:
        if not 0 < raw.FPDFText_CountChars(text) <= most_characters:
            return ()
        lines = list(_lines(_chars(text, seen, to_pixels, pixels.shape), late))
    finally:
        text.close()
    if late():
        return ()
    made = (_line(chars) for chars in lines)
    kept = [line for line in made if line is not None and _is_visible(line.quad, pixels)]
    return tuple(sorted(kept, key=lambda line: (line.quad[0][1], line.quad[0][0])))


def _chars(text: pdfium.PdfTextPage, seen: Survey, to_pixels: Matrix, shape: tuple[int, ...]) -> Iterator[_Char]:
    """The characters that show on a page of that shape, in the order of the PDF; one without a name is U+FFFD."""
    visible: dict[int, bool] = {}
    box, own, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    (a, c, e), (b, d, f) = to_pixels[:2].tolist()  # plain numbers: this is done for every letter
    spaced = False
    hidden_before = seen.hidden_before
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if chr(code).isspace() if code < 0x110000 else False:
            spaced = True
            continue
        item = raw.FPDFText_GetTextObject(text, index)
        where = address(item)
        if where not in visible:
            visible[where] = where != 0 and is_seen(item) and seen.orders.get(where, 1 << 62) > hidden_before
        if not visible[where] or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        known = (
            raw.FPDFText_GetMatrix(text, index, own)
            and raw.FPDFText_GetLooseCharBox(text, index, box)
            and raw.FPDFText_GetCharOrigin(text, index, x, y)
        )
        turn = _quarter(a * own.a + c * own.b, b * own.a + d * own.b) if known else None
        if turn is None:
            continue
        places = [
            (a * u + c * v + e, b * u + d * v + f)
            for u, v in ((box.left, box.bottom), (box.right, box.top), (x.value, y.value))
        ]
        if not all(abs(u / shape[1] - 0.5) < 1 and abs(v / shape[0] - 0.5) < 1 for u, v in places):  # nor where NaN is
            continue
        (left, top), (right, bottom), (_, baseline) = (_to_frame(u, v, turn) for u, v in places)
        name = "\ufffd" if raw.FPDFText_HasUnicodeMapError(text, index) == 1 else _name(code)
        yield _Char(
            name,
            turn,
            min(left, right),
            max(left, right),
            min(top, bottom),
            max(top, bottom),
            baseline,
            spaced,
            index,
        )
        spaced = False


def _name(code: int) -> str:
    """The character; U+FFFD for one that means nothing (private use, control, half a pair)."""
    if code >= 0x110000 or unicodedata.category(chr(code)) in ("Co", "Cc", "Cs", "Cn"):
        return "\ufffd"
    char = chr(code)
    return unicodedata.normalize("NFKC", char) if char in _FORMS else char


def _quarter(x: float, y: float) -> int | None:
    """Quarter turns clockwise of text that runs in a direction of the page, in pixels; None for text askew."""
    turned = math.atan2(y, x) / (math.pi / 2)
    return round(turned) % 4 if abs(turned - round(turned)) * math.pi / 2 <= _ASKEW else None


def _to_frame(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point of the page in the frame of text that was turned clockwise by so many quarters."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def _from_frame(x: float, y: float, turn: int) -> tuple[float, float]:
    return ((x, y), (-y, x), (-x, -y), (y, -x))[turn]


def _pieces(chars: Iterable[_Char]) -> Iterator[list[_Char]]:
    """Characters that the PDF writes one after another on one baseline, without a wide gap."""
    piece: list[_Char] = []
    for char in chars:
        if char.height < SMALLEST:
            continue
        if piece and not _follows(piece[-1], char):
            yield piece
            piece = []
        piece.append(char)
    if piece:
        yield piece


def _level(before: _Char, char: _Char) -> bool:
    """Whether two characters stand on one baseline and are of about one size."""
    return (
        char.turn == before.turn
        and abs(char.baseline - before.baseline) <= SAME_BASELINE * before.height
        and 0.6 < char.height / before.height < 1.7
    )


def _follows(before: _Char, char: _Char) -> bool:
    """Whether a character goes on with a line that ends in another."""
    if not _level(before, char) or char.left < before.left:
        return False
    gap = (char.left - before.right) / before.height
    return -OVERLAP <= gap <= COLUMN_GAP or (char.left, char.right) == (before.left, before.right)  # a ligature's part


def _lines(chars: Iterable[_Char], late: Callable[[], bool]) -> Iterator[list[_Char]]:
    """Pieces side by side on one baseline make a line, in whatever order they come; one printed twice counts once."""
    rows: list[list[list[_Char]]] = []
    for piece in sorted(_pieces(chars), key=lambda p: (p[0].turn, p[0].baseline)):
        row = next((row for row in rows[-1:-4:-1] if _level(row[0][0], piece[0])), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    for row in rows:
        lines: list[list[_Char]] = []
        for piece in sorted(row, key=lambda p: p[0].left):
            if late():
                return
            if any(_is_again(piece, line) for line in lines):
                continue
            line = next((line for line in reversed(lines) if _follows(line[-1], piece[0])), None)
            if line is None:
                lines.append(piece)
            else:
                line.extend(piece)
        yield from lines


def _is_again(piece: list[_Char], line: list[_Char]) -> bool:
    """Whether the same letters stand there already, a hair beside (weight by printing twice)."""
    first, last = piece[0], piece[-1]
    near = 0.25 * first.height
    for start, other in enumerate(line):
        if abs(other.left - first.left) < near and abs(other.baseline - first.baseline) < near:
            same = line[start : start + len(piece)]
            if [c.text for c in same] == [c.text for c in piece] and abs(same[-1].right - last.right) < near:
                return True
    return False


def _line(chars: list[_Char]) -> TextLine | None:
    """The text and place of a line; None where a character has no name."""
    if any(char.text == "\ufffd" for char in chars):
        return None
    text = chars[0].text
    for before, char in pairwise(chars):
        text += (" " if _apart(before, char) else "") + char.text
    left, right = min(c.left for c in chars), max(c.right for c in chars)
    top, bottom = float(np.median([c.top for c in chars])), float(np.median([c.bottom for c in chars]))
    turn = chars[0].turn
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    a, b, c, d = (_from_frame(x, y, turn) for x, y in corners)
    return TextLine(unicodedata.normalize("NFC", text), 1.0, (a, b, c, d), "pdf_text")


def _apart(before: _Char, char: _Char) -> bool:
    """Whether a reader sees a space between two neighbours."""
    gap = (char.left - before.right) / char.height
    written = char.after_space and char.order > before.order and gap > 0.04
    return written or gap > SPACE_GAP


def _is_visible(quad: Quad, pixels: Pixels) -> bool:
    """Whether a line lies on the page, and anything but plain ground is there."""
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    height, width = pixels.shape[:2]
    if not (0 <= sum(xs) / 4 < width and 0 <= sum(ys) / 4 < height):
        return False
    part = pixels[max(0, int(min(ys))) : int(max(ys)) + 1, max(0, int(min(xs))) : int(max(xs)) + 1].reshape(-1, 3)
    return part.size > 0 and int(np.ptp(part, axis=0).max()) >= FAINTEST  # of any colour: lime is dark in blue only
