"""Chinese VAT invoices: special, ordinary, electronic, and the fully digital ones (20-digit number, no code)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.documents import parties, spelt
from paddlescan.extraction.documents.vat_items import SUM_OF_PAGE, find_items
from paddlescan.extraction.page import Page, Sum
from paddlescan.extraction.rows import Line

__all__ = ["find_items", "propose", "sums_row"]

_NUMBER = re.compile(r"(?<![\d.])(?:N[oO0º°]?\.?\s?)?(\d{8}|\d{20})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])(\d{10}|\d{12})(?![\d.])")
_SUMS = re.compile(r"合\s{0,8}计|合|计")
_STARS = re.compile(r"^[*＊※.…]{2,4}$")
"""What stands in the place of a tax that is none."""
_LABELS = 12
"""Lines 合计 that are looked at."""
_MANY = 200
"""Amounts from the foot upwards that are tried in pairs."""


def propose(page: Page) -> Iterator[Candidate]:
    """Parties, the printed number and code at the head, and the figures of the foot by what adds up."""
    yield from parties.propose(page)
    yield from _head(page)
    yield from _sums_row(page)
    capitals = list(spelt.propose(page))
    yield from capitals
    totals = {s.amount.value for s in page.sums if s.role == "payable"} | {abs(Decimal(one.value)) for one in capitals}
    sums = [s for s in page.sums if s.amount.decimals == 2][-_MANY:]
    for net in sums:
        for tax in sums:
            if net is tax or net.amount.value <= tax.amount.value or not _same_row(net, tax):
                continue
            if net.amount.negative != tax.amount.negative:
                continue
            if net.amount.value + tax.amount.value in totals:
                signs = float(net.amount.currency is not None)
                yield _part("subtotal", net, signs)
                yield _part("tax", tax, signs)
                total = net.amount.value + tax.amount.value
                for whole in sums:
                    if whole.amount.value == total and whole.amount.negative == net.amount.negative:
                        yield Candidate("total", signed(whole), whole.line.text, (whole.line,), {"vat_adds": 1.0})


@dataclass(frozen=True, slots=True)
class SumsRow:
    """The row 合计 below the table: net, and tax unless three stars stand in its place."""

    label: Line
    net: Sum
    tax: Sum | None


def sums_row(page: Page) -> SumsRow | None:
    """The row of sums, by its label, which is often read as two lines or lies a little off its values.

    On a page without one, that of the page's own sums.
    """
    labels = [m for words in (_SUMS, SUM_OF_PAGE) for m in page.sheet.lines if words.fullmatch(m.text.strip())][
        :_LABELS
    ]
    for line in labels:
        beside = [
            one
            for one in page.sums
            if one.amount.decimals == 2
            and one.line.left > line.right
            and abs(one.line.middle - line.middle) < 0.9 * max(one.line.height, line.height)
        ]
        beside.sort(key=lambda one: one.line.left)
        if 0 < len(beside) < 3:
            return SumsRow(line, beside[0], beside[1] if len(beside) > 1 else None)
    return None


def _sums_row(page: Page) -> Iterator[Candidate]:
    """Net and tax by where they stand, whether they add up or not."""
    row = sums_row(page)
    if row is None:
        return
    starred = any(_STARS.search(line.text) for line in page.sheet.lines if _beside(line, row.label))
    if row.tax is None and not starred and row.net.line.left < (page.sheet.left + page.sheet.right) / 2:
        return
    for name, one in (("subtotal", row.net), ("tax", row.tax)):
        if one is not None:
            yield Candidate(name, signed(one), one.line.text, (one.line,), {"vat_row": 1.0})
    if row.tax is None and starred:
        net = row.net
        yield Candidate("total", signed(net), net.line.text, (net.line,), {"vat_free": 1.0})


def _beside(line: Line, label: Line) -> bool:
    return line.left > label.right and abs(line.middle - label.middle) < max(line.height, label.height)


def signed(one: Sum) -> str:
    """An amount as a decimal string; negative on an invoice that takes another back (红字)."""
    return f"-{one.amount.printed}" if one.amount.negative else one.amount.printed


def _same_row(net: Sum, tax: Sum) -> bool:
    return (
        abs(net.line.middle - tax.line.middle) < max(net.line.height, tax.line.height) and tax.line.left > net.line.left
    )


def _part(name: str, one: Sum, signs: float) -> Candidate:
    return Candidate(name, signed(one), one.line.text, (one.line,), {"vat_adds": 1.0, "vat_signs": signs})


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
