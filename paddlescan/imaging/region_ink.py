"""The ink of a whole page, reduced, as pieces of print whose distances can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document.pixels import Pixels

Mask = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]

LONG_SIDE = 1200
"""Pixels that everything about regions is measured on."""

_STROKE = 21  # widest stroke in those pixels
_FAINTEST = 22  # grey levels of contrast that count as ink at all
_STRENGTH = 0.45  # of the page's usual print: fainter specks are shadows of paper edges, grain, show-through
_SPECK = 5  # pixels
_LETTERS = (4, 60)  # pixels: sides of what may be a letter
_MOST_PARTS = 30_000  # of a picture that is all texture: nothing to be told apart


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """What is printed on a reduced page. Boxes are x, y, width, height of each connected part."""

    pixels: Pixels
    mask: Mask
    """1 where there is ink."""
    labels: Numbers
    """The part that each pixel belongs to, counted from 1; 0 for paper."""
    boxes: Numbers
    areas: Numbers
    letters: npt.NDArray[np.bool_]
    """Which parts have the size of a letter or a word."""
    distance: Floats
    """Pixels to the nearest ink."""
    letter: float
    """Pixels: the usual height of a letter."""


def ink_of(pixels: Pixels) -> Ink | None:
    """The ink of a page that is already reduced; None where there is too little or where all is texture.

    pixels: uint8 (height, width, 3), BGR. Red and blue print count like black.
    """
    darkest = np.asarray(pixels.min(axis=2), np.uint8)
    contrast = cv2.morphologyEx(darkest, cv2.MORPH_BLACKHAT, np.ones((_STROKE, _STROKE), np.uint8))
    mask = cast(Mask, (contrast > _FAINTEST).astype(np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if not 40 <= count <= _MOST_PARTS:
        return None
    peaks = _peaks(contrast, labels, count)
    areas = stats[:, cv2.CC_STAT_AREA]
    usual = _weighted_median(peaks[1:], areas[1:])
    keep = (areas >= _SPECK) & (peaks >= _STRENGTH * usual)
    keep[0] = False
    if int(keep.sum()) < 40:
        return None
    renumbered = np.where(keep, np.cumsum(keep), 0).astype(np.int32)
    labels = renumbered[labels]
    mask = (labels > 0).astype(np.uint8)
    boxes, areas = stats[keep, :4].astype(np.int32), areas[keep].astype(np.int32)
    sides = boxes[:, 2:]
    letters = (sides.max(axis=1) >= _LETTERS[0]) & (sides.max(axis=1) <= _LETTERS[1])
    compact = letters & (sides.max(axis=1) <= 2.5 * sides.min(axis=1)) & (areas >= 8)
    if int(compact.sum()) < 30:
        return None
    letter = float(np.median(sides.max(axis=1)[compact]))
    distance = cv2.distanceTransform(1 - mask, cv2.DIST_L2, cv2.DIST_MASK_3)
    return Ink(pixels, mask, labels, boxes, areas, letters, cast(Floats, distance), letter)


def blocks_of(ink: Ink, gap: float, parts: Numbers) -> list[Numbers]:
    """The parts (indexes into `boxes`) grouped so that ink less than `gap` pixels apart is together, largest first."""
    _, joined = cv2.connectedComponents((ink.distance <= gap / 2).astype(np.uint8), connectivity=8)
    owner = np.zeros(len(ink.boxes) + 1, np.int32)
    inked = ink.mask > 0
    owner[ink.labels[inked]] = joined[inked]
    owners = owner[1:][parts]
    order = np.argsort(owners, kind="stable")
    cuts = np.flatnonzero(np.diff(owners[order])) + 1
    groups = [parts[group] for group in np.split(order, cuts)]
    return sorted(groups, key=lambda group: -int(ink.areas[group].sum()))


def _peaks(contrast: Mask, labels: Numbers, count: int) -> npt.NDArray[np.uint8]:
    """The strongest contrast within each part."""
    inked = np.flatnonzero(labels)
    owners, values = labels.ravel()[inked], contrast.ravel()[inked]
    peaks = np.zeros(count, np.uint8)
    order = np.argsort(values, kind="stable")
    peaks[owners[order]] = values[order]  # the last one stays
    return peaks


def _weighted_median(values: npt.NDArray[np.uint8], weights: npt.NDArray[np.int32]) -> float:
    order = np.argsort(values)
    running = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(running, running[-1] / 2)])
