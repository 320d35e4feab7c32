"""The shop's address: the block of lines between its name and its telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from paddlescan.extraction import shapes
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.labels import name_tokens
from paddlescan.extraction.names import has_accents, mend_address
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import cjk_count, digit_count, letter_count, squeeze

_LOOK_AT = 24
_MOST = 7
"""Lines of an address at most."""
_STOP = ("phone", "registration", "web", "date", "number_invoice", "number_receipt", "number_bill", "staff", "title")
_STOP_TOO = ("total", "quantity", "cash", "recipient", "tax_id", "greeting", "unitprice", "owner")
_LABEL = re.compile(
    r"^\s{0,3}(?:(?:hq|head office|branch|outlet|shop)\s?)?(?:address|addr?|alamat|地址)\s{0,3}[:：.]?\s{0,3}",
    re.IGNORECASE,
)
_COUNTRY_ENDS = re.compile(
    r"(?:malaysia|singapore|hong kong|u\.?s\.?a|united kingdom|england|france|deutschland|germany|ehsan)\W{0,3}$",
    re.IGNORECASE,
)
"""An address seldom goes on below its country."""
_PHONE_TAIL = re.compile(r"[\s,.]{0,3}(?:tel|fax|phone|hp|h/p)\b.{0,80}$", re.IGNORECASE)


def propose(page: Page) -> Iterator[Candidate]:
    """Every run of neighbouring lines at the top that holds something of an address and nothing else's label."""
    if page.language != "en":
        return
    top = page.sheet.lines[:_LOOK_AT]
    accents = has_accents([line.text for line in page.sheet.lines])
    looks = [_looks(page, line) for line in top]
    for start in range(len(top)):
        for end in range(start + 1, min(start + _MOST, len(top)) + 1):
            last = top[end - 1]
            if looks[end - 1] is None or (end - start > 1 and not _follows(top[end - 2], last)):
                break
            if any(looks[start:end]):
                yield _candidate(page, top, looks, start, end, accents)


def _follows(upper: Line, lower: Line) -> bool:
    gap = lower.top - upper.bottom
    return gap < 1.5 * max(lower.height, upper.height) and (lower.row > upper.row or lower.left > upper.right)


def _looks(page: Page, line: Line) -> float | None:
    """How much a line looks like an address; None where it is certainly something else."""
    tokens = name_tokens(line.text)
    text = line.text.strip()
    if len(text) < 3 or (letter_count(text) + cjk_count(text) < 2 and not shapes.POSTCODE.search(text)):
        return None
    words = 1.0 if "address" in tokens else 0.5 * float("city" in tokens)
    figures = float(bool(shapes.POSTCODE.search(text))) + float(bool(shapes.STREET_NUMBER.match(text)))
    if ("company" in tokens and not words) or page.has(line, *_STOP, *_STOP_TOO):
        return None
    if shapes.REGISTRATION.search(text) and not words:
        return None
    return words + figures / 2


def _bare(texts: Iterable[str]) -> str:
    """Lines as one address, without a label before it and a telephone number behind it."""
    return squeeze(_PHONE_TAIL.sub("", _LABEL.sub("", " ".join(texts)[:600])))


def _candidate(
    page: Page, top: tuple[Line, ...], looks: list[float | None], start: int, end: int, accents: bool
) -> Candidate:
    lines = top[start:end]
    printed = _bare(line.source.text for line in lines)
    value = _bare(mend_address(line.source.text, accents) for line in lines)
    scores = [looks[i] or 0.0 for i in range(start, end)]
    tokens = [name_tokens(line.text) for line in lines]
    above = top[start - 1] if start else None
    beyond = looks[end] if end < len(top) and _follows(top[end - 1], top[end]) else None
    f = {
        "bias": 1.0,
        "alike": sum(s > 0 for s in scores) / 4,
        "unlike": sum(s == 0 for s in scores) / 4,
        "first_unlike": float(scores[0] == 0),
        "last_unlike": float(scores[-1] == 0),
        "first_number": float(bool(shapes.STREET_NUMBER.match(lines[0].text.strip()))),
        "first_title": float("trade" in tokens[0] and digit_count(lines[0].text) == 0),
        "postcode": float(any(shapes.POSTCODE.search(line.text) for line in lines)),
        "postcode_first": float(bool(shapes.POSTCODE.search(lines[0].text)) and len(lines) > 1),
        "down": page.sheet.down(lines[0]),
        "top": float(start == 0),
        "after_company": float(above is not None and "company" in name_tokens(above.text)),
        "after_number": float(above is not None and bool(shapes.REGISTRATION.search(above.text))),
        "after_name": float(above is not None and "trade" in name_tokens(above.text)),
        "goes_on": float(beyond is not None and beyond > 0),
        "goes_on_unlike": float(beyond is not None and beyond == 0),
        "began_before": float(start > 0 and (looks[start - 1] or 0.0) > 0 and _follows(top[start - 1], top[start])),
        "began_before_unlike": float(start > 0 and looks[start - 1] == 0),
        "small_only": float(len(lines) == 1),
        "beyond_end": float(any(_COUNTRY_ENDS.search(line.text) for line in lines[:-1])),
        "city": float(any("city" in t for t in tokens)),
        "uneven": float(max(m.height for m in lines) > 1.5 * min(m.height for m in lines)),
    }
    return Candidate("address", value, printed, lines, {k: v for k, v in f.items() if v})
