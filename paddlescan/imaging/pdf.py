"""PDF pages through PDFium, drawn at the resolution that recognition needs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from paddlescan.document import Limits
from paddlescan.document.pixels import Pixels
from paddlescan.errors import PasswordNeeded, UnreadableFile, WrongPassword
from paddlescan.imaging.rasters import check_count, check_size, decoding

_POINTS_PER_INCH = 72.0


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


def load_pdf_page(file: BinaryIO, name: str, number: int, limits: Limits, password: str | None) -> Pixels:
    """Pixels of one page (counted from 1): its CropBox, turned by its /Rotate, notes and form fields included.

    Drawn on white at `limits.pdf_dpi`, or less where its longer side would pass `limits.pdf_max_side`.
    """
    with _opened(file, name, limits, password) as document:
        document.init_forms()
        with closing(document[number - 1]) as page:
            width, height = page.get_size()
            if not (math.isfinite(width) and math.isfinite(height)) or min(width, height) <= 0:
                raise UnreadableFile(file=name)
            scale = min(limits.pdf_dpi / _POINTS_PER_INCH, limits.pdf_max_side / max(width, height))
            check_size(math.ceil(width * scale), math.ceil(height * scale), name, limits)
            with closing(page.render(scale=scale, rev_byteorder=False)) as bitmap:
                drawn = bitmap.to_numpy()
                if drawn.ndim == 2:
                    drawn = drawn[:, :, np.newaxis].repeat(3, axis=2)
                return np.array(drawn[:, :, :3], np.uint8, order="C")
