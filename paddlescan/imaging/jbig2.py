"""JBIG2 pictures, in which the QR code of an OFD invoice comes: decoded by PDFium, in a PDF made around them."""

from __future__ import annotations

import struct
from contextlib import closing

import pypdfium2 as pdfium
from PIL import Image

_HEAD = b"\x97JB2\r\n\x1a\n"
_PAGE_INFORMATION = 48
_SEGMENT_HEAD = 11
"""Bytes before the data of a segment that refers to no other and belongs to a page below 256."""


def jbig2_picture(data: bytes, most_pixels: int) -> Image.Image | None:
    """A picture of black and white; None for one that is damaged, too large, or not in sequence (ITU-T T.88, D.1)."""
    if not data.startswith(_HEAD) or len(data) < len(_HEAD) + 1:
        return None
    flags = data[len(_HEAD)]
    segments = data[len(_HEAD) + (1 if flags & 2 else 5) :]
    if not flags & 1 or len(segments) < _SEGMENT_HEAD + 8 or segments[4] & 0x3F != _PAGE_INFORMATION:
        return None
    width, height = struct.unpack_from(">II", segments, _SEGMENT_HEAD)
    if not 0 < width * height <= most_pixels:
        return None
    try:
        with closing(pdfium.PdfDocument(_wrapped(segments, width, height))) as document, closing(document[0]) as page:
            picture: Image.Image = page.render(scale=1).to_pil().convert("L")
            return picture
    except pdfium.PdfiumError:
        return None


def _wrapped(segments: bytes, width: int, height: int) -> bytes:
    """A PDF of one page that shows these segments, a point for each pixel."""
    show = f"{width} 0 0 {height} 0 0 cm /I Do".encode()
    picture = f"/Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 1"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R"
        f" /Resources << /XObject << /I 5 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(show), show),
        b"<< /Type /XObject %s /Filter /JBIG2Decode /Length %d >>\nstream\n%s\nendstream"
        % (picture.encode(), len(segments), segments),
    )
    made, places = b"%PDF-1.5\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + tail
