"""Small pictures of pages for lists."""

from __future__ import annotations

import cv2
import numpy as np

from paddlescan.document.pixels import Pixels, check_pixels


def thumbnail(pixels: Pixels, max_side: int) -> Pixels:
    """A copy whose longer side is at most `max_side`, shape kept, never enlarged; at least 1 x 1 pixel."""
    check_pixels(pixels)
    if max_side < 1:
        raise ValueError("max_side is at least 1")
    height, width = pixels.shape[:2]
    scale = min(1.0, max_side / max(height, width))
    if scale == 1.0:
        return pixels.copy()
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
