"""From any Pillow picture to 8-bit BGR pixels: transparency on white, depth and profiles rightly converted."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from paddlescan.document.pixels import Pixels

_BAND_PIXELS = 2_000_000
_BITS_PER_SAMPLE = 258  # TIFF tag

_Band = npt.NDArray[np.uint8]
_Convert = Callable[[Image.Image], tuple[_Band, int]]
"""Some rows of a picture as grey or RGB, with OpenCV's name of the way from there to BGR."""


def to_pixels(image: Image.Image) -> Pixels:
    """uint8 (height, width, 3) BGR of a decoded picture, as it is turned.

    Made in bands: beside the picture and the pixels nothing of their size is held.
    """
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    deep = image.mode.startswith("I") or image.mode == "F"
    convert = _eight_bits(image) if deep else _standard_colours(image)
    for band in _bands(width, height):
        cv2.cvtColor(*convert(image.crop((0, band.start, width, band.stop))), dst=pixels[band])
    return pixels


def turned(pixels: Pixels, orientation: int) -> Pixels:
    """The picture as an EXIF orientation (1 to 8) wants it shown; itself for 1 and for what is no orientation."""
    if orientation in (5, 7):
        pixels = np.asarray(cv2.transpose(pixels), np.uint8)
    code = {2: 1, 3: -1, 4: 0, 7: -1}.get(orientation)
    if code is not None:
        return np.asarray(cv2.flip(pixels, code), np.uint8)
    quarter = {6: cv2.ROTATE_90_CLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}.get(orientation)
    return pixels if quarter is None else np.asarray(cv2.rotate(pixels, quarter), np.uint8)


def _bands(width: int, height: int) -> Iterator[slice]:
    rows = max(1, _BAND_PIXELS // width)
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


def _eight_bits(image: Image.Image) -> _Convert:
    """Grey of more than 8 bits, scaled by its depth and not cut off; of unknown depth, by its own range."""
    depth = _depth(image)
    if depth is not None:

        def shifted(band: Image.Image) -> tuple[_Band, int]:
            values = np.asarray(band)
            values = np.right_shift(values, depth - 8) if depth > 8 else values
            return np.clip(values, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR

        return shifted
    low, high = _range(image)
    scale = 255.0 / (high - low) if high > low else 0.0

    def scaled(band: Image.Image) -> tuple[_Band, int]:
        return ((_finite(band) - low) * scale + 0.5).astype(np.uint8), cv2.COLOR_GRAY2BGR

    return scaled


def _range(image: Image.Image) -> tuple[float, float]:
    """What is black and what is white: the least and the greatest value, or 0 and 1 for fractions of one."""
    lows, highs = [], []
    for band in _bands(*image.size):
        values = _finite(image.crop((0, band.start, image.width, band.stop)))
        lows.append(float(values.min()))
        highs.append(float(values.max()))
    low, high = min(lows), max(highs)
    return (0.0, 1.0) if low >= 0.0 and high <= 1.0 and image.mode == "F" else (low, high)


def _finite(band: Image.Image) -> npt.NDArray[np.float32]:
    return np.nan_to_num(np.asarray(band).astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)


def _depth(image: Image.Image) -> int | None:
    """Bits a sample of a grey picture deeper than 8 bits, or None where nothing says so."""
    tags = getattr(image, "tag_v2", None)
    if tags is not None and image.mode.startswith("I;16"):
        bits = tags.get(_BITS_PER_SAMPLE, (16,))
        return int(bits[0]) if bits else 16
    if image.mode.startswith("I;16"):
        return 16
    return 16 if image.mode == "I" and image.format in ("PNG", "PPM") else None


def _on_white(image: Image.Image) -> Image.Image:
    """The picture without transparency: laid on white paper."""
    if image.mode in ("RGBa", "La"):
        image = image.convert(image.mode.upper())
    if image.mode == "PA" or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode not in ("RGBA", "LA"):
        return image
    ink = image.convert("L" if image.mode == "LA" else "RGB")
    paper = Image.new(ink.mode, image.size, "white")
    paper.paste(ink, mask=image.getchannel("A"))
    return paper


def _standard_colours(image: Image.Image) -> _Convert:
    """Everything of 8 bits: on white, as L or RGB in sRGB, by its own profile where it has a usable one."""
    by_profile = _profile_of(image)

    def convert(band: Image.Image) -> tuple[_Band, int]:
        band = _on_white(band)
        if band.mode in ("1", "P"):
            band = band.convert("L" if band.mode == "1" else "RGB")
        if by_profile is not None and band.mode == by_profile.input_mode:
            band = ImageCms.applyTransform(band, by_profile) or band
        if band.mode not in ("L", "RGB"):
            band = band.convert("RGB")
        return np.asarray(band), cv2.COLOR_GRAY2BGR if band.mode == "L" else cv2.COLOR_RGB2BGR

    return convert


def _profile_of(image: Image.Image) -> ImageCms.ImageCmsTransform | None:
    """From the colours of a picture to sRGB, where it says what they are; a damaged profile is left aside."""
    standard = ImageCms.createProfile("sRGB")
    if image.mode == "LAB":
        return ImageCms.buildTransform(ImageCms.createProfile("LAB"), standard, "LAB", "RGB")
    data = image.info.get("icc_profile")
    mode = "CMYK" if image.mode == "CMYK" else "RGB"
    if not data or image.mode not in ("RGB", "RGBA", "RGBX", "RGBa", "P", "CMYK"):
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        if mode == "RGB" and ImageCms.getProfileDescription(profile).startswith("sRGB"):
            return None
        return ImageCms.buildTransform(profile, standard, mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
