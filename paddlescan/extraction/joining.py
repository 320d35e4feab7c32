"""An invoice that goes on over several pages of one file: whether a page goes on with the one before, and one receipt
of them all.

Two invoices in one file must never become one, so a page is believed to go on only where something says so: page
labels (`2/3`, 第2页 共3页), the words "continued", the same number with one total between the two, or a table that
goes on in the same column without any head of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from paddlescan.document import AMOUNT_FIELDS, FIELD_NAMES, Check, Field, Kind, Receipt, TextLine, bounds
from paddlescan.extraction.amounts import find_amounts
from paddlescan.extraction.documents.vat_items import SUM_OF_PAGE
from paddlescan.extraction.doubt import SHAKEN
from paddlescan.extraction.rules import NET_PLUS_TAX, RULES, amount_of, contradicted, judge, recheck
from paddlescan.extraction.rules.sums import COUNT, ITEMS, ITEMS_NET, ITEMS_TOTAL
from paddlescan.extraction.text import fold, plain

_ONE_PAGE: frozenset[Kind] = frozenset(
    {"taxi_receipt", "train_ticket", "bus_ticket", "toll_receipt", "quota_invoice", "nontax_receipt"}
)
"""These never go on."""

_LABELS = (
    re.compile(r"第\s?(\d{1,3})\s?[页頁]\s?[,/(]?\s?[共总總]\s?(\d{1,3})\s?[页頁]"),
    re.compile(r"[共总總]\s?(?P<of>\d{1,3})\s?[页頁]\s?[,/(]?\s?第\s?(?P<page>\d{1,3})\s?[页頁]"),
    re.compile(r"\b(?:page|pg|seite|p[aá]gina)\.?\s?:?\s?(\d{1,3})\s?(?:of|/|von|de|sur)\s?(\d{1,3})\b", re.IGNORECASE),
    re.compile(r"^\s?(\d{1,3})\s?(?:of|/)\s?(\d{1,3})\s?pages?\b", re.IGNORECASE),
)
_GOES_ON = ("转下页", "接下页", "续下页", "carried forward", "continued on next page", "continued overleaf")
_COMES_FROM = ("承前页", "接上页", "续上页", "承上页", "brought forward", "continued from previous page")
_LIST = ("清单", "明细表")
_TITLES = ("发票", "收据", "行程单", "票据", "invoice", "receipt", "statement", "credit note", "rechnung", "facture")
_TOP = 0.2
"""The share of the lines, from the top, among which a title would stand."""
_ENDS = 6
"""Lines at the top and at the foot among which the words "continued" are looked for."""
_NAMES = ("merchant", "address", "buyer", "passenger", "category")
_LONG = 5
"""A number of fewer characters may be the same by chance."""
_IN_COLUMN = 2
"""Amounts that must stand in the column of the page before."""


_AMOUNT_AT_END = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ,.']?\d{3}){0,4}[.,]\d\d$")


@dataclass(frozen=True, slots=True)
class PageLabel:
    """`page` of `of`."""

    page: int
    of: int


def page_label(lines: Sequence[TextLine]) -> PageLabel | None:
    """What a page says of itself: which page of how many. None where it says nothing, or two things."""
    found = {label for line in lines for label in _labels_in(plain(line.text))}
    return found.pop() if len(found) == 1 else None


def continues(first: Receipt, following: Receipt) -> bool:
    """Whether `following`, alone on the next page of the file, goes on with `first`, the page before it."""
    if not first.lines or not following.lines or {first.kind, following.kind} & _ONE_PAGE:
        return False
    here, there = page_label(first.lines), page_label(following.lines)
    if (there and there.page == 1) or (here and here.page == here.of) or _other_number(first, following):
        return False
    if here and there:
        return there.of == here.of and there.page == here.page + 1
    number = first.value("invoice_number")
    same_number = len(number) >= _LONG and number == following.value("invoice_number")
    if there and (there.page == 2 or same_number) and not _other_total(first, following):
        return True
    if _ends(first, _GOES_ON, foot=True) or _ends(following, _COMES_FROM, foot=False):
        return True
    if same_number:
        listed = any(word in plain(line.text) for line in following.lines[:_ENDS] for word in _LIST)
        return listed or not _sure(following, "total", first)
    return not _has_head(following) and not _sure(following, "total", first) and _table_goes_on(first, following)


def join(pages: Sequence[Receipt]) -> Receipt:
    """One receipt of the readings of consecutive pages; at least one. Evidence knows how many pages behind the first
    it stands, amounts are those of the page that sums up, checks are judged anew."""
    first = pages[0]
    if len(pages) == 1:
        return first
    placed = [_on_page(page, offset) for offset, page in enumerate(pages)]
    fields = tuple(found for name in FIELD_NAMES if (found := _field(name, placed)) is not None)
    items = tuple(item for page in placed for item in page.items)
    known: dict[str, Check] = {}
    for page in reversed(placed):  # where it sums up, its rounding and its amount in capitals stand
        for check in page.checks:
            if check.fact(ITEMS) is None:  # what the items of one page make is no whole
                known.setdefault(check.name, check)
    checks = recheck(fields, (*known.values(), *_proofs(fields, placed, known)))
    return replace(
        first,
        kind=next((page.kind for page in placed if page.kind != "other"), first.kind),
        fields=tuple(_contradicted(field, checks) for field in fields),
        items=items,
        checks=checks,
        lines=tuple(line for page in placed for line in page.lines),
    )


def _labels_in(text: str) -> Iterator[PageLabel]:
    for pattern in _LABELS:
        for match in pattern.finditer(text):
            named = match.groupdict()
            page, of = (named["page"], named["of"]) if named else match.groups()
            if 1 <= int(page) <= int(of):
                yield PageLabel(int(page), int(of))


def _other_number(first: Receipt, following: Receipt) -> bool:
    """Whether each has a number of its own."""
    for name in ("invoice_number", "invoice_code"):
        mine, other = first.value(name), following.value(name)
        if mine and other and mine != other:
            return True
    return False


def _sure(receipt: Receipt, name: str, unless: Receipt) -> bool:
    """Whether a page has a believed field that the other has too: two totals are of two receipts."""
    mine, other = receipt.field(name), unless.field(name)
    return bool(mine and mine.value and not mine.doubtful and other and other.value and not other.doubtful)


def _other_total(first: Receipt, following: Receipt) -> bool:
    """Whether each has a total of its own."""
    return _sure(following, "total", first) and first.value("total") != following.value("total")


def _ends(receipt: Receipt, words: Sequence[str], foot: bool) -> bool:
    lines = receipt.lines[-_ENDS:] if foot else receipt.lines[:_ENDS]
    texts = [fold(line.text).text for line in lines]
    return any(fold(word).text in text for word in words for text in texts)


def _has_head(receipt: Receipt) -> bool:
    """Whether a page begins a receipt of its own: a number, a date, or a title at its top."""
    dated = receipt.field("date")
    if receipt.value("invoice_number") or receipt.value("invoice_code") or (dated and dated.value):
        return True
    top = receipt.lines[: max(_ENDS, round(_TOP * len(receipt.lines)))]
    return any(fold(word).text in fold(line.text).text for line in top for word in _TITLES)


def _table_goes_on(first: Receipt, following: Receipt) -> bool:
    """Whether amounts end flush right where a column of amounts did on the page before."""
    column = _right_edges(first.lines)
    height = _height(first.lines)
    if not 0.5 < _height(following.lines) / height < 2.0:
        return False
    columns = [edge for edge in column if sum(abs(edge - other) < height for other in column) >= _IN_COLUMN]
    goes_on = [edge for edge in _right_edges(following.lines) if any(abs(edge - c) < height for c in columns)]
    return any(sum(abs(edge - other) < height for other in goes_on) >= _IN_COLUMN for edge in goes_on)


def _right_edges(lines: Sequence[TextLine]) -> list[float]:
    """Where lines end that end with an amount."""
    return [bounds(line.quad)[2] for line in lines if _AMOUNT_AT_END.search(plain(line.text).rstrip())]


def _height(lines: Sequence[TextLine]) -> float:
    heights = (bottom - top for _, top, _, bottom in (bounds(line.quad) for line in lines))
    return max(median(heights), 1.0)


def _on_page(receipt: Receipt, offset: int) -> Receipt:
    return replace(
        receipt,
        fields=tuple(replace(found, page=offset) for found in receipt.fields),
        lines=tuple(replace(line, page=offset) for line in receipt.lines),
    )


def _field(name: str, pages: Sequence[Receipt]) -> Field | None:
    """One field of all pages: amounts of the last page that is sure of one, names of the first page that has one, all
    else of the first that is sure of it. Later pages have no names of their own: what looks like one is an item."""
    found = [field for page in pages if (field := page.field(name)) is not None]
    if not found:
        return None
    if name in AMOUNT_FIELDS:
        found.reverse()
    sure = next((field for field in found if field.value and not field.doubtful), None)
    mine = pages[0].field(name)
    if name in _NAMES and mine is not None and mine.value:
        sure = mine
    best = sure or mine or (max(found, key=lambda f: f.confidence) if name in AMOUNT_FIELDS else None)
    if best is None:  # a guess on a page that has no head
        return None
    others = (value for field in found for value in (field.value, *field.candidates))
    return replace(best, candidates=tuple(dict.fromkeys(v for v in others if v and v != best.value)))


def _proofs(fields: Sequence[Field], pages: Sequence[Receipt], known: Mapping[str, Check]) -> Iterator[Check]:
    """What proves the amounts now that stood on different pages: net and tax make the total, the items of all pages
    make one of them. What does not come out says nothing, as a page may hold what was not read; but items speak
    against the amount next to their sum where every page's table was read whole."""
    values = {f.name: f.value for f in fields}
    adds = None if NET_PLUS_TAX in known else judge(RULES[NET_PLUS_TAX], values, {})
    if adds is not None and adds.passed:
        yield adds
    amounts = [amount_of(item.amount or "") for page in pages for item in page.items]
    if len(amounts) < 2 or None in amounts:
        return
    made = sum((a for a in amounts if a is not None), Decimal(0))
    facts = {ITEMS: f"{made:.2f}", COUNT: str(len(amounts))}
    found = {rule.binds[0]: check for rule in (ITEMS_TOTAL, ITEMS_NET) if (check := judge(rule, values, facts))}
    passed = [check for check in found.values() if check.passed]
    yield from passed
    if found and not passed and all(map(_is_whole, pages)):
        yield found[min(found, key=lambda name: abs((amount_of(values[name]) or 0) - made))]


def _is_whole(page: Receipt) -> bool:
    """Whether the items of a page are all of its table: they make an amount of it, or what stands beside 小计."""
    amounts = [amount_of(item.amount or "") for item in page.items]
    if not amounts or None in amounts:
        return False
    if any(check.passed and check.fact(ITEMS) is not None for check in page.checks):
        return True
    made = sum((a for a in amounts if a is not None), Decimal(0))
    own = [bounds(line.quad) for line in page.lines if SUM_OF_PAGE.fullmatch(plain(line.text).strip(" :"))]
    return any(
        amount.decimals == 2 and (-amount.value if amount.negative else amount.value) == made
        for _, top, right, bottom in own
        for line in page.lines
        if top < (bounds(line.quad)[1] + bounds(line.quad)[3]) / 2 < bottom and bounds(line.quad)[0] >= right
        for amount in find_amounts(plain(line.text))
    )


def _contradicted(field: Field, checks: Sequence[Check]) -> Field:
    """Doubtful where the items of all pages speak against it."""
    against = contradicted(check for check in checks if check.fact(ITEMS) is not None)
    if field.name not in against:
        return field
    return replace(field, confidence=min(field.confidence, SHAKEN), doubtful=True)
