"""What is drawn on a PDF page: whether it is a scan, at which resolution, and what lies beneath its pictures.

Nothing is decoded here: sizes and places stand in the objects themselves.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from paddlescan.document.pixels import Matrix

MOST_OBJECTS = 20_000
"""Looked at on one page; a page with more is a drawing, whatever else there is."""
_DEEPEST = 6
"""Drawings within drawings that are looked into."""
_COVERS = 0.5
"""Of the page: a picture that large hides what lies beneath it."""
_DETAIL = 0.25
"""Of all that the pictures cover: so much of it has at least the resolution that a scan is given."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page."""

    order: int
    """Its place among all objects, in the order in which they are painted."""
    width: int
    height: int
    """In its own pixels."""
    points: tuple[float, float]
    """Width and height as shown, in points."""
    opaque: bool

    @property
    def area(self) -> float:
        """As shown, in square points."""
        return self.points[0] * self.points[1]

    @property
    def dpi(self) -> float:
        """Pixels an inch as shown, along the finer side."""
        return 72.0 * max(
            size / max(shown, 1e-6) for size, shown in zip((self.width, self.height), self.points, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Survey:
    """The objects of a page."""

    pictures: tuple[Picture, ...]
    drawn: bool
    """Whether there is more to see than pictures: letters, lines, shades."""
    orders: dict[int, int]
    """The place of every text object in the order of painting, by its address."""
    page_area: float

    @property
    def scan_dpi(self) -> float | None:
        """The resolution of a page that is nothing but pictures; None for every other page."""
        if self.drawn or not self.pictures:
            return None
        whole, passed = sum(picture.area for picture in self.pictures), 0.0
        for picture in sorted(self.pictures, key=lambda p: -p.dpi):
            passed += picture.area
            if passed >= _DETAIL * whole:
                return picture.dpi
        return None

    @property
    def hidden_before(self) -> int:
        """What was painted before this place lies beneath a picture as large as the page."""
        large = (p.order for p in self.pictures if p.opaque and p.area >= _COVERS * self.page_area)
        return max(large, default=-1)


def survey(page: pdfium.PdfPage) -> Survey:
    """Look at the objects of a page, those within forms too, without decoding any picture."""
    pictures: list[Picture] = []
    orders: dict[int, int] = {}
    drawn, number = False, -1
    for number, (item, matrix) in enumerate(_objects(page)):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            picture = _picture(item, matrix, number)
            if picture is not None:
                pictures.append(picture)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            orders[address(item)] = number
            drawn = drawn or is_seen(item)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING):
            drawn = drawn or kind == raw.FPDF_PAGEOBJ_SHADING or _is_painted(item)
    width, height = page.get_size()
    return Survey(tuple(pictures), drawn or number + 1 >= MOST_OBJECTS, orders, width * height)


def address(item: object) -> int:
    """Where PDFium keeps an object: the same for the same object."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def is_seen(item: object) -> bool:
    """Whether a text object shows: not one without fill and stroke (as a scanner's text has), nor all transparent."""
    if raw.FPDFTextObj_GetTextRenderMode(item) in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        return False
    colour = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(item, *colour)
    return not known or colour[3].value > 25


def _is_painted(item: object) -> bool:
    """Whether a path is filled or stroked; one that only clips is neither."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, fill, stroke):
        return True
    return bool(fill.value or stroke.value)


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[object, Matrix]]:
    """The first objects of a page in the order of painting, each with what maps it to the page."""
    waiting: list[tuple[object, Matrix, int]] = [
        (raw.FPDFPage_GetObject(page, n), np.eye(3), 0)
        for n in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS))
    ][::-1]
    for _ in range(MOST_OBJECTS):
        if not waiting:
            return
        item, matrix, depth = waiting.pop()
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
            yield item, matrix
        elif depth < _DEEPEST:
            inner = matrix @ _matrix(item)
            count = min(raw.FPDFFormObj_CountObjects(item), MOST_OBJECTS)
            waiting += [(raw.FPDFFormObj_GetObject(item, n), inner, depth + 1) for n in range(count)][::-1]


def _matrix(item: object) -> Matrix:
    own = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, own):
        return np.eye(3)
    return np.array([[own.a, own.c, own.e], [own.b, own.d, own.f], [0, 0, 1]], np.float64)


def _picture(item: object, matrix: Matrix, order: int) -> Picture | None:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(item, width, height):
        return None
    shown = matrix @ _matrix(item)
    points = math.hypot(shown[0, 0], shown[1, 0]), math.hypot(shown[0, 1], shown[1, 1])
    if not all(map(math.isfinite, points)):
        return None
    return Picture(order, width.value, height.value, points, not raw.FPDFPageObj_HasTransparency(item))
