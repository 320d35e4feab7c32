"""Pictures through Pillow (and HEIC through pi-heif): header first, limits second, pixels last."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pi_heif
from PIL import ExifTags, Image, features

from paddlescan.document import Limits
from paddlescan.document.pixels import Pixels
from paddlescan.errors import (
    FileVanished,
    PaddleScanError,
    TooLarge,
    TooManyPages,
    TruncatedFile,
    UnreadableFile,
    UnsupportedFormat,
)
from paddlescan.imaging.colour import to_pixels, turned
from paddlescan.imaging.deep import deep_jpeg2000, deep_planes, has_deep_planes, jpeg2000_bits
from paddlescan.imaging.files import kind_of, size_of
from paddlescan.imaging.formats import Format, ends_early
from paddlescan.imaging.tiff import MOST_STRIPS, directories

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

_COST: dict[Format, float] = {"jpeg2000": 20, "webp": 16.5, "avif": 11, "heic": 11, "gif": 5}
_COST_OF_MODE: dict[str, float] = {"1": 4.5, "L": 4.5, "P": 5, "I;16": 6, "I;16B": 6}
_USUAL_COST, _PROGRESSIVE_COST = 8.2, 10.0
"""Bytes a pixel at the peak of decoding, the pixels themselves included; measured at 24 megapixels
(`tests/benchmarks/loading.py`). WebP keeps two canvases, JPEG 2000 whole numbers,
a progressive JPEG its coefficients."""
_COPIES_OF_FILE = 3  # while a TIFF of deep planes is given new tables

# Pillow's own limit is a guess at what fits; ours is in Limits and is checked before any pixel is decoded.
Image.MAX_IMAGE_PIXELS = None
_ROOM_AT_OPENING = ("gif",)
"""Formats for which Pillow makes room before it tells a size: for the ground under the first picture, however large.
There its own limit stands guard: an error from twice as many pixels on."""
_TOLD = re.compile(r"\((\d+) pixels\)")


@contextmanager
def decoding(file: BinaryIO, name: str, kind: Format) -> Iterator[None]:
    """Whatever a decoder throws at a damaged file becomes one of our errors; its warnings are not for the clerk."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (PaddleScanError, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        told = _TOLD.search(str(error))
        raise TooLarge(file=name, detail=f"{int(told[1]) // 1_000_000} million pixels" if told else "") from error
    except Exception as error:
        if isinstance(error, OSError) and kind_of(error) is FileVanished:
            raise FileVanished(file=name) from error
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


def check_memory(width: int, height: int, cost: float, name: str, limits: Limits) -> None:
    """Raise TooLarge where decoding so many pixels, at so many bytes each, takes more memory than it may."""
    want = round(width * height * cost)
    if want > limits.max_memory_bytes:
        most = limits.max_memory_bytes // 1_000_000
        raise TooLarge(
            file=name, detail=f"{width} × {height} pixels of its kind take {want / 1e6:.0f} MB (at most {most})"
        )


def check_count(count: int, name: str, limits: Limits) -> None:
    """Raise TooManyPages unless so many pages are within the limits."""
    if count > limits.max_pages:
        raise TooManyPages(file=name, detail=f"{count} (at most {limits.max_pages})")


def count_pages(file: BinaryIO, name: str, kind: Format, limits: Limits) -> int:
    """How many pages a picture file has: pages of a TIFF, one for every other format (an animation's first frame).

    Reads headers only. Raises TooLarge (the first page), TooManyPages, TruncatedFile, UnreadableFile.
    """
    with decoding(file, name, kind):
        if kind == "heic":
            heif = _open_heif(file)
            _check_heif(heif, name, limits)
            return 1
        pages = len(_tiff_pages(file, name, limits, limits.max_pages)) if kind == "tiff" else 1
        _open(file, name, kind, limits)
        return pages


def load_raster(file: BinaryIO, name: str, kind: Format, number: int, limits: Limits) -> Pixels:
    """Pixels of one page (counted from 1), turned as EXIF says, 8-bit BGR in sRGB on white."""
    with decoding(file, name, kind):
        if kind == "heic":
            return _load_heif(file, name, limits)
        pages = _tiff_pages(file, name, limits, number) if kind == "tiff" else []
        image = _open(file, name, kind, limits)
        if kind == "tiff":
            image.seek(pages[number - 1])
            check_size(*image.size, name, limits)
            check_memory(*image.size, _COST_OF_MODE.get(image.mode, _USUAL_COST), name, limits)
            if has_deep_planes(image):
                held = _COPIES_OF_FILE * size_of(file) / (image.size[0] * image.size[1])
                check_memory(*image.size, held + _USUAL_COST / 2, name, limits)
                return to_pixels(deep_planes(file, image))
        if kind == "jpeg2000" and image.mode in ("RGB", "RGBA") and (bits := jpeg2000_bits(file)) > 8:
            return to_pixels(deep_jpeg2000(file, bits, image))
        image.load()
        orientation = _orientation(image)
        pixels = to_pixels(image)
        del image  # a large page would be held twice while it is turned
        return turned(pixels, orientation)


def _tiff_pages(file: BinaryIO, name: str, limits: Limits, wanted: int) -> list[int]:
    """Which pictures of a TIFF are pages, not thumbnails or masks of one, by their numbers from 0.

    No further than the page that is wanted. Raises TooManyPages, TooLarge for tables without measure.
    """
    pages: list[int] = []
    for number, directory in enumerate(directories(file)):
        check_count(number + 1, name, limits)
        if directory.strips > MOST_STRIPS:
            raise TooLarge(file=name, detail=f"{directory.strips} strips (at most {MOST_STRIPS})")
        if directory.is_page:
            pages.append(number)
            if len(pages) > wanted:
                break
    return pages or [0]


def _orientation(image: Image.Image) -> int:
    """How EXIF wants a loaded picture turned, 1 to 8; 1 where it does not say so in its own language.

    Pillow has already turned TIFF pages while loading them and dropped the tag, so nothing is turned twice.
    """
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 whatever Pillow throws at damaged EXIF: the page itself is sound
        return 1


def _open(file: BinaryIO, name: str, kind: Format, limits: Limits) -> Image.Image:
    """The picture with its header read and its size checked; not closed, because that would close the caller's file."""
    if kind == "avif" and not features.check("avif"):
        raise UnsupportedFormat(file=name)
    file.seek(0)
    Image.MAX_IMAGE_PIXELS = limits.max_pixels if kind in _ROOM_AT_OPENING else None
    image = Image.open(file, formats=(_PLUGINS[kind],))
    check_size(*image.size, name, limits)
    usual = _PROGRESSIVE_COST if image.info.get("progressive") else _COST_OF_MODE.get(image.mode, _USUAL_COST)
    check_memory(*image.size, _COST.get(kind, usual), name, limits)
    return image


def _open_heif(file: BinaryIO) -> pi_heif.HeifFile:
    file.seek(0)
    return pi_heif.open_heif(file)


def _load_heif(file: BinaryIO, name: str, limits: Limits) -> Pixels:
    """The primary picture of a HEIC. libheif has turned it already: its EXIF orientation is history, not an order."""
    heif = _open_heif(file)
    _check_heif(heif, name, limits)
    return to_pixels(heif.to_pillow())


def _check_heif(heif: pi_heif.HeifFile, name: str, limits: Limits) -> None:
    width, height = heif.size
    check_size(width, height, name, limits)
    check_memory(width, height, _COST["heic"], name, limits)
