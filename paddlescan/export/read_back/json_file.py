"""A JSON of the schema `paddlescan/1`: of each entry its place, its fields' values and what the history said then."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType

import msgspec

from paddlescan.document import FIELD_NAMES
from paddlescan.errors import TableDamaged, TableTooLarge, TableUnknown
from paddlescan.export.json_export import SCHEMA
from paddlescan.export.read_back.limits import MAX_OBJECTS, MAX_ROWS
from paddlescan.export.read_back.table import EMPTY, ReadCell, ReadRow, ReadTable


class _Field(msgspec.Struct, frozen=True):
    value: str | int | float | None = None


class _Edit(msgspec.Struct, frozen=True):
    field: str


class _Entry(msgspec.Struct, frozen=True):
    source: str
    fields: dict[str, _Field]
    page: int = 1
    receipt: int = 1
    history: tuple[_Edit, ...] | None = None
    lines: msgspec.Raw = msgspec.Raw(b"")


class _Head(msgspec.Struct, frozen=True):
    schema: str | None = None


class _Export(msgspec.Struct, frozen=True):
    pages: tuple[_Entry, ...]


def read_json(data: bytes, file: str) -> ReadTable:
    """The entries in the bytes of a JSON; file is its name for a person. Raises what `read_table` does."""
    if data.count(b"{") > MAX_OBJECTS:
        raise TableTooLarge(file=file)
    try:
        if msgspec.json.decode(data, type=_Head).schema != SCHEMA:
            raise TableUnknown(file=file)
        entries = msgspec.json.decode(data, type=_Export).pages
    except (msgspec.MsgspecError, RecursionError, ValueError):
        raise TableDamaged(file=file) from None
    if len(entries) > MAX_ROWS:
        raise TableTooLarge(file=file)
    rows = tuple(_row(index, entry) for index, entry in enumerate(entries, start=1))
    return ReadTable("json", FIELD_NAMES, (), rows)


def _row(index: int, entry: _Entry) -> ReadRow:
    """A whole entry says of a field that is not there that there is none; one that a program cut down says nothing."""
    cells = {name: _cell(entry.fields[name]) for name in FIELD_NAMES if name in entry.fields}
    whole = entry.history is not None and bool(bytes(entry.lines))
    if whole:
        cells = {name: cells.get(name, EMPTY) for name in FIELD_NAMES}
    edits = Counter(edit.field for edit in entry.history or ()) if whole else None
    return ReadRow(
        line=index,
        source=entry.source,
        page=entry.page,
        number=entry.receipt,
        cells=MappingProxyType(cells),
        edits=None if edits is None else MappingProxyType(dict(edits)),
    )


def _cell(field: _Field) -> ReadCell:
    value = field.value
    if value is None:
        return EMPTY
    return ReadCell(value) if isinstance(value, str) else ReadCell(f"{value}", "number")
