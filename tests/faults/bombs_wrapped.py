"""More files that would be large, long or without end: what is packed, linked, or listed many times over.

As in `bombs.py`: each function gives the whole file, of some megabytes at most, the same at every call.
"""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image

from tests.faults.bombs import squeezed, tiff
from tests.samples.ofd_writer import HEAD, OFD, Page, ofd_parts, png, zipped
from tests.samples.originals import BILLION_LAUGHS
from tests.samples.pdfs import one_page, pdf, stream


def gif_whose_first_picture_is_beyond_its_screen() -> bytes:
    """A screen of 32 pixels; the ground under its first picture has 8,400 million."""
    screen = b"GIF89a\x20\0\x20\0\xf0\0\0" + bytes(6)
    return screen + b"!\xf9\x04\x08\0\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0;"


def tiff_of_millions_of_tiles() -> bytes:
    """One pixel a tile."""
    side, tiles = 1500, 1500 * 1500
    entries = [
        *((256, 3, 1, side), (257, 3, 1, side), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (277, 3, 1, 1)),
        *((322, 3, 1, 1), (323, 3, 1, 1), (324, 4, tiles, 8), (325, 4, tiles, 8)),
    ]
    return tiff([entries], struct.pack("<I", 8) * tiles)


def tiff_packed_with_nothing() -> bytes:
    """A sheet of 48 megapixels of 16-bit colour, deflated a thousand times, in one strip."""
    data = squeezed(6_000 * 8_000 * 6)
    entries = [
        *((256, 3, 1, 6_000), (257, 3, 1, 8_000), (258, 3, 3, 8), (259, 3, 1, 8), (262, 3, 1, 2), (273, 4, 1, 14)),
        *((277, 3, 1, 3), (278, 3, 1, 8_000), (279, 4, 1, len(data))),
    ]
    return tiff([entries], struct.pack("<HHH", 16, 16, 16) + data)


def jp2_of_1100_megapixels() -> bytes:
    """A sound JPEG 2000 whose header says otherwise."""
    file = io.BytesIO()
    Image.new("L", (64, 64)).save(file, "JPEG2000")
    data = bytearray(file.getvalue())
    at = data.index(b"ihdr") + 4
    struct.pack_into(">II", data, at, 33_000, 33_000)
    size = data.index(b"\xff\x51") + 6
    struct.pack_into(">II", data, size, 33_000, 33_000)
    return bytes(data)


def jp2_of_a_million_tiles() -> bytes:
    """Sides of 10,000 pixels, cut into tiles of ten."""
    file = io.BytesIO()
    Image.new("L", (64, 64)).save(file, "JPEG2000")
    data = bytearray(file.getvalue())
    struct.pack_into(">II", data, data.index(b"ihdr") + 4, 10_000, 10_000)
    size = data.index(b"\xff\x51") + 6
    struct.pack_into(">IIIIII", data, size, 10_000, 10_000, 0, 0, 10, 10)
    return bytes(data)


def pdf_whose_pages_are_their_own_parents() -> bytes:
    pages = (b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 3 /Parent %d 0 R >>" % parent for parent in (3, 2))
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *pages])


def pdf_of_a_million_objects() -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, *([b"0"] * 1_000_000)])


def pdf_packed_by_lzw() -> bytes:
    """A drawing that LZW unpacks a thousandfold (ISO 32000-1, 7.4.4): one byte, and ever longer strings of it."""
    bits, width, value, codes = 0, 9, 0, [256]
    out = bytearray()
    for _ in range(4_000):
        known, codes = 258, [256, 32]
        while known < 4_095:
            codes.append(known)
            known += 1
        for n, code in enumerate(codes):
            width = 9 if n < 254 else 10 if n < 766 else 11 if n < 1_790 else 12
            value, bits = (value << width) | code, bits + width
            while bits >= 8:
                bits -= 8
                out.append(value >> bits & 0xFF)
            value &= (1 << bits) - 1
        if len(out) > 800_000:
            break
    return one_page(stream(bytes(out), b"/Filter /LZWDecode"))


def pdf_packed_ten_times() -> bytes:
    data = squeezed(1 << 26, b" ")
    for _ in range(9):
        data = zlib.compress(data, 9)
    return one_page(stream(data, b"/Filter [" + b"/FlateDecode " * 10 + b"]"))


def pdf_of_object_streams_that_hold_each_other() -> bytes:
    inner = stream(b"3 0 4 2 0 0", b"/Type /ObjStm /N 2 /First 8 /Extends 4 0 R")
    return pdf([b"<< /Type /Catalog /Pages 3 0 R >>", inner, b"<< /Extends 2 0 R >>", inner])


def pdf_with_a_jbig2_of_4000_megapixels() -> bytes:
    header = struct.pack(">IBBBI", 0, 0x30, 0, 1, 19) + struct.pack(">IIIIBH", 65_000, 65_000, 0, 0, 0, 0)
    keys = b"/Type /XObject /Subtype /Image /Width 65000 /Height 65000 /ColorSpace /DeviceGray /BitsPerComponent 1"
    picture = stream(header, keys + b" /Filter /JBIG2Decode")
    return one_page(stream(b"300 0 0 400 0 0 cm /I Do"), b"/XObject << /I 5 0 R >>", (picture,))


def _invoice(before: str, listed: str, more: dict[str, str] | None = None) -> bytes:
    """A page with `listed` before a tag of its list of parts, and more parts."""
    page = Page()
    page.text(20, 20, "本页正文")
    parts = ofd_parts([page])
    parts["Doc_0/Document.xml"] = str(parts["Doc_0/Document.xml"]).replace(before, listed + before)
    return zipped({**parts, **(more or {})})


def _varied(element: str, count: int) -> str:
    """So many of an element, each with a number of its own, so that they pack no better than a real list."""
    chosen = random.Random(count)
    return "".join(element % f"{chosen.getrandbits(32):x}" for _ in range(count))


def _with_notes(notes: str, page: str) -> bytes:
    more = {
        "Doc_0/A.xml": f"{HEAD}<ofd:Annotations {OFD}>{page}</ofd:Annotations>",
        "Doc_0/N.xml": f"{HEAD}<ofd:PageAnnot {OFD}>{notes}</ofd:PageAnnot>",
    }
    return _invoice("</ofd:Document>", "<ofd:Annotations>A.xml</ofd:Annotations>", more)


def ofd_that_lists_a_note_without_end() -> bytes:
    return _with_notes("", _varied('<ofd:Page PageID="1" ID="%s"><ofd:FileLoc>N.xml</ofd:FileLoc></ofd:Page>', 49_000))


def ofd_that_lists_many_notes_often() -> bytes:
    listed = '<ofd:Page PageID="1"><ofd:FileLoc>N.xml</ofd:FileLoc></ofd:Page>' * 500
    return _with_notes(_varied('<ofd:Annot ID="%s"/>', 190_000), listed)


def ofd_that_lists_its_resources_without_end() -> bytes:
    return _invoice("</ofd:CommonData>", _varied('<ofd:PublicRes ID="%s">PublicRes.xml</ofd:PublicRes>', 90_000))


def ofd_of_a_part_that_unpacks_to_much() -> bytes:
    page = Page()
    return zipped({**ofd_parts([page]), "Doc_0/PublicRes.xml": b" " * (1 << 26)})


def ofd_of_pictures_in_pictures() -> bytes:
    """Two hundred times the same picture of 25 megapixels."""
    page = Page()
    for _ in range(200):
        page.picture("7", 0, 0, 200, 130)
    return zipped(ofd_parts([page], pictures={"7": png(np.zeros((5_000, 5_000), np.uint8))}))


def xml_of_a_billion_laughs() -> bytes:
    return BILLION_LAUGHS


def xml_of_a_million_names() -> bytes:
    return b"<EInvoice>" + b"".join(b"<a%d/>" % n for n in range(900_000)) + b"</EInvoice>"


def xml_of_one_name_of_a_million_marks() -> bytes:
    return b"<EInvoice " + b" ".join(b'a%d="x"' % n for n in range(500_000)) + b"/>"


WRAPPED: dict[str, Callable[[], bytes]] = {
    function.__name__: function
    for function in (
        gif_whose_first_picture_is_beyond_its_screen,
        tiff_of_millions_of_tiles,
        tiff_packed_with_nothing,
        jp2_of_1100_megapixels,
        jp2_of_a_million_tiles,
        pdf_whose_pages_are_their_own_parents,
        pdf_of_a_million_objects,
        pdf_packed_by_lzw,
        pdf_packed_ten_times,
        pdf_of_object_streams_that_hold_each_other,
        pdf_with_a_jbig2_of_4000_megapixels,
        ofd_that_lists_a_note_without_end,
        ofd_that_lists_many_notes_often,
        ofd_that_lists_its_resources_without_end,
        ofd_of_a_part_that_unpacks_to_much,
        ofd_of_pictures_in_pictures,
        xml_of_a_billion_laughs,
        xml_of_a_million_names,
        xml_of_one_name_of_a_million_marks,
    )
}
"""What must end soon, as a page or as an error of ours, and without much memory."""
