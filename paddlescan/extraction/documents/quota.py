"""Quota invoices: the amount they were printed for stands in capitals, often in nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.capitals import parse_capitals
from paddlescan.extraction.documents import heads
from paddlescan.extraction.page import Page


def propose(page: Page) -> Iterator[Candidate]:
    """The amount in capitals, and the currency of a form that has no figure."""
    yield from heads.propose(page)
    for line in page.sheet.lines:
        value = parse_capitals(line.text)
        if value is not None:
            yield Candidate("total", f"{value:.2f}", line.text, (line,), {"capitals": 1.0})
            yield Candidate("currency", "CNY", line.text, (line,), {"bias": 1.0, "sign": 1.0})
