"""Codes that Chinese documents print behind a label: invoice code, check code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.page import Page

_SHAPES = {
    "invoice_code": re.compile(r"^[\s:.]{0,3}(\d[\d ]{6,13}\d)(?!\d)"),
    "check_code": re.compile(r"^[\s:.]{0,3}([0-9a-zA-Z][0-9a-zA-Z ]{3,26}[0-9a-zA-Z])"),
}
_LENGTHS = {"invoice_code": (8, 10, 12), "check_code": (6, 20)}


def propose(page: Page) -> Iterator[Candidate]:
    """What stands behind, beside or under such a label and has its shape."""
    for line in page.sheet.lines:
        for label in page.labels[line.index]:
            for name, shape in _SHAPES.items():
                if name not in label.tokens:
                    continue
                for rank, (where, start) in enumerate(page.beside(line, label.end)[:2]):
                    match = shape.match(where.text[start:])
                    if match:
                        value = match[1].replace(" ", "")
                        features = {
                            "code": 1.0,
                            "code_far": float(rank > 0),
                            "code_length": float(len(value) in _LENGTHS[name]),
                        }
                        yield Candidate(name, value, match[1], (where,), features)
