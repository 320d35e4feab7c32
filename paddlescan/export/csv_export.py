"""The CSV export: one row a receipt, as Excel and WPS open it rightly by a double click.

UTF-8 with a byte order mark (without it, Excel takes the file for GBK), CRLF, header and codes in
the chosen language. Failed pages are rows too, with their error.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export.atomic import atomic_file
from paddlescan.export.cells import amount_cell, date_cell, text_cell
from paddlescan.export.columns import DEFAULT_KEYS, Kind, header, kind, text

DEFAULT_COLUMNS: tuple[str, ...] = DEFAULT_KEYS
"""Columns and their order."""


def write_csv(
    rows: Iterable[ExportRow],
    path: Path,
    overwrite: bool,
    language: Language = "en",
    columns: Sequence[str] = DEFAULT_COLUMNS,
) -> None:
    """Write the rows to a file, whole or not at all.

    columns: some of DEFAULT_COLUMNS in any order. Raises ExportExists, ExportFailed, DiskFull; ValueError for an
    unknown column.
    """
    unknown = set(columns) - set(DEFAULT_COLUMNS)
    if unknown:
        raise ValueError(f"unknown columns: {', '.join(sorted(unknown))}")
    with atomic_file(path, overwrite) as file:
        out = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        sheet = csv.writer(out, lineterminator="\r\n")
        sheet.writerow([header(key, language) for key in columns])
        sheet.writerows(cells(row, language, columns, number) for number, row in enumerate(rows, 1))
        out.flush()
        out.detach()  # the file is closed by who opened it


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
