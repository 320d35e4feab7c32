"""A receipt whose heading was not read is cut out with it, where its like show how long it is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from paddlescan.document import Quad, quad_from
from paddlescan.document.pixels import Pixels
from paddlescan.imaging.regions import find_regions

ROWS, UNREAD, PITCH = 18, 5, 34
TURNS = (4.0, -3.0, 2.0, -5.0)


def _sheet(inked: bool) -> tuple[Pixels, list[Quad]]:
    """Four tickets beside each other, turned; the first rows of the second are not among the lines."""
    page = np.full((900, 1180, 3), 250, np.uint8)
    lines = []
    for n, degrees in enumerate(TURNS):
        turn = cv2.getRotationMatrix2D((150.0 + 290 * n, 450.0), degrees, 1.0)
        for row in range(ROWS):
            left, top = 60.0 + 290 * n, 130.0 + PITCH * row
            corners = np.array([(left, top), (left + 170 - row, top), (left + 170 - row, top + 20), (left, top + 20)])
            quad = corners @ turn[:, :2].T + turn[:, 2]
            unread = n == 1 and row < UNREAD
            if not unread:
                lines.append(quad_from(quad))
            if inked or not unread:
                for letter in range(int(left) + 3, int(left) + 165 - row, 12):
                    bar = np.array(
                        [(letter, top + 4), (letter + 5, top + 4), (letter + 5, top + 16), (letter, top + 16)]
                    )
                    cv2.fillConvexPoly(page, np.round(bar @ turn[:, :2].T + turn[:, 2]).astype(np.int32), (30, 30, 30))
    return page, lines


@pytest.mark.parametrize("inked", [True, False])
def test_an_unread_heading_belongs_to_its_receipt_if_there_is_one(inked: bool) -> None:
    quads = find_regions(*_sheet(inked))
    assert len(quads) == len(TURNS)
    lengths = [float(np.hypot(*np.subtract(quad[3], quad[0]))) for quad in quads]
    whole = float(np.median([lengths[0], *lengths[2:]]))
    expected = whole if inked else whole - UNREAD * PITCH
    assert abs(lengths[1] - expected) < 0.5 * PITCH
