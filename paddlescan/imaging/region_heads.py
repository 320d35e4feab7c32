"""Receipts whose heading, or foot, the detector did not read: completed where others of their kind are longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from paddlescan.imaging.region_ink import Ink
from paddlescan.imaging.region_shapes import Block, frame_of

_FEWEST_PEERS = 3
_LIKE_WIDTHS = 0.15
_SHORTER = 0.12  # than its peers, at least
_LONGEST = 0.4  # of the usual length, that is added at most
_INK = 0.12  # of the ground that is added
_TIMES_AS_INKED = 2.0  # as the ground at the other end


def completed(ink: Ink, blocks: Sequence[Block]) -> list[Block]:
    """Blocks made as long as most of their kind at the end where unread ink goes on; the others as they are."""
    return [_completed(ink, block, [other for other in blocks if other is not block]) for block in blocks]


def _completed(ink: Ink, block: Block, others: Sequence[Block]) -> Block:
    peers = [_length(other) for other in others if abs(_width(other) - _width(block)) <= _LIKE_WIDTHS * _width(block)]
    if len(peers) < _FEWEST_PEERS:
        return block
    usual = float(np.median(peers))
    missing = usual - _length(block)
    if not _SHORTER * usual <= missing <= _LONGEST * usual:
        return block
    longer = sorted((_grown(block, missing, end) for end in (False, True)), key=lambda b: _unread(ink, b[1]))
    less, more = (_unread(ink, added) for _, added in longer)
    grown, added = longer[1]
    if more < _INK or more < _TIMES_AS_INKED * less:
        return block
    corners = added.corners().astype(np.float32)
    if any(cv2.intersectConvexConvex(corners, other.corners().astype(np.float32))[0] > 0 for other in others):
        return block
    return grown


def _width(block: Block) -> float:
    return block.height if block.direction.sideways else block.width


def _length(block: Block) -> float:
    return block.width if block.direction.sideways else block.height


def _grown(block: Block, by: float, at_end: bool) -> tuple[Block, Block]:
    """A block grown across its lines, and what was added."""
    if block.direction.sideways:
        if at_end:
            return replace(block, right=block.right + by), replace(block, left=block.right, right=block.right + by)
        return replace(block, left=block.left - by), replace(block, right=block.left, left=block.left - by)
    if at_end:
        return replace(block, bottom=block.bottom + by), replace(block, top=block.bottom, bottom=block.bottom + by)
    return replace(block, top=block.top - by), replace(block, bottom=block.top, top=block.top - by)


def _unread(ink: Ink, block: Block) -> float:
    """Which share of some ground is covered with ink."""
    frame = frame_of(block.degrees)
    size = (max(1, round(block.width)), max(1, round(block.height)))
    to_page = np.column_stack([frame.T, np.array([block.left, block.top]) @ frame])
    flags = cv2.WARP_INVERSE_MAP | cv2.INTER_NEAREST
    return float(cv2.warpAffine(ink.covered, to_page, size, flags=flags, borderValue=0).mean())
