"""What proves that groups of print are receipts of their own, and not parts of one."""

from __future__ import annotations

from itertools import combinations
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.imaging.region_gaps import Gap, gap_between, paper_ends
from paddlescan.imaging.region_ink import Ink
from paddlescan.imaging.region_lines import Flags
from paddlescan.imaging.region_shapes import Block, Direction, block_of, corners_of, frame_of

_CLEARLY_TURNED = 3.0  # degrees between two receipts, where no edge of paper is seen
_TURNED = 0.7  # degrees, where one is seen
_TURNED_STACKED = 2.0  # degrees, where the gap could be a fold of one receipt
_TURNED_FAR = 1.6  # degrees, where it is wider than the gaps of a receipt
_FAR = 8.0  # letters
_STACKED_GAP = 2.5  # letters: a narrower one with an edge in it is taken for a fold
_NARROWEST = 0.7  # letters between two receipts
_LIKE = 0.55  # correlation of two layouts
_LIKE_SIZES = 0.2
_THUMBNAIL = (24, 40)  # pixels
_WIDE = 1.5  # letters between two receipts of the same layout
_USUAL_DOUBT = 1.5  # degrees between two receipts of some length
_FEWEST_ALIKE = 8  # lines: columns of one ticket are alike, too
_NEIGHBOUR = 12.0  # letters: large parts of one receipt are no farther apart
_SAME_ROW = 0.25  # line heights
_MOST_ROWS = 0.7
_MOST_GAPS = 40
_BETWEEN = 0.3  # of a gap, that a third block covers
_MOST_SHARED = 0.06  # of the smaller rectangle


class Proofs:
    """Answers about the blocks of one page and pairs of them; remembers what it has measured."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._blocks: dict[bytes, Block] = {}
        self._gaps: dict[tuple[int, int], Gap | None] = {}
        self._ends: dict[int, bool] = {}
        self._thumbnails: dict[int, npt.NDArray[np.float64]] = {}

    def block(self, group: Flags) -> Block:
        """A group of lines, measured once."""
        key = group.tobytes()
        if key not in self._blocks:
            self._blocks[key] = block_of(self._ink, group)
        return self._blocks[key]

    @property
    def is_spent(self) -> bool:
        """Whether so many gaps were looked into that the page must be no sheet of receipts."""
        return len(self._ends) >= _MOST_GAPS

    def any_turned(self, blocks: list[Block]) -> bool:
        """Whether lines run in different directions: without that nothing is ever proved."""
        return any(_turned(a, b) >= _TURNED or _across(a, b) for a, b in combinations(blocks, 2))

    def nearest_joined(self, blocks: list[Block]) -> tuple[Block, Block] | None:
        """The two nearest neighbours that nothing tells apart; None where there are none."""
        joined = [
            (gap.width if gap else 0.0, n, one, other)
            for n, (one, other) in enumerate(combinations(blocks, 2))
            if not (gap := self._gap(one, other)) or not _is_between(blocks, one, other, gap)
            if not self.may_be_apart(one, other) and self._is_near(one, other, gap)
        ]
        return min(joined, key=lambda entry: entry[:2])[2:] if joined else None

    def _is_near(self, one: Block, other: Block, gap: Gap | None) -> bool:
        """Whether two blocks are near enough for parts of one receipt; small ones always are."""
        if gap is None or min(int(one.group.sum()), int(other.group.sum())) < _FEWEST_ALIKE:
            return True
        return gap.width <= _NEIGHBOUR * self._ink.letter

    def may_be_apart(self, one: Block, other: Block) -> bool:
        """Whether something between two blocks, or their likeness, speaks for two receipts."""
        gap = self._gap(one, other)
        if gap is None:
            return _shared(one, other) < _MOST_SHARED
        if gap.width < _NARROWEST * self._ink.letter:
            return False
        if self._turned_apart(one, other, gap) or self._edged(gap):
            return True
        if gap.width >= _WIDE * self._ink.letter and self._alike(one, other):
            return True
        if gap.stacked or min(int(one.group.sum()), int(other.group.sum())) < _FEWEST_ALIKE:
            return False
        return gap.width >= _STACKED_GAP * self._ink.letter and _turned(one, other) >= _TURNED

    def are_several(self, blocks: list[Block]) -> bool:
        """Whether what was told apart is proved to be several receipts, as a whole."""
        pairs = list(combinations(blocks, 2))
        if self.is_spent or any(_shared(one, other) > _MOST_SHARED for one, other in pairs):
            return False
        facing = [
            (one, other, gap)
            for one, other in pairs
            if (gap := self._gap(one, other)) is not None and not _is_between(blocks, one, other, gap)
        ]
        proved = [self._proved(one, other, gap) for one, other, gap in facing]
        if all(proved):
            return True
        if len(blocks) < 3 or all(gap.stacked for *_, gap in facing):
            return False
        return any(proved) and max(_turned(one, other) for one, other in pairs) >= _TURNED

    def look_like_two(self, parts: list[Block]) -> bool:
        """Whether parts of what is taken for one receipt stand beside each other, or far apart."""
        for one, other in combinations(parts, 2):
            gap = self._gap(one, other)
            if gap is None or gap.width < (_FAR if gap.stacked else _WIDE) * self._ink.letter:
                continue
            if gap.stacked or not rows_meet(self._ink, one.group, other.group, one.direction):
                return True
        return False

    def _proved(self, one: Block, other: Block, gap: Gap) -> bool:
        if self._turned_apart(one, other, gap):
            return True
        least = _TURNED
        if gap.stacked:
            if not (one.direction.square and other.direction.square):
                return False
            least = _TURNED_STACKED if gap.width < _FAR * self._ink.letter else _TURNED_FAR
        return _turned(one, other) >= least and self._edged(gap)

    def _edged(self, gap: Gap) -> bool:
        """Whether paper ends between two blocks."""
        if gap.stacked and gap.width < _STACKED_GAP * self._ink.letter:
            return False
        if id(gap) not in self._ends:
            if self.is_spent:
                return False
            self._ends[id(gap)] = paper_ends(self._ink, gap)
        return self._ends[id(gap)]

    def _turned_apart(self, one: Block, other: Block, gap: Gap) -> bool:
        """Whether the lines of two blocks run in directions that no one receipt has."""
        if gap.width < self._ink.letter:
            return False
        if _across(one, other):
            return True
        directions = one.direction, other.direction
        return all(d.square for d in directions) and _turned(one, other) >= _CLEARLY_TURNED

    def _gap(self, one: Block, other: Block) -> Gap | None:
        key = (id(one), id(other))  # of blocks that are kept
        if key not in self._gaps:
            self._gaps[key] = gap_between(one, other)
        return self._gaps[key]

    def _thumbnail(self, block: Block) -> npt.NDArray[np.float64]:
        if id(block) not in self._thumbnails:
            self._thumbnails[id(block)] = _thumbnail(self._ink, block)
        return self._thumbnails[id(block)]

    def _alike(self, one: Block, other: Block) -> bool:
        """Whether two blocks have the same size and the same layout, either way up."""
        if min(int(one.group.sum()), int(other.group.sum())) < _FEWEST_ALIKE:
            return False
        sizes = [sorted((block.width, block.height)) for block in (one, other)]
        if any(abs(a - b) > _LIKE_SIZES * max(a, b) for a, b in zip(*sizes, strict=True)):
            return False
        first, second = self._thumbnail(one), self._thumbnail(other)
        return max(float((first * turned).mean()) for turned in (second, second[::-1, ::-1])) >= _LIKE


def _across(one: Block, other: Block) -> bool:
    """Whether the lines of one block surely run up or down the page and those of the other along it."""
    directions = one.direction, other.direction
    return all(d.sure for d in directions) and directions[0].sideways != directions[1].sideways


def _turned(one: Block, other: Block) -> float:
    """Degrees that surely lie between the lines of two blocks; 0 where either is not firm."""
    if not (one.direction.firm and other.direction.firm):
        return 0.0
    apart = abs(one.degrees - other.degrees)
    doubt = float(np.hypot(one.direction.doubt, other.direction.doubt))
    return max(0.0, min(apart, 90.0 - apart) - max(0.0, doubt - _USUAL_DOUBT))


def _shared(one: Block, other: Block) -> float:
    """Which share of the smaller rectangle lies within the other."""
    area, _ = cv2.intersectConvexConvex(one.corners().astype(np.float32), other.corners().astype(np.float32))
    return float(area) / max(1.0, min(one.width * one.height, other.width * other.height))


def rows_meet(ink: Ink, one: Flags, other: Flags, direction: Direction) -> bool:
    """Whether most lines of one group go on in the other, as rows of a table do."""
    down = frame_of(direction.degrees + (90.0 if direction.sideways else 0.0))[1]
    a, b = (np.asarray(ink.lines.quads[group].mean(axis=1) @ down) for group in (one, other))
    fewer, more = sorted((a, b), key=len)
    inside = fewer[(fewer > more.min() - ink.letter) & (fewer < more.max() + ink.letter)]
    if len(inside) < 3:
        return False
    apart = np.abs(inside[:, None] - more[None]).min(axis=1)
    return bool((apart <= _SAME_ROW * ink.lines.height).mean() >= _MOST_ROWS)


def _is_between(blocks: list[Block], one: Block, other: Block, gap: Gap) -> bool:
    """Whether a third block lies in the gap of two, so that they are no neighbours."""
    strip = gap.strip.astype(np.float32)
    area = cv2.contourArea(strip)
    if gap.width <= 0 or area < 1.0:
        return False
    thirds = (block.corners().astype(np.float32) for block in blocks if block is not one and block is not other)
    return any(cv2.intersectConvexConvex(strip, third)[0] > _BETWEEN * area for third in thirds)


def _thumbnail(ink: Ink, block: Block) -> npt.NDArray[np.float64]:
    """The layout of a block: its ink blurred onto a few cells, standing, of mean 0 and deviation 1."""
    corners = corners_of(block.left, block.top, block.right, block.bottom, block.degrees)
    if block.width > block.height:
        corners = np.roll(corners, 1, axis=0)
    w, h = _THUMBNAIL
    scale = 4
    target = np.array([(0, 0), (w * scale, 0), (w * scale, h * scale)], np.float32)
    warp = cv2.getAffineTransform(corners[:3].astype(np.float32), target)
    places = np.round(ink.points_of(block.group) @ warp[:, :2].T + warp[:, 2]).astype(np.int64)
    inked = np.zeros((h * scale, w * scale), np.float32)
    places = places[((places >= 0) & (places < (w * scale, h * scale))).all(axis=1)]
    np.add.at(inked, (places[:, 1], places[:, 0]), 1.0)
    cells = cv2.resize(inked, (w, h), interpolation=cv2.INTER_AREA).astype(np.float64)
    cells = cv2.GaussianBlur(cells, (0, 0), 0.8)
    cells -= cells.mean()
    return cast(npt.NDArray[np.float64], cells / max(1e-9, float(cells.std())))
