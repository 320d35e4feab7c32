"""What is to be written, and whereof. Knows no window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export.name_pattern import DEFAULT_PATTERN
from paddlescan.export.template_files import DEFAULT, default_template
from paddlescan.export.templates import Template
from paddlescan.paths import Paths
from paddlescan.pipeline.passwords import Passwords
from paddlescan.store import Store

Format = Literal["xlsx", "csv", "items", "json", "pdf", "rename", "report"]
"""`items`: a CSV with a row a line item. `rename`: copies of the originals."""

ENDINGS: dict[Format, str] = {
    "xlsx": ".xlsx",
    "csv": ".csv",
    "items": "-items.csv",
    "json": ".json",
    "pdf": ".pdf",
    "rename": "",
    "report": "-report.xlsx",
}
"""What a file's name ends in, by what is in it; copies go into a folder."""

SHEETS: tuple[Format, ...] = ("xlsx", "csv")
"""What has columns by a template."""
SPEAKING: tuple[Format, ...] = ("xlsx", "csv", "items", "rename", "report")
"""What has words of ours in it, in a language."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The batch that is handed in, and where what is needed for it lies."""

    id: int
    store: Path
    templates: Path
    logs: Path
    scratch: Path
    passwords: Passwords = field(default_factory=Passwords, repr=False)

    @classmethod
    def of(cls, batch: int, paths: Paths, passwords: Passwords | None = None) -> Batch:
        """A batch in the usual places."""
        return cls(batch, paths.store, paths.templates, paths.logs, paths.scratch, passwords or Passwords())


def only_receipts(chosen: Format, sheet: Template) -> bool:
    """Whether blank and failed pages of the table are left out of the file."""
    return chosen in SHEETS and sheet.only == "receipts"


@dataclass(frozen=True, slots=True)
class Order:
    """What to write, and where."""

    format: Format
    language: Language
    """Of headers and words."""
    template: Template | None = None
    """Of a sheet; None: all columns."""
    only: frozenset[int] | None = None
    """The receipts that are written; None: all of the table."""
    pictures: bool = True
    """Whether a workbook's column of pictures is filled, where its template has one."""
    pattern: str = field(default=DEFAULT_PATTERN, repr=False)
    """Of the names of copies."""
    place: Path = field(default_factory=Path, repr=False)
    """The file, or the folder for copies."""
    overwrite: bool = False

    def count(self, store: Store, batch: int) -> int:
        """How many rows `rows` has."""
        receipts = only_receipts(self.format, self.sheet)
        return sum(
            self._takes(row.receipt_id) and (row.is_receipt or not receipts) for row in store.receipt_rows(batch)
        )

    def rows(self, store: Store, batch: int) -> Iterator[ExportRow]:
        """The rows that are written, a few in memory at a time."""
        rows = (row for row in store.export_rows(batch) if self._takes(row.receipt_id))
        return self.sheet.chosen(rows) if self.format in SHEETS else rows

    def _takes(self, receipt_id: int) -> bool:
        return self.only is None or receipt_id in self.only

    @property
    def sheet(self) -> Template:
        """The template, or that with all columns."""
        return self.template or default_template()

    @property
    def csv_template(self) -> Template | None:
        """The template of a CSV. None for all columns: then it has those that it always had."""
        return None if self.sheet == default_template() and self.sheet.name == DEFAULT else self.template

    @property
    def draws(self) -> bool:
        """Whether pictures are drawn, which takes its time."""
        return self.format == "pdf" or (self.format == "xlsx" and self.pictures and "picture" in self.sheet.keys)
