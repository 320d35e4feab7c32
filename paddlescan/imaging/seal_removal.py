"""Taking seals (印章) off a page, so that the print under them can be read.

Inks multiply: where a seal lies over print, each colour channel is the paper's, times what the seal lets through,
times what the print lets through. Print is nearly neutral, so the *ratio* of the channels tells how much seal there
is whether or not print lies under it, and dividing the seal out leaves the print (the colour deconvolution of
Ruifrok and Johnston, "Quantification of histochemical staining", 2001, with one coloured ink and a neutral one).
Only ink of the seal's own hue inside the seal's own outline is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
_RESIDUE = (0.10, 0.35)  # print this much darker than paper (natural logarithm) is seal that is left; and surely print
_HALO = 40  # the soft edge of a stroke is about this part of a seal's size
_HUE_NOISE = 0.04  # radians, at a tint of 1
_MOST_OBLONG = 2.2  # an oval seal
_UPRIGHT = 0.005  # a side that rises by more of its length belongs to a quad that is turned
_RIM = 0.35  # of the way to the middle of a seal, its margin included
_REACH = 70  # a stroke of a seal is about this part of its size
_DARKEST = 8.0  # channels below are noise, not colour
_LOGARITHMS: Floats = np.log(np.maximum(np.arange(256), _DARKEST)).astype(np.float32)
_ENOUGH = 400  # pixels a side are enough to know an ink by


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
        for seal in places:
            _clean(cleaned, seal, strength)
    return cleaned


def _clean(pixels: Pixels, seal: Quad, strength: int) -> None:
    """Take one seal off, in place."""
    window = _window(seal, pixels.shape)
    if window is None:
        return
    patch = pixels[window]
    paper = _paper_around(patch)
    light = _LOGARITHMS[patch] - np.log(np.maximum(paper, _DARKEST))
    inside = _outline(seal, (window[1].start, window[0].start), light)
    tint = _tint(light)
    ink = _ink_of(light, tint, inside)
    if ink is None:
        return
    share = _share(light, tint, inside, ink, strength)
    rows, columns = np.nonzero(share)
    # Cameras keep colour coarser than brightness: a thin stroke's tint is spread over its neighbours, its shade is not.
    amount = _spread(np.minimum(tint / ink.depth, 1.0), min(patch.shape[:2]) // _REACH)[rows, columns]
    neutral = np.minimum(light[rows, columns, ink.clearest] + amount * ink.loss, 0.0)
    neutral *= np.clip((-neutral - _RESIDUE[0]) / (_RESIDUE[1] - _RESIDUE[0]), 0.0, 1.0)
    before = patch[rows, columns].astype(np.float32)
    clean = np.exp(neutral)[:, None] * paper[rows, columns]
    patch[rows, columns] = np.clip(before + (clean - before) * share[rows, columns, None] + 0.5, 0, 255).astype(
        np.uint8
    )


def _share(light: Floats, tint: Floats, inside: Floats, ink: _Ink, strength: int) -> Floats:
    """How much of each pixel is the seal's to be taken off, 0..1."""
    least = min(float(np.interp(strength, (0, 50, 100), (0.45, 0.14, 0.05))), 0.5 * ink.depth)
    share = np.zeros(tint.shape, np.float32)
    clear = np.nonzero((tint > 0.5 * least) & (inside > 0))
    kin = _kinship(light[clear], tint[clear], ink.hue, strength)
    share[clear] = np.clip(2.0 * tint[clear] / least - 1.0, 0.0, 1.0) * kin
    # The soft edge of a stroke is too faint to be told from paper by itself; beside the stroke it is part of it.
    edge = float(np.interp(strength, (0, 50, 100), (0.2, 0.05, 0.02)))
    beside = _spread((share > 0.5).astype(np.float32), min(tint.shape) // _HALO)
    soft = np.nonzero((tint > 0.5 * edge) & (share < 1.0) & (beside * inside > 0))
    kin = np.minimum(1.0, 2.0 * _kinship(light[soft], tint[soft], ink.hue, strength))
    share[soft] = np.maximum(share[soft], np.clip(2.0 * tint[soft] / edge - 1.0, 0.0, 1.0) * kin)
    return share


def _kinship(light: Floats, tint: Floats, hue: float, strength: int) -> Floats:
    """How likely pixels (n, 3) have the seal's own hue, 0..1.

    A faint tint has an uncertain hue. The orange and brown of printed forms are 0.4 to 0.8 above that of a red seal;
    below it, towards magenta, nothing is printed.
    """
    tolerance = float(np.interp(strength, (0, 50, 100), (0.15, 0.25, 0.6))) + _HUE_NOISE / np.maximum(tint, 0.05)
    offset = _hue_offset(_hue(light), hue)
    return cast(Floats, np.clip((1.6 - np.where(offset > 0, offset, -0.5 * offset) / tolerance) / 0.6, 0.0, 1.0))


def _spread(values: Floats, reach: int) -> Floats:
    """The largest value nearby; nearby is a square of so many pixels, three at least."""
    side = max(3, reach | 1)
    return np.asarray(cv2.dilate(values, np.ones((side, side), np.uint8)), np.float32)


def _paper_around(patch: Pixels) -> Floats:
    """The paper's colour at every point of the patch, BGR: what is bright and colourless nearby, smoothed."""
    height, width = patch.shape[:2]
    step = max(1, min(height, width) // 40)
    small = cv2.resize(patch, (max(1, width // step), max(1, height // step)), interpolation=cv2.INTER_NEAREST)
    values = small.astype(np.float32)
    brightest, dimmest = values.max(axis=2), values.min(axis=2)
    plain = dimmest > 0.8 * brightest
    if not plain.any():
        return np.broadcast_to(paper_colour(patch), patch.shape).astype(np.float32)
    weight = (plain & (brightest > 0.85 * np.percentile(brightest[plain], 75))).astype(np.float32)
    spread = min(small.shape[:2]) / 4
    total = cv2.GaussianBlur(weight, (0, 0), spread)[..., None] + 1e-3
    everywhere = values[weight > 0].mean(axis=0)
    paper = (cv2.GaussianBlur(values * weight[..., None], (0, 0), spread) + 1e-3 * everywhere) / total
    return cast(Floats, cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR))


def _window(seal: Quad, shape: tuple[int, ...]) -> tuple[slice, slice] | None:
    left, top, right, bottom = bounds(seal)
    margin = _MARGIN * max(right - left, bottom - top) + 2
    x0, y0 = max(0, int(left - margin)), max(0, int(top - margin))
    x1, y1 = min(shape[1], int(right + margin) + 1), min(shape[0], int(bottom + margin) + 1)
    return (slice(y0, y1), slice(x0, x1)) if x1 - x0 > 2 and y1 - y0 > 2 else None


def _outline(seal: Quad, origin: tuple[int, int], light: Floats) -> Floats:
    """1 inside the seal, 0 outside: its ellipse, or all of its quad where ink stands in the corners (a square seal)."""
    shape = light.shape[:2]
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
    if _is_rectangle(corners):
        return quad.astype(np.float32)
    outside = (quad == 1) & (ellipse == 0)
    tinted = _tint(light) > 0.25
    square = outside.any() and tinted[outside].mean() > 0.12
    return cast(Floats, (quad if square else ellipse).astype(np.float32))


def _is_rectangle(corners: Floats) -> bool:
    """Whether a seal's quad is turned, or far more oblong than an oval: those of rings are upright."""
    across, down = np.abs(corners[1] - corners[0]), np.abs(corners[3] - corners[0])
    turned = across[1] > _UPRIGHT * across[0]
    return bool(turned or across[0] > _MOST_OBLONG * down[1] or down[1] > _MOST_OBLONG * across[0])


def _rim(inside: Floats) -> Floats:
    """1 where a seal has its ring: within the outer part of its outline, where little else is."""
    distance = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 3)
    return cast(Floats, (distance < _RIM * float(distance.max())).astype(np.float32))


def _tint(light: Floats) -> Floats:
    """How unlike the channels are, in natural logarithms: 0 for paper and for black print alike."""
    blue, green, red = cv2.split(light)
    return np.asarray(cv2.max(cv2.max(blue, green), red) - cv2.min(cv2.min(blue, green), red), np.float32)


def _hue(light: Floats) -> Floats:
    """Direction of the tint in radians, independent of its depth and of neutral print beneath it."""
    blue, green, red = light[..., 0], light[..., 1], light[..., 2]
    return cast(Floats, np.arctan2(np.sqrt(3.0) * (green - blue), 2.0 * red - green - blue).astype(np.float32))


def _hue_offset(hue: Floats, other: float) -> Floats:
    """How far a hue lies from another, -pi..pi."""
    return cast(Floats, (hue - other + np.pi) % (2.0 * np.pi) - np.pi)


@dataclass(frozen=True, slots=True)
class _Ink:
    hue: float  # radians
    depth: float  # tint of a full stroke, natural logarithm
    clearest: int  # the channel that sees least of it
    loss: float  # what even that channel loses under a full stroke, natural logarithm


def _ink_of(light: Floats, tint: Floats, inside: Floats) -> _Ink | None:
    """The ink that the seal is made of, or None where there is too little of it."""
    step = max(1, min(tint.shape) // _ENOUGH)
    light, tint, inside = light[::step, ::step], tint[::step, ::step], inside[::step, ::step]
    sample = (
        (inside * _rim(inside) > 0) & (tint > 0.2) & (light.max(axis=2) > -0.8)
    )  # not where black print lies under it
    if int(sample.sum()) < 20:
        return None
    deep = sample & (tint >= np.percentile(tint[sample], 50))
    hues = _hue(light)[deep]
    middle = float(np.arctan2(np.sin(hues).mean(), np.cos(hues).mean()))
    hue = middle + float(np.median(_hue_offset(hues, middle)))
    clearest = int(light[deep].mean(axis=0).argmax())
    loss = max(0.0, float(-np.median(light[deep][:, clearest])))
    return _Ink(hue, float(np.percentile(tint[sample], 75)), clearest, loss)
