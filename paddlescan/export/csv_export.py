"""The CSV export: one row a receipt, as Excel and WPS open it rightly by a double click.

UTF-8 with a byte order mark (without it, Excel takes the file for GBK), CRLF, header and codes in
the chosen language. Failed pages are rows too, with their error.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export import totals
from paddlescan.export.atomic import atomic_file
from paddlescan.export.cells import amount_cell, date_cell, text_cell
from paddlescan.export.columns import DEFAULT_KEYS, Kind, header, kind, text
from paddlescan.export.counted import Counted
from paddlescan.export.templates import Template
from paddlescan.export.totals import Sum, Totals

DEFAULT_COLUMNS: tuple[str, ...] = DEFAULT_KEYS
"""Columns and their order."""


def write_csv(
    rows: Iterable[ExportRow],
    path: Path,
    overwrite: bool,
    language: Language = "en",
    columns: Sequence[str] = DEFAULT_COLUMNS,
    template: Template | None = None,
) -> int:
    """Write the rows to a file, whole or not at all; returns how many there are in it, without header and sums.

    columns: some of DEFAULT_COLUMNS in any order. template: in place of columns; its column for pictures is left out,
    and its sums stand below the rows. Raises ExportExists, ExportFailed, DiskFull; ValueError for an unknown column.
    """
    unknown = set(columns) - set(DEFAULT_COLUMNS)
    if unknown:
        raise ValueError(f"unknown columns: {', '.join(sorted(unknown))}")
    with atomic_file(path, overwrite) as file:
        out = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        sheet = csv.writer(out, lineterminator="\r\n")
        if template is None:
            sheet.writerow([header(key, language) for key in columns])
            written = Counted(rows)
            sheet.writerows(cells(row, language, columns, number) for number, row in enumerate(written, 1))
        else:
            written = Counted(template.chosen(rows))
            sheet.writerows(by_template(written, language, template))
        out.flush()
        out.detach()  # the file is closed by who opened it
    return written.count


def by_template(rows: Iterable[ExportRow], language: Language, template: Template) -> Iterator[list[str]]:
    """The cells of header, rows and sums."""
    spoken = template.speaks(language)
    heads = zip(template.keys, template.headers(language), strict=True)
    yield [text_cell(head) for key, head in heads if key != "picture"]
    keys = tuple(key for key in template.keys if key != "picture")
    sums = Totals(keys)
    for number, row in enumerate(template.chosen(rows), 1):
        sums.add(row)
        yield cells(row, spoken, keys, number)
    if template.totals:
        found = sums.sums()
        yield from (_sum_cells(each, keys, len(found) > 1, spoken) for each in found)


def cells(row: ExportRow, language: Language, columns: Sequence[str] = DEFAULT_COLUMNS, number: int = 1) -> list[str]:
    """The cells of one row. number: of the row, counted from 1."""
    return [_cell(text(row, key, language, number), kind(key)) for key in columns]


def _cell(shown: str, wanted: Kind) -> str:
    match wanted:
        case "amount":
            return amount_cell(shown)
        case "date":
            return date_cell(shown)
        case "count":
            return shown
    return text_cell(shown)


def _sum_cells(found: Sum, keys: Sequence[str], several: bool, language: Language) -> list[str]:
    """The cells of a row of sums: its label in the first column that holds no amounts."""
    place = totals.label_place(keys)
    label = text_cell(totals.label(found, several, language))
    return [label if n == place else _amount(found.amounts.get(key)) for n, key in enumerate(keys)]


def _amount(amount: Decimal | None) -> str:
    """A sum with two digits, or with as many as it has."""
    if amount is None:
        return ""
    return f"{amount:.2f}" if amount == round(amount, 2) else f"{amount.normalize():f}"
