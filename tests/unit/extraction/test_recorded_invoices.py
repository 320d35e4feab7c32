"""Drawn pages as the engine read them: every field and item is the one that was drawn."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from paddlescan.document import Receipt, TextLine, quad_from
from paddlescan.extraction.extract import extract_receipt
from tests.unit.extraction.drawing import TODAY

RECORDED = sorted(Path(__file__).with_name("recorded_invoices").glob("*.json"))
"""Made by tests/samples/record.py."""


def recorded(file: Path) -> tuple[Receipt, dict[str, Any]]:
    data = json.loads(file.read_text(encoding="utf-8"))
    lines = [
        TextLine(text, confidence, quad_from([(q[i], q[i + 1]) for i in (0, 2, 4, 6)]))
        for text, confidence, q in data["lines"]
    ]
    width, height = (max(int(v) for _, _, q in data["lines"] for v in q[n::2]) + 40 for n in (0, 1))
    return extract_receipt(lines, width, height, today=TODAY), data


def letters(text: str) -> str:
    """Without spaces and with one kind of brackets: recognisers take them as they like."""
    return text.replace(" ", "").replace("（", "(").replace("）", ")").replace("—", "-")


@pytest.mark.parametrize("file", RECORDED, ids=lambda file: file.stem)
def test_every_field_is_what_was_drawn(file: Path) -> None:
    receipt, drawn = recorded(file)
    found = {f.name: letters(f.value) for f in receipt.fields if f.value}
    wanted = {name: letters(value) for name, value in drawn["fields"].items() if value}
    assert receipt.kind == drawn["kind"]
    assert {name: found.get(name) for name in drawn["fields"]} == {name: wanted.get(name) for name in drawn["fields"]}


@pytest.mark.parametrize(
    "file",
    [f for f in RECORDED if f.stem.startswith(("vat_", "digital_")) and "roll" not in f.stem],
    ids=lambda f: f.stem,
)
def test_the_table_of_a_vat_invoice(file: Path) -> None:
    receipt, drawn = recorded(file)
    found = [(letters(i.description), _figures(i.quantity, i.unit_price, i.amount)) for i in receipt.items]
    assert found == [(letters(name), _figures(*figures)) for name, *figures in drawn["items"]]


def _figures(*printed: str | None) -> list[Decimal | None]:
    return [Decimal(value) if value else None for value in printed]
