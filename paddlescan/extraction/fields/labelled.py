"""What a layout's file says stands behind its labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from paddlescan.extraction import labels, masks
from paddlescan.extraction.beside import paired, places
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.layouts import Labelled
from paddlescan.extraction.names import clean_name
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import cjk_count, letter_count, squeeze
from paddlescan.extraction.wrapping import goes_on

_MANY = 12
"""Labels of a field that are looked at; a page with more is a list, and time is bounded."""
_BEFORE = " :;.#-=()"


def propose(page: Page) -> Iterator[Candidate]:
    """The values of the labelled fields of the page's layout."""
    columns = paired(page) if page.layout.fields else {}
    for wanted in page.layout.fields:
        found = ((line, label) for line in page.sheet.lines for label in labels.find(line.text, wanted.labels))
        for line, label in islice(found, _MANY):
            yield from _labelled(page, wanted, places(page, line, label, columns))


def _labelled(page: Page, wanted: Labelled, where_to_look: Iterable[tuple[Line, int, int]]) -> Iterator[Candidate]:
    """The first value at one of these places, and a name with the lines on which it goes on."""
    for rank, (where, start, end) in enumerate(where_to_look):
        found = _value(page, wanted, where, start, end)
        if found is None:
            continue
        value, printed = found
        features = {"labelled_own": 1.0} | ({"labelled_own_far": float(rank)} if rank else {})
        yield Candidate(wanted.field, value, printed, (where,), features)
        rest = goes_on(page, where, start) if wanted.value == "name" else ()
        if rest:
            more = "".join(squeeze(m.source.text) for m in rest)
            features = features | {"labelled_own_whole": 1.0}
            yield Candidate(wanted.field, value + more, printed + more, (where, *rest), features)
        return


def _value(page: Page, wanted: Labelled, where: Line, start: int, end: int) -> tuple[str, str] | None:
    """The value of a line between two places, and as it is printed."""
    match wanted.value:
        case "amount":
            sums = [s.amount for s in page.sums if s.line.index == where.index and start <= s.amount.start < end]
            return (sums[0].printed, where.text[sums[0].start : sums[0].end]) if sums else None
        case "date":
            dates = [d for line, d in page.dates if line.index == where.index and start < d.end and d.start < end]
            return (dates[0].value.isoformat(), where.text[dates[0].start : dates[0].end]) if dates else None
        case "name":
            printed = where.source.text[start:end].strip(_BEFORE + "：；（）")
            name = clean_name(printed)
            return (name, printed) if letter_count(name) + 2 * cjk_count(name) >= 3 else None
        case mask:
            text = where.text[start:end].upper()
            match = masks.compiled(mask).search(text) or masks.compiled(mask).search(text.replace(" ", ""))
            return (match[0], match[0]) if match else None
