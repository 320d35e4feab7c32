from __future__ import annotations

import math

import pytest

from paddlescan.document import PrepareOptions, Quad
from paddlescan.document.codec import BadData, decode, encode
from paddlescan.document.options import MOST_REGIONS

REGION: Quad = ((10.0, 10.0), (210.0, 20.0), (200.0, 320.0), (0.0, 310.0))


def test_regions_drawn_by_hand_come_back_as_they_went() -> None:
    options = PrepareOptions(remove_seals=False, regions=(REGION, REGION))
    assert decode(encode(options), PrepareOptions) == options
    assert decode(b"{}", PrepareOptions) == PrepareOptions()  # as older versions wrote it


@pytest.mark.parametrize(
    "region",
    [
        ((10.0, 10.0), (12.0, 10.0), (12.0, 300.0), (10.0, 300.0)),  # a hair
        tuple(reversed(REGION)),  # counter-clockwise
        ((0.0, 0.0), (200.0, 200.0), (200.0, 0.0), (0.0, 200.0)),  # crossed
        ((0.0, 0.0), (200.0, 0.0), (60.0, 60.0), (0.0, 200.0)),  # dented
        ((0.0, 0.0), (1e9, 0.0), (1e9, 1e9), (0.0, 1e9)),
        ((0.0, 0.0), (math.nan, 0.0), (200.0, 200.0), (0.0, 200.0)),
    ],
)
def test_what_cannot_be_a_receipt_is_refused(region: Quad) -> None:
    with pytest.raises(ValueError, match="regions"):
        PrepareOptions(regions=(region,))


def test_more_regions_than_a_page_can_hold_are_refused() -> None:
    PrepareOptions(regions=(REGION,) * MOST_REGIONS)
    with pytest.raises(BadData):
        decode(encode({"regions": (REGION,) * (MOST_REGIONS + 1)}), PrepareOptions)
