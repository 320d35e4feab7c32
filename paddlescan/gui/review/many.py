"""What is typed into many rows at once: filled down, set, replaced, pasted. No Qt.

Each makes the list that `ReviewDesk.type_many` takes: receipt id, field, text. Rows that were taken out are left alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from paddlescan.document import AMOUNT_FIELDS
from paddlescan.gui.review.columns import COLUMNS, editable
from paddlescan.gui.review.sheet import ReviewSheet

Typed = tuple[int, str, str]
"""A receipt id, a field, and the text for it."""
ShownAs = Callable[[str, str], str]
"""How the value of a field is shown."""

FIELDS: tuple[str, ...] = tuple(name for name in COLUMNS if editable(name))
"""All fields, in the order of the table's columns."""
TEXT_FIELDS: tuple[str, ...] = tuple(
    name for name in FIELDS if name not in AMOUNT_FIELDS and name not in ("date", "currency", "category")
)
"""The fields in which a text is looked for where no field is named."""


def alive(sheet: ReviewSheet, receipt_ids: Iterable[int]) -> list[int]:
    """The rows that are there and were not taken out, in the same order."""
    return [i for i in receipt_ids if i in sheet and not sheet.line(i).removed]


def set_in(sheet: ReviewSheet, receipt_ids: Iterable[int], name: str, text: str) -> list[Typed]:
    """The same text for a field of each row."""
    return [(i, name, text) for i in alive(sheet, receipt_ids)]


def filled_down(sheet: ReviewSheet, receipt_ids: Sequence[int], name: str) -> list[Typed]:
    """What the first of the rows has in a field, for all the others."""
    rows = alive(sheet, receipt_ids)
    return set_in(sheet, rows[1:], name, sheet.text(rows[0], name)) if rows else []


def values_now(sheet: ReviewSheet, receipt_ids: Iterable[int], name: str) -> list[tuple[str, int]]:
    """What stands in a field of the rows, and in how many, the most frequent first; "" where it is empty."""
    return Counter(sheet.text(i, name) for i in alive(sheet, receipt_ids)).most_common()


@dataclass(frozen=True, slots=True)
class Replacement:
    """A text, and what is to stand in its place."""

    find: str = field(repr=False)
    put: str = field(repr=False)
    name: str | None = None
    """In which field; None: in all of TEXT_FIELDS."""
    match_case: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A field in which a text was found."""

    receipt_id: int
    name: str
    before: str = field(repr=False)
    after: str = field(repr=False)
    times: int
    """How often it stands there."""

    @property
    def typed(self) -> Typed:
        """What `type_many` takes."""
        return self.receipt_id, self.name, self.after


def hits(
    sheet: ReviewSheet, receipt_ids: Iterable[int], wanted: Replacement, shown: ShownAs | None = None
) -> list[Hit]:
    """Every field of the rows in which a text stands, in their order. An empty text stands nowhere.

    shown: how a category is shown, for that is what is looked for.
    """
    if not wanted.find:
        return []
    pattern = re.compile(re.escape(wanted.find), 0 if wanted.match_case else re.IGNORECASE)
    names = TEXT_FIELDS if wanted.name is None else (wanted.name,)
    return list(_hits(sheet, alive(sheet, receipt_ids), names, pattern, wanted.put, shown or _as_it_is))


def _hits(
    sheet: ReviewSheet,
    receipt_ids: Iterable[int],
    names: Sequence[str],
    pattern: re.Pattern[str],
    put: str,
    shown: ShownAs,
) -> Iterator[Hit]:
    for receipt_id in receipt_ids:
        values = sheet.line(receipt_id).values()
        for name in names:
            if name not in values:
                continue
            before = shown(name, values[name])
            after, times = pattern.subn(lambda _: put, before)
            if times:
                yield Hit(receipt_id, name, before, after, times)


@dataclass(frozen=True, slots=True)
class Pasted:
    """Cells of a spreadsheet laid over the table."""

    typed: list[Typed] = field(repr=False)
    rows: int
    """How many rows they were laid over."""
    left_over: int
    """How many lines found no row."""


def pasted(
    sheet: ReviewSheet, receipt_ids: Sequence[int], names: Sequence[str], text: str, chosen: Sequence[int]
) -> Pasted:
    """Tab-separated cells, laid over rows from the first of `receipt_ids` down and over columns from the first of
    `names` on (one that takes no typing swallows its cells). One line for several chosen rows goes into each of them.
    """
    lines = cells_of(text)
    rows = list(chosen) if len(lines) == 1 and len(chosen) > 1 else list(receipt_ids)
    if len(lines) == 1 and len(chosen) > 1:
        lines = lines * len(rows)
    typed = [
        (receipt_id, name, cell)
        for receipt_id, line in zip(rows, lines, strict=False)
        for name, cell in zip(names, line, strict=False)
        if editable(name) and not sheet.line(receipt_id).removed
    ]
    return Pasted(typed, min(len(rows), len(lines)), max(0, len(lines) - len(rows)))


def cells_of(text: str) -> list[list[str]]:
    """The lines and cells of what a spreadsheet puts on the clipboard; a quoted cell may hold tabs and line breaks."""
    lines = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), "excel-tab"))
    while lines and not any(lines[-1]):
        del lines[-1]
    return [line or [""] for line in lines]


def _as_it_is(_name: str, value: str) -> str:
    return value
