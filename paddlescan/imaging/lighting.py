"""Uneven light taken off a photographed page: shadows, the falling-off of a lamp, dark corners."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document.pixels import Pixels, check_pixels

Plane = npt.NDArray[np.uint8]

_LONG_SIDE = 400  # pixels that the light is measured on
_PRINT = 21  # pixels: print has thinner strokes, and is closed
_PATCH, _PATCH_TONE = 61, 0.85  # pixels; a patch no wider and darker than what is around is print (a code, a bar)
_SOFT = 3.0  # pixels
_FILL = 75  # pixels: how far off paper lends its light to what is no paper
_UNEVEN = 0.72  # darkest over brightest paper; light that is more even than that is left alone
_DARKEST = 0.38  # of the brightest paper: darker is no shadow but print, or the table
_COLOURED = 28  # between the least and the greatest colour, more than the paper has: print, or the table
_MOSTLY_PAPER = 0.8  # of the page
_ROUGH, _ROUGHLY, _MOST_ROUGH = 12.0, 0.08, 0.12  # light that differs so much from its mean around, on most so much


def flatten_lighting(pixels: Pixels) -> Pixels:
    """The page as if it were evenly lit; the very same array where the light is even, or where there is doubt.

    pixels: uint8 (height, width, 3), BGR, a page without table around it; read, never written. All three colours are
    raised alike, so seals stay red and faint print keeps its contrast with the paper; paper becomes as bright as its
    brightest parts are, no brighter. Doubt is a page whose larger part is no paper of one colour.
    """
    check_pixels(pixels)
    light = _measured(pixels)
    if light is None:
        return pixels
    plane, brightest = light
    full = cv2.resize(cv2.merge([plane] * 3), pixels.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(pixels, full, dst=full, scale=brightest), np.uint8)


def _measured(pixels: Pixels) -> tuple[Plane, float] | None:
    """How bright paper is, or would be, everywhere on a reduced page, and at its brightest; None for even light."""
    small = _reduced(pixels)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_PRINT, _PRINT), np.uint8))
    blue, green, red = cv2.split(closed)
    greatest, least = cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red)
    bright = float(np.percentile(greatest, 95))
    colour = (greatest - least).astype(np.int16)
    paper = (greatest > _DARKEST * bright) & (np.abs(colour - np.median(colour)) < _COLOURED)
    paper &= greatest > _PATCH_TONE * cv2.morphologyEx(greatest, cv2.MORPH_CLOSE, np.ones((_PATCH, _PATCH), np.uint8))
    if bright < 1.0 or paper.mean() < _MOSTLY_PAPER:
        return None
    plane = _filled(cv2.medianBlur(greatest, 9), paper)
    darkest, brightest = (float(level) for level in np.percentile(plane[paper], (2, 97)))
    if darkest > _UNEVEN * brightest or _is_rough(plane):
        return None
    return np.minimum(plane, round(brightest)).astype(np.uint8), float(round(brightest))


def _reduced(pixels: Pixels) -> Pixels:
    """Every few rows are enough."""
    height, width = pixels.shape[:2]
    scale = _LONG_SIDE / max(height, width)
    if scale >= 1.0:
        return pixels
    rows = pixels[:: max(1, int(0.5 / scale))]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(rows, size, interpolation=cv2.INTER_AREA), np.uint8)


def _is_rough(plane: Plane) -> bool:
    """Does it change by steps all over, as a photograph of things does, and light hardly ever?"""
    around = cv2.GaussianBlur(plane, (0, 0), _ROUGH).astype(np.float32)
    return bool(np.mean(np.abs(plane - around) > _ROUGHLY * around) > _MOST_ROUGH)


def _filled(plane: Plane, paper: npt.NDArray[np.bool_]) -> Plane:
    """Smoothed; what is no paper gets the light of the paper around it."""
    weight = cv2.erode(paper.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(np.float32)
    light = plane.astype(np.float32)
    far = cv2.blur(light * weight, (_FILL, _FILL)) / (cv2.blur(weight, (_FILL, _FILL)) + 1e-4)
    whole = np.where(weight > 0, light, far)
    return np.asarray(np.clip(cv2.GaussianBlur(whole, (0, 0), _SOFT), 1, 255), np.uint8)
