"""The door of the room: lines in, receipt out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from paddlescan.document import FIELD_NAMES, Code, Receipt, TextLine
from paddlescan.extraction import documents, ranking
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.checks import check
from paddlescan.extraction.codes.settling import kind_of, settle
from paddlescan.extraction.fields import (
    address,
    category,
    codes,
    currency,
    date,
    invoice_number,
    labelled,
    merchant,
    tax,
    total,
)
from paddlescan.extraction.items import find_items
from paddlescan.extraction.kinds import find_kind, find_language
from paddlescan.extraction.layouts import layout_for
from paddlescan.extraction.page import Page
from paddlescan.extraction.place import find_place
from paddlescan.extraction.rows import lay_out

PROPOSERS: tuple[Callable[[Page], Iterator[Candidate]], ...] = (
    merchant.propose,
    date.propose,
    total.propose,
    tax.propose,
    currency.propose,
    invoice_number.propose,
    address.propose,
    codes.propose,
    category.propose,
    labelled.propose,
    documents.propose,
)
"""The modules that look at every page; a new field is one module and one entry here."""


def look_at(lines: Sequence[TextLine], today: datetime.date | None = None) -> Page:
    """Lay a page out and learn what it is as a whole."""
    sheet = lay_out(lines)
    kind = find_kind(sheet)
    return Page(sheet, find_place(sheet), kind.layout, find_language(sheet, kind), today or datetime.date.today())


def candidates_of(page: Page) -> tuple[Candidate, ...]:
    """What every module proposes for a page."""
    return tuple(candidate for propose in PROPOSERS for candidate in propose(page))


def extract_receipt(
    lines: Sequence[TextLine],
    width: int,
    height: int,
    today: datetime.date | None = None,
    codes: Sequence[Code] = (),
) -> Receipt:
    """Find the fields of one receipt.

    lines: as recognised, in any order and at any turn, quads in pixels of the source page, whose size is
    width x height. today: the day after which no date is believed; None: the clock's. codes: the QR codes that stand
    on the receipt, in the same pixels; what they say outranks what was read. The receipt's lines are in reading
    order. Any lines give a receipt: a page without anything readable gives one without fields. A field that a receipt
    of its kind should have and that was not found is there, empty and doubtful.
    """
    page = look_at(lines, today)
    if page.kind == "other" and (kind := kind_of(codes)):
        page = replace(page, layout=layout_for(kind))
    candidates = candidates_of(page)
    settled, agreement = settle(page, ranking.choose(candidates), codes)
    items = find_items(page, settled)
    fields, checks = check(page, settled, items)
    if agreement:
        checks += (agreement,)
    if any(line.text.strip() for line in lines):
        found = {f.name for f in fields}
        names = (name for name in page.layout.expects if name not in found)
        fields += tuple(ranking.missing(name, candidates) for name in names)
    ordered = tuple(sorted(fields, key=lambda f: FIELD_NAMES.index(f.name)))
    return Receipt(
        kind=page.kind,
        language=page.language,
        fields=ordered,
        items=items,
        checks=checks,
        lines=tuple(line.source for line in page.sheet.lines),
    )
