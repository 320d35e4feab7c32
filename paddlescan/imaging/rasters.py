"""Pictures through Pillow (and HEIC through pi-heif): header first, limits second, pixels last."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pi_heif
from PIL import Image, ImageOps, features

from paddlescan.document import Limits
from paddlescan.document.pixels import Pixels
from paddlescan.errors import PaddleScanError, TooLarge, TooManyPages, TruncatedFile, UnreadableFile, UnsupportedFormat
from paddlescan.imaging.colour import to_pixels
from paddlescan.imaging.formats import Format, ends_early

_PLUGINS: dict[Format, str] = {
    "jpeg": "JPEG",
    "png": "PNG",
    "tiff": "TIFF",
    "gif": "GIF",
    "bmp": "BMP",
    "webp": "WEBP",
    "jpeg2000": "JPEG2000",
    "pnm": "PPM",
    "avif": "AVIF",
}
_SUBFILE_TYPE = 254  # TIFF tag: bit 0 a thumbnail, bit 2 a transparency mask
_NO_PAGE = 0b101

# Pillow's own limit is a guess at what fits; ours is in Limits and is checked before any pixel is decoded.
Image.MAX_IMAGE_PIXELS = None


@contextmanager
def decoding(file: BinaryIO, name: str, kind: Format) -> Iterator[None]:
    """Whatever a decoder throws at a damaged file becomes one of our errors; its warnings are not for the clerk."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (PaddleScanError, MemoryError):
        raise
    except Exception as error:
        raise (TruncatedFile if _cut(file, kind) else UnreadableFile)(file=name) from error


def _cut(file: BinaryIO, kind: Format) -> bool:
    try:
        return ends_early(file, kind)
    except (OSError, ValueError):
        return False


def check_size(width: int, height: int, name: str, limits: Limits) -> None:
    """Raise TooLarge unless a page of so many pixels is within the limits, UnreadableFile if it has none."""
    if width < 1 or height < 1:
        raise UnreadableFile(file=name)
    if max(width, height) > limits.max_side or width * height > limits.max_pixels:
        most = limits.max_pixels // 1_000_000
        raise TooLarge(
            file=name, detail=f"{width} × {height} pixels (at most {most} million, {limits.max_side} a side)"
        )


def check_count(count: int, name: str, limits: Limits) -> None:
    """Raise TooManyPages unless so many pages are within the limits."""
    if count > limits.max_pages:
        raise TooManyPages(file=name, detail=f"{count} (at most {limits.max_pages})")


def count_pages(file: BinaryIO, name: str, kind: Format, limits: Limits) -> int:
    """How many pages a picture file has: frames of a TIFF, one for every other format (an animation's first).

    Reads headers only. Raises TooLarge (the first page), TooManyPages, TruncatedFile, UnreadableFile.
    """
    with decoding(file, name, kind):
        if kind == "heic":
            heif = _open_heif(file)
            check_size(heif.size[0], heif.size[1], name, limits)
            return 1
        image = _open(file, name, kind, limits)
        return len(_page_frames(image, name, limits)) if kind == "tiff" else 1


def load_raster(file: BinaryIO, name: str, kind: Format, number: int, limits: Limits) -> Pixels:
    """Pixels of one page (counted from 1), turned as EXIF says, 8-bit BGR in sRGB on white."""
    with decoding(file, name, kind):
        if kind == "heic":
            return _load_heif(file, name, limits)
        image = _open(file, name, kind, limits)
        if kind == "tiff":
            image.seek(_page_frames(image, name, limits)[number - 1])
            check_size(*image.size, name, limits)
        image.load()
        # Pillow has already turned TIFF frames while loading them and dropped the tag, so this turns nothing twice.
        ImageOps.exif_transpose(image, in_place=True)
        return to_pixels(image)


def _open(file: BinaryIO, name: str, kind: Format, limits: Limits) -> Image.Image:
    """The picture with its header read and its size checked; not closed, because that would close the caller's file."""
    if kind == "avif" and not features.check("avif"):
        raise UnsupportedFormat(file=name)
    file.seek(0)
    image = Image.open(file, formats=(_PLUGINS[kind],))
    check_size(*image.size, name, limits)
    return image


def _page_frames(image: Image.Image, name: str, limits: Limits) -> list[int]:
    """Indexes of the frames of a TIFF that are pages, not thumbnails or masks of one."""
    frames: list[int] = []
    every = 0
    while every <= limits.max_pages:
        try:
            image.seek(every)
        except EOFError:
            break
        if not int(image.tag_v2.get(_SUBFILE_TYPE, 0)) & _NO_PAGE:  # type: ignore[attr-defined]
            frames.append(every)
        every += 1
    check_count(every, name, limits)
    image.seek(0)
    return frames or [0]


def _open_heif(file: BinaryIO) -> pi_heif.HeifFile:
    file.seek(0)
    return pi_heif.open_heif(file)


def _load_heif(file: BinaryIO, name: str, limits: Limits) -> Pixels:
    """The primary picture of a HEIC. libheif has turned it already: its EXIF orientation is history, not an order."""
    heif = _open_heif(file)
    check_size(heif.size[0], heif.size[1], name, limits)
    image = heif.to_pillow()
    return to_pixels(image)
