"""Drawing the objects of an OFD page: text, paths and pictures. Nearly enough to look at; nothing is read from it."""

from __future__ import annotations

import io
import math
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element

from PIL import Image

from paddlescan.document import Limits, Quad
from paddlescan.errors import PageTimedOut, TooLarge, UnreadableFile
from paddlescan.imaging.fonts import Style
from paddlescan.imaging.jbig2 import jbig2_picture
from paddlescan.imaging.ofd_document import Box, DrawParam, OfdDocument, Resources, numbers_of
from paddlescan.imaging.original_page import ASCENT, DESCENT, INK, Colour, Sheet, Written, level
from paddlescan.imaging.safe_xml import child, children, local, text_of

_MOST_LETTERS = 50_000
_MOST_POINTS = 200_000
_MOST_PICTURES = 200
_DEEPEST = 8
_FAR = 30_000.0
"""Pixels from the sheet's corner."""
_FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF")
_PATH = re.compile(r"[SMLQBAC]|-?\d*\.?\d+(?:[eE][-+]?\d+)?")
_ARITY = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_STEPS = 12
"""Straight pieces of a curve."""

Matrix = tuple[float, float, float, float, float, float]
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Placed:
    """The text of one object and where it stands, in pixels."""

    object_id: str
    text: str = field(repr=False)
    quad: Quad


class Painter:
    """Draws one page. pixels: of a millimetre."""

    def __init__(self, document: OfdDocument, resources: Resources, sheet: Sheet, area: Box, scale: float) -> None:
        self._document = document
        self._resources = resources
        self._sheet = sheet
        self._area = area
        self._scale = scale
        self._letters = self._points = self._pictures = 0
        self.placed: list[Placed] = []
        self.picture_area = 0.0
        """Square millimetres that pictures cover."""
        self._until = self._seconds = math.inf

    def page(self, root: Element, limits: Limits) -> None:
        """Draw the layers of a page or a template. Raises TooLarge, PageTimedOut."""
        self._seconds = limits.max_seconds
        self._until = min(self._until, time.thread_time() + limits.max_seconds)
        for layer in children(child(root, "Content"), "Layer"):
            self.block(layer, limits, self._resources.params.get(layer.get("DrawParam", "")))

    def block(
        self, block: Element, limits: Limits, param: DrawParam | None = None, at: Box | None = None, depth: int = 0
    ) -> None:
        """Draw the objects of a layer, a block or a note, in their order; at: where a note's own frame lies."""
        for one in block if depth < _DEEPEST else ():
            self._look_at_the_clock()
            kind = local(one)
            if kind == "PageBlock":
                self.block(one, limits, param, at, depth + 1)
                continue
            frame = _frame(one, at)
            if frame is None or one.get("Visible", "true").lower() == "false":
                continue
            own = self._resources.params.get(one.get("DrawParam", ""), param)
            if kind == "TextObject":
                self._text(one, frame, own)
            elif kind == "PathObject":
                self._path(one, frame, own)
            elif kind == "ImageObject":
                self._image(one, frame, limits)

    def _look_at_the_clock(self) -> None:
        """One object may hold fifty thousand large letters. Counts seconds of computing. Raises PageTimedOut."""
        if time.thread_time() > self._until:
            raise PageTimedOut(file=self._document.package.name, detail=f"{self._seconds:.0f} s")

    def _pixel(self, x: float, y: float) -> tuple[float, float]:
        """Beyond _FAR there is nothing to see, and a line as long as a hostile file says is drawn for hours."""
        across, down = (x - self._area[0]) * self._scale, (y - self._area[1]) * self._scale
        return min(max(across, -_FAR), _FAR), min(max(down, -_FAR), _FAR)

    def _text(self, one: Element, frame: Matrix, param: DrawParam | None) -> None:
        size = (numbers_of(one.get("Size", "")) or [0.0])[0]
        stretch = math.sqrt(abs(frame[0] * frame[3] - frame[1] * frame[2]))
        pixels = size * stretch * self._scale
        if pixels < 1:
            return
        name = self._resources.fonts.get(one.get("Font", ""), "")
        style: Style = "sans" if "黑" in name or "Hei" in name or "Sans" in name else "serif"
        colour = _colour(child(one, "FillColor")) or _colour(param.fill if param else None) or INK
        number = one.get("ID", "")
        for code in children(one, "TextCode"):
            for run in _runs(code, size):
                self._letters += len(run)
                if self._letters > _MOST_LETTERS:
                    raise TooLarge(file=self._document.package.name, detail=f"more than {_MOST_LETTERS} letters a page")
                for char, x, y in run:
                    self._look_at_the_clock()
                    place = self._pixel(*_mapped(frame, x, y))
                    if not char.isspace():
                        self._sheet.letter(*place, char, pixels, colour, style)
                self._remember(number, run, frame, size)

    def _remember(self, number: str, run: list[tuple[str, float, float]], frame: Matrix, size: float) -> None:
        text = "".join(char for char, _, _ in run).strip()
        if not text:
            return
        left, top = run[0][1], min(y for _, _, y in run) - ASCENT * size
        last = run[-1]
        right = last[1] + size * (1.0 if ord(last[0]) > 0x2E7F else 0.5)
        bottom = max(y for _, _, y in run) + DESCENT * size
        a, b, c, d = (self._pixel(*_mapped(frame, x, y)) for x, y in level(left, top, max(right, left + 0.1), bottom))
        self.placed.append(Placed(number, text, (a, b, c, d)))
        self._sheet.written.append(Written(text, (a, b, c, d)))

    def _path(self, one: Element, frame: Matrix, param: DrawParam | None) -> None:
        outlines = [
            [self._pixel(*_mapped(frame, x, y)) for x, y in points]
            for points in _outlines(text_of(child(one, "AbbreviatedData"))[:100_000])
        ]
        self._points += sum(map(len, outlines))
        if self._points > _MOST_POINTS:
            raise TooLarge(file=self._document.package.name, detail=f"more than {_MOST_POINTS} points a page")
        if one.get("Fill", "false").lower() == "true":
            fill = _colour(child(one, "FillColor")) or _colour(param.fill if param else None) or INK
            for points in outlines:
                if len(points) > 2:
                    self._sheet.pen.polygon(points, fill=fill)
        if one.get("Stroke", "true").lower() != "false":
            colour = _colour(child(one, "StrokeColor")) or _colour(param.stroke if param else None) or INK
            own = numbers_of(one.get("LineWidth", "")) or [param.line_width if param and param.line_width else 0.353]
            stretch = math.sqrt(abs(frame[0] * frame[3] - frame[1] * frame[2]))
            width = min(200, max(1, round(own[0] * stretch * self._scale)))
            for points in outlines:
                self._look_at_the_clock()
                if len(points) > 1:
                    self._sheet.pen.line(points, fill=colour, width=width)

    def _image(self, one: Element, frame: Matrix, limits: Limits) -> None:
        path = self._resources.media.get(one.get("ResourceID", ""))
        self._pictures += 1
        if path is None or path not in self._document.package or self._pictures > _MOST_PICTURES:
            return
        corners = [_mapped(frame, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        left, top = self._pixel(min(x for x, _ in corners), min(y for _, y in corners))
        right, bottom = self._pixel(max(x for x, _ in corners), max(y for _, y in corners))
        size = (round(right - left), round(bottom - top))
        sheet = self._sheet.image
        if not (0 < size[0] <= 2 * sheet.width and 0 < size[1] <= 2 * sheet.height):
            return
        picture = _picture(self._document.package.read(path), limits)
        if picture is None:
            return
        self.picture_area += size[0] * size[1] / self._scale**2
        picture = picture.resize(size, Image.Resampling.LANCZOS)
        sheet.paste(picture, (round(left), round(top)), picture)


def _frame(one: Element, at: Box | None) -> Matrix | None:
    """From an object's own millimetres to the page's: its matrix, then its place. None for one without a place."""
    boundary = numbers_of(one.get("Boundary", ""))
    if len(boundary) != 4:
        return None
    matrix = numbers_of(one.get("CTM", ""))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    x, y = (at[0], at[1]) if at else (0.0, 0.0)
    return a, b, c, d, e + boundary[0] + x, f + boundary[1] + y


def _mapped(frame: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = frame
    return a * x + c * y + e, b * x + d * y + f


def _runs(code: Element, size: float) -> Iterator[list[tuple[str, float, float]]]:
    """The letters of a TextCode with their places on the baseline, in the object's millimetres; a run for each line."""
    text = (code.text or "").strip("\n\r")[:_MOST_LETTERS]
    x = (numbers_of(code.get("X", "")) or [0.0])[0]
    y = (numbers_of(code.get("Y", "")) or [0.0])[0]
    right, down = _deltas(code.get("DeltaX", ""), len(text)), _deltas(code.get("DeltaY", ""), len(text))
    run: list[tuple[str, float, float]] = []
    for n, char in enumerate(text):
        if run and (abs(y - run[-1][2]) > 0.3 * size or x < run[-1][1] - size or x > run[-1][1] + 4 * size):
            yield run
            run = []
        run.append((char, x, y))
        x += right[n] if n < len(right) else 0.0 if down else size * (1.0 if ord(char) > 0x2E7F else 0.5)
        y += down[n] if n < len(down) else 0.0
    if run:
        yield run


def _deltas(text: str, most: int) -> list[float]:
    """Steps from letter to letter; `g 3 1.5` stands for three of 1.5."""
    parts = text.split()[: 4 * most + 4]
    found: list[float] = []
    at = 0
    while at < len(parts) and len(found) < most:
        group = parts[at] == "g" and at + 2 < len(parts)
        count, step = (
            (numbers_of(parts[at + 1]), numbers_of(parts[at + 2])) if group else ([1.0], numbers_of(parts[at]))
        )
        at += 3 if group else 1
        if count and step:
            found.extend(step * max(0, min(int(count[0]), most - len(found))))
    return found


def _colour(element: Element | None) -> Colour | None:
    """Red, green and blue of a colour in grey, RGB or CMYK, mixed with white as far as one sees through it."""
    if element is None:
        return None
    values = numbers_of(element.get("Value", ""))
    if len(values) == 1:
        rgb = values * 3
    elif len(values) == 3:
        rgb = values
    elif len(values) == 4:
        rgb = [255 - min(255.0, v + values[3]) for v in values[:3]]
    else:
        return None
    alpha = (numbers_of(element.get("Alpha", "")) or [255.0])[0] / 255
    red, green, blue = (round(min(max(v * alpha + 255 * (1 - alpha), 0), 255)) for v in rgb)
    return red, green, blue


def _outlines(data: str) -> Iterator[Points]:
    """The strokes of a path as points; curves in short straight pieces, arcs as their chord."""
    points: Points = []
    tokens = _PATH.findall(data)
    at = 0
    while at < len(tokens):
        command = tokens[at]
        need = _ARITY.get(command)
        values = tokens[at + 1 : at + 1 + need] if need is not None else []
        if need is None or len(values) < need or any(v in _ARITY for v in values):
            at += 1
            continue
        at += 1 + need
        numbers = numbers_of(" ".join(values))
        if len(numbers) != need:
            continue
        if command in "SM":
            if points:
                yield points
            points = [(numbers[0], numbers[1])]
        elif command == "C":
            if points:
                points.append(points[0])
        elif points:
            points.extend(_curve(points[-1], numbers) if command in "QB" else [(numbers[-2], numbers[-1])])
    if points:
        yield points


def _curve(start: tuple[float, float], numbers: list[float]) -> Points:
    """A Bézier curve of the second or third degree (de Casteljau)."""
    controls = [start, *zip(numbers[::2], numbers[1::2], strict=True)]
    found: Points = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        level_points = controls
        while len(level_points) > 1:
            level_points = [(p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])) for p, q in pairwise(level_points)]
        found.append(level_points[0])
    return found


def _picture(data: bytes, limits: Limits) -> Image.Image | None:
    """A picture with its transparency; None for one that is damaged, too large or of a kind that is not drawn."""
    if data.startswith(b"\x97JB2"):
        bilevel = jbig2_picture(data, limits.max_pixels // 4)
        return bilevel.convert("RGBA") if bilevel else None
    try:
        picture = Image.open(io.BytesIO(data), formats=_FORMATS)
        if picture.width * picture.height > limits.max_pixels // 4 or max(picture.size) > limits.max_side:
            return None
        return picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, UnreadableFile, Image.DecompressionBombError):
        return None
