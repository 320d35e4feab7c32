"""A small grey picture of a page, shared by everything that judges it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from paddlescan.document.pixels import Pixels

AREA = 1_500_000
"""Pixels of an overview at most; of A4 at 200 dpi it shows every second, with letters of eight points 8 pixels high."""

STROKE = 15
"""Pixels of the overview; wider marks are shadows, folds, borders or pictures, no strokes."""

_DARK_PAGE = 110  # grey level


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """A page reduced to `AREA` pixels. All pictures are uint8 (height, width)."""

    grey: Pixels
    """Dark print on bright paper; a negative is turned over."""
    strokes: Pixels
    """How much darker than its surroundings, in grey levels, where that is narrower than STROKE; else 0."""
    bright_strokes: Pixels
    """How much brighter, likewise."""
    grain: float
    """Mean difference of a pixel to its neighbours' median, in grey levels."""
    scale: float
    """Pixels of the overview per pixel of the page, 1 at most."""
    negative: bool


def look_over(pixels: Pixels) -> Overview:
    """Reduce a page and find its strokes.

    pixels: uint8 (height, width, 3), BGR; read, never written.
    """
    grey, step = _reduced(pixels)
    kernel = np.ones((STROKE, STROKE), np.uint8)
    dark, bright = (
        np.asarray(cv2.morphologyEx(grey, way, kernel), np.uint8) for way in (cv2.MORPH_BLACKHAT, cv2.MORPH_TOPHAT)
    )
    grain = _grain(grey)
    negative = float(np.median(grey[::4, ::4])) < _DARK_PAGE and float(bright.mean()) > float(dark.mean())
    if negative:
        grey, dark, bright = np.asarray(cv2.bitwise_not(grey), np.uint8), bright, dark
    return Overview(grey, dark, bright, grain, 1.0 / step, negative)


def _grain(grey: Pixels) -> float:
    """Of the paper alone: the black bars that a scanner leaves beside it have none."""
    paper = cv2.compare(grey, 0.6 * float(np.median(grey[::4, ::4])), cv2.CMP_GE) if min(grey.shape) > 4 else None
    return float(cv2.mean(cv2.absdiff(grey, cv2.medianBlur(grey, 3)), mask=paper)[0])


def _reduced(pixels: Pixels) -> tuple[Pixels, int]:
    """The page in grey, and how many of its pixels across make one: a whole number, which averages fastest.

    From four on only every second (third, ...) pixel is looked at.
    """
    height, width = pixels.shape[:2]
    step = max(1, math.ceil(math.sqrt(height * width / AREA)))
    step = min(step, height, width)
    whole = pixels[: height // step * step, : width // step * step]
    size = (width // step, height // step)
    if step >= 4:
        each = step // 2
        between = (whole.shape[1] // each, whole.shape[0] // each)
        whole = np.asarray(cv2.resize(whole, between, interpolation=cv2.INTER_NEAREST), np.uint8)
    grey = cv2.cvtColor(whole, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA) if step > 1 else grey, np.uint8), step
