"""From any Pillow picture to 8-bit BGR pixels: transparency on white, depth and profiles rightly converted."""

from __future__ import annotations

import io
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from paddlescan.document.pixels import Pixels

_BAND_PIXELS = 8_000_000  # converted at a time, so that a large page costs one copy and not three
_BITS_PER_SAMPLE = 258  # TIFF tag


def to_pixels(image: Image.Image) -> Pixels:
    """uint8 (height, width, 3) BGR of a decoded picture; the picture may be consumed on the way."""
    if image.mode.startswith("I") or image.mode == "F":
        return np.asarray(cv2.cvtColor(_eight_bits(image), cv2.COLOR_GRAY2BGR), np.uint8)
    image = _standard_colours(_on_white(image))
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    rows = max(1, _BAND_PIXELS // width)
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        band = np.asarray(image.crop((0, top, width, bottom)))
        code = cv2.COLOR_GRAY2BGR if image.mode == "L" else cv2.COLOR_RGB2BGR
        cv2.cvtColor(band, code, dst=pixels[top:bottom])
    return pixels


def _eight_bits(image: Image.Image) -> npt.NDArray[np.uint8]:
    """Grey of more than 8 bits, scaled by its depth and not cut off; of unknown depth, by its own range."""
    values = np.asarray(image)
    depth = _depth(image)
    if depth is not None:
        shifted = np.right_shift(values, depth - 8) if depth > 8 else values
        return cast("npt.NDArray[np.uint8]", np.clip(shifted, 0, 255).astype(np.uint8))
    finite = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(finite.min()), float(finite.max())
    if low >= 0.0 and high <= 1.0 and image.mode == "F":
        low, high = 0.0, 1.0
    scale = 255.0 / (high - low) if high > low else 0.0
    return cast("npt.NDArray[np.uint8]", ((finite - low) * scale + 0.5).astype(np.uint8))


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
    if "icc_profile" in image.info:
        paper.info["icc_profile"] = image.info["icc_profile"]
    return paper


def _standard_colours(image: Image.Image) -> Image.Image:
    """The picture as L or RGB in sRGB, by its own profile where it has a usable one."""
    if image.mode in ("1", "P"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    if image.mode == "LAB":
        transform = ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")
        converted = ImageCms.applyTransform(image, transform)
        return converted if converted is not None else image.convert("RGB")
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        image = _by_profile(image, profile)
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _by_profile(image: Image.Image, data: bytes) -> Image.Image:
    """Through the picture's own colour profile; one that is damaged or of another kind is left aside."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        if image.mode == "RGB" and ImageCms.getProfileDescription(profile).startswith("sRGB"):
            return image
        converted = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return image if converted is None else converted
