from __future__ import annotations

import numpy as np
import pytest

from paddlescan.imaging.thumbnails import thumbnail

from .drawing import four_corners, to_bgr


@pytest.mark.parametrize(
    ("size", "wanted"),
    [((400, 200), (100, 50)), ((200, 400), (50, 100)), ((80, 60), (80, 60)), ((3000, 2), (100, 1))],
)
def test_the_longer_side_fits(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    small = thumbnail(np.zeros((*size, 3), np.uint8), 100)
    assert small.shape == (*wanted, 3)


def test_it_shows_the_page_and_is_a_copy() -> None:
    page = to_bgr(four_corners(600, 400))
    small = thumbnail(page, 60)
    assert np.abs(small.astype(int) - to_bgr(four_corners(60, 40))).mean() < 1
    same = thumbnail(page, 1000)
    same[0, 0] = 7
    assert page[0, 0].tolist() != [7, 7, 7]
    with pytest.raises(ValueError, match="max_side"):
        thumbnail(page, 0)
