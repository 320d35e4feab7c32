"""The shop's address: the block of address lines under its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction import shapes
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.labels import name_tokens
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import squeeze

_LOOK_AT = 24
_STOP = (
    "phone",
    "registration",
    "web",
    "date",
    "number_invoice",
    "number_receipt",
    "number_bill",
    "staff",
    "title",
    "total",
    "quantity",
    "cash",
    "recipient",
)
_LABEL = re.compile(r"^\s*(?:address|addr|地址)\s*[:：.]?\s*", re.IGNORECASE)


def propose(page: Page) -> Iterator[Candidate]:
    """Runs of lines at the top of which most look like an address."""
    run: list[Line] = []
    for line in (*page.sheet.lines[:_LOOK_AT], None):
        looks = 0.0 if line is None else _looks(page, line)
        near = bool(run) and line is not None and line.top - run[-1].bottom < 1.5 * max(line.height, run[-1].height)
        if line is not None and looks > 0 and (near or not run):
            run.append(line)
            continue
        if run:
            yield from _candidate(page, run)
        run = [line] if line is not None and looks > 0 else []


def _looks(page: Page, line: Line) -> float:
    tokens = name_tokens(line.text)
    if page.has(line, *_STOP) or "company" in tokens or len(line.text.strip()) < 4:
        return 0.0
    return (
        float("address" in tokens)
        + float(bool(shapes.POSTCODE.search(line.text)))
        + float(bool(shapes.STREET_NUMBER.match(line.text)))
    )


def _candidate(page: Page, run: list[Line]) -> Iterator[Candidate]:
    run = run[:6]
    value = squeeze(_LABEL.sub("", " ".join(line.source.text for line in run)[:600]))
    features = {
        "bias": 1.0,
        "lines": min(len(run), 4) / 4,
        "postcode": float(any(shapes.POSTCODE.search(line.text) for line in run)),
        "down": page.sheet.down(run[0]),
        "words": min(sum("address" in name_tokens(line.text) for line in run), 4) / 4,
    }
    yield Candidate("address", value, value, tuple(run), {k: v for k, v in features.items() if v})
