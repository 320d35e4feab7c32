"""Drawn Chinese receipts, one of each kind, from the picture to the fields with the real engine."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import cv2
import pytest

from paddlescan import scan
from tests.samples.forms import Truth
from tests.samples.paper import font

PAGES = {
    "invoices_vat": 3,
    "invoices_digital": 6,
    "receipts_nontax": 0,
    "receipts_shop_zh": 3,
    "receipts_hk": 2,
    "receipts_tw": 0,
}
"""Module of tests/samples, and seed."""


@pytest.mark.long
def test_every_field_of_a_page_of_each_kind_is_found(tmp_path: Path) -> None:
    try:
        font("sans", 20)
    except FileNotFoundError as error:
        pytest.skip(str(error))
    truths: dict[Path, Truth] = {}
    for module, seed in PAGES.items():
        picture, truth = import_module(f"tests.samples.{module}").draw(seed)
        file = tmp_path / f"{module}.png"
        cv2.imwrite(str(file), picture)
        truths[file] = truth
    for (file, truth), page in zip(truths.items(), scan(list(truths)), strict=True):
        (receipt,) = page.receipts
        found = {name: _bare(receipt.value(name)) for name in truth.fields}
        assert (file.stem, receipt.kind) == (file.stem, truth.kind)
        assert (file.stem, found) == (file.stem, {name: _bare(value or "") for name, value in truth.fields.items()})
        if truth.kind == "vat_invoice":
            assert [item.amount for item in receipt.items] == [item.amount for item in truth.items]


def _bare(value: str) -> str:
    """Letters and digits, points and dashes: brackets and spaces are read as they come."""
    return "".join(c for c in value if c.isalnum() or c in ".-")
