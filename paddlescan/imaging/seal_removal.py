"""Taking seals (印章) off a page, so that the print under them can be read.

Inks multiply: where a seal lies over print, each colour channel is the paper's, times what the seal lets through,
times what the print lets through. Print is nearly neutral, so the *ratio* of the channels tells how much seal there
is whether or not print lies under it, and dividing the seal out leaves the print (the colour deconvolution of
Ruifrok and Johnston, "Quantification of histochemical staining", 2001, with one coloured ink and a neutral one).
Only ink of the seal's own hue inside the seal's own outline is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad, bounds
from paddlescan.document.pixels import Pixels, check_pixels
from paddlescan.imaging.seal_places import find_seals, paper_colour

__all__ = ["find_seals", "remove_seals"]

Floats = npt.NDArray[np.float32]

_MARGIN = 0.05  # of a seal's size: ink spreads a little past its outline
_DARKEST = 8.0  # channels below are noise, not colour


def remove_seals(pixels: Pixels, strength: int, seals: Sequence[Quad] | None = None) -> Pixels:
    """A copy of a page with its seals taken off; print under them stays, and so does everything outside.

    pixels: uint8 (height, width, 3), BGR; read, never written. strength: 0 (only the clearest seal ink) to 100
    (every trace of its colour). seals: where they lie, in pixels of this picture; None: looked for. Without seals
    the copy equals the page.
    """
    check_pixels(pixels)
    if not 0 <= strength <= 100:
        raise ValueError("strength is 0..100")
    cleaned = pixels.copy()
    places = find_seals(pixels) if seals is None else seals
    if places:
        paper = paper_colour(pixels)
        for seal in places:
            _clean(cleaned, seal, paper, strength)
    return cleaned


def _clean(pixels: Pixels, seal: Quad, paper: Floats, strength: int) -> None:
    """Take one seal off, in place."""
    window = _window(seal, pixels.shape)
    if window is None:
        return
    patch = pixels[window]
    origin = (window[1].start, window[0].start)
    light = np.log(np.maximum(patch.astype(np.float32), _DARKEST) / np.maximum(paper, _DARKEST))
    inside = _outline(seal, origin, patch.shape[:2], light)
    tint = _tint(light)
    ink = _ink_of(light, tint, inside)
    if ink is None:
        return
    hue, full, clearest, loss = ink
    amount = np.clip(tint / full, 0.0, 1.3)
    least = np.interp(strength, (0, 50, 100), (0.5, 0.2, 0.08))
    tolerance = np.interp(strength, (0, 50, 100), (0.18, 0.32, 0.6))
    kinship = np.clip(2.0 - _hue_distance(_hue(light), hue) / float(tolerance), 0.0, 1.0)
    share = np.clip((amount - least * 0.5) / (least * 0.5), 0.0, 1.0) * kinship * inside
    neutral = np.minimum(light[..., clearest] + amount * loss, 0.0)
    clean = np.exp(neutral)[..., None] * paper
    mixed = patch + (clean - patch) * share[..., None]
    np.copyto(patch, np.clip(mixed + 0.5, 0, 255).astype(np.uint8), where=(share > 0)[..., None])


def _window(seal: Quad, shape: tuple[int, ...]) -> tuple[slice, slice] | None:
    left, top, right, bottom = bounds(seal)
    margin = _MARGIN * max(right - left, bottom - top) + 2
    x0, y0 = max(0, int(left - margin)), max(0, int(top - margin))
    x1, y1 = min(shape[1], int(right + margin) + 1), min(shape[0], int(bottom + margin) + 1)
    return (slice(y0, y1), slice(x0, x1)) if x1 - x0 > 2 and y1 - y0 > 2 else None


def _outline(seal: Quad, origin: tuple[int, int], shape: tuple[int, ...], light: Floats) -> Floats:
    """1 inside the seal, 0 outside: its ellipse, or all of its quad where ink stands in the corners (a square seal)."""
    corners = np.array(seal, np.float32) - np.array(origin, np.float32)
    centre = corners.mean(axis=0)
    grown = centre + (corners - centre) * (1.0 + 2.0 * _MARGIN)
    quad = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(quad, np.round(grown).astype(np.int32), 1)
    across, down = (grown[1] - grown[0]) / 2, (grown[3] - grown[0]) / 2
    turns = np.linspace(0.0, 2.0 * np.pi, 90, endpoint=False)
    rim = centre + np.outer(np.cos(turns), across) + np.outer(np.sin(turns), down)
    ellipse = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(ellipse, np.round(rim).astype(np.int32), 1)
    outside = (quad == 1) & (ellipse == 0)
    tinted = _tint(light) > 0.25
    square = outside.any() and tinted[outside].mean() > 0.12
    return cast(Floats, (quad if square else ellipse).astype(np.float32))


def _tint(light: Floats) -> Floats:
    """How unlike the channels are, in natural logarithms: 0 for paper and for black print alike."""
    return cast(Floats, light.max(axis=2) - light.min(axis=2))


def _hue(light: Floats) -> Floats:
    """Direction of the tint in radians, independent of its depth and of neutral print beneath it."""
    blue, green, red = light[..., 0], light[..., 1], light[..., 2]
    return cast(Floats, np.arctan2(np.sqrt(3.0) * (green - blue), 2.0 * red - green - blue).astype(np.float32))


def _hue_distance(hue: Floats, other: float) -> Floats:
    return cast(Floats, np.abs((hue - other + np.pi) % (2.0 * np.pi) - np.pi))


def _ink_of(light: Floats, tint: Floats, inside: Floats) -> tuple[float, float, int, float] | None:
    """The seal's ink: hue, tint at full depth, its clearest channel, and what that channel loses (logarithms)."""
    lit = light.max(axis=2) > -0.8  # not black
    sample = (inside > 0) & (tint > 0.2) & lit
    if int(sample.sum()) < 20:
        return None
    deep = sample & (tint >= np.percentile(tint[sample], 50))
    hues = _hue(light)[deep]
    hue = float(np.arctan2(np.sin(hues).mean(), np.cos(hues).mean()))
    full = float(np.percentile(tint[sample], 80))
    means = light[deep].mean(axis=0)
    clearest = int(means.argmax())
    return hue, full, clearest, float(-np.median(light[deep][:, clearest]))
