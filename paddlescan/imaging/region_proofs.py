"""What proves that groups of print are receipts of their own, and not parts of one."""

from __future__ import annotations

from itertools import combinations
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.imaging.region_gaps import Gap, gap_between
from paddlescan.imaging.region_ink import Ink
from paddlescan.imaging.region_shapes import Block, corners_of

_CLEAR = 3.0  # how clear the direction of lines must be before it proves anything
_CLEARLY_TURNED = 3.0  # degrees between two receipts, where no edge of paper is seen
_TURNED = 0.7  # degrees, where one is seen
_TURNED_STACKED = 2.0  # degrees, where the gap could be a fold of one receipt
_TURNED_FAR = 1.0  # degrees, where it is wider than the gaps of a receipt
_FAR = 8.0  # letters
_STACKED_GAP = 2.5  # letters: a narrower one with an edge in it is taken for a fold
_NARROWEST = 0.7  # letters between two receipts
_LIKE = 0.55  # correlation of two layouts
_LIKE_SIZES = 0.2
_THUMBNAIL = (24, 40)  # pixels
_WIDE = 1.5  # letters between two receipts of the same layout
_MOST_SHARED = 0.12  # of the smaller rectangle


class Proofs:
    """Answers about pairs of blocks of one page; remembers the gaps it has measured."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._gaps: dict[tuple[int, int], tuple[Block, Block, Gap | None]] = {}

    def may_be_apart(self, one: Block, other: Block) -> bool:
        """Whether something between two blocks, or their likeness, speaks for two receipts."""
        gap = self._gap(one, other)
        if gap is None:
            return _shared(one, other) < _MOST_SHARED
        if gap.width < _NARROWEST * self._ink.letter:
            return False
        if self._edged(gap) or self._turned_apart(one, other, gap):
            return True
        return gap.width >= _WIDE * self._ink.letter and self._alike(one, other)

    def are_several(self, blocks: list[Block]) -> bool:
        """Whether what was told apart is proved to be several receipts, as a whole."""
        pairs = list(combinations(blocks, 2))
        if any(_shared(one, other) > _MOST_SHARED for one, other in pairs):
            return False
        facing = [(one, other, gap) for one, other in pairs if (gap := self._gap(one, other)) is not None]
        proved = [self._proved(one, other, gap) for one, other, gap in facing]
        if all(proved):
            return True
        if len(blocks) < 3 or all(gap.stacked for *_, gap in facing):
            return False
        return any(proved) and max(_turned(one, other) for one, other in pairs) >= _TURNED

    def _proved(self, one: Block, other: Block, gap: Gap) -> bool:
        if self._turned_apart(one, other, gap):
            return True
        least = _TURNED
        if gap.stacked:
            least = _TURNED_STACKED if gap.width < _FAR * self._ink.letter else _TURNED_FAR
        return self._edged(gap) and _turned(one, other) >= least

    def _edged(self, gap: Gap) -> bool:
        """Whether paper ends between two blocks."""
        if gap.stacked and gap.width < _STACKED_GAP * self._ink.letter:
            return False
        return gap.ground or gap.edges > 0

    def _turned_apart(self, one: Block, other: Block, gap: Gap) -> bool:
        """Whether the lines of two blocks run in directions that no one receipt has."""
        if gap.width < self._ink.letter:
            return False
        directions = one.direction, other.direction
        if all(d.sure and d.clear >= _CLEAR for d in directions) and directions[0].sideways != directions[1].sideways:
            return True
        return _turned(one, other) >= _CLEARLY_TURNED

    def _gap(self, one: Block, other: Block) -> Gap | None:
        key = (id(one), id(other))
        if key not in self._gaps:  # the blocks are kept too: their ids stay theirs
            self._gaps[key] = (one, other, gap_between(self._ink, one, other))
        return self._gaps[key][2]

    def _alike(self, one: Block, other: Block) -> bool:
        """Whether two blocks have the same size and the same layout, either way up."""
        sizes = [sorted((block.width, block.height)) for block in (one, other)]
        if any(abs(a - b) > _LIKE_SIZES * max(a, b) for a, b in zip(*sizes, strict=True)):
            return False
        first, second = _thumbnail(self._ink, one), _thumbnail(self._ink, other)
        return max(float((first * turned).mean()) for turned in (second, second[::-1, ::-1])) >= _LIKE


def _turned(one: Block, other: Block) -> float:
    """Degrees between the lines of two blocks; 0 where either is not firm."""
    if not all(d.firm and d.clear >= _CLEAR for d in (one.direction, other.direction)):
        return 0.0
    apart = abs(one.degrees - other.degrees)
    return min(apart, 90.0 - apart)


def _shared(one: Block, other: Block) -> float:
    """Which share of the smaller rectangle lies within the other."""
    area, _ = cv2.intersectConvexConvex(one.corners().astype(np.float32), other.corners().astype(np.float32))
    return float(area) / max(1.0, min(one.width * one.height, other.width * other.height))


def _thumbnail(ink: Ink, block: Block) -> npt.NDArray[np.float64]:
    """The layout of a block: its ink blurred onto a few cells, standing, of mean 0 and deviation 1."""
    corners = corners_of(block.left, block.top, block.right, block.bottom, block.degrees)
    if block.width > block.height:
        corners = np.roll(corners, 1, axis=0)
    w, h = _THUMBNAIL
    scale = 4
    target = np.array([(0, 0), (w * scale, 0), (w * scale, h * scale)], np.float32)
    warp = cv2.getAffineTransform(corners[:3].astype(np.float32), target)
    inked = cv2.warpAffine(ink.mask * np.uint8(255), warp, (w * scale, h * scale), flags=cv2.INTER_LINEAR)
    cells = cv2.resize(inked, (w, h), interpolation=cv2.INTER_AREA).astype(np.float64)
    cells = cv2.GaussianBlur(cells, (0, 0), 0.8)
    cells -= cells.mean()
    return cast(npt.NDArray[np.float64], cells / max(1e-9, float(cells.std())))
