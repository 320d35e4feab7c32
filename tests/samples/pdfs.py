"""PDFs written by hand: objects, pages, and pages of text in the fonts that every reader has."""

from __future__ import annotations

from dataclasses import dataclass

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, counted from 1; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def stream(data: bytes, keys: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), keys, data)


def one_page(
    content: bytes,
    resources: bytes = b"",
    others: tuple[bytes, ...] = (),
    keys: bytes = b"",
    size: tuple[int, int] = (300, 400),
) -> bytes:
    """A PDF of one page of that size in points. content: the object that draws it, number 4; others: 5, 6, ..."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources << %s >> %s >>"
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page % (*size, resources, keys),
            content,
            *others,
        ]
    )


@dataclass(frozen=True)
class Words:
    """Text at a place of the page (in points from its lower left corner)."""

    text: str
    x: float
    y: float
    size: float = 12.0
    font: str = "F"
    mode: int = 0
    """3: invisible."""
    colour: str = "0 g"
    matrix: str = "1 0 0 1"
    """Its turn, as the first four numbers of a text matrix."""

    def drawn(self) -> bytes:
        """The operators that show it."""
        escaped = self.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        place = f"{self.matrix} {self.x} {self.y} Tm"
        return f"q {self.colour} BT /{self.font} {self.size} Tf {self.mode} Tr {place} ({escaped}) Tj ET Q\n".encode(
            "cp1252"
        )


def text_page(
    words: list[Words],
    before: bytes = b"",
    after: bytes = b"",
    keys: bytes = b"",
    fonts: dict[str, bytes] | None = None,
    size: tuple[int, int] = (300, 400),
    pictures: dict[str, bytes] | None = None,
) -> bytes:
    """A PDF of one page with these words. before, after: what else is drawn, beneath and over them. fonts: more of
    them, by name; F is Helvetica. pictures: image objects, by name."""
    named = {"F": HELVETICA} | (fonts or {})
    shown = pictures or {}
    resources = b"/Font << " + b" ".join(b"/%s %s" % (n.encode(), font) for n, font in named.items()) + b" >>"
    places = b" ".join(b"/%s %d 0 R" % (n.encode(), 5 + at) for at, n in enumerate(shown))
    resources += b" /XObject << " + places + b" >>"
    content = before + b"".join(word.drawn() for word in words) + after
    return one_page(stream(content), resources, tuple(shown.values()), keys, size)


def picture(width: int, height: int, grey: bytes) -> bytes:
    """An image object: grey, 8 bits, uncompressed."""
    keys = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
    return stream(grey, keys % (width, height))
