"""Pages with QR codes and barcodes: a drawn VAT invoice and a plain page, scanned in many ways."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import zxingcpp

from paddlescan.document import Quad
from paddlescan.document.pixels import Pixels
from tests.samples import bad_scans
from tests.samples.chinese import vat_invoice

VAT_TEXT = "01,10,033002600111,58213407,400.00,20260608,70316529481106728354,0941,"
"""The code of the drawn invoice, which says what is printed on it."""
DIGITAL_TEXT = "01,32,,26332000000158213407,424.00,20260608,,5F98"
_CORNER = (90, 60)
"""Where the code stands on an invoice, in pixels of the unscaled page."""


def symbol(text: str, module: int, symbology: str = "QRCode", **options: Any) -> Pixels:
    """A code as grey pixels with its quiet zone, its modules so many pixels wide."""
    barcode = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, symbology), **options)
    return np.array(barcode.to_image(scale=module), np.uint8)


def put(page: Pixels, picture: Pixels, left: int, top: int) -> Pixels:
    """A copy of a page with a grey picture on it."""
    page = page.copy()
    height, width = picture.shape
    page[top : top + height, left : left + width] = picture[..., None]
    return page


def invoice_with(text: str, side: int = 170) -> tuple[Pixels, Quad]:
    """The drawn VAT invoice with a code of that side (170 of 1,400 pixels: 2.5 cm of 21) and where it stands."""
    drawn = np.asarray(vat_invoice()[0].image.convert("RGB"), np.uint8)[:, :, ::-1]
    picture = np.asarray(cv2.resize(symbol(text, 8), (side, side), interpolation=cv2.INTER_AREA), np.uint8)
    x, y = _CORNER
    return put(np.ascontiguousarray(drawn), picture, x, y), ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


@dataclass(frozen=True)
class Scanned:
    """How a page was scanned."""

    dpi: int
    degrees: float = 0.0
    quality: int = 85
    blur: float = 0.5
    noise: float = 4.0

    def __str__(self) -> str:
        spoilt = f"blur {self.blur:g}, noise {self.noise:g}, JPEG {self.quality}"
        return f"{self.dpi} dpi, {self.degrees:g} degrees, {spoilt}"


def scanned(page: Pixels, how: Scanned, page_width_inches: float = 8.27) -> Pixels:
    """A page as a scanner and a JPEG file make of it; new corners are white."""
    scale = how.dpi * page_width_inches / page.shape[1]
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=method), np.uint8)
    if how.degrees:
        height, width = sized.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), how.degrees, 1.0)
        wide, high = (int(v) for v in np.abs(matrix[:, :2]) @ (width, height))
        matrix[:, 2] += (wide - width) / 2, (high - height) / 2
        sized = np.asarray(cv2.warpAffine(sized, matrix, (wide, high), borderValue=(255, 255, 255)), np.uint8)
    soft = cv2.GaussianBlur(sized, (0, 0), how.blur) if how.blur else sized
    random = np.random.default_rng(zlib.crc32(str(how).encode()))
    grainy = soft + random.normal(0, how.noise, (*soft.shape[:2], 1))
    return bad_scans.jpeg(np.asarray(grainy.clip(0, 255).round(), np.uint8), how.quality)
