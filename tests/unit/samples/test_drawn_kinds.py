"""Every kind that can be drawn: the same seed gives the same page, others give others, and the truth is whole."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from paddlescan.document import FIELD_NAMES, Kind
from paddlescan.extraction.rules import amount_of
from tests.samples.drawn_kinds import KINDS
from tests.samples.names_zh import capitals
from tests.unit.extraction.drawing import spelt_value

SEEDS = (3, 4)


@pytest.mark.parametrize("kind", KINDS)
def test_the_seed_decides(kind: str) -> None:
    first, again, other = KINDS[kind](SEEDS[0]), KINDS[kind](SEEDS[0]), KINDS[kind](SEEDS[1])
    assert np.array_equal(first.pixels, again.pixels)
    assert first.truth == again.truth
    assert first.truth != other.truth


@pytest.mark.parametrize("kind", KINDS)
def test_pages_and_truth_are_well_formed(kind: str) -> None:
    for seed in SEEDS:
        page = KINDS[kind](seed)
        assert page.pixels.dtype == np.uint8
        assert page.pixels.shape[2] == 3
        assert page.pixels.std() > 10, "an empty page"
        assert page.kind in get_args(Kind)
        assert set(page.truth) <= set(FIELD_NAMES)
        assert amount_of(page.truth["total"] or "") is not None


@pytest.mark.parametrize(
    ("cents", "spelt"), [(2_000, "贰拾元整"), (10_530, "壹佰零伍元叁角整"), (100_005, "壹仟元伍分")]
)
def test_amounts_are_spelt_as_forms_spell_them(cents: int, spelt: str) -> None:
    assert capitals(cents) == spelt
    value = spelt_value(spelt)
    assert value is not None
    assert value * 100 == cents
