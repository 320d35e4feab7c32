"""The CSV export: one row a receipt, as Excel and WPS open it rightly by a double click.

UTF-8 with a byte order mark (without it, Excel takes the file for GBK), CRLF, header and codes in
the chosen language. Failed pages are rows too, with their error.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from paddlescan.document import FIELD_NAMES, Language
from paddlescan.document.export import ExportRow
from paddlescan.export.atomic import atomic_file
from paddlescan.export.cells import field_cell, text_cell
from paddlescan.words import caption, category_word, error_sentence

_FIRST = ("merchant", "date", "total", "currency", "tax", "subtotal", "invoice_number", "invoice_code")

DEFAULT_COLUMNS: tuple[str, ...] = (
    "state",
    *_FIRST,
    *(name for name in FIELD_NAMES if name not in _FIRST),
    "kind",
    "file",
    "page",
    "receipt_number",
    "seen_before",
    "error",
)
"""Columns and their order: `state`, field names, `kind`, `file`, `page`, which receipt of the page, where it was seen
before, `error`."""


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
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        sheet = csv.writer(text, lineterminator="\r\n")
        sheet.writerow([caption(name, language) for name in columns])
        sheet.writerows(cells(row, language, columns) for row in rows)
        text.flush()
        text.detach()  # the file is closed by who opened it


def cells(row: ExportRow, language: Language, columns: Sequence[str] = DEFAULT_COLUMNS) -> list[str]:
    """The cells of one row."""
    return [_cell(row, name, language) for name in columns]


def _cell(row: ExportRow, name: str, language: Language) -> str:
    match name:
        case "state":
            return caption(row.status, language)
        case "kind":
            return caption(row.receipt.kind, language) if row.was_read else ""
        case "file":
            return text_cell(row.source)
        case "page":
            return str(row.page) if row.source else ""
        case "receipt_number":
            return str(row.receipt.number) if row.source else ""
        case "seen_before":
            return text_cell(_seen_before(row))
        case "error":
            return text_cell(_error(row, language))
        case "category":
            return text_cell(category_word(row.receipt.value(name), language))
    return field_cell(name, row.receipt.value(name))


def _seen_before(row: ExportRow) -> str:
    """The file, page and number of the receipt that this one is a copy of: `a.pdf 2/1`."""
    first = row.duplicate_of
    return f"{first.source} {first.page}/{first.receipt}" if first else ""


def _error(row: ExportRow, language: Language) -> str:
    if row.failure is None:
        return ""
    return ("" if language == "zh" else " ").join(error_sentence(row.failure, language))
