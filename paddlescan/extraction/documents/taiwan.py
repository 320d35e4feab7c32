"""Receipts of Taiwan: the number without a label, dates of the Republic, and numbers of companies by their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.tw import ubn

from paddlescan.extraction import dates
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.documents import spelt
from paddlescan.extraction.documents.taiwan_items import find_items
from paddlescan.extraction.names import clean_name
from paddlescan.extraction.page import Page
from paddlescan.extraction.text import cjk_count

__all__ = ["find_items", "propose"]

_NUMBER = re.compile(r"(?<![A-Z0-9])([A-Z]{2})\s?(-?)\s?(\d{8})(?!\d)")
_ROC = re.compile(r"(?<![\d/.-])(1[01]\d)([/.-])(\d{1,2})\2(\d{1,2})(?![\d/.-])")
_EIGHT = re.compile(r"(?<!\d)\d{8}(?!\d)")


def propose(page: Page) -> Iterator[Candidate]:
    """The number of two letters and eight digits, dates such as 115/03/21, and 統一編號."""
    for line in page.sheet.lines:
        for match in _NUMBER.finditer(line.text):
            far = line.text[: match.start()].strip(" :.") != "" and not line.text[: match.start()].strip().endswith(":")
            features = {"taiwan_number": 1.0} | ({"taiwan_number_far": 1.0} if far else {})
            yield Candidate("invoice_number", "".join(match.groups()), match[0], (line,), features)
        for match in _ROC.finditer(line.text):
            value = dates.make(int(match[1]) + 1911, int(match[3]), int(match[4]), page.today)
            if value is not None:
                yield Candidate("date", value.isoformat(), match[0], (line,), {"taiwan_roc": 1.0})
    yield from spelt.propose(page, "taiwan_words")
    yield from _companies(page)
    yield from _shops(page)


def _shops(page: Page) -> Iterator[Candidate]:
    """On a till's slip the shop stands between the number at the head and its own 統一編號."""
    lines = page.sheet.lines
    own = next((n for n, line in enumerate(lines) if page.has(line, "tax_id")), 0)
    head = next((n for n, line in enumerate(lines) if _NUMBER.search(line.text)), own)
    for line in lines[head + 1 : own]:
        if len(page.sheet.row_of(line)) == 1 and cjk_count(line.text) > 2:
            name = clean_name(line.source.text)
            yield Candidate("merchant", name, line.source.text, (line,), {"taiwan_shop": 1.0})


def _companies(page: Page) -> Iterator[Candidate]:
    """The buyer's number stands above, the seller's below; a single one is the seller's."""
    found = []
    for line in page.sheet.lines:
        label = next((m for m in page.labels[line.index] if "tax_id" in m.tokens), None)
        if label is None:
            continue
        for where, start in page.beside(line, label.end)[:2]:
            number = _EIGHT.search(where.text, start)
            if number:
                found.append((where, number[0]))
                break
    for n, (where, value) in enumerate(found):
        features = {
            "taiwan_id": 1.0,
            "taiwan_id_valid": float(ubn.is_valid(value)),
            "taiwan_id_last": float(n == len(found) - 1),
            "taiwan_id_only": float(len(found) == 1),
        }
        features = {name: amount for name, amount in features.items() if amount}
        for field in ("seller_tax_id", "buyer_tax_id"):
            yield Candidate(field, value, value, (where,), features)
