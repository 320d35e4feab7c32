"""The workbook: one row a receipt, with real dates and numbers, doubt in amber, pictures of the pages, links and sums.

A receipt's text stays text in it, whatever it begins with. How it can be read back: `marker.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name

from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export import remarks, totals
from paddlescan.export.book import Book, Sheet, new_book
from paddlescan.export.columns import Value, kind, value
from paddlescan.export.links import Link, target_of
from paddlescan.export.marker import CURRENCY_HEADER, KEY_HEADER, TOTAL, Marker
from paddlescan.export.template_files import DEFAULT, default_template
from paddlescan.export.templates import Template
from paddlescan.export.totals import Sum, Totals
from paddlescan.words import sheet_words

Thumbnail = Callable[[ExportRow], bytes | None]
"""A small picture (JPEG, PNG) of the page of a row; None: there is none."""

_DIGITS = "#,##0.00"
_HOME: dict[Language, str] = {"zh": "CNY", "en": ""}
"""The currency that goes without saying."""


def write_xlsx(
    rows: Iterable[ExportRow],
    path: Path,
    overwrite: bool,
    language: Language = "en",
    template: Template | None = None,
    thumbnail: Thumbnail | None = None,
    link: Link | None = None,
) -> int:
    """Write the rows to a workbook, whole or not at all; returns how many there are in it, without header and sums.

    template: None for all columns. thumbnail: fills the column `picture`, which is left out without it. link: makes
    the names of files links, relative where the file lies beside or below the workbook. Memory does not grow with the
    pixels of the pictures and hardly with the rows. Raises ExportExists, ExportFailed, DiskFull.
    """
    chosen = template or default_template()
    spoken = chosen.speaks(language)
    title = sheet_words("receipts", spoken) if chosen.name == DEFAULT else chosen.title(spoken)
    with new_book(path, overwrite, spoken, title) as book:
        table = _Table(book, chosen, spoken, title, thumbnail, link)
        for row in chosen.chosen(rows):
            table.add(row)
        table.end()
    return table.count


class _Table:
    """The sheet with the receipts, and the hidden one beside it."""

    def __init__(
        self,
        book: Book,
        template: Template,
        language: Language,
        title: str,
        thumbnail: Thumbnail | None,
        link: Link | None,
    ) -> None:
        kept = [
            (column.key, header)
            for column, header in zip(template.columns, template.headers(language), strict=True)
            if thumbnail is not None or column.key != "picture"
        ]
        self.keys, headers = tuple(key for key, _ in kept), tuple(header for _, header in kept)
        self.book, self.template, self.language = book, template, language
        self.thumbnail, self.link = thumbnail, link
        self.picture = self.keys.index("picture") if "picture" in self.keys else None
        self.totals, self.count = Totals(self.keys), 0
        self.sheet = Sheet(book, title, pictures=self.picture is not None)
        self.marker = Marker(book, language, template.name, self.sheet.name, self.keys, headers)
        self.sheet.header((*headers, KEY_HEADER, *([CURRENCY_HEADER] if template.totals else [])))
        escaped = title.replace("&", "&&")
        self.sheet.sheet.set_header(f"&C&14&B{escaped}"[:250])
        self.sheet.sheet.set_footer(f"&C{sheet_words('page_of', language)}")

    def add(self, row: ExportRow) -> None:
        """Write a receipt."""
        self.count += 1
        self.sheet.next_row()
        target = self._target(row)
        for column, key in enumerate(self.keys):
            self._cell(row, column, key, target)
        last = len(self.keys)
        self.sheet.value(last, self.count, self.sheet.looks.hidden())
        currency = self.totals.add(row)
        if self.template.totals:
            self.sheet.value(last + 1, currency, self.sheet.looks.hidden())
        self.marker.add(row, self.count)

    def end(self) -> None:
        """Write the sums, and what can only be known at the end."""
        last = self.sheet.row
        if self.template.totals and self.count:
            found = self.totals.sums()
            for each in found:
                self._sum(each, last, found)
        hidden = 2 if self.template.totals else 1
        self.sheet.end(len(self.keys), last, hidden, self.picture)

    def _target(self, row: ExportRow) -> str | None:
        file = self.link(row) if self.link is not None else None
        return None if file is None else target_of(file, self.book.path)

    def _cell(self, row: ExportRow, column: int, key: str, target: str | None) -> None:
        shown = value(row, key, self.language, self.count)
        said = remarks.in_column(row, self.keys, column, shown, self.language)
        mood = remarks.mood(row, key, bool(said))
        if key == "file" and self.link is not None and mood == "plain":
            mood = "link"
        shape = self._format(row, key, shown)
        look = self.sheet.looks.cell(kind(key), mood, shape, wrap=self.picture is not None)
        if key == "file":
            self.sheet.link(column, row.source, target, look, sheet_words("open_file", self.language))
        else:
            self.sheet.value(column, shown, look, beside=0 if shape is None else len(shape) - len(_DIGITS))
        self.sheet.remark(column, said)
        if key == "picture" and self.thumbnail is not None and (data := self.thumbnail(row)):
            self.sheet.picture(column, data, target, f"{row.source} {row.page}")

    def _format(self, row: ExportRow, key: str, shown: Value) -> str | None:
        """The number format where it is not that of the column: more than two digits, or another currency."""
        if not isinstance(shown, Decimal):
            return None
        digits = f"{_DIGITS}####" if shown != round(shown, 2) else _DIGITS
        currency = said_currency(row, self.keys, self.language)
        return f'"{currency}" {digits}' if currency else digits

    def _sum(self, found: Sum, last: int, every: tuple[Sum, ...]) -> None:
        """A row of the sums of one currency over the rows up to `last`."""
        self.sheet.next_row()
        looks = self.sheet.looks
        place = totals.label_place(self.keys)
        for column, key in enumerate(self.keys):
            if kind(key) != "amount":
                named = totals.label(found, len(every) > 1, self.language) if column == place else ""
                self.sheet.text(column, named, looks.total("text"), widen=False)
                continue
            if key not in found.amounts:
                self.sheet.text(column, "", looks.total("amount"))
                continue
            said = totals.remarks(found, key, self.language)
            look = looks.total("amount", "doubtful" if said else "plain")
            formula = self._formula(column, found, last, every)
            self.sheet.formula(column, formula, found.amounts[key], look)
            self.sheet.remark(column, said)
        self.sheet.text(len(self.keys), TOTAL, looks.hidden())

    def _formula(self, column: int, found: Sum, last: int, every: tuple[Sum, ...]) -> str:
        """Adds the column up: all of it, or what has this currency, by the column that shows it or a hidden one."""
        amounts = _range(column, last)
        if len(every) == 1:
            return f"=SUM({amounts})"
        if "currency" in self.keys and all(each.is_code for each in every):
            return f'=SUMIF({_range(self.keys.index("currency"), last)},"{found.currency}",{amounts})'
        return f"=SUMIF({_range(len(self.keys) + 1, last)},{self.totals.number_of(found)},{amounts})"


def said_currency(row: ExportRow, keys: Sequence[str], language: Language) -> str:
    """The currency that stands before an amount: none where a column has it, or where it goes without saying."""
    currency = row.receipt.value("currency")
    known = "currency" in keys or currency == _HOME[language] or not Sum(currency).is_code
    return "" if known else currency


def _range(column: int, last: int) -> str:
    """The cells of a column below the header, down to a row that is counted from 0."""
    name = xl_col_to_name(column, True)
    return f"{name}$2:{name}${last + 1}"
