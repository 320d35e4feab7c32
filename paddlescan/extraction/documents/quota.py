"""Quota invoices: the amount they were printed for stands in capitals, often in nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.documents import heads, spelt
from paddlescan.extraction.page import Page


def propose(page: Page) -> Iterator[Candidate]:
    """The amount in capitals, and the currency of a form that has no figure."""
    yield from heads.propose(page)
    for total in spelt.propose(page):
        yield total
        yield Candidate("currency", "CNY", total.text, total.lines, {"bias": 1.0, "sign": 1.0})
