"""Chinese VAT invoices: special, ordinary, electronic, and the fully digital ones (20-digit number, no code)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.capitals import parse_capitals
from paddlescan.extraction.documents import parties
from paddlescan.extraction.page import Page, Sum

_NUMBER = re.compile(r"(?<![\d.])(?:N[oO0º°]?\.?\s?)?(\d{8}|\d{20})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])(\d{10}|\d{12})(?![\d.])")
_MANY = 200
"""Amounts from the foot upwards that are tried in pairs."""


def propose(page: Page) -> Iterator[Candidate]:
    """Parties, the printed number and code at the head, and the figures of the foot by what adds up."""
    yield from parties.propose(page)
    yield from _head(page)
    capitals = {value: line for line in page.sheet.lines if (value := parse_capitals(line.text)) is not None}
    for value, line in capitals.items():
        yield Candidate("total", f"{value:.2f}", line.text, (line,), {"capitals": 1.0})
    totals = {s.amount.value for s in page.sums if s.role == "payable"} | set(capitals)
    sums = [s for s in page.sums if s.amount.decimals == 2][-_MANY:]
    for net in sums:
        for tax in sums:
            if net is tax or net.amount.value <= tax.amount.value or not _same_row(net, tax):
                continue
            if net.amount.value + tax.amount.value in totals:
                signs = float(net.amount.currency is not None)
                yield _part("subtotal", net, signs)
                yield _part("tax", tax, signs)
                total = net.amount.value + tax.amount.value
                for whole in sums:
                    if whole.amount.value == total:
                        yield Candidate("total", f"{total:.2f}", whole.line.text, (whole.line,), {"vat_adds": 1.0})


def _same_row(net: Sum, tax: Sum) -> bool:
    return (
        abs(net.line.middle - tax.line.middle) < max(net.line.height, tax.line.height) and tax.line.left > net.line.left
    )


def _part(name: str, one: Sum, signs: float) -> Candidate:
    return Candidate(name, one.amount.printed, one.line.text, (one.line,), {"vat_adds": 1.0, "vat_signs": signs})


def _head(page: Page) -> Iterator[Candidate]:
    """Numbers of the right length above the parties; printed ones often stand there twice."""
    for line in page.sheet.lines:
        if "识别号" in line.text:
            break
        for pattern, name in ((_NUMBER, "invoice_number"), (_CODE, "invoice_code")):
            for match in pattern.finditer(line.text):
                same = sum(match[1] in m.text for m in page.sheet.lines)
                features = {
                    "head": 1.0,
                    "head_again": float(same > 1),
                    "head_alone": float(len(line.text.strip()) < len(match[0]) + 3),
                }
                features["head_label"] = float("No" in line.text[: match.end()] or "发票" in line.text)
                features["head_other"] = float(page.has(line, "check_code", "tax_id", "phone") or "机器" in line.text)
                yield Candidate(name, match[1], match[1], (line,), {k: v for k, v in features.items() if v})
