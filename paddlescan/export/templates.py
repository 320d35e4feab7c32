"""Templates: which columns an export has, in what order, under which headers, as the company's form wants them.

Those that come with PaddleScan are files of `resources/templates/`; an office's own lie in a folder of its own, a YAML
file each. Knows no window: the place of the folder is given.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export.columns import EMPTY, KEYS, header

Only = Literal["all", "receipts"]
"""Which rows: all of them, or without blank pages and pages that failed."""

MOST_COLUMNS = 100
LONGEST_NAME = 60
LONGEST_HEADER = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what stands over it."""

    key: str
    """One of `columns.KEYS`."""
    header: str = ""
    """Empty: the column's own, in the language of the export."""


@dataclass(frozen=True, slots=True)
class Template:
    """A form. Raises Problem for one that cannot be."""

    name: str
    """What it is saved and asked for by."""
    columns: tuple[Column, ...]
    """From left to right."""
    language: Language | None = None
    """Of headers and words; None: that of who exports."""
    totals: bool = False
    """Whether the sums of the amounts stand below the rows, by currency."""
    only: Only = "all"
    titles: tuple[tuple[Language, str], ...] = field(default=())
    """What it is called in a language, where that is not its name."""

    def __post_init__(self) -> None:
        problem = _problem(self)
        if problem is not None:
            raise problem

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns' keys."""
        return tuple(column.key for column in self.columns)

    def speaks(self, language: Language) -> Language:
        """The language of an export by this template for a person of that language."""
        return self.language or language

    def headers(self, language: Language) -> tuple[str, ...]:
        """What stands over the columns for a person of that language."""
        return tuple(column.header or header(column.key, self.speaks(language)) for column in self.columns)

    def title(self, language: Language) -> str:
        """What it is called in a language."""
        return dict(self.titles).get(language, self.name)

    def is_called(self, name: str) -> bool:
        """Whether that is its name or one of its titles; capitals do not count."""
        return folded(name) in (folded(self.name), *(folded(title) for _, title in self.titles))

    def takes(self, row: ExportRow) -> bool:
        """Whether the row belongs into the sheet. What has values does, even if its page failed when read again."""
        return self.only == "all" or row.is_receipt

    def chosen(self, rows: Iterable[ExportRow]) -> Iterator[ExportRow]:
        """The rows that belong into the sheet."""
        return (row for row in rows if self.takes(row))


class Fault(StrEnum):
    """Why a template cannot be: sentences without their end, known to `words.reason`."""

    NO_NAME = "it has no name"
    LONG_NAME = "its name is too long"
    NO_COLUMNS = "it has no columns"
    MANY_COLUMNS = "it has too many columns"
    UNKNOWN_COLUMN = "it names a column that does not exist"
    COLUMN_TWICE = "it names a column twice"
    LONG_HEADER = "a header is too long"
    NAME_TAKEN = "another template has its name"
    NO_TEMPLATE = "it does not have the form of a template"
    LARGE = "it is too large"
    NO_YAML = "it is no YAML"


class Problem(ValueError):
    """What is wrong with a template, and what that is about: a column, a place in its file."""

    def __init__(self, fault: Fault, about: str = "") -> None:
        super().__init__(fault)
        self.fault, self.about = fault, about


def _problem(template: Template) -> Problem | None:
    keys = Counter(template.keys)
    del keys[EMPTY]
    unknown = next((key for key in keys if key not in KEYS), None)
    twice = next((key for key, count in keys.items() if count > 1), None)
    if not template.name.strip() or not template.name.isprintable():
        return Problem(Fault.NO_NAME)
    if len(template.name) > LONGEST_NAME:
        return Problem(Fault.LONG_NAME)
    if not template.columns:
        return Problem(Fault.NO_COLUMNS)
    if len(template.columns) > MOST_COLUMNS:
        return Problem(Fault.MANY_COLUMNS)
    if unknown is not None:
        return Problem(Fault.UNKNOWN_COLUMN, unknown)
    if twice is not None:
        return Problem(Fault.COLUMN_TWICE, twice)
    if any(len(column.header) > LONGEST_HEADER for column in template.columns):
        return Problem(Fault.LONG_HEADER)
    return None


def folded(name: str) -> str:
    """A name as it is compared: full width or half, capitals or not."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
