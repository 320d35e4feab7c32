"""Damaged files end as a page or as an error of ours, whatever the damage."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.document import Limits
from paddlescan.errors import PaddleScanError
from paddlescan.imaging.loading import inspect_source, load_page
from tests.samples.containers import drawn_files

SMALL = Limits(max_pixels=4_000_000, max_side=4_000, pdf_dpi=36)
SOUND = drawn_files()


@pytest.mark.parametrize("name", sorted(SOUND))
@settings(max_examples=20, derandomize=True, deadline=None)
@given(data=st.data())
def test_a_damaged_file_ends_well(name: str, data: st.DataObject) -> None:
    damaged = bytearray(SOUND[name])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, min(len(damaged) - 1, data.draw(st.sampled_from([64, 10**6])))))
        damaged[place] = data.draw(st.integers(0, 255))
    file = io.BytesIO(bytes(damaged[: data.draw(st.sampled_from([len(damaged), len(damaged) // 2]))]))
    try:
        for number in range(1, min(inspect_source(file, "x", SMALL).page_count, 3) + 1):
            assert load_page(file, "x", number, SMALL).pixels.size > 0
    except PaddleScanError as error:
        assert error.message
