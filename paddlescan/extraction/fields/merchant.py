"""The name of the shop: by what is printed at the top, by company forms, or behind a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paddlescan.extraction import shapes
from paddlescan.extraction.amounts import find_amounts
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.labels import is_generic_name, name_tokens
from paddlescan.extraction.names import clean_name, has_accents, mend_name
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import cjk_count, digit_count, letter_count, letters_and_digits
from paddlescan.extraction.websites import is_of_site, site_names

_LOOK_AT = 14
"""Lines from the top that can hold the name."""
_STAMP_HERE = re.compile(r"^\W?(?:盖章|公章|签章|章)(?:有效)?\W?$")
_JOIN = 3
"""A name takes this many lines at most."""
_NOT_NAMES = frozenset(
    ("phone", "registration", "web", "staff", "date", "number_invoice", "number_receipt", "number_bill", "tax_id")
) | {"recipient", "greeting", "quantity", "check_code", "invoice_code", "summary", "change", "unitprice"}
_OPEN_END = re.compile(r"(?:&|,|-|\(|\b(?:and|of|the|co|sdn))\s*$", re.IGNORECASE)
_TAIL = r"(?:sdn\W{0,2}bhd|bhd|s/b|ltd|limited|llc|inc|enterprise|trading|company|co|&|\()"
_STARTS_TAIL = re.compile(rf"^\W{{0,2}}{_TAIL}(?![a-z])", re.IGNORECASE)
_ONLY_TAIL = re.compile(rf"^\W{{0,2}}(?:co\W{{0,2}})?(?:\([a-z]{{1,3}}\)\s?)?{_TAIL}\W{{0,3}}$", re.IGNORECASE)


def propose(page: Page) -> Iterator[Candidate]:
    """The lines at the top, alone and joined with what follows them, and what stands behind a seller label."""
    accents = has_accents([line.text for line in page.sheet.lines])
    yield from _labelled(page)
    if page.layout.form_head:
        return
    sites = site_names(line.text for line in page.sheet.lines)
    top = [line for line in page.sheet.lines[: _LOOK_AT * 2] if line.text.strip()][:_LOOK_AT]
    for place, line in enumerate(top):
        for size in range(1, _JOIN + 1):
            lines = top[place : place + size]
            if len(lines) < size or (size > 1 and not _adjoins(lines)):
                break
            printed = " ".join(line.source.text for line in lines)
            value = mend_name(clean_name(printed), accents)
            if letter_count(value) + 2 * cjk_count(value) >= 3:
                f = _features(page, lines, place, value, top)
                if is_of_site(value, sites) and not any(page.has(line, "web") for line in lines):
                    f["site"] = 1.0
                yield Candidate("merchant", value, printed, tuple(lines), f)
        branch = _branch(page, line)
        if branch is not None:
            printed = line.source.text + branch.source.text
            value = mend_name(clean_name(printed), accents)
            features = _features(page, [line], place, value, top) | {"joined_branch": 1.0}
            yield Candidate("merchant", value, printed, (line, branch), features)
    yield from _logos(page, sites, top)


def _branch(page: Page, line: Line) -> Line | None:
    """The brackets right behind a name, with the branch in them, where they were read as a line of their own."""
    beside = [m for m in page.sheet.row_of(line) if 0 <= m.left - line.right < 0.6 * line.height]
    return next((m for m in beside if m.text.startswith("(") and m.text.rstrip().endswith(")")), None)


def _logos(page: Page, sites: frozenset[str], top: Sequence[Line]) -> Iterator[Candidate]:
    """Lines further down that say nothing but the name that the page's web address holds."""
    if not sites:
        return
    known = {line.index for line in top}
    for line in page.sheet.lines:
        if line.index not in known and letters_and_digits(line.text) in sites:
            features = {"bias": 1.0, "logo": 1.0}
            yield Candidate("merchant", clean_name(line.source.text), line.source.text, (line,), features)


def _adjoins(lines: Sequence[Line]) -> bool:
    upper, lower = lines[-2], lines[-1]
    return lower.row > upper.row and lower.top - upper.bottom < 1.3 * max(upper.height, lower.height)


def _features(page: Page, lines: Sequence[Line], place: int, value: str, top: Sequence[Line]) -> dict[str, float]:
    tokens = [name_tokens(line.text) for line in lines]
    every = frozenset().union(*tokens) | (name_tokens(value) & {"company"})  # as mended: SDN DHD
    letters, digits = letter_count(value) + 2 * cjk_count(value), digit_count(value)
    marked = frozenset(t for line in lines for label in page.labels[line.index] for t in label.tokens)
    is_address = ["address" in t and "company" not in t for t in tokens]
    f = {
        "bias": 1.0,
        "place": min(place, 10) / 10,
        "first": float(place == 0),
        "company": float("company" in every),
        "trade": float("trade" in every),
        "address": float(any(is_address)),
        "not_name": float(bool(marked & _NOT_NAMES)),
        "title": float("title" in marked and "company" not in every),
        "priced": float(any(a.decimals == 2 for line in lines for a in find_amounts(line.text))),
        "digits": min(digits / max(letters + digits, 1), 0.6),
        "short": float(letters < 5),
        "long": float(letters > 45),
        "tall": min(max(max(line.height for line in lines) / page.sheet.line_height, 0.5), 2.5) - 1,
        "upper": float(value.upper() == value and letter_count(value) > 2),
        "lower": float(value.lower() == value and letter_count(value) > 2),
        "ends_open": float(bool(_OPEN_END.search(lines[-1].text)) or value.count("(") > value.count(")")),
        "unopened": float(value.count(")") > value.count("(")),
        "generic": float(all(is_generic_name(line.text) for line in lines)),
        "starts_tail": float(bool(_STARTS_TAIL.match(lines[0].text))),
        "low_confidence": float(min(line.source.confidence for line in lines) < 0.8),
        "registration": float(bool(shapes.REGISTRATION.search(lines[-1].text))),
        **_joined(lines, tokens),
        **_around(page, lines, place, top),
    }
    return {k: v for k, v in f.items() if v}


def _joined(lines: Sequence[Line], tokens: Sequence[frozenset[str]]) -> dict[str, float]:
    """What speaks for and against lines being one name."""
    size = len(lines)
    if size == 1:
        return {}
    heights = sorted(line.height for line in lines)
    whole = [("company" in t) and not _ONLY_TAIL.match(line.text) for t, line in zip(tokens, lines, strict=True)]
    open_end = any(_OPEN_END.search(m.text) or m.text.count("(") > m.text.count(")") for m in lines[:-1])
    return {
        "joined": float(size == 2),
        "joined3": float(size == 3),
        "joined_open": float(open_end),
        "joined_bracket": float(any(m.text.count(")") > m.text.count("(") for m in lines[1:])),
        "joined_tail": float(any(_STARTS_TAIL.match(line.text) for line in lines[1:])),
        "joined_generic": float(any(map(is_generic_name, (line.text for line in lines[1:])))),
        "joined_only_tail": float(bool(_ONLY_TAIL.match(lines[-1].text))),
        "joined_whole": float(any(whole)),
        "joined_after_company": float(any("company" in t for t in tokens[:-1])),
        "joined_unlike": float(heights[-1] > 1.3 * heights[0]),
        "joined_number": float(any(digit_count(m.text) * 2 > len(m.text.strip()) for m in lines)),
    }


def _around(page: Page, lines: Sequence[Line], place: int, top: Sequence[Line]) -> dict[str, float]:
    """What stands above and below."""
    before = [(line, name_tokens(line.text)) for line in top[:place]]
    below = next((m for m in page.sheet.lines[lines[-1].index : lines[-1].index + 8] if m.row > lines[-1].row), None)
    beyond = name_tokens(below.text) if below is not None else frozenset[str]()
    number_below = below is not None and (
        page.has(below, "registration") or bool(shapes.REGISTRATION.search(below.text))
    )
    return {
        "after_company": float(any("company" in t for _, t in before)),
        "after_address": float(any("address" in t and "company" not in t for _, t in before)),
        "after_title": float(any(page.has(line, "title") for line, _ in before)),
        "after_number": float(any(page.has(line, "phone", "registration") for line, _ in before)),
        "after_trade": float(any("trade" in t and "address" not in t for _, t in before)),
        "after_open": float(
            bool(before) and bool(_OPEN_END.search(before[-1][0].text)) and _adjoins([before[-1][0], lines[0]])
        ),
        "after_owner": float(bool(before) and page.has(before[-1][0], "owner")),
        "before_number": float(number_below),
        "before_address": float("address" in beyond and "company" not in beyond),
        "before_company": float("company" in beyond),
    }


def _labelled(page: Page) -> Iterator[Candidate]:
    for line in page.sheet.lines:
        for label in page.labels[line.index]:
            follows = line.text[label.end : label.end + 1]
            if "seller_name" not in label.tokens or "buyer_name" in label.tokens or follows not in ("", ":", " ", ")"):
                continue
            for rank, (where, start) in enumerate(page.beside(line, label.end)[:2]):
                value = clean_name(where.source.text[start:].lstrip("）):： "))
                if letter_count(value) + 2 * cjk_count(value) < 4 or page.has(where, "phone", "staff"):
                    continue
                if _STAMP_HERE.match(value) or any(
                    m.start == 0 and not where.text[m.end :].strip(" :.") for m in page.labels[where.index]
                ):
                    continue  # what stands there is another label, or nothing but the place for a seal
                company = float("company" in name_tokens(value))
                features = {"bias": 1.0, "labelled": 1.0, "labelled_far": float(rank > 0), "company": company}
                yield Candidate("merchant", value, where.source.text, (where,), features)
