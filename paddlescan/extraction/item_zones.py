"""Where the line items of a page stand: below the head of the receipt or of a table, above the sums."""

from __future__ import annotations

from collections.abc import Iterator

from paddlescan.extraction.labels import role_of
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line

_ENDS = frozenset(
    {"subtotal", "total", "total_incl", "total_excl", "total_within", "payable", "excl", "rounded", "rounding"}
) | {"change", "cash_total", "total_tax", "tax_incl", "tax_amount"}
"""What stands below the items, always."""
_MAY_END = frozenset({"tax", "service", "cash", "card", "balance", "points"})
"""What stands below them as a rule, but may be a word of an item (VISA holder, TAX stamp)."""
_HEAD_LABELS = ("phone", "registration", "web", "date", "time", "staff", "number_invoice", "number_receipt", "tax_id")
_HEAD_LABELS_TOO = ("number_bill", "number_order", "recipient", "greeting", "address")


def first_end(page: Page) -> int:
    """The first row with a sum of all items, below which no table of them begins."""
    ends = (s.line.row for s in page.sums if s.role in _ENDS and s.amount.decimals)
    return min(ends, default=len(page.sheet.rows))


def below_head(page: Page) -> int:
    """The row below the last one, above the first sum, that is of the receipt's head."""
    heads = (n for n in range(first_end(page)) if is_head(page, n))
    return max(heads, default=-1) + 1


def is_head(page: Page, number: int) -> bool:
    """Whether a row holds a date, a number of the receipt, a telephone or the like."""
    lines = [page.sheet.lines[i] for i in page.sheet.rows[number]]
    if any(page.has(line, *_HEAD_LABELS, *_HEAD_LABELS_TOO) or _is_title(page, line) for line in lines):
        return True
    return any(line is m for line in lines for m, _ in page.dates)


def _is_title(page: Page, line: Line) -> bool:
    """Whether a line is little more than the words of a title: TAX INVOICE, not RESTAURANT ORDER CHIT."""
    said = sum(label.end - label.start for label in page.labels[line.index] if "title" in label.tokens)
    return 2 * said > len(line.text.strip())


def _counts(page: Page, number: int) -> bool:
    """Whether a row counts what stands above it: Total Qty: 3, Item(s): 2; not "2 PCS 5.00", which is an item's."""
    lines = [page.sheet.lines[i] for i in page.sheet.rows[number]]
    return any(
        "quantity" in label.tokens and not any(c.isalnum() for c in lines[0].text[: label.start])
        for label in page.labels[lines[0].index]
    )


def zones(page: Page, start: int) -> Iterator[tuple[int, ...]]:
    """Rows that can hold the items: up to the first sum; up to the first certain one; all between sums."""
    roles: dict[int, set[str | None]] = {}
    for one in page.sums:
        if one.amount.decimals or one.amount.currency:
            above = one.above if one.line.row > start else None  # right below a heading, its words are no label
            roles.setdefault(one.line.row, set()).add(one.role or above)
    every = range(start, len(page.sheet.rows))
    seen_amount = False
    certain: list[int] = []
    likely: list[int] | None = None
    apart: list[int] = []
    ended = False
    for number in every:
        mine = roles.get(number, set())
        tokens = {t for i in page.sheet.rows[number] for label in page.labels[i] for t in label.tokens}
        counts = "quantity" in tokens and seen_amount and _counts(page, number)
        ends = (
            counts
            or bool(mine & _ENDS)
            or (not mine and seen_amount and bool(tokens & {"sub", "summary", "payable", "grand"}))
        )
        may_end = bool(mine & _MAY_END) or (not mine and seen_amount and role_of(tokens) == "total")
        if likely is None and (ends or may_end):
            likely = list(certain)
        ended = ended or ends
        if not ended:
            certain.append(number)
        if not ends and not may_end:
            apart.append(number)
        if "change" in mine or "summary" in tokens:
            break
        seen_amount = seen_amount or (bool(mine) and not (ends or may_end))
    yield tuple(likely if likely is not None else certain)
    yield tuple(certain)
    yield tuple(apart)
