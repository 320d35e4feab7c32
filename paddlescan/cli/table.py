"""The table on standard output, where no file was asked for."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable

from paddlescan.cli.printable import printable
from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export.cells import harmless_cell
from paddlescan.export.columns import state_word
from paddlescan.words import caption

TABLE = ("merchant", "date", "total", "currency", "invoice_number")
"""The fields it shows."""


def print_table(rows: Iterable[ExportRow], language: Language) -> None:
    """The receipts on standard output: a table for a person, tab-separated for a program."""
    head = [caption("state", language), *(caption(name, language) for name in TABLE), caption("file", language)]
    body = [
        [
            state_word(row, language),
            *(printable(row.receipt.value(name)) for name in TABLE),
            printable(row.source) + (f" #{row.page}" if row.page_count > 1 else ""),
        ]
        for row in rows
    ]
    if not sys.stdout.isatty():
        out = io.StringIO()
        safe = ([harmless_cell(cell) for cell in cells] for cells in body)
        csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows([head, *safe])
        sys.stdout.write(out.getvalue())
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for title in head:
        table.add_column(title, justify="right" if title == caption("total", language) else "left")
    for cells in body:
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
