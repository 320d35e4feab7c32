"""Small files that would be large, long or without end if anybody believed them; made byte by byte.

Each function gives the whole file. None is larger than some megabytes, and all are the same at every call.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import Image

from tests.samples.pdfs import one_page, pdf, stream

Chunk = tuple[bytes, bytes]


def png(width: int, height: int, depth: int, colour: int, chunks: list[Chunk]) -> bytes:
    """A PNG with these chunks between its header and its end. colour: 0 grey, 2 RGB, 3 palette, 6 RGBA."""
    header = (b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (header, *chunks, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + body


def squeezed(length: int, byte: bytes = b"\0") -> bytes:
    """So many bytes, all the same, in zlib's form; made in steps."""
    packer = zlib.compressobj(9)
    step = byte * (1 << 20)
    parts = [packer.compress(step) for _ in range(length >> 20)]
    return b"".join([*parts, packer.compress(byte * (length % (1 << 20))), packer.flush()])


def png_of_3600_megapixels() -> bytes:
    return png(60_000, 60_000, 8, 2, [(b"IDAT", squeezed(1 << 20))])


def png_at_the_limit(colour: int = 2, depth: int = 8) -> bytes:
    """A page of 119 megapixels, all of it there: dear, and allowed."""
    channels = {0: 1, 2: 3, 6: 4}[colour]
    row = 1 + 10_900 * channels * depth // 8
    return png(10_900, 10_900, depth, colour, [(b"IDAT", squeezed(row * 10_900))])


def png_of_24_megapixels_with_alpha() -> bytes:
    return png(6_000, 4_000, 8, 6, [(b"IDAT", squeezed((1 + 6_000 * 4) * 4_000))])


def png_with_too_much_data() -> bytes:
    """One pixel, and a gigabyte of data behind it."""
    return png(1, 1, 8, 0, [(b"IDAT", squeezed(1 << 30))])


def png_with_a_novel() -> bytes:
    """Notes that unpack to many gigabytes, and a colour profile that does."""
    novel = squeezed(1 << 28)
    notes: list[Chunk] = [(b"zTXt", b"note%d\0\0" % n + novel) for n in range(16)]
    return png(8, 8, 8, 0, [(b"iCCP", b"x\0\0" + novel), *notes, (b"IDAT", squeezed(8 * 9))])


def gif_of_4295_megapixels() -> bytes:
    return b"GIF89a\xff\xff\xff\xff\xf0\0\0" + bytes(6) + b"\x2c\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0;"


def bmp_of_4000_megapixels() -> bytes:
    return b"BM" + struct.pack("<IIIIiiHHIIiiII", 100, 0, 54, 40, 1_000_000, 4_000, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(99)


def pnm_of_a_billion_rows() -> bytes:
    return b"P5 1 1000000000 255\n" + bytes(100)


def webp_of_268_megapixels() -> bytes:
    """A canvas of the largest size that the format has, around one small picture."""
    small = io.BytesIO()
    Image.new("RGB", (8, 8)).save(small, "WEBP", lossless=True)
    frame = small.getvalue()[12:]
    canvas = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + (16_382).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", 4 + len(canvas) + len(frame)) + b"WEBP" + canvas + frame


def tiff(directories: list[list[tuple[int, int, int, int]]], tail: bytes = b"") -> bytes:
    """A little-endian TIFF of these directories of (tag, type, count, value or place); the tail lies at byte 8."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8 + len(tail)) + tail)
    for entries in directories:
        out += struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
        out += struct.pack("<I", len(out) + 4)
    out[-4:] = bytes(4)
    return bytes(out)


def _grey(width: int = 1, height: int = 1, rows: int = 1) -> list[tuple[int, int, int, int]]:
    """The entries of an uncompressed grey picture whose only strip is at byte 8."""
    return [
        (256, 3, 1, width),
        (257, 3, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 3, 1, rows),
        (279, 4, 1, width * height),
    ]


def tiff_of_a_million_pages() -> bytes:
    """10 MB: every directory but the first is one entry."""
    return tiff([_grey(), *[[(256, 3, 1, 1)]] * 550_000], b"\xff" * 8)


def tiff_of_5000_pages_of_notes() -> bytes:
    """As many pages as are allowed, each with some thousand entries, which lie in one another."""
    note = struct.pack("<HHII", 40_000, 3, 1, 1)
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    heads = 5_000
    out += bytes(6 * heads)
    for n in range(heads):
        place = 8 + 6 * n
        struct.pack_into("<H", out, place, 65_535)
    return bytes(out) + note * 65_535


def tiff_with_a_loop() -> bytes:
    data = bytearray(tiff([_grey()], b"\xff" * 8))
    data[-4:] = data[4:8]
    return bytes(data)


def tiff_of_millions_of_strips() -> bytes:
    strips = 2_500_000
    table = struct.pack("<I", 8) * strips
    entries = [e for e in _grey(1, 30_000) if e[0] not in (273, 279)]
    entries += [(273, 4, strips, 8), (279, 4, strips, 8)]
    return tiff([sorted(entries)], table)


def pdf_of_100_000_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(100_000))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % kids,
            *([page] * 100_000),
        ]
    )


def pdf_that_claims_two_billion_pages() -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", page])


def pdf_of_a_million_strokes() -> bytes:
    strokes = b"".join(b"%d %d m %d %d l S\n" % (n % 300, n % 397, n * 7 % 300, n * 3 % 389) for n in range(1_000_000))
    return one_page(stream(zlib.compress(strokes), b"/Filter /FlateDecode"))


def pdf_of_a_million_letters() -> bytes:
    lines = b"".join(b"1 0 0 1 %d %d Tm (%05d) Tj\n" % (n % 280, n % 397, n) for n in range(200_000))
    font = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    return one_page(stream(zlib.compress(b"BT /F 4 Tf\n" + lines + b"ET"), b"/Filter /FlateDecode"), font)


def pdf_of_a_gigabyte() -> bytes:
    """A page whose drawing is a gigabyte of nothing."""
    return one_page(stream(squeezed((1 << 30) - 1, b" "), b"/Filter /FlateDecode"))


def pdf_packed_twice() -> bytes:
    """Two gigabytes of nothing, packed twice."""
    inner = squeezed((2 << 30) - 1, b" ")
    return one_page(stream(zlib.compress(inner, 9), b"/Filter [/FlateDecode /FlateDecode]"))


def pdf_with_a_picture_of_3600_megapixels() -> bytes:
    keys = (
        b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
        b" /Filter /FlateDecode"
    )
    picture = stream(squeezed(200 << 20), keys)
    return one_page(stream(b"300 0 0 400 0 0 cm /I Do"), b"/XObject << /I 5 0 R >>", (picture,))


def pdf_with_a_large_mask() -> bytes:
    """A small picture that shines through a mask of 900 megapixels."""
    small = stream(
        bytes(3),
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8 /SMask 6 0 R",
    )
    mask = stream(
        squeezed(900_000_000),
        b"/Type /XObject /Subtype /Image /Width 30000 /Height 30000 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode",
    )
    return one_page(stream(b"300 0 0 400 0 0 cm /I Do"), b"/XObject << /I 5 0 R >>", (small, mask))


def pdf_of_a_billion_laughs() -> bytes:
    """Thirty drawings, each of which shows the next one twice."""
    forms: list[bytes] = []
    levels = 30
    for n in range(levels):
        keys = b"/Type /XObject /Subtype /Form /BBox [0 0 300 400] /Resources << /XObject << /N %d 0 R >> >>" % (6 + n)
        forms.append(stream(b"/N Do /N Do" if n < levels - 1 else b"0 0 9 9 re f", keys))
    return one_page(stream(b"/N Do"), b"/XObject << /N 5 0 R >>", tuple(forms))


def pdf_of_a_billion_tiles() -> bytes:
    """A pattern of tiny tiles over the whole page."""
    tile = stream(
        b"0 0 .001 .001 re f",
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 .01 .01] /XStep .01 /YStep .01"
        b" /Resources << >>",
    )
    return one_page(stream(b"/Pattern cs /P scn 0 0 300 400 re f"), b"/Pattern << /P 5 0 R >>", (tile,))


def pdf_as_long_as_a_street() -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1 14400000] >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page])


def pdf_nested_without_end() -> bytes:
    return one_page(stream(b"[" * 1_000_000 + b"<<" * 1_000_000))


BOMBS: dict[str, Callable[[], bytes]] = {
    function.__name__: function
    for function in (
        png_of_3600_megapixels,
        png_with_too_much_data,
        png_with_a_novel,
        gif_of_4295_megapixels,
        bmp_of_4000_megapixels,
        pnm_of_a_billion_rows,
        webp_of_268_megapixels,
        tiff_of_a_million_pages,
        tiff_of_5000_pages_of_notes,
        tiff_with_a_loop,
        tiff_of_millions_of_strips,
        pdf_of_100_000_pages,
        pdf_that_claims_two_billion_pages,
        pdf_of_a_million_strokes,
        pdf_of_a_million_letters,
        pdf_of_a_gigabyte,
        pdf_packed_twice,
        pdf_with_a_picture_of_3600_megapixels,
        pdf_with_a_large_mask,
        pdf_of_a_billion_laughs,
        pdf_of_a_billion_tiles,
        pdf_as_long_as_a_street,
        pdf_nested_without_end,
    )
}
"""What must end soon, as a page or as an error of ours, and without much memory."""


def _limit_grey() -> bytes:
    return png_at_the_limit(0)


def _limit_rgba() -> bytes:
    return png_at_the_limit(6)


def _limit_rgba_deep() -> bytes:
    return png_at_the_limit(6, 16)


DEAR: dict[str, Callable[[], bytes]] = {
    "png_24_mp_rgba": png_of_24_megapixels_with_alpha,
    "png_119_mp_grey": _limit_grey,
    "png_119_mp_rgb": png_at_the_limit,
    "png_119_mp_rgba": _limit_rgba,
    "png_119_mp_rgba_16_bit": _limit_rgba_deep,
}
"""Pages as large as the limits allow."""


def all_bombs() -> Iterator[tuple[str, bytes]]:
    for name, make in (BOMBS | DEAR).items():
        yield name, make()
