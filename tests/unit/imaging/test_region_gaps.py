"""What lies in the gap between two groups of print."""

from __future__ import annotations

import numpy as np
import pytest

from paddlescan.imaging.region_gaps import Gap, paper_ends
from paddlescan.imaging.region_ink import ink_of
from paddlescan.imaging.region_lines import lines_of


@pytest.mark.parametrize(("width", "ends"), [(-40.0, False), (0.0, False), (3.0, False), (60.0, True)])
def test_an_edge_is_seen_where_there_is_room_for_it(width: float, ends: bool) -> None:
    page = np.full((400, 600, 3), 245, np.uint8)
    page[:, 300:] = 215
    page[20:30, 20:120:4] = 20
    ink = ink_of(page, lines_of(np.array([[(20, 15), (120, 15), (120, 35), (20, 35)]], float)))
    assert ink is not None
    gap = Gap(width, False, np.eye(2), 300 - width / 2, 300 + width / 2, 40, 360)
    assert paper_ends(ink, gap) is ends
