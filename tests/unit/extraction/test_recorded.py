"""Drawn pages as the engine read them, all names invented: a page of every layout, every field right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from paddlescan.document import TextLine, quad_from
from paddlescan.extraction.extract import extract_receipt
from tests.unit.extraction.drawing import TODAY

PAGES: list[dict[str, Any]] = [
    page
    for file in sorted((Path(__file__).parent / "recorded").glob("*.json"))
    for page in json.loads(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page["name"]))
def test_every_field_of_a_recorded_page_is_right(page: dict[str, Any]) -> None:
    lines = [
        TextLine(text, confidence, quad_from([corners[n : n + 2] for n in (0, 2, 4, 6)]))
        for text, confidence, *corners in page["lines"]
    ]
    width, height = page["size"]
    receipt = extract_receipt(lines, width, height, today=TODAY)
    found = {f.name: f.value for f in receipt.fields if f.value}
    assert receipt.kind == page["kind"]
    for name, value in page["truth"].items():
        assert found.get(name) == value, name
    assert not [c for c in receipt.checks if not c.passed], "a false alarm"
