"""The door of the room: lines in, receipt out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from paddlescan.document import BLANK, FIELD_NAMES, Check, Code, Field, Finding, Item, Receipt, TextLine
from paddlescan.extraction import documents, ranking
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.checks import check
from paddlescan.extraction.codes.settling import kind_of, settle
from paddlescan.extraction.doubt import judge
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
from paddlescan.extraction.joint import choose_together
from paddlescan.extraction.kinds import find_kind, find_language, kind_check
from paddlescan.extraction.layouts import layout_for
from paddlescan.extraction.page import Page
from paddlescan.extraction.place import find_place
from paddlescan.extraction.ranking import Ranked
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
    language, day = find_language(sheet, kind), today or datetime.date.today()
    return Page(sheet, find_place(sheet), kind.layout, language, day, kind.told)


def candidates_of(page: Page) -> tuple[Candidate, ...]:
    """What every module proposes for a page."""
    return tuple(candidate for propose in PROPOSERS for candidate in propose(page))


@dataclass(frozen=True)
class Chosen:
    """What a page was found to say, before it is known how far that can be trusted."""

    page: Page
    ranked: Mapping[str, tuple[Ranked, ...]]
    """What each field could be, by its name."""
    fields: tuple[Field, ...]
    """As codes and checks left them."""
    items: tuple[Item, ...]
    checks: tuple[Check, ...]


def choose_fields(lines: Sequence[TextLine], today: datetime.date | None = None, codes: Sequence[Code] = ()) -> Chosen:
    """Choose among what the modules propose, let codes settle it and checks speak; arguments as `extract_receipt`."""
    page = look_at(lines, today)
    if page.kind == "other" and (kind := kind_of(codes)):
        page = replace(page, layout=layout_for(kind))
    ranked = choose_together(ranking.rank_all(candidates_of(page)), rounds=page.place.country == "MY")
    settled, agreement = settle(page, ranking.choose(ranked), codes)
    items = documents.find_items(page, settled) or find_items(page, settled)
    fields, checks = check(page, settled, items)
    return Chosen(page, ranked, fields, items, (*checks, *((agreement,) if agreement else ()), *kind_check(page)))


def extract_receipt(
    lines: Sequence[TextLine],
    width: int,
    height: int,
    today: datetime.date | None = None,
    codes: Sequence[Code] = (),
    quality: Sequence[Finding] = (),
) -> Receipt:
    """Find the fields of one receipt.

    lines: as recognised, in any order and at any turn, quads in pixels of the source page, whose size is
    width x height. today: the day after which no date is believed; None: the clock's. codes: the QR codes that stand
    on the receipt, in the same pixels; what they say outranks what was read. quality: what is wrong with the page as a
    picture; what was read on such a page is less certain. The receipt's lines are in reading order. Any lines give a
    receipt. A field that a receipt of its kind should have and that was not found is there, empty and doubtful, also
    where nothing could be read at all; a page that is `blank` has none.
    """
    chosen = choose_fields(lines, today, codes)
    page, ranked, checks = chosen.page, chosen.ranked, chosen.checks
    fields = judge(page, chosen.fields, ranked, checks, (finding.name for finding in quality))
    if not any(finding.name == BLANK for finding in quality):
        found = {f.name for f in fields}
        names = (name for name in page.layout.expects if name not in found)
        fields += tuple(ranking.missing(name, ranked.get(name, ())) for name in names)
    ordered = tuple(sorted(fields, key=lambda f: FIELD_NAMES.index(f.name)))
    return Receipt(
        kind=page.kind,
        language=page.language,
        fields=ordered,
        items=chosen.items,
        checks=checks,
        lines=tuple(line.source for line in page.sheet.lines),
    )
