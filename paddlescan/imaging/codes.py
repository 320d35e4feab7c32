"""QR codes and barcodes of a page, read by zxing-cpp from the page as it was scanned.

QR codes are read at full resolution: a stranger's phone at a whole A4 sheet leaves two or three pixels a module. The
long bars of barcodes survive a reduced page, and there they cost a tenth. Other square codes (Data Matrix, Aztec,
PDF417) carry nothing that becomes a field and cost ten times a QR code: they are not looked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import cv2
import numpy as np
import zxingcpp

from paddlescan.document import Code, Quad, quad_from
from paddlescan.document.geometry import centre, contains
from paddlescan.document.pixels import Pixels, check_pixels

QR_PIXELS = 16_000_000
"""A larger page is reduced to so many pixels before QR codes are looked for (A4 at 400 dpi has 15.5 million)."""
BARCODE_PIXELS = 2_000_000
"""Likewise for barcodes: A4 at 150 dpi, with two pixels for the thinnest bar of a till's EAN-13."""
MOST_CODES = 32
"""A page gives no more."""
LONGEST_TEXT = 8_000
"""Characters; the largest QR code holds 7,089 digits."""

_KINDS: tuple[tuple[str, int], ...] = (("QRCode", QR_PIXELS), ("EANUPC,Code128,Code39,ITF", BARCODE_PIXELS))


def find_codes(pixels: Pixels) -> tuple[Code, ...]:
    """The QR codes and barcodes on a page, QR codes first, each once.

    pixels: uint8 (height, width, 3), BGR, the page at full resolution, at any turn; read, never written. Quads are
    in these pixels. A code that is damaged beyond its own error correction is left out.
    """
    check_pixels(pixels)
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    codes: dict[tuple[str, str], Code] = {}
    for kinds, most_pixels in _KINDS:
        for code in _read(grey, zxingcpp.barcode_formats_from_str(kinds), most_pixels):
            codes.setdefault((code.symbology, code.text), code)
    return tuple(codes.values())[:MOST_CODES]


def _read(grey: Pixels, formats: zxingcpp.BarcodeFormats, most_pixels: int) -> Iterator[Code]:
    scale = min(1.0, math.sqrt(most_pixels / grey.size))
    if scale < 1.0:
        size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    if min(grey.shape) < 8:
        return
    for found in zxingcpp.read_barcodes(grey, formats=formats, text_mode=zxingcpp.TextMode.Plain):
        text = found.text
        if not text or len(text) > LONGEST_TEXT:
            continue
        place = found.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        # a barcode's quad may be a line: its corners are those of the row in which it was read
        yield Code(text, _name(found.format), quad_from(((p.x + 0.5) / scale, (p.y + 0.5) / scale) for p in corners))


def _name(kind: zxingcpp.BarcodeFormat) -> str:
    """`QR Code` becomes `qr_code`, `EAN-13` `ean_13`."""
    return "_".join(str(kind).lower().replace("-", " ").split())


def codes_within(codes: Iterable[Code], region: Quad | None) -> tuple[Code, ...]:
    """The codes whose middle lies in a region of the page; all of them where the region is the whole page (None)."""
    if region is None:
        return tuple(codes)
    return tuple(code for code in codes if contains(region, centre(code.quad)))
