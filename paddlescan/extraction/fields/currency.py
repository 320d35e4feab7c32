"""The currency: by its sign, else by the country that the words of the page tell."""

from __future__ import annotations

from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.page import Page


def propose(page: Page) -> Iterator[Candidate]:
    """One candidate at most: signs and country have been weighed for the page as a whole."""
    place = page.place
    if place.currency is None or not page.sums:
        return
    lines = (place.line,) if place.line is not None else ()
    text = place.line.source.text if place.line is not None else place.currency
    yield Candidate(
        "currency",
        place.currency,
        text,
        lines,
        {"bias": 1.0, "score": min(place.currency_score, 6) / 6, "sign": float(bool(lines))},
    )
