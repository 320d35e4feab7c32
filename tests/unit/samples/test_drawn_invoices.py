"""Drawn invoices and receipts: the seed decides everything, and the truth is consistent with itself."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module

import numpy as np
import pytest

from paddlescan.document import FIELD_NAMES
from tests.samples import invented
from tests.samples.forms import Truth
from tests.samples.paper import font
from tests.unit.extraction.drawing import spelt_value

MODULES = {
    "invoices_vat": 3,
    "invoices_digital": 4,
    "receipts_nontax": 1,
    "receipts_shop_zh": 8,
    "receipts_hk": 3,
    "receipts_tw": 5,
}
"""With a seed each."""


@pytest.fixture(autouse=True)
def _fonts() -> None:
    try:
        font("sans", 20)
    except FileNotFoundError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize(("module", "seed"), MODULES.items())
def test_the_same_seed_draws_the_same_page_and_another_draws_another(module: str, seed: int) -> None:
    draw = import_module(f"tests.samples.{module}").draw
    (first, truth), (second, again), (other, _) = draw(seed), draw(seed), draw(seed + 6)
    assert np.array_equal(first, second)
    assert truth == again
    assert first.shape != other.shape or not np.array_equal(first, other)
    assert_consistent(truth)


def assert_consistent(truth: Truth) -> None:
    fields = truth.fields
    assert set(fields) <= set(FIELD_NAMES)
    total, net, tax = (Decimal(fields.get(name) or 0) for name in ("total", "subtotal", "tax"))
    if fields.get("subtotal") and fields.get("tax"):
        assert net + tax == total
    amounts = sum((Decimal(item.amount) for item in truth.items), Decimal(0))
    assert amounts >= total * Decimal("0.8") or not truth.items


def test_capitals_say_what_the_figures_say() -> None:
    for text in ("1.05", "10.00", "100020.05", "3000000.10", "20980.92", "1006.00"):
        assert spelt_value(invented.capitals(Decimal(text))) == Decimal(text)
    assert invented.capitals(Decimal("1021.50")) == "壹仟零贰拾壹圆伍角整"
    assert invented.capitals(Decimal("1020.50")) == "壹仟零贰拾圆伍角"
