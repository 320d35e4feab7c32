"""Buyer and seller on Chinese invoices: two blocks of the same labels, told apart by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction import shapes
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import cjk_count, digit_count, letter_count, squeeze

_NAME = re.compile(r"(?:名\s?称|^\s?称|名)\s?[:;]\s?")
_TAX_ID = re.compile(r"(?:识别号|信用代码|税号)[\w/ ]{0,12}?\s?[:;]?\s?")
_NOT_IN_NAME = ("地址", "开户", "识别号", "密码", "规格", "项目")


def propose(page: Page) -> Iterator[Candidate]:
    """The lower block is the seller's; where both stand side by side, the right one."""
    names = list(_values(page, _NAME, _as_name))
    for field, wanted in (("buyer", 0), ("merchant", 1)):
        for line, value in names:
            yield Candidate(
                field, value, line.source.text, (line,), _position(page, [m for m, _ in names], line, wanted)
            )
    numbers = list(_values(page, _TAX_ID, _as_tax_id))
    for field, wanted in (("buyer_tax_id", 0), ("seller_tax_id", 1)):
        for line, value in numbers:
            yield Candidate(field, value, value, (line,), _position(page, [m for m, _ in numbers], line, wanted))


def _values(page: Page, label: re.Pattern[str], read: object) -> Iterator[tuple[Line, str]]:
    for line in page.sheet.lines:
        match = label.search(line.text)
        if match is None:
            continue
        for where, start in page.beside(line, match.end())[:2]:
            value = read(where.source.text[start:]) if callable(read) else None
            if value:
                yield where, value
                break


def _as_name(text: str) -> str | None:
    value = squeeze(text.lstrip(" :：;")[:80])
    if cjk_count(value) + letter_count(value) < 2 or any(word in value for word in _NOT_IN_NAME):
        return None
    return value


def _as_tax_id(text: str) -> str | None:
    match = shapes.TAX_ID_CN.search(text.upper())
    return match[0] if match and digit_count(match[0]) >= 8 else None


def _position(page: Page, lines: list[Line], line: Line, wanted: int) -> dict[str, float]:
    """Evidence that a line is the first (0: buyer) or the last (1: seller) of its like."""
    others = [m for m in lines if m is not line]
    below = any(m.row > line.row or (m.row == line.row and m.left > line.right) for m in others)
    above = any(m.row < line.row or (m.row == line.row and m.right < line.left) for m in others)
    right_place = (above and not below) if wanted else (below and not above)
    return {
        "party": 1.0,
        "party_place": float(right_place),
        "party_wrong": float(bool(others) and not right_place),
        "party_alone": float(not others),
        "party_alone_place": float(not others and (page.sheet.down(line) > 0.5) == bool(wanted)),
    }
