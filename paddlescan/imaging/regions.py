"""Several receipts on one page: tickets glued onto a sheet, receipts scattered over a scanner.

Print is grouped by nearness, coarsely first. Two groups are receipts of their own only where something proves it:
their lines run in different directions, or edges of paper or other ground lie between them. What is not proved apart
stays together, so forms, columns and torn paper are not split. Where proofs exist, the same layout beside it, at a
distance, is taken for another of the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad
from paddlescan.document.pixels import Pixels, check_pixels
from paddlescan.imaging.region_ink import LONG_SIDE, Ink, Numbers, blocks_of, ink_of
from paddlescan.imaging.region_proofs import Proofs
from paddlescan.imaging.region_shapes import Block, block_of, frame_of, scaled_quad

_GAPS = (6.0, 5.0, 4.0, 3.0, 2.5, 2.0, 1.5)  # letters
_FEWEST_LETTERS = 20
_LEAST_SIDES = (5.0, 8.0)  # letters: shorter and longer side of a receipt's print
_LEAST_INK = 0.03  # of the page's
_ALL_INK = 0.85  # of the page's that the receipts must hold together
_MARGIN = 1.2  # letters

Apart = Callable[[Block, Block], bool]


def find_regions(pixels: Pixels) -> tuple[Quad, ...]:
    """Quads around the receipts of a page that holds several; () where it holds one, or none, or when unsure.

    pixels: uint8 (height, width, 3), BGR, a whole source page; read, never written. Each quad is a rectangle turned
    with its receipt by at most 45 degrees, with a small margin, clockwise from its top left as it lies in the picture,
    in pixels of this picture; they come in reading order. Raises ValueError for another dtype or shape.
    """
    check_pixels(pixels)
    height, width = pixels.shape[:2]
    scale = min(1.0, LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    ink = ink_of(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if scale < 1.0 else pixels)
    if ink is None:
        return ()
    receipts = _receipts(ink)
    if len(receipts) < 2:
        return ()
    stretch = np.array([width / size[0], height / size[1]])
    ordered = _reading_order(receipts)
    return tuple(scaled_quad(block.corners(_MARGIN * ink.letter), stretch, width, height) for block in ordered)


def _receipts(ink: Ink) -> list[Block]:
    everything = np.arange(len(ink.boxes), dtype=np.int32)
    proofs = Proofs(ink)
    found = _split(ink, everything, proofs.may_be_apart)
    held = sum(block.ink for block in found)
    if len(found) < 2 or held < _ALL_INK * int(ink.areas.sum()) or not proofs.are_several(found):
        return []
    return found


def _split(ink: Ink, parts: Numbers, apart: Apart) -> list[Block]:
    """The receipts among some print: itself, or what its first proved division falls into, each divided further."""
    for gap in _GAPS:
        blocks = _major_blocks(ink, gap * ink.letter, parts)
        if len(blocks) < 2:
            continue
        groups = _united(ink, blocks, apart)
        if len(groups) < 2:
            continue
        whole = [_with_strays(ink, group, parts, groups) for group in groups]
        return [piece for group in whole for piece in (_split(ink, group.parts, apart) or [group])]
    return []


def _major_blocks(ink: Ink, gap: float, parts: Numbers) -> list[Block]:
    """The groups that could be receipts by their size."""
    least = _LEAST_INK * float(ink.areas.sum())
    found = []
    for group in blocks_of(ink, gap, parts):
        if int(ink.letters[group].sum()) < _FEWEST_LETTERS or int(ink.areas[group].sum()) < least:
            continue
        block = block_of(ink, group)
        sides = sorted((block.width, block.height))
        if sides[0] >= _LEAST_SIDES[0] * ink.letter and sides[1] >= _LEAST_SIDES[1] * ink.letter:
            found.append(block)
    return found


def _united(ink: Ink, blocks: Sequence[Block], apart: Apart) -> list[Block]:
    """Blocks that are not apart become one, until all are."""
    groups = list(blocks)
    while len(groups) > 1:
        pair = next(((a, b) for a, b in combinations(groups, 2) if not apart(a, b)), None)
        if pair is None:
            break
        groups = [group for group in groups if group is not pair[0] and group is not pair[1]]
        groups.append(block_of(ink, np.concatenate([pair[0].parts, pair[1].parts])))
    return groups


def _with_strays(ink: Ink, group: Block, parts: Numbers, groups: Sequence[Block]) -> Block:
    """The group with the small print that lies in or near its rectangle and nearer to it than to any other."""
    taken = np.concatenate([other.parts for other in groups])
    strays = np.setdiff1d(parts, taken)
    if not len(strays):
        return group
    distances = np.stack([_distances(ink, other, strays) for other in groups])
    mine = next(n for n, other in enumerate(groups) if other is group)
    near = (distances.argmin(axis=0) == mine) & (distances[mine] <= 2.5 * ink.letter)
    if not near.any():
        return group
    return block_of(ink, np.concatenate([group.parts, strays[near]]), group.direction)


def _distances(ink: Ink, block: Block, parts: Numbers) -> npt.NDArray[np.float64]:
    """How far the middles of some parts lie outside the rectangle of a block, in pixels."""
    boxes = ink.boxes[parts].astype(np.float64)
    x, y = frame_of(block.degrees) @ (boxes[:, :2] + boxes[:, 2:] / 2).T
    dx = np.maximum(np.maximum(block.left - x, x - block.right), 0.0)
    dy = np.maximum(np.maximum(block.top - y, y - block.bottom), 0.0)
    return np.asarray(np.hypot(dx, dy), np.float64)


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
