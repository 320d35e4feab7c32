"""QR codes and barcodes as they stand on a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from paddlescan.document.geometry import Quad


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code or barcode. What it says is data from a stranger: to be parsed, never to be followed."""

    text: str = field(repr=False)
    symbology: str
    """In lower case: `qr_code`, `code_128`, `code_39`, `ean_13`, ..."""
    quad: Quad
    """Where it stands, in pixels of the source page."""
