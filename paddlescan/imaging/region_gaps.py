"""What lies between two groups of print: nothing but paper, or the edges of two papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.imaging.region_ink import Ink
from paddlescan.imaging.region_shapes import Block, Points, frame_of

_BESIDE = 0.2  # of the shorter of two facing sides that must overlap, or the two are no neighbours
_INSIDE = 3.0  # letters: how far into each group the paper is looked at
_SEGMENT = 4.0  # letters: an edge is looked for in pieces of this length
_FAINTEST_EDGE = 1.6  # grey levels, averaged along a piece
_ABOVE_NOISE = 4.0
_COVERED = 0.7  # of the length that an edge must run along
_FAINTEST_GROUND = 9.0  # grey levels between paper and what it lies on
_WIDEST = 500  # pixels
_SLANTS = (0.0, -1.2, 1.2)  # degrees: paper is torn askew to its print, and seen from aside

Profile = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two groups that face each other."""

    width: float
    """Pixels; negative where they overlap."""
    edges: int
    """Long straight faint edges that run along it, 0, 1 or 2 (or more)."""
    ground: bool
    """Whether something of another colour than both papers lies between."""
    stacked: bool
    """Whether the gap runs along the lines of both, so that one receipt could go on across it."""


def gap_between(ink: Ink, one: Block, other: Block) -> Gap | None:
    """The gap between two blocks; None where they do not face each other."""
    facing = _facing(one, other)
    if facing is None:
        return None
    width, frame, near, far, start, end = facing
    stacked = _stacked(one, other, frame)
    if width < 0.7 * ink.letter:
        return Gap(width, 0, False, stacked)
    margin = _INSIDE * ink.letter
    middle = np.array([(near + far) / 2, (start + end) / 2]) @ frame
    edges, ground = 0, False
    for slant in _SLANTS:
        turned = frame_of(slant) @ frame
        x, y = turned @ middle
        across = (x - width / 2 - margin, x + width / 2 + margin)
        profile = _profile(ink, turned, across, (y - (end - start) / 2, y + (end - start) / 2))
        if profile is not None:
            edges = max(edges, _edges(profile, round(margin)))
            ground = ground or _ground(profile, round(margin))
    return Gap(width, edges, ground, stacked)


def _facing(one: Block, other: Block) -> tuple[float, Points, float, float, float, float] | None:
    """Along which axis two rectangles are farthest apart.

    The gap's width, the frame (rows: across the gap from one to the other, along it), where the gap begins and ends
    across, and where the two face each other along it.
    """
    best: tuple[float, Points, float, float, float, float] | None = None
    corners = one.corners(), other.corners()
    for degrees in (one.degrees, other.degrees):
        for quarter in (0.0, 90.0, 180.0, 270.0):
            frame = frame_of(degrees + quarter)
            a, b = corners[0] @ frame.T, corners[1] @ frame.T
            width = float(b[:, 0].min() - a[:, 0].max())
            if best is None or width > best[0]:
                start, end = float(max(a[:, 1].min(), b[:, 1].min())), float(min(a[:, 1].max(), b[:, 1].max()))
                best = width, frame, float(a[:, 0].max()), float(b[:, 0].min()), start, end
                shorter = float(min(np.ptp(a[:, 1]), np.ptp(b[:, 1])))
    assert best is not None
    if best[5] - best[4] < _BESIDE * shorter or best[0] > _WIDEST:
        return None
    return best


def _stacked(one: Block, other: Block, frame: Points) -> bool:
    """Whether the gap runs along the lines of both: one column of print could go on across it."""
    across = frame[0]
    for block in (one, other):
        lines = frame_of(block.degrees + (90.0 if block.direction.sideways else 0.0))[0]
        if abs(float(lines @ across)) > 0.7:
            return False
    return True


def _profile(ink: Ink, frame: Points, across: tuple[float, float], along: tuple[float, float]) -> Profile | None:
    """Mean colours of the paper (segments along the gap, places across it, BGR); NaN where there is only ink."""
    width, length = max(1, round(across[1] - across[0])), max(1, round(along[1] - along[0]))
    count = int(np.clip(length / (_SEGMENT * ink.letter), 2, 10))
    if width > _WIDEST + 8 * ink.letter or length < 2 * ink.letter:
        return None
    origin = np.array([across[0], along[0]]) @ frame
    to_page = np.column_stack([frame.T, origin])
    flags = cv2.WARP_INVERSE_MAP
    size = (width, length)
    strip = cv2.warpAffine(ink.pixels, to_page, size, flags=flags | cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    near = (ink.distance < 3.0).astype(np.uint8)
    inked = cv2.warpAffine(near, to_page, size, flags=flags | cv2.INTER_NEAREST, borderValue=1)
    free = (1 - inked).astype(np.float32)
    cuts = np.linspace(0, length, count + 1).round().astype(int)[:-1]
    weights = np.add.reduceat(free, cuts, axis=0)
    sums = np.add.reduceat(strip.astype(np.float32) * free[..., None], cuts, axis=0)
    enough = weights >= 0.3 * (length / count)
    return cast(Profile, np.where(enough[..., None], sums / np.maximum(weights, 1.0)[..., None], np.nan))


def _edges(profile: Profile, inside: int) -> int:
    """How many edges run along the gap, each through most of the segments."""
    reach = 2
    steps: Profile = np.full(profile.shape[:2], np.nan, np.float32)
    steps[:, reach:-reach] = np.abs(profile[:, 2 * reach :] - profile[:, : -2 * reach]).max(axis=2)
    gap = steps[:, inside - reach : steps.shape[1] - inside + reach]
    known = np.isfinite(gap)
    if known.mean() < 0.5:
        return 0
    least = max(_FAINTEST_EDGE, _ABOVE_NOISE * float(np.median(gap[known])))
    hits = cv2.dilate((np.nan_to_num(gap) > least).astype(np.uint8), np.ones((1, 7), np.uint8))
    covered = hits.mean(axis=0) >= _COVERED
    runs = np.flatnonzero(np.diff(np.concatenate([[False], covered, [False]]).astype(np.int8)))
    return int(sum(max(1, round((b - a) / 14)) for a, b in zip(runs[::2], runs[1::2], strict=True)))


def _ground(profile: Profile, inside: int) -> bool:
    """Whether something between differs from the paper at both sides."""
    if profile.shape[1] <= 2 * inside + 2:
        return False
    sides = [side[np.isfinite(side[..., 0])] for side in (profile[:, :inside], profile[:, -inside:])]
    if not all(len(side) for side in sides):
        return False
    ends = [np.median(side, axis=0) for side in sides]
    gap = profile[:, inside:-inside]
    apart = np.minimum(*(np.abs(gap - end).max(axis=2) for end in ends))
    covered = (np.nan_to_num(apart) > _FAINTEST_GROUND).mean(axis=0) >= _COVERED
    return bool(covered.sum() >= 3)
