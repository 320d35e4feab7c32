"""The total as an amount in capitals says it, on the forms that spell it out."""

from __future__ import annotations

from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.capitals import spelt_amounts
from paddlescan.extraction.page import Page


def propose(page: Page, feature: str = "capitals") -> Iterator[Candidate]:
    """Each amount in capitals as the total, with `feature` as its evidence; one may stand on two lines."""
    for one in spelt_amounts([line.text for line in page.sheet.lines]):
        lines = tuple(page.sheet.lines[n] for n in one.lines)
        yield Candidate("total", f"{one.value:.2f}", "".join(line.text for line in lines), lines, {feature: 1.0})
