"""Tolls on paper: the amount in capitals, and stations printed behind each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.documents import heads, spelt
from paddlescan.extraction.page import Page

_ROUTE = re.compile(r"([\u4e00-\u9fff]{2,8})\s?(?:-{1,3}>?|→|~)\s?([\u4e00-\u9fff]{2,8})")


def propose(page: Page) -> Iterator[Candidate]:
    """What the capitals say, and two places joined by an arrow or a dash."""
    yield from heads.propose(page)
    yield from spelt.propose(page)
    for line in page.sheet.lines:
        match = _ROUTE.search(line.text)
        if match:
            yield Candidate("origin_station", match[1], match[1], (line,), {"route": 0.5})
            yield Candidate("destination_station", match[2], match[2], (line,), {"route": 0.5})
