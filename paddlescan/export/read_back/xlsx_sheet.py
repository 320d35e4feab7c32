"""An XLSX as Excel, WPS and LibreOffice save it: formulas by the value they had then."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast

import openpyxl
from openpyxl.utils.exceptions import (
    CellCoordinatesException,
    IllegalCharacterError,
    InvalidFileException,
    NamedRangeException,
    SheetTitleException,
)
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from paddlescan.errors import TableDamaged, TableTooLarge, TableUnknown
from paddlescan.export.marker import SHEET
from paddlescan.export.read_back.grid import HEADER_WITHIN, Line, find_header, rows_below
from paddlescan.export.read_back.headers import Header, Pairs
from paddlescan.export.read_back.limits import MAX_COLUMNS, MAX_ROWS, Look, no_look
from paddlescan.export.read_back.marker import Marker, marked, read_marker
from paddlescan.export.read_back.package import check_package
from paddlescan.export.read_back.table import EMPTY, ReadCell, ReadTable

_STUMBLES = (
    *(
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        OSError,
        EOFError,
        SyntaxError,
    ),  # ParseError is a SyntaxError
    *(zipfile.BadZipFile, zlib.error, NotImplementedError),  # the last: an unknown way of packing
    *(CellCoordinatesException, InvalidFileException, IllegalCharacterError, NamedRangeException, SheetTitleException),
)
"""What openpyxl and the libraries below it throw at a damaged workbook."""
_DIGITS_KEPT = 15
"""A spreadsheet keeps so many digits of a number."""


def read_xlsx(data: bytes, file: str, templates: Iterable[Pairs] = (), look: Look = no_look) -> ReadTable:
    """The table in the bytes of an XLSX; file is its name for a person. Raises what `limits` names, TableLocked."""
    formulas = check_package(data, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not know (validations, headers of print) is not asked
            return _read(data, file, tuple(templates), formulas, look)
    except MemoryError:
        raise TableTooLarge(file=file) from None
    except _STUMBLES:
        raise TableDamaged(file=file) from None


def _read(data: bytes, file: str, templates: tuple[Pairs, ...], has_formulas: bool, look: Look) -> ReadTable:
    with closing(openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
        marker = read_marker(_values(book[SHEET])) if SHEET in book.sheetnames else None
        known = (marker.pairs, *templates) if marker else templates
        found = _find(book, marker, known)
        if found is None:
            raise TableUnknown(file=file)
        name, index, header = found
        lines = _lines(book[name], file, look)
    formulas = _formulas(data, name, look) if has_formulas else {}
    lines = [_with_formulas(line, formulas.get(line[0], ())) for line in lines]
    rows = rows_below(lines[index + 1 :], header)
    if marker is not None:
        rows = marked(rows, lines[index], lines, marker)
    return ReadTable("xlsx", header.fields, header.ignored, rows)


def _find(book: Any, marker: Marker | None, known: tuple[Pairs, ...]) -> tuple[str, int, Header] | None:
    """The sheet with the table, the index of its header, and that. The sheet that the marker names comes first."""
    names = [sheet.title for sheet in book.worksheets if sheet.title != SHEET]
    if marker is not None and marker.sheet in names:
        names.insert(0, marker.sheet)
    for name in names:
        found = find_header([_line(row) for row in _rows(book[name], HEADER_WITHIN)], known)
        if found is not None:
            return name, *found
    return None


def _rows(sheet: Any, last: int, look: Look = no_look) -> Iterator[tuple[int, tuple[Any, ...]]]:
    if not isinstance(sheet, ReadOnlyWorksheet):  # a sheet that holds only a chart
        return
    sheet.reset_dimensions()  # what it says of itself need not be so
    rows: Iterator[tuple[Any, ...]] = cast(Any, sheet).iter_rows(max_row=last)  # no wider than each is
    for number, row in enumerate(rows, start=1):
        look()
        yield number, row[:MAX_COLUMNS]


def _values(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for _, row in _rows(sheet, MAX_ROWS)]


def _lines(sheet: Any, file: str, look: Look) -> list[Line]:
    lines = [_line(row) for row in _rows(sheet, MAX_ROWS + 1, look)]
    while lines and not any(cell.text for cell in lines[-1][1]):
        lines.pop()
    if len(lines) > MAX_ROWS:
        raise TableTooLarge(file=file)
    return lines


def _line(row: tuple[int, tuple[Any, ...]]) -> Line:
    number, cells = row
    read = [_cell(cell) for cell in cells]
    while read and read[-1] == EMPTY:
        read.pop()
    return number, read


def _cell(cell: Any) -> ReadCell:
    value = cell.value
    if value is None:
        return EMPTY
    if cell.data_type == "e":
        return ReadCell(str(value), trouble="error")
    if isinstance(value, bool):
        return ReadCell("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return ReadCell(value.date().isoformat() if value.time() == time() else value.isoformat(" "), "date")
    if isinstance(value, date):
        return ReadCell(value.isoformat(), "date")
    return ReadCell(str(value))


def _number(value: float) -> ReadCell:
    """A number without the noise of binary fractions. One with more digits than a spreadsheet keeps has lost some."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return ReadCell(str(value), trouble="error")
    rounded = exact.quantize(Decimal("0.01")) if abs(exact) < 10**12 else exact
    if abs(rounded - exact) < Decimal("1e-7"):
        exact = rounded
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    digits = text.lstrip("-").partition(".")[0]
    return ReadCell(text, "number", "cut" if len(digits) > _DIGITS_KEPT else None)


def _formulas(data: bytes, name: str, look: Look) -> dict[int, list[int]]:
    """Where formulas stand: by row, counted from 1, the columns, counted from 0."""
    with closing(openpyxl.load_workbook(io.BytesIO(data), read_only=True)) as book:
        lines = (
            (line, [i for i, cell in enumerate(cells) if cell.data_type == "f"])
            for line, cells in _rows(book[name], MAX_ROWS, look)
        )
        return {line: columns for line, columns in lines if columns}


def _with_formulas(line: Line, columns: Sequence[int]) -> Line:
    """The line, with trouble where a formula has no value: nobody worked it out before the file was saved."""
    number, cells = line
    wanted = [*cells, *[EMPTY] * (max(columns, default=-1) + 1 - len(cells))]
    return number, [
        ReadCell("", trouble="formula") if index in columns and cell == EMPTY else cell
        for index, cell in enumerate(wanted)
    ]
