"""The hidden sheet of an XLSX export, as `export.marker` wrote it: which row is which receipt, what was exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from paddlescan.document import FIELD_NAMES
from paddlescan.export.marker import FORMAT, HEAD, KEY_HEADER, TOTAL
from paddlescan.export.read_back.grid import Line
from paddlescan.export.read_back.headers import Pairs
from paddlescan.export.read_back.table import ReadRow

_BEFORE_COLUMNS = len(HEAD)


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """One receipt as it was exported."""

    source: str = field(repr=False)
    page: int | None
    number: int | None
    receipt_id: int
    values: Mapping[str, str] = field(repr=False)
    """Of its fields, by name."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What the hidden sheet says."""

    sheet: str = field(repr=False)
    """Name of the sheet with the table."""
    pairs: Pairs
    """The headers as written, from left to right, each with its key."""
    rows: Mapping[int, MarkedRow]
    """By key."""


def read_marker(rows: Sequence[Sequence[Any]]) -> Marker | None:
    """The marker that these cells are; None where they are none, or one of a newer PaddleScan."""
    if len(rows) < 3 or _text(rows[0], 0) != FORMAT:
        return None
    keys = [_text(rows[1], i) for i in range(_BEFORE_COLUMNS, len(rows[1]))]
    headers = [_text(rows[2], i) for i in range(_BEFORE_COLUMNS, len(rows[2]))]
    pairs = tuple((header, key) for header, key in zip(headers, keys, strict=False) if key)
    marked_rows = {key: _marked_row(row, keys) for row in rows[3:] if (key := _number(row, 0)) is not None}
    return Marker(_text(rows[0], 3), pairs, MappingProxyType(marked_rows))


def marked(rows: Sequence[ReadRow], header: Line, lines: Sequence[Line], marker: Marker) -> tuple[ReadRow, ...]:
    """The rows with what the marker knows of them; sums go. A row that somebody copied has the key of the other."""
    column = next((i for i, cell in enumerate(header[1]) if cell.text == KEY_HEADER), None)
    if column is None:
        return tuple(rows)
    keys = {line: cells[column].text.strip() for line, cells in lines if column < len(cells)}
    return tuple(_known(row, keys.get(row.line, ""), marker) for row in rows if keys.get(row.line) != TOTAL)


def _known(row: ReadRow, key: str, marker: Marker) -> ReadRow:
    known = marker.rows.get(int(key)) if key.isascii() and key.isdigit() else None
    if known is None:
        return row
    return replace(
        row,
        source=known.source,
        page=known.page,
        number=known.number,
        receipt_id=known.receipt_id,
        exported=known.values,
    )


def _marked_row(row: Sequence[Any], keys: Sequence[str]) -> MarkedRow:
    values = {key: _text(row, _BEFORE_COLUMNS + i) for i, key in enumerate(keys) if key in FIELD_NAMES}
    return MarkedRow(_text(row, 1), _number(row, 2), _number(row, 3), _number(row, 4) or 0, MappingProxyType(values))


def _text(row: Sequence[Any], index: int) -> str:
    value = row[index] if index < len(row) else None
    return "" if value is None else str(value)


def _number(row: Sequence[Any], index: int) -> int | None:
    value = row[index] if index < len(row) else None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
