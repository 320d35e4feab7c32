"""What an export will look like, its first rows as they will stand in the file. Knows no window.

Each function makes its preview twice where that takes time: the first rows at once, then all that only the whole batch
can tell (sums, counts).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export import remarks, totals
from paddlescan.export.cells import plain_text
from paddlescan.export.columns import Value, kind, value
from paddlescan.export.items_csv import COLUMNS, item_cells
from paddlescan.export.json_export import entry
from paddlescan.export.report_summary import SUMMED, Counts
from paddlescan.export.templates import Template
from paddlescan.export.totals import Sum, Totals
from paddlescan.export.xlsx_export import said_currency
from paddlescan.words import caption, sheet_words

FIRST = 8
"""Rows that are shown: few, so that the sums below them are in sight, too."""
_LONGEST = 200
"""Characters of a cell that are shown."""
_LINES = 400
"""Lines of JSON that are shown."""


@dataclass(slots=True)
class Tally:
    """What a file will hold, counted."""

    rows: int = 0
    """Without header and sums."""
    to_check: int = 0
    """Those of the rows whose receipt is to check."""
    failed: int = 0
    """Those of the rows whose page failed."""

    def add(self, row: ExportRow) -> None:
        """Count a row of the file that belongs to this receipt."""
        self.rows += 1
        self.to_check += row.status == "needs_review"
        self.failed += row.status == "failed"


Mood = Literal["plain", "done", "doubtful", "failed", "soft", "link", "picture"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and how."""

    text: str = field(repr=False)
    right: bool = False
    mood: Mood = "plain"
    said: str = field(default="", repr=False)
    """The remark on it."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a table, its sums below them."""

    headers: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[tuple[Cell, ...], ...] = ()
    tally: Tally | None = None
    """None: not counted yet."""

    @property
    def count(self) -> int | None:
        """Rows of the file without header and sums; None: not counted yet."""
        return None if self.tally is None else self.tally.rows


@dataclass(frozen=True, slots=True)
class Text:
    """The beginning of a file that is no table."""

    text: str = field(repr=False)
    tally: Tally | None = None
    """Of the rows of the batch in it; None: not counted yet."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A PDF: how many pages, how large about, and what the first of them look like."""

    count: int
    size: int | None = None
    """Bytes, estimated from some of the pages; None: not known yet."""
    pictures: tuple[bytes, ...] = field(default=(), repr=False)
    """JPEGs."""


def sheet(rows: Iterable[ExportRow], template: Template, language: Language, plain: bool) -> Iterator[Table]:
    """A workbook, or with `plain` a CSV: without pictures, links and number formats."""
    spoken = template.speaks(language)
    heads = zip(template.keys, template.headers(language), strict=True)
    kept = [(key, head) for key, head in heads if not (plain and key == "picture")]
    keys = tuple(key for key, _ in kept)
    headers = tuple(Cell(_short(head), _is_right(key)) for key, head in kept)
    made: list[tuple[Cell, ...]] = []
    sums, tally = Totals(keys), Tally()
    for row in template.chosen(rows):
        tally.add(row)
        sums.add(row)
        if tally.rows <= FIRST:
            made.append(_cells(row, keys, spoken, tally.rows, plain))
        if tally.rows == FIRST:
            yield Table(headers, tuple(made))
    found = sums.sums() if template.totals else ()
    below = tuple(_sum(each, keys, len(found) > 1, spoken, plain) for each in found)
    yield Table(headers, tuple(made), below, tally)


def _cells(row: ExportRow, keys: tuple[str, ...], language: Language, number: int, plain: bool) -> tuple[Cell, ...]:
    made = []
    for column, key in enumerate(keys):
        shown = value(row, key, language, number)
        said = remarks.in_column(row, keys, column, shown, language)
        mood: Mood = remarks.mood(row, key, bool(said))
        if key == "file" and not plain and mood == "plain":
            mood = "link"
        if key == "picture":
            made.append(Cell("", mood="picture"))
            continue
        text = _text(shown, said_currency(row, keys, language) if isinstance(shown, Decimal) else "", plain)
        made.append(Cell(text, _is_right(key) and not isinstance(shown, str), mood, "\n".join(said)))
    return tuple(made)


def _text(shown: Value, currency: str, plain: bool) -> str:
    """As a spreadsheet shows it."""
    if not isinstance(shown, Decimal):
        return _short(str(shown))
    if plain:
        return f"{shown:f}"
    digits = f"{shown:,.2f}" if shown == round(shown, 2) else f"{shown:,f}"
    return f"{currency} {digits}" if currency else digits


def _sum(found: Sum, keys: tuple[str, ...], several: bool, language: Language, plain: bool) -> tuple[Cell, ...]:
    place = next((n for n, key in enumerate(keys) if kind(key) not in ("amount", "picture")), None)
    made = []
    for column, key in enumerate(keys):
        if kind(key) != "amount":
            made.append(Cell(totals.label(found, several, language) if column == place else "", bold=True))
            continue
        amount = found.amounts.get(key)
        said = totals.remarks(found, key, language) if amount is not None else []
        text = "" if amount is None else _text(round(amount, 2) if amount == round(amount, 2) else amount, "", plain)
        made.append(Cell(text, True, "doubtful" if said else "plain", "\n".join(said), bold=True))
    return tuple(made)


def items(rows: Iterable[ExportRow], language: Language) -> Iterator[Table]:
    """The table of line items."""
    figures = ("page", "receipt_number", "quantity", "unit_price", "amount")
    headers = tuple(Cell(caption(name, language), name in figures) for name in COLUMNS)
    made: list[tuple[Cell, ...]] = []
    tally = Tally()
    for row in rows:
        for cells in item_cells(row):
            tally.add(row)
            if tally.rows <= FIRST:
                named = zip(COLUMNS, cells, strict=True)
                made.append(tuple(Cell(_short(plain_text(cell)), name in figures) for name, cell in named))
            if tally.rows == FIRST:
                yield Table(headers, tuple(made))
    yield Table(headers, tuple(made), (), tally)


def as_json(rows: Iterable[ExportRow]) -> Iterator[Text]:
    """The first entry of the JSON, with a line for each of its values."""
    text, tally = "", Tally()
    for row in rows:
        tally.add(row)
        if tally.rows == 1:
            lines = json.dumps(entry(row), ensure_ascii=False, indent=2).splitlines()
            text = "\n".join(lines[:_LINES] + (["…"] if len(lines) > _LINES else []))
            yield Text(text)
    yield Text(text, tally)


def report(rows: Iterable[ExportRow], removed: Iterable[ExportRow], pages: int, language: Language) -> Iterator[Table]:
    """The counts and sums of a report's first sheet."""
    counts, sums, tally = Counts(), Totals(SUMMED), Tally()
    for row in rows:
        tally.add(row)
        counts.add(row)
        sums.add(row)
    for row in removed:
        counts.add_removed(row)
    yield Table((), tuple(_report_lines(counts, sums.sums(), pages, language)), (), tally)


def _report_lines(counts: Counts, sums: tuple[Sum, ...], pages: int, language: Language) -> Iterator[tuple[Cell, Cell]]:
    marked: dict[str, Mood] = {"done": "done", "failed": "failed"}
    yield Cell(sheet_words("count_pages", language)), Cell(str(pages), True)
    names = ("receipts", "done", "needs_review", "failed", "blank", "copies", "rescan")
    for name in (*names, "by_hand", "removed", "changed", "changes"):
        count = getattr(counts, name)
        amber: Mood = "doubtful" if name in ("needs_review", "copies", "rescan") else "plain"
        mood = marked.get(name, amber) if count else "plain"
        yield Cell(sheet_words(f"count_{name}", language)), Cell(str(count), True, mood)
    for found in sums:
        total = found.amounts.get("total")
        if total is not None:
            label = f"{caption('total', language)} {found.currency or sheet_words('no_currency', language)}"
            yield Cell(label, bold=True), Cell(_text(total, "", plain=False), True, bold=True)


def _is_right(key: str) -> bool:
    return kind(key) in ("amount", "count", "date")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
