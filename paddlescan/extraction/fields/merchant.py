"""The name of the shop: by what is printed at the top, by company forms, or behind a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paddlescan.extraction import shapes
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.labels import name_tokens
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import cjk_count, digit_count, letter_count, squeeze

_LOOK_AT = 14
"""Lines from the top that can hold the name."""
_JOIN = 3
"""A name takes this many lines at most."""
_NOT_NAMES = (
    "phone",
    "registration",
    "web",
    "staff",
    "date",
    "number_invoice",
    "number_receipt",
    "number_bill",
    "cash",
    "total",
    "payable",
    "recipient",
    "greeting",
    "quantity",
    "tax_id",
    "check_code",
    "invoice_code",
)
_OPEN_END = re.compile(r"(?:&|,|-|\(|\b(?:and|of|the|co|sdn))\s*$", re.IGNORECASE)
_TAIL_ONLY = re.compile(
    r"^\W*(?:(?:\(?[a-z]{1,3}\)?\s?)?(?:sdn\.?\s?bhd\.?|bhd\.?|s/b|ltd\.?|limited|llc|inc\.?|enterprise|trading|company|co\.?))\W*$",
    re.IGNORECASE,
)


def propose(page: Page) -> Iterator[Candidate]:
    """The lines at the top, alone and joined with what follows them, and what stands behind a seller label."""
    yield from _labelled(page)
    top = [line for line in page.sheet.lines[: _LOOK_AT * 2] if line.text.strip()][:_LOOK_AT]
    for place, line in enumerate(top):
        for size in range(1, _JOIN + 1):
            lines = top[place : place + size]
            if len(lines) < size or (size > 1 and not _adjoins(lines)):
                break
            value = clean_name(" ".join(line.source.text for line in lines))
            if letter_count(value) + 2 * cjk_count(value) < 3:
                continue
            yield Candidate(
                "merchant",
                value,
                " ".join(m.source.text for m in lines),
                tuple(lines),
                _features(page, lines, place, value, top),
            )


def clean_name(text: str) -> str:
    """A name without the registration number, label or marks around it."""
    text = shapes.REGISTRATION.sub(" ", text[:200])
    text = re.sub(r"\(\s{0,3}\)", " ", text)
    return squeeze(text).strip(" :;*-_=~.,'\"|") + (
        "." if re.search(r"\b(?:bhd|ltd|inc|co)\.\W*$", text, re.IGNORECASE) else ""
    )


def _adjoins(lines: Sequence[Line]) -> bool:
    upper, lower = lines[-2], lines[-1]
    return lower.row > upper.row and lower.top - upper.bottom < 1.3 * max(upper.height, lower.height)


def _features(page: Page, lines: Sequence[Line], place: int, value: str, top: Sequence[Line]) -> dict[str, float]:
    tokens = [name_tokens(line.text) for line in lines]
    every = frozenset().union(*tokens)
    size = len(lines)
    letters = letter_count(value) + 2 * cjk_count(value)
    digits = digit_count(value)
    marked = frozenset(t for line in lines for label in page.labels[line.index] for t in label.tokens)
    before = top[:place]
    f = {
        "bias": 1.0,
        "place": min(place, 10) / 10,
        "first": float(place == 0),
        "company": float("company" in every),
        "joined_whole": float(
            size > 1 and any("company" in name_tokens(line.text) and not _TAIL_ONLY.match(line.text) for line in lines)
        ),
        "trade": float("trade" in every),
        "address": float("address" in every and "company" not in every),
        "address_line": float(any("address" in t and "company" not in t for t in tokens)),
        "not_name": float(bool(marked & set(_NOT_NAMES))),
        "title": float("title" in marked),
        "digits": min(digits / max(letters + digits, 1), 0.6),
        "short": float(letters < 5),
        "long": float(letters > 45),
        "tall": min(max(max(line.height for line in lines) / page.sheet.line_height, 0.5), 2.5) - 1,
        "upper": float(value.upper() == value and letter_count(value) > 2),
        "joined": float(size == 2),
        "joined3": float(size == 3),
        "joined_open": float(
            any(_OPEN_END.search(line.text) or line.text.count("(") > line.text.count(")") for line in lines[:-1])
        ),
        "joined_tail": float(size > 1 and bool(_TAIL_ONLY.match(lines[-1].text))),
        "ends_open": float(bool(_OPEN_END.search(lines[-1].text)) or value.count("(") > value.count(")")),
        "tail_only": float(bool(_TAIL_ONLY.match(lines[0].text))),
        "low_confidence": float(min(line.source.confidence for line in lines) < 0.8),
        "after_company": float(any("company" in name_tokens(line.text) for line in before)),
        "after_address": float(
            any("address" in name_tokens(line.text) and "company" not in name_tokens(line.text) for line in before)
        ),
        "after_title": float(any("title" in label.tokens for line in before for label in page.labels[line.index])),
        "registration": float(any(shapes.REGISTRATION.search(line.text) for line in lines)),
        "before_registration": float(_registration_below(page, lines[-1])),
        "before_address": float(_address_below(lines[-1], top)),
        "open_mark": float(value.endswith(("&", ",", "("))),
    }
    return {k: v for k, v in f.items() if v}


def _below(line: Line, lines: Sequence[Line]) -> Line | None:
    return next((m for m in lines if m.row > line.row), None)


def _registration_below(page: Page, line: Line) -> bool:
    below = _below(line, page.sheet.lines[line.index : line.index + 6])
    return below is not None and (page.has(below, "registration") or bool(shapes.REGISTRATION.search(below.text)))


def _address_below(line: Line, top: Sequence[Line]) -> bool:
    below = _below(line, top)
    return below is not None and "address" in name_tokens(below.text)


def _labelled(page: Page) -> Iterator[Candidate]:
    for line in page.sheet.lines:
        for label in page.labels[line.index]:
            if "seller_name" not in label.tokens or "buyer_name" in label.tokens:
                continue
            for rank, (where, start) in enumerate(page.beside(line, label.end)[:2]):
                value = clean_name(where.source.text[start:].lstrip("）):： "))
                if letter_count(value) + 2 * cjk_count(value) >= 4 and not page.has(where, "phone", "staff"):
                    yield Candidate(
                        "merchant",
                        value,
                        where.source.text,
                        (where,),
                        {
                            "bias": 1.0,
                            "labelled": 1.0,
                            "labelled_far": float(rank > 0),
                            "company": float("company" in name_tokens(value)),
                        },
                    )
