from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import Quad, bounds
from paddlescan.document.pixels import Pixels
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.tiles import LONGEST, OVERLAP, PIECE, detect_in_pieces, pieces
from tests.unit.ocr.test_paddle_ocr import sample


@given(width=st.integers(1, 3_000), times=st.floats(0.01, 200.0))
def test_pieces_cover_the_page_and_overlap(width: int, times: float) -> None:
    height = max(1, round(width * times))
    cut = pieces(height, width)
    assert (cut[0][0], cut[-1][1]) == (0, height)
    assert (len(cut) == 1) == (height <= LONGEST * width)
    for (top, bottom), (below, _) in pairwise(cut):
        assert bottom - below >= int(OVERLAP * width)
        assert top < below
    if len(cut) > 1:
        assert all(bottom - top <= PIECE * width + 2 for top, bottom in cut)


def bars(pixels: Pixels) -> list[Quad]:
    """Black bars, as a detector would find them."""
    inked = np.flatnonzero((pixels.max(axis=2) < 128).any(axis=1))
    runs = np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1) if len(inked) else []
    found = []
    for run in runs:
        columns = np.flatnonzero((pixels[run[0] : run[-1] + 1].max(axis=2) < 128).any(axis=0))
        left, right, top, bottom = map(float, (columns[0], columns[-1] + 1, run[0], run[-1] + 1))
        found.append(((left, top), (right, top), (right, bottom), (left, bottom)))
    return found


def test_every_line_of_a_strip_is_told_once_and_whole() -> None:
    strip = np.full((2_000, 100, 3), 255, np.uint8)
    tops = range(7, 1_980, 18)
    for top in tops:
        strip[top : top + 10, 10:90] = 0
    found = detect_in_pieces(strip, bars)
    assert [bounds(quad) for quad in found] == [(10.0, float(top), 90.0, float(top + 10)) for top in tops]


@pytest.mark.slow
def test_a_strip_of_receipts_is_read_to_its_end(engine: OcrEngine) -> None:
    """Four receipts one below the other: as a whole the detector would see them some 130 pixels wide."""
    pixels, wanted = sample("cafe")
    small = np.asarray(cv2.resize(pixels, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA), np.uint8)
    strip = np.concatenate([small] * 4)
    assert len(strip) > LONGEST * strip.shape[1]
    lines = [line.text for line in engine.recognise(strip)]
    assert len(lines) == pytest.approx(4 * len(wanted), abs=3)
    for text in {text for text in wanted if len(text) > 12}:
        assert lines.count(text) >= 3 * wanted.count(text)
