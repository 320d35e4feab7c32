"""Loading: from an open file to a page as a viewer would show it.

The one door to the decoders. What a file is, its content says; `name` only fills the sentences of errors. Nothing a
decoder throws comes through: every failure is a PaddleScanError.
"""

from __future__ import annotations

from typing import BinaryIO

from paddlescan.document import Limits, SourceInfo
from paddlescan.document.pixels import PageImage
from paddlescan.errors import EmptyFile, PackedFile, TooLarge, UnreadableFile, UnsupportedFormat
from paddlescan.imaging import invoice_xml, ofd, pdf, rasters
from paddlescan.imaging.files import kind_of, open_source, sha256_of, size_of, unchanged
from paddlescan.imaging.formats import Format, detect_format, is_packed

__all__ = ["inspect_source", "load_page", "open_source", "sha256_of"]


def inspect_source(file: BinaryIO, name: str, limits: Limits, password: str | None = None) -> SourceInfo:
    """Format, page count and SHA-256 of a file, from its headers.

    file: seekable, opened for reading; not closed. password: for an encrypted PDF. Raises EmptyFile,
    UnsupportedFormat, UnreadableFile, TruncatedFile, PasswordNeeded, WrongPassword, TooLarge, TooManyPages,
    FileChanged, FileVanished (a disk that is gone).
    """
    with unchanged(file, name):
        kind = _recognised(file, name, limits)
        if kind == "pdf":
            count = pdf.count_pages(file, name, limits, password)
        elif kind == "ofd":
            count = ofd.count_pages(file, name, limits)
        elif kind == "xml":
            invoice_xml.check_invoice(file, name)
            count = 1
        else:
            count = rasters.count_pages(file, name, kind, limits)
        try:
            return SourceInfo(kind, count, sha256_of(file))
        except OSError as error:
            raise kind_of(error)(file=name) from error


def load_page(file: BinaryIO, name: str, number: int, limits: Limits, password: str | None = None) -> PageImage:
    """One page of a file, counted from 1, as a viewer shows it: EXIF applied once, sRGB, 8 bits, on white.

    An electronic original (OFD, XML) is drawn, and says in `original` what it holds.

    Sizes are checked before pixels are decoded. Raises what `inspect_source` raises, and PageTimedOut; UnreadableFile
    also for a page number that the file (no longer) has.
    """
    if number < 1:
        raise ValueError("pages are counted from 1")
    with unchanged(file, name):
        return _loaded(file, name, number, limits, password)


def _loaded(file: BinaryIO, name: str, number: int, limits: Limits, password: str | None) -> PageImage:
    kind = _recognised(file, name, limits)
    if kind == "pdf":
        return pdf.load_pdf_page(file, name, number, limits, password)
    if kind == "ofd":
        return ofd.load_ofd_page(file, name, number, limits)
    if number > 1 and kind != "tiff":
        raise UnreadableFile(file=name)
    if kind == "xml":
        return invoice_xml.load_invoice(file, name, limits)
    return PageImage(rasters.load_raster(file, name, kind, number, limits))


def _recognised(file: BinaryIO, name: str, limits: Limits) -> Format:
    try:
        size = size_of(file)
        if size == 0:
            raise EmptyFile(file=name)
        if size > limits.max_file_bytes:
            most = limits.max_file_bytes // (1024 * 1024)
            raise TooLarge(file=name, detail=f"{size // (1024 * 1024)} MiB (at most {most})")
        kind = detect_format(file)
        packed = kind is None and is_packed(file)
    except OSError as error:
        raise kind_of(error)(file=name) from error
    if kind is None:
        raise (PackedFile if packed else UnsupportedFormat)(file=name)
    return kind
