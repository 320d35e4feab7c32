"""The second table: one row a line item, with what is needed to find its receipt in the first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from paddlescan.document import Item, Language
from paddlescan.document.export import ExportRow
from paddlescan.export.atomic import atomic_file
from paddlescan.export.cells import amount_cell, field_cell, text_cell
from paddlescan.export.counted import Counted
from paddlescan.words import caption

COLUMNS = (
    "file",
    "page",
    "receipt_number",
    "merchant",
    "date",
    "currency",
    "description",
    "quantity",
    "unit_price",
    "amount",
)
"""Columns and their order."""


def write_items_csv(rows: Iterable[ExportRow], path: Path, overwrite: bool, language: Language = "en") -> int:
    """Write the line items of the rows to a file, whole or not at all; opens in Excel and WPS as the first table does.
    Returns how many there are in it.

    Raises ExportExists, ExportFailed, DiskFull.
    """
    with atomic_file(path, overwrite) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        sheet = csv.writer(text, lineterminator="\r\n")
        sheet.writerow([caption(name, language) for name in COLUMNS])
        written = Counted(cells for row in rows for cells in item_cells(row))
        sheet.writerows(written)
        text.flush()
        text.detach()  # the file is closed by who opened it
    return written.count


def item_cells(row: ExportRow) -> Iterator[list[str]]:
    """The cells of each line item of a receipt."""
    receipt = row.receipt
    known = [field_cell(name, receipt.value(name)) for name in ("merchant", "date", "currency")]
    for item in receipt.items:
        yield [text_cell(row.source), str(row.page), str(receipt.number), *known, *_item(item)]


def _item(item: Item) -> list[str]:
    figures = (item.quantity, item.unit_price, item.amount)
    return [text_cell(item.description), *(amount_cell(figure or "") for figure in figures)]
