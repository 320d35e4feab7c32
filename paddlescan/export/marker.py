"""What a workbook keeps about itself, so that it can be read back after somebody edited it.

A very hidden sheet `_paddlescan`; all cells are text unless said:

    row 1   A "paddlescan-sheet/1"  B language (en, zh)  C template's name  D name of the sheet with the table
            E row of the table's header, from 1 (number)  F number of columns in sight (number)
    row 2   A "key"  B "source"  C "page"  D "receipt"  E "receipt_id"  F "sha256"  G.. keys of the table's columns,
            from left to right
    row 3   G.. their headers as written; a header may stand twice
    row 4.. one for each receipt: A its key (1, 2, 3 ...)  B source  C page (number)  D number on the page (number)
            E the store's number, 0 where there is none (number)  F SHA-256 of the file
            G.. for a field the value as the store has it, for other columns the text that is shown; texts are cleaned
            as `book.cell_text` does

The table has hidden columns behind those in sight. The one whose header is `_paddlescan` holds the key of each receipt
as a number, `total` in a row of sums, and nothing in a row that somebody added. It goes along when rows are sorted:
rows are found by it, columns by their headers (the n-th of equal headers is the n-th of row 3), neither by their place.
Where sums are by currency, a column `_currency` behind it holds the number of the currency.

The workbook's own property `PaddleScan` says "paddlescan-sheet/1", too.
"""

from __future__ import annotations

from collections.abc import Sequence

from paddlescan.document import FIELD_NAMES, Language
from paddlescan.document.export import ExportRow
from paddlescan.export.book import Book, cell_text, write_text
from paddlescan.export.columns import text

FORMAT = "paddlescan-sheet/1"
SHEET = "_paddlescan"
KEY_HEADER = "_paddlescan"
CURRENCY_HEADER = "_currency"
TOTAL = "total"
PROPERTY = "PaddleScan"
HEAD = ("key", "source", "page", "receipt", "receipt_id", "sha256")


class Marker:
    """Writes the hidden sheet beside the table, a row at a time."""

    def __init__(
        self,
        book: Book,
        language: Language,
        template: str,
        table: str,
        keys: Sequence[str],
        headers: Sequence[str],
        header_row: int = 1,
    ) -> None:
        """table: name of the sheet with the table; keys, headers: of its columns in sight; header_row: from 1."""
        book.workbook.set_custom_property(PROPERTY, FORMAT)
        self._sheet = book.workbook.add_worksheet(SHEET)
        self._sheet.very_hidden()
        self._plain = book.looks.of()
        self._keys, self._language = tuple(keys), language
        self._row = 3
        for column, value in enumerate((FORMAT, language, template, table)):
            self._text(0, column, value)
        self._sheet.write_number(0, 4, header_row)
        self._sheet.write_number(0, 5, len(self._keys))
        for column, value in enumerate((*HEAD, *self._keys)):
            self._text(1, column, value)
        for column, value in enumerate(headers, len(HEAD)):
            self._text(2, column, value)

    def add(self, row: ExportRow, key: int) -> None:
        """Keep a receipt under its key."""
        for column, value in enumerate((key, row.source, row.page, row.receipt.number, row.receipt_id, row.sha256)):
            if isinstance(value, int):
                self._sheet.write_number(self._row, column, value)
            else:
                self._text(self._row, column, value or "")
        for column, name in enumerate(self._keys, len(HEAD)):
            kept = row.receipt.value(name) if name in FIELD_NAMES else text(row, name, self._language, key)
            self._text(self._row, column, kept)
        self._row += 1

    def _text(self, row: int, column: int, value: str) -> None:
        clean = cell_text(value)
        if clean:
            write_text(self._sheet, row, column, clean, None, self._plain)
