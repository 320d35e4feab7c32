"""The receipt's own number, only where a label says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line

_TOKENS = ("number_invoice", "number_receipt", "number_bill", "number_order")
_VALUE = re.compile(r"[#A-Z0-9][A-Z0-9/_#-]{2,29}(?:(?:(?<=[-_/]) |\.)[A-Z0-9/_-]{1,12}){0,3}", re.IGNORECASE)
_LEAD = re.compile(r"^[\s:.#=*)(\[-]{0,6}(?:(?:no|number|num|nr|id|/date|n°)\b\.?[\s:.#=*(\[-]{0,6})?", re.IGNORECASE)
_BARE = re.compile(r"^\s?no\s?[.:#]{1,2}\s?:?\s?(?=\S{5,24}\s?$)", re.IGNORECASE)
"""A line of its own: No.: CS0012345"""
_ALONE = re.compile(r"^\s?no\s?[.:#]{0,2}\s?:?\s?$", re.IGNORECASE)
"""The word alone, its number in the next cell."""


def propose(page: Page) -> Iterator[Candidate]:
    """What stands behind or under a number label and looks like a number."""
    for line in page.sheet.lines:
        yield from _bare(page, line)
        for label in page.labels[line.index]:
            kinds = [t for t in _TOKENS if t in label.tokens]
            if not kinds or (label.end - label.start <= 3 and line.text[label.end : label.end + 1].isdigit()):
                continue  # the INV of INV982446 is a part of the number
            for rank, (where, start) in enumerate(page.beside(line, label.end)[:3]):
                value = _number(where, start)
                if value is None:
                    continue
                features = {
                    "bias": 1.0,
                    kinds[0]: 1.0,
                    "place": float(rank),
                    "below": float(where.row > line.row),
                    "down": page.sheet.down(line),
                }
                features |= _shape(page, where, value)
                yield Candidate(
                    "invoice_number",
                    value,
                    where.source.text[start:].strip(),
                    (where,),
                    {k: v for k, v in features.items() if v},
                )


def _bare(page: Page, line: Line) -> Iterator[Candidate]:
    """A number behind "No" alone, under or beside the word invoice or receipt."""
    where, start = line, 0
    if match := _BARE.match(line.text):
        start = match.end()
    elif _ALONE.match(line.text):
        beside = [m for m in page.sheet.row_of(line) if m.left > line.left and m.index != line.index]
        where = beside[0] if beside else line
    value = _number(where, start) if start or where is not line else None
    above = [page.sheet.lines[i] for row in page.sheet.rows[max(line.row - 2, 0) : line.row + 1] for i in row]
    if value and any(page.has(m, "title") for m in above):
        features = {"number_bare": 1.0} | _shape(page, where, value)
        yield Candidate("invoice_number", value, where.text, (where,), {k: v for k, v in features.items() if v})


def _number(where: Line, start: int) -> str | None:
    rest = where.text[start:]
    rest = rest[_LEAD.match(rest).end() :]  # type: ignore[union-attr]
    match = _VALUE.match(rest)
    if match is None or not any(c.isdigit() for c in match[0]):
        parts = rest.split(" ", 2)
        if (
            len(parts) > 1
            and len(parts[0]) <= 3
            and not parts[1].startswith("#")
            and (found := _VALUE.match(parts[1]))
            and any(c.isdigit() for c in found[0])
        ):
            return f"{parts[0]} {found[0]}".rstrip("-/_.")
        return None
    return match[0].replace(" ", "").rstrip("-/_.")


def _shape(page: Page, where: Line, value: str) -> dict[str, float]:
    dates = [d for line, d in page.dates if line.index == where.index]
    in_date = any(value in where.text[d.start : d.end] or where.text[d.start : d.end].strip() in value for d in dates)
    return {
        "digits_only": float(value.isdigit()),
        "short": float(len(value) < 4),
        "date": float(in_date),
        "price": float(bool(re.fullmatch(r"\d+[.,]\d\d", value))),
        "registration": float(page.has(where, "registration", "phone")),
    }
