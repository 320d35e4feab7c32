"""What lies between two groups of print: nothing but paper, or the edges of two papers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.imaging.region_ink import Ink
from paddlescan.imaging.region_shapes import Block, Points, frame_of

_BESIDE = 0.2  # of the shorter of two facing sides that must overlap, or the two are no neighbours
_INSIDE = 3.0  # letters: how far into each group the paper is looked at
_NARROWEST = 0.7  # letters: in less nothing can be seen
_SEGMENT = 4.0  # letters: an edge is looked for in pieces of this length
_FAINTEST_EDGE = 1.6  # grey levels, averaged along a piece
_ABOVE_NOISE = 4.0
_COVERED = 0.7  # of the length that an edge must run along
_FAINTEST_GROUND = 9.0  # grey levels between paper and what it lies on
_EVERY = 2  # of the rows along a gap is looked at
_WIDEST = 500  # pixels
_SLANT = 1.2  # degrees: paper is torn askew to its print, and seen from aside

Profile = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """The ground between two groups that face each other."""

    width: float
    """Pixels; negative where they overlap."""
    stacked: bool
    """Whether the gap runs along the lines of both, so that one receipt could go on across it."""
    frame: Points
    """Rows: the directions across the gap and along it."""
    near: float
    far: float
    start: float
    end: float
    """Where it lies in that frame, across and along."""

    @property
    def strip(self) -> Points:
        """(4, 2): its corners on the page."""
        across, along = (self.near, self.far), (self.start, self.end)
        corners = [(across[0], along[0]), (across[1], along[0]), (across[1], along[1]), (across[0], along[1])]
        return np.asarray(np.array(corners) @ self.frame, np.float64)


def gap_between(one: Block, other: Block) -> Gap | None:
    """The gap between two blocks; None where they do not face each other."""
    facing = _facing(one, other)
    if facing is None:
        return None
    width, frame, near, far, start, end = facing
    return Gap(width, _stacked(one, other, frame), frame, near, far, start, end)


def paper_ends(ink: Ink, gap: Gap) -> bool:
    """Whether long straight edges run along a gap, or something of another colour than both papers lies in it."""
    if gap.width < _NARROWEST * ink.letter:
        return False
    margin = _INSIDE * ink.letter
    reach = (gap.end - gap.start) / 2
    spare = math.ceil(reach * math.tan(math.radians(_SLANT)))
    across = (gap.near - margin - spare, gap.far + margin + spare)
    wide = _profile(ink, gap.frame, across, (gap.start, gap.end))
    if wide is None:
        return False
    places = np.arange(wide.shape[1] - 2 * spare)
    for slant in (0, -spare, spare):
        shifts = spare + np.linspace(-slant, slant, len(wide)).round().astype(np.int64)
        profile = np.take_along_axis(wide, (shifts[:, None] + places)[..., None], axis=1)
        if _ground(profile, round(margin)) or _has_edge(profile, round(margin)):
            return True
    return False


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
    width, length = max(1, round(across[1] - across[0])), max(1, round((along[1] - along[0]) / _EVERY))
    count = int(np.clip(_EVERY * length / (_SEGMENT * ink.letter), 2, 10))
    if width > _WIDEST + 8 * ink.letter or _EVERY * length < 2 * ink.letter:
        return None
    origin = np.array([across[0], along[0]]) @ frame
    to_page = np.column_stack([frame[0], _EVERY * frame[1], origin])
    flags = cv2.WARP_INVERSE_MAP
    size = (width, length)
    strip = cv2.warpAffine(ink.pixels, to_page, size, flags=flags | cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inked = cv2.warpAffine(ink.covered, to_page, size, flags=flags | cv2.INTER_NEAREST, borderValue=1)
    free = (1 - inked).astype(np.float32)
    cuts = np.linspace(0, length, count + 1).round().astype(int)[:-1]
    weights = np.add.reduceat(free, cuts, axis=0)
    sums = np.add.reduceat(strip.astype(np.float32) * free[..., None], cuts, axis=0)
    enough = weights >= 0.3 * (length / count)
    return cast(Profile, np.where(enough[..., None], sums / np.maximum(weights, 1.0)[..., None], np.nan))


def _has_edge(profile: Profile, inside: int) -> bool:
    """Whether an edge runs along the gap, through most of the segments."""
    reach = 2
    steps: Profile = np.full(profile.shape[:2], np.nan, np.float32)
    steps[:, reach:-reach] = np.abs(profile[:, 2 * reach :] - profile[:, : -2 * reach]).max(axis=2)
    gap = steps[:, inside - reach : steps.shape[1] - inside + reach]
    known = np.isfinite(gap)
    if known.mean() < 0.5:
        return False
    least = max(_FAINTEST_EDGE, _ABOVE_NOISE * float(np.median(gap[known])))
    hits = cv2.dilate((np.nan_to_num(gap) > least).astype(np.uint8), np.ones((1, 7), np.uint8))
    return bool((hits.mean(axis=0) >= _COVERED).any())


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
