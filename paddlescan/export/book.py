"""A workbook that is being written: whole or absent, a row at a time, so that memory stays flat over many rows.

Text is always written as text, never guessed at: nothing that stood on a receipt becomes a formula, a number or a link.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError, XlsxFileError
from xlsxwriter.format import Format
from xlsxwriter.image import Image
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from paddlescan.document import Language
from paddlescan.errors import ExportFailed
from paddlescan.export.atomic import Obstacle, atomic_file
from paddlescan.export.cells import clean_text
from paddlescan.export.columns import Value
from paddlescan.export.leftovers import held_folder
from paddlescan.export.looks import DOUBT_FILL, Looks

AUTHOR = "PaddleScan"
MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
"""UTF-16 units that a cell holds."""
MOST_LINKS = 65_530
"""Links that a sheet holds."""

_NARROWEST, _WIDEST = 7, 44
_COMMENT_WIDTH = 260
_ROW_POINTS, _HEADER_POINTS = 20.0, 26.0
PICTURE_HEIGHT, PICTURE_WIDTH = 60, 84
"""Pixels of the box for the picture of a page."""
_PICTURE_POINTS = 51.0


@dataclass(frozen=True, slots=True)
class Book:
    """An open workbook."""

    workbook: Workbook
    looks: Looks
    scratch: Path
    """A folder that goes when the workbook is written: pictures lie there until then."""
    path: Path = field(repr=False)
    """Where it will be."""


@contextmanager
def new_book(path: Path, overwrite: bool, language: Language, title: str) -> Iterator[Book]:
    """A workbook that takes its place when the block ends well. Raises ExportExists, ExportFailed, DiskFull."""
    with atomic_file(path, overwrite) as file, held_folder() as scratch:
        target = _Target(file)
        workbook = _workbook(target, str(scratch))
        workbook.set_properties({"title": clean_text(title), "author": AUTHOR})
        try:
            yield Book(workbook, Looks(workbook, language), scratch, path)
            workbook.close()
        except FileCreateError as error:  # wraps what the disk said
            raise (error.args[0] if isinstance(error.args[0], OSError) else OSError(*error.args)) from error
        finally:
            target.let_go()
            for sheet in workbook.worksheets():  # left open where something was raised
                with suppress(AttributeError, OSError):
                    sheet.row_data_fh.close()


class _Target:
    """The file as XlsxWriter sees it. Once let go it swallows what comes: after an error a `ZipFile` stays behind that
    writes its end when it is forgotten."""

    def __init__(self, file: BinaryIO) -> None:
        self._file: BinaryIO | None = file
        self._place = 0

    def let_go(self) -> None:
        self._file = None

    def write(self, data: bytes) -> int:
        self._place += len(data)
        return len(data) if self._file is None else self._file.write(data)

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        self._place = place if self._file is None else self._file.seek(place, whence)
        return self._place

    def tell(self) -> int:
        return self._place if self._file is None else self._file.tell()

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()


def _workbook(file: _Target, scratch: str) -> Workbook:
    options = {
        "constant_memory": True,
        "tmpdir": scratch,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    workbook = Workbook(file, options)
    workbook.use_zip64()
    return workbook


class Sheet:
    """One sheet of a workbook, filled from the top: `header`, then rows by `next_row` and the writing methods."""

    def __init__(self, book: Book, name: str, pictures: bool = False, widest: int = _WIDEST) -> None:
        """pictures: whether rows are so high that the picture of a page fits in. widest: a column, in digits."""
        self.book, self.looks = book, book.looks
        self.name = sheet_name(name)
        self.sheet: Worksheet = book.workbook.add_worksheet(self.name)
        self.row = -1
        self._links, self._widest = 0, widest
        self._widths: dict[int, int] = {}
        self.sheet.hide_gridlines(2)
        self.sheet.set_default_row(_PICTURE_POINTS if pictures else _ROW_POINTS)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.4, 0.4, 0.7, 0.6)

    def header(self, captions: Sequence[str]) -> None:
        """Write what stands over the columns, in a row that stays in sight and is repeated on every printed page."""
        self.next_row(_HEADER_POINTS)
        for column, caption in enumerate(captions):
            self.text(column, caption, self.looks.header())
            self._widen(column, shown_width(caption) + 3)  # room for the filter's arrow
        self.sheet.freeze_panes(self.row + 1, 0)
        self.sheet.repeat_rows(self.row)

    def next_row(self, points: float | None = None) -> int:
        """Begin the next row, of a height; returns its number from 0. Raises ExportFailed where the sheet is full."""
        self.row += 1
        if self.row >= MOST_ROWS:
            raise ExportFailed(file=self.book.path.name, detail=str(Obstacle.SHEET_FULL))
        if points is not None:
            self.sheet.set_row(self.row, points)
        return self.row

    def value(self, column: int, value: Value, look: Format, beside: int = 0) -> None:
        """Write a value by its type: real dates and numbers, and text that stays text.

        beside: how many letters its number format puts beside a number.
        """
        if isinstance(value, str):
            self.text(column, value, look)
        elif isinstance(value, date):
            self.sheet.write_datetime(self.row, column, value, look)
            self._widen(column, 12)
        else:
            self.sheet.write_number(self.row, column, float(value), look)
            self._widen(column, len(f"{value:,.2f}" if isinstance(value, Decimal) else str(value)) + 2 + beside)

    def text(self, column: int, text: str, look: Format | None, widen: bool = True) -> None:
        """Write a text as a text, or an empty cell. widen: whether its column becomes as wide as it, up to a limit."""
        clean = cell_text(text)
        if not clean:
            self.sheet.write_blank(self.row, column, None, look)
            return
        write_text(self.sheet, self.row, column, clean, look, self.looks.of())
        if widen:
            self._widen(column, shown_width(clean) + 1)

    def formula(self, column: int, formula: str, result: Decimal, look: Format) -> None:
        """Write a formula of ours, never one made of a receipt's text, with its result for who does not calculate."""
        self.sheet.write_formula(self.row, column, formula, look, float(result))
        self._widen(column, len(f"{result:,.2f}") + 3)

    def link(self, column: int, text: str, target: str | None, look: Format, tip: str) -> None:
        """Write a text that leads to a file; without a target, or in a sheet full of links, the text alone."""
        self.text(column, text, look)
        if target is None or self._links >= MOST_LINKS or not cell_text(text):
            return
        self._links += 1
        self.sheet.ignore_write_string = True  # the text stands already
        self.sheet.write_url(self.row, column, _url(target, tip), look)
        self.sheet.ignore_write_string = False

    def remark(self, column: int, sentences: Sequence[str]) -> None:
        """Hang sentences on the cell of this row, shown when the mouse is over it."""
        text = cell_text("\n".join(sentences))
        if not text:
            return
        lines = sum(1 + shown_width(line) * 6 // (_COMMENT_WIDTH - 16) for line in text.split("\n"))
        options = {
            "author": AUTHOR,
            "x_scale": 1,
            "y_scale": 1,
            "width": _COMMENT_WIDTH,
            "height": 16 + 16 * lines,
            "font_size": 9,
            "color": DOUBT_FILL,
        }
        self.sheet.write_comment(self.row, column, text, options)

    def picture(self, column: int, data: bytes, target: str | None, described: str) -> None:
        """Put a picture (PNG, JPEG) into a cell, small; one that is none is left out."""
        file = self.book.scratch / f"{self.sheet.index}-{self.row}"
        file.write_bytes(data)
        try:
            image = Image(str(file))
        except XlsxFileError:
            return
        scale = min(PICTURE_WIDTH / image.width, PICTURE_HEIGHT / image.height)
        options = {
            "x_scale": scale * image.x_dpi / 96,
            "y_scale": scale * image.y_dpi / 96,
            "x_offset": 4 + (PICTURE_WIDTH - scale * image.width) / 2,
            "y_offset": 4 + (PICTURE_HEIGHT - scale * image.height) / 2,
            "object_position": 1,  # moves with its row when that is sorted or hidden
            "description": cell_text(described),
        }
        if target is not None:
            image.url = _url(target)
        self.sheet.insert_image(self.row, column, image, options)

    def end(self, columns: int, last: int, hidden: int = 0, picture: int | None = None) -> None:
        """Set widths and the filter. columns: in sight; last: the last row of data; hidden: columns behind them."""
        self.fit(columns)
        if picture is not None:
            self.sheet.set_column(picture, picture, (PICTURE_WIDTH + 8) / 7)
        if hidden:
            self.sheet.set_column(columns, columns + hidden - 1, 8, None, {"hidden": True})
        self.sheet.print_area(0, 0, max(self.row, 0), columns - 1)
        self.sheet.autofilter(0, 0, max(last, 0), columns + hidden - 1)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})

    def fit(self, columns: int) -> None:
        """Make so many columns as wide as what stands in them, within reason."""
        for column in range(columns):
            width = min(max(self._widths.get(column, 0) + 1, _NARROWEST), self._widest)
            self.sheet.set_column(column, column, width)

    def _widen(self, column: int, width: int) -> None:
        self._widths[column] = max(self._widths.get(column, 0), width)


def cell_text(text: str) -> str:
    """A text as a cell holds it: without control characters, and no longer than a cell can be."""
    clean = clean_text(text)
    if 2 * len(clean) <= LONGEST_TEXT:  # whatever it is made of
        return clean
    data = clean.encode("utf-16-le")
    if len(data) <= 2 * LONGEST_TEXT:
        return clean
    return data[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def write_text(sheet: Worksheet, row: int, column: int, clean: str, look: Format | None, plain: Format) -> None:
    """Write what `cell_text` made, as it is. plain: a format for a text that has to be written in two pieces."""
    if clean.startswith("<r>") and clean.endswith("</r>"):  # XlsxWriter would take it for its own markup
        sheet.write_rich_string(row, column, clean[:1], plain, clean[1:], *([] if look is None else [look]))
    else:
        sheet.write_string(row, column, clean, look)


def shown_width(text: str) -> int:
    """About how many digits wide a text is in a sheet: an ideograph is as wide as two. Of several lines the widest."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in ln) for ln in text.split("\n"))


def sheet_name(name: str) -> str:
    """A name that a sheet may have."""
    kept = "".join("_" if c in "[]:*?/\\" else c for c in clean_text(name) if c not in "\t\n").strip(" '")
    short = kept.encode("utf-16-le")[:62].decode("utf-16-le", "ignore").strip(" '")
    return "Sheet" if not short or short.casefold() == "history" else short


def _url(target: str, tip: str = "") -> Url:
    """A link that leads to just this target. XlsxWriter would turn slashes round and escape what is escaped."""
    url = Url("external:file")
    url._link = url._relationship_link = target
    url.tip = clean_text(tip)
    return url
