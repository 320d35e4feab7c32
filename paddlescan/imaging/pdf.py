"""PDF pages through PDFium, drawn at the resolution that recognition needs."""

from __future__ import annotations

import ctypes
import math
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from paddlescan.document import Limits
from paddlescan.document.pixels import Matrix, PageImage, Pixels
from paddlescan.errors import PageTimedOut, PasswordNeeded, UnreadableFile, WrongPassword
from paddlescan.imaging.pdf_objects import Survey, survey
from paddlescan.imaging.pdf_text import page_text
from paddlescan.imaging.rasters import check_count, check_size, decoding

_POINTS_PER_INCH = 72.0
_COARSEST = 72.0
"""Dots an inch that a scan is drawn at in any case."""
_PICTURE_PIXELS = 3
"""Times `max_pixels`: a picture within a page may have as many (A0 at 600 dpi, black and white, is 557 million)."""
_FAR = 1000.0
_FINE = 64


@contextmanager
def _opened(file: BinaryIO, name: str, limits: Limits, password: str | None) -> Iterator[pdfium.PdfDocument]:
    """The document, closed afterwards. Raises PasswordNeeded, WrongPassword, TooManyPages, UnreadableFile."""
    with decoding(file, name, "pdf"):
        file.seek(0)
        try:
            document = pdfium.PdfDocument(file, password=password or None)
        except pdfium.PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                raise (WrongPassword if password else PasswordNeeded)(file=name) from error
            raise
        with closing(document):
            check_count(len(document), name, limits)
            yield document


def count_pages(file: BinaryIO, name: str, limits: Limits, password: str | None) -> int:
    """How many pages a PDF has."""
    with _opened(file, name, limits, password) as document:
        return len(document)


def load_pdf_page(file: BinaryIO, name: str, number: int, limits: Limits, password: str | None) -> PageImage:
    """One page (counted from 1) with its own text: its CropBox, turned by its /Rotate, notes and form fields included.

    Drawn on white at `limits.pdf_dpi`; a scan at its own resolution where that is less, or where its page is small;
    never so large that its longer side would pass `limits.pdf_max_side`. Raises PageTimedOut where drawing takes longer
    than `limits.max_seconds` of computing: a machine that sleeps meanwhile, or has much else to do, is no page's fault.
    """
    until = time.thread_time() + limits.max_seconds

    def late() -> bool:
        return time.thread_time() > until

    with _opened(file, name, limits, password) as document:
        document.init_forms()
        with closing(document[number - 1]) as page:
            size = page.get_size()
            if not all(math.isfinite(side) and side > 0 for side in size):
                raise UnreadableFile(file=name)
            seen = survey(page)
            _check_pictures(seen, name, limits)
            scale = _scale(size, seen.scan_dpi, limits)
            width, height = (math.ceil(side * scale) for side in size)
            check_size(width, height, name, limits)
            pixels = _drawn(page, width, height, late)
            if pixels is None:
                raise PageTimedOut(file=name, detail=f"{limits.max_seconds:g} s")
            text = page_text(page, seen, _to_pixels(page, width, height), pixels, limits.pdf_max_characters, late)
            return PageImage(pixels, text)


def _scale(size: tuple[float, float], scan_dpi: float | None, limits: Limits) -> float:
    """Pixels a point."""
    scale = limits.pdf_dpi / _POINTS_PER_INCH
    if scan_dpi is not None:
        scale = min(max(scale, limits.pdf_scan_side / max(size)), max(scan_dpi, _COARSEST) / _POINTS_PER_INCH)
    return min(scale, limits.pdf_max_side / max(size))


def _check_pictures(seen: Survey, name: str, limits: Limits) -> None:
    """PDFium unpacks a picture as a whole: one beyond the limits is refused before it does."""
    for picture in seen.pictures:
        if picture.width * picture.height > _PICTURE_PIXELS * limits.max_pixels:
            check_size(picture.width, picture.height, name, limits)


def _drawn(page: pdfium.PdfPage, width: int, height: int, is_late: Callable[[], bool]) -> Pixels | None:
    """The page on white, uint8 (height, width, 3) BGR; None where time was up before it was done."""
    with closing(pdfium.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)) as bitmap:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        where = (bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
        pause = raw.IFSDK_PAUSE(version=1)
        asked = type(pause.NeedToPauseNow)(lambda _: int(is_late()))
        pause.NeedToPauseNow = asked
        status = raw.FPDF_RenderPageBitmap_Start(*where, pause)
        raw.FPDF_RenderPage_Close(page)
        if status == raw.FPDF_RENDER_TOBECONTINUED:
            return None
        if status == raw.FPDF_RENDER_FAILED:
            raise ValueError("not drawn")  # else a white page would be taken for it
        if page.formenv:
            raw.FPDF_FFLDraw(page.formenv, *where)
        return np.array(bitmap.to_numpy()[:, :, :3], np.uint8, order="C")


def _to_pixels(page: pdfium.PdfPage, width: int, height: int) -> Matrix:
    """What maps a point of the page, in its own points, to pixels of the page drawn in this size."""
    x, y = ctypes.c_int(), ctypes.c_int()
    places = []
    for point in ((0.0, 0.0), (_FAR, 0.0), (0.0, _FAR)):
        # in whole pixels, so of a page that is as much larger
        raw.FPDF_PageToDevice(page, 0, 0, width * _FINE, height * _FINE, 0, *point, x, y)
        places.append(np.array([x.value, y.value]) / _FINE)
    origin, right, up = places
    return np.array([[*((right - origin) / _FAR), 0], [*((up - origin) / _FAR), 0], [*origin, 1]]).T
