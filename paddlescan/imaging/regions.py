"""Several receipts on one page: tickets glued onto a sheet, receipts scattered over a scanner.

Lines of text are grouped by nearness, coarsely first. Two groups are receipts of their own only where something proves
it: their lines run in different directions, or edges of paper or other ground lie between them. What is not proved
apart stays together, so forms, columns and torn paper are not split. Where proofs exist, the same layout beside it, at
a distance, is taken for another of the kind. A page that leaves a doubt is one receipt.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad
from paddlescan.document.pixels import Pixels, check_pixels
from paddlescan.imaging.region_heads import completed
from paddlescan.imaging.region_ink import LONG_SIDE, Ink, ink_of
from paddlescan.imaging.region_lines import FEWEST_LINES, Divisions, Flags, lines_of
from paddlescan.imaging.region_proofs import Proofs, rows_meet
from paddlescan.imaging.region_shapes import Block, frame_of, scaled_quad

_GAPS = (3.6, 2.6, 1.8, 1.2, 0.8, 0.5)  # line heights
_MOST_GROUPS = 30  # a page that falls into more is no sheet of receipts
_LEAST_SIDES = (5.0, 8.0)  # letters: shorter and longer side of a receipt's print
_ABOVE = 0.35  # of the distance, for headings and last lines
_NEAR = 3.0  # letters: few lines so near to a receipt are its own
_FEWEST_OF_TWO = 6  # lines of a part that could be a receipt of its own
_SHARE_OF_TWO = 0.9  # of the piece's lines, that such parts hold together
_LEFT_OVER = 0.05  # of the page's text, at most
_GUTTER = 1.5  # letters, through a whole piece
_MARGIN = 1.2  # letters


def find_regions(pixels: Pixels, lines: Sequence[Quad]) -> tuple[Quad, ...]:
    """Quads around the receipts of a page that holds several; () where it holds one, or none, or when unsure.

    pixels: uint8 (height, width, 3), BGR, a whole source page; read, never written. lines: where a detector saw lines
    of text on it, in pixels of it. Each quad is a rectangle turned with its receipt by at most 45 degrees, with a small
    margin, clockwise from its top left as it lies in the picture, in pixels of this picture; they come in reading
    order. Raises ValueError for another dtype or shape.
    """
    check_pixels(pixels)
    if len(lines) < 2 * FEWEST_LINES:
        return ()
    height, width = pixels.shape[:2]
    small = _reduced(pixels)
    stretch = np.array([width / small.shape[1], height / small.shape[0]])
    ink = ink_of(small, lines_of(np.asarray(lines, np.float64) / stretch))
    receipts = _receipts(ink) if ink is not None else []
    if ink is None or len(receipts) < 2:
        return ()
    ordered = _reading_order(receipts)
    return tuple(scaled_quad(block.corners(_MARGIN * ink.letter), stretch, width, height) for block in ordered)


def _reduced(pixels: Pixels) -> Pixels:
    """The page on `LONG_SIDE` pixels; of very large ones only some rows and columns are looked at."""
    height, width = pixels.shape[:2]
    scale = min(1.0, LONG_SIDE / max(height, width))
    if scale == 1.0:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    every = max(1, int(0.8 / scale))
    return np.asarray(cv2.resize(pixels[::every, ::every], size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _receipts(ink: Ink) -> list[Block]:
    proofs = Proofs(ink)
    everything = np.ones(len(ink.lines.quads), bool)
    if not _any_turned(ink, proofs):
        return []
    found = _united(ink, _split(ink, everything, proofs), proofs)
    found = [_with_strays(ink, block, everything, found, proofs, _ABOVE) for block in found]
    if len(found) < 2 or not all(_is_large(ink, block) for block in found):
        return []
    if _leaves_much(ink, found) or any(_looks_like_two(ink, block, proofs) for block in found):
        return []
    return completed(ink, found) if proofs.are_several(found) else []


def _any_turned(ink: Ink, proofs: Proofs) -> bool:
    """Whether some groups run in different directions: found out first, for it costs least."""
    divisions = Divisions(ink.lines)
    return any(proofs.any_turned([proofs.block(group) for group in divisions.groups(gap)]) for gap in _GAPS)


def _leaves_much(ink: Ink, found: Sequence[Block]) -> bool:
    """Whether text is left over that could be part of a receipt."""
    left = ~np.any([block.group for block in found], axis=0)
    if float(ink.lines.areas[left].sum()) > _LEFT_OVER * float(ink.lines.areas.sum()):
        return True
    return bool(left.any()) and Divisions(ink.lines, left).largest(_GAPS[1]) >= FEWEST_LINES


def _split(ink: Ink, subset: Flags, proofs: Proofs) -> list[Block]:
    """The receipts among some lines: what their first proved division falls into, each divided further."""
    divisions = Divisions(ink.lines, subset)
    count = 1
    for gap in _GAPS:
        groups = divisions.groups(gap)
        if len(groups) <= count:
            continue
        if len(groups) > _MOST_GROUPS:
            break
        count = len(groups)
        united = _united(ink, [proofs.block(group) for group in groups], proofs)
        if len(united) < 2:
            continue
        whole = [_with_strays(ink, block, subset, united, proofs) for block in united]
        return [piece for block in whole for piece in (_split(ink, block.group, proofs) or [block])]
    return []


def _looks_like_two(ink: Ink, block: Block, proofs: Proofs) -> bool:
    """Whether a piece falls into large parts beside each other, or far apart, though nothing proves them two."""
    if _has_gutter(ink, block):
        return True
    divisions = Divisions(ink.lines, block.group)
    for gap in _GAPS[:-2]:
        groups = [group for group in divisions.groups(gap) if int(group.sum()) >= _FEWEST_OF_TWO]
        held = sum(int(group.sum()) for group in groups)
        if (
            len(groups) > 1
            and held >= _SHARE_OF_TWO * int(block.group.sum())
            and proofs.look_like_two([proofs.block(group) for group in groups])
        ):
            return True
    return False


def _has_gutter(ink: Ink, block: Block) -> bool:
    """Whether blank ground runs through a block from top to bottom, with many lines at both sides of it."""
    spans = ink.lines.quads[block.group] @ frame_of(block.degrees + (90.0 if block.direction.sideways else 0.0))[0]
    chosen = np.flatnonzero(block.group)
    left, right = spans.min(axis=1), spans.max(axis=1)
    order = np.argsort(left)
    reached = np.maximum.accumulate(right[order])
    for n in range(_FEWEST_OF_TWO, len(order) - _FEWEST_OF_TWO + 1):
        if left[order[n]] - reached[n - 1] > (_GUTTER - 1.0) * ink.letter:  # lines are seen half a letter too long
            one, other = np.zeros_like(block.group), np.zeros_like(block.group)
            one[chosen[order[:n]]], other[chosen[order[n:]]] = True, True
            return not rows_meet(ink, one, other, block.direction)
    return False


def _is_large(ink: Ink, block: Block) -> bool:
    """Whether a block could be a receipt by its size."""
    sides = sorted((block.width, block.height))
    return sides[0] >= _LEAST_SIDES[0] * ink.letter and sides[1] >= _LEAST_SIDES[1] * ink.letter


def _united(ink: Ink, blocks: Sequence[Block], proofs: Proofs, above: float = 1.0) -> list[Block]:
    """Blocks that are not apart become one, until all are."""
    groups = list(blocks)
    while len(groups) > 1:
        pair = proofs.nearest_joined(groups)
        if pair is None:
            break
        groups = [group for group in groups if group is not pair[0] and group is not pair[1]]
        groups.append(proofs.block(pair[0].group | pair[1].group))
    return groups


def _with_strays(
    ink: Ink, block: Block, subset: Flags, blocks: Sequence[Block], proofs: Proofs, above: float = 1.0
) -> Block:
    """The block with the few lines that lie in or near its rectangle and nearer to it than to any other."""
    strays = np.flatnonzero(subset & ~np.any([other.group for other in blocks], axis=0))
    if not len(strays):
        return block
    distances = np.stack([_distances(ink, other, strays, above) for other in blocks])
    mine = next(n for n, other in enumerate(blocks) if other is block)
    near = strays[(distances.argmin(axis=0) == mine) & (distances[mine] <= _NEAR * ink.letter)]
    if not len(near):
        return block
    group = block.group.copy()
    group[near] = True
    return proofs.block(group)


def _distances(ink: Ink, block: Block, lines: npt.NDArray[np.int64], above: float) -> npt.NDArray[np.float64]:
    """How far the middles of some lines lie outside the rectangle of a block, in pixels; above and below it less."""
    x, y = frame_of(block.degrees) @ ink.lines.quads[lines].mean(axis=1).T
    dx = np.maximum(np.maximum(block.left - x, x - block.right), 0.0)
    dy = np.maximum(np.maximum(block.top - y, y - block.bottom), 0.0)
    beside, over = (dy, dx) if block.direction.sideways else (dx, dy)
    return np.asarray(np.hypot(beside, above * over), np.float64)


def _reading_order(blocks: Sequence[Block]) -> list[Block]:
    """Rows from top to bottom, each from left to right."""
    waiting = sorted(blocks, key=lambda block: float(block.corners()[:, 1].mean()))
    ordered: list[Block] = []
    while waiting:
        first = waiting[0].corners()
        bottom = float(first[:, 1].max())
        row = [block for block in waiting if float(block.corners()[:, 1].mean()) < bottom]
        row = [b for b in row if float(b.corners()[:, 1].min()) < float(first[:, 1].mean())]
        ordered += sorted(row, key=lambda block: float(block.corners()[:, 0].mean()))
        waiting = [block for block in waiting if not any(block is other for other in row)]
    return ordered
