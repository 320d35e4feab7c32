"""What was read of an edited export: frozen rows of cells, each with what is needed to find its receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Format = Literal["csv", "xlsx", "json"]

Trouble = Literal["cut", "letters", "formula", "error"]
"""Why a cell cannot be taken: `cut`, the spreadsheet dropped digits of a number; `letters`, its encoding lacks some;
`formula`, a formula that nobody has worked out; `error`, a formula that failed, or a column too narrow to be saved."""

CellKind = Literal["text", "number", "date"]


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One cell, as it stands in the file."""

    text: str = field(repr=False)
    """A number with a point and no grouping, a date in ISO form; text as it is, what an export added included."""
    kind: CellKind = "text"
    trouble: Trouble | None = None


EMPTY = ReadCell("")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: where its receipt stands, and the cells of its fields."""

    line: int
    """Which row of the sheet, counted from 1 as a spreadsheet does; of a JSON the entry."""
    source: str | None = field(repr=False)
    """Name of the source; the empty string for a row by hand; None: the table does not say."""
    page: int | None
    number: int | None
    """Which receipt of the page."""
    cells: Mapping[str, ReadCell] = field(repr=False)
    """By field name, for the columns that the table has."""
    receipt_id: int = 0
    """As the export knew it; 0: not known. Another store may have given it to another receipt."""
    exported: Mapping[str, str] | None = field(default=None, repr=False)
    """The values that were exported, by field name; None: the file does not say."""
    edits: Mapping[str, int] | None = None
    """How many edits of each field the history had when it was exported; None: the file does not say."""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A whole file."""

    format: Format
    columns: tuple[str, ...]
    """The fields it has columns for, in its order."""
    ignored: tuple[str, ...] = field(repr=False)
    """Headers of columns that are none of an export."""
    rows: tuple[ReadRow, ...]
    unicode: bool = True
    """False: the encoding of the file does not know every letter."""
