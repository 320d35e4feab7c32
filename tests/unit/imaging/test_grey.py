from __future__ import annotations

import numpy as np
import pytest

from paddlescan.document import PrepareOptions
from paddlescan.document.pixels import PageImage, Pixels
from paddlescan.imaging.grey import is_grey
from paddlescan.imaging.prepare import prepare


def noise(seed: int = 3) -> Pixels:
    one = np.random.default_rng(seed).integers(0, 256, (300, 211), np.uint8)
    return np.ascontiguousarray(np.repeat(one[:, :, None], 3, axis=2))


def test_a_page_of_equal_channels_is_grey() -> None:
    page = noise()
    assert is_grey(page)
    assert is_grey(page[:, ::-1])  # in any memory layout
    assert is_grey(page[:0])


@pytest.mark.parametrize("place", [(0, 0), (17, 31), (299, 210)])
@pytest.mark.parametrize("channel", [0, 1, 2])
def test_a_single_tinted_pixel_is_colour(place: tuple[int, int], channel: int) -> None:
    page = noise()
    page[*place, channel] ^= 1
    assert not is_grey(page)


@pytest.mark.parametrize("degrees", [-3.2, 0.7, 90.0])
def test_a_grey_page_is_turned_as_a_coloured_one_is(degrees: float) -> None:
    """A pixel that is coloured in one corner changes nothing far from it."""
    options = PrepareOptions(skew_degrees=degrees % 45, rotation_degrees=90 if degrees == 90.0 else None)
    grey, tinted = noise(), noise()
    tinted[:2, :2, 0] ^= 64
    one, other = (prepare(PageImage(page), options).pixels for page in (grey, tinted))
    assert one.shape == other.shape
    assert is_grey(one)
    differs = (one != other).any(axis=2)
    assert 0 < differs.sum() < 60
