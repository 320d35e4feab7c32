"""The first rows of a sheet as a person would see them, for who shows them before anything is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export import remarks, totals
from paddlescan.export.cells import clean_text
from paddlescan.export.columns import Kind, Value, kind, value
from paddlescan.export.looks import Mood
from paddlescan.export.templates import Template
from paddlescan.export.totals import Sum, Totals


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """A cell as it is shown."""

    text: str = dataclasses.field(repr=False)
    kind: Kind = "text"
    mood: Mood = "plain"
    remark: str = dataclasses.field(default="", repr=False)
    """What hangs on the cell in a workbook; a CSV has none of it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a sheet."""

    headers: tuple[str, ...]
    lines: tuple[tuple[PreviewCell, ...], ...]
    sums: tuple[tuple[PreviewCell, ...], ...]
    """Of the rows that are shown only; empty where the template has none."""


def preview(
    rows: Iterable[ExportRow], template: Template, language: Language, most: int = 20, pictures: bool = False
) -> Preview:
    """The sheet that the rows make, up to so many. pictures: whether it has the column for them, with empty cells."""
    spoken = template.speaks(language)
    kept = [
        (key, head)
        for key, head in zip(template.keys, template.headers(language), strict=True)
        if pictures or key != "picture"
    ]
    keys = tuple(key for key, _ in kept)
    sums, lines = Totals(keys), []
    for number, row in enumerate(islice(template.chosen(rows), most), 1):
        sums.add(row)
        lines.append(tuple(_cell(row, keys, column, spoken, number) for column in range(len(keys))))
    found = sums.sums() if template.totals else ()
    below = tuple(_sum(each, keys, len(found) > 1, spoken) for each in found)
    return Preview(tuple(clean_text(head) for _, head in kept), tuple(lines), below)


def shown(found: Value) -> str:
    """A value as a sheet shows it."""
    if isinstance(found, Decimal):
        return f"{found:,.2f}" if found == round(found, 2) else f"{found.normalize():,f}"
    return found.isoformat() if isinstance(found, date) else clean_text(str(found))


def _cell(row: ExportRow, keys: tuple[str, ...], column: int, language: Language, number: int) -> PreviewCell:
    key = keys[column]
    found = value(row, key, language, number)
    said = remarks.in_column(row, keys, column, found, language)
    return PreviewCell(shown(found), kind(key), remarks.mood(row, key, bool(said)), "\n".join(said))


def _sum(found: Sum, keys: tuple[str, ...], several: bool, language: Language) -> tuple[PreviewCell, ...]:
    place = totals.label_place(keys)
    cells = []
    for column, key in enumerate(keys):
        if column == place:
            cells.append(PreviewCell(totals.label(found, several, language)))
        elif key in found.amounts:
            said = totals.remarks(found, key, language)
            mood: Mood = "doubtful" if said else "plain"
            cells.append(PreviewCell(shown(found.amounts[key]), "amount", mood, "\n".join(said)))
        else:
            cells.append(PreviewCell("", kind(key)))
    return tuple(cells)
