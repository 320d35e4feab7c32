"""Coach tickets: from where to where as one row, where no labels say it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.documents import heads, passengers
from paddlescan.extraction.page import Page

_ROUTE = re.compile(r"([\u4e00-\u9fff()]{2,12})\s?(?:-{1,3}>?|→|->|=+>|~|至)\s?([\u4e00-\u9fff()]{2,12})")
_PLACE = re.compile(r"^([\u4e00-\u9fff]{1,10}(?:站|客运中心|口岸))$")


def propose(page: Page) -> Iterator[Candidate]:
    """Stations joined by an arrow or a dash, or standing alone in one row; the passenger."""
    yield from heads.propose(page)
    yield from passengers.propose(page)
    for line in page.sheet.lines:
        match = _ROUTE.search(line.text)
        if match and not any(c.isdigit() for c in line.text):
            yield Candidate("origin_station", match[1], match[1], (line,), {"route": 1.0})
            yield Candidate("destination_station", match[2], match[2], (line,), {"route": 1.0})
    for row in page.sheet.rows:
        found = [(page.sheet.lines[i], m) for i in row if (m := _PLACE.match(page.sheet.lines[i].text.strip()))]
        if len(found) == 2:
            for field, (line, match) in zip(("origin_station", "destination_station"), found, strict=True):
                yield Candidate(field, match[1], match[1], (line,), {"row_of_two": 1.0})
