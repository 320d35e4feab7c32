"""The export files that were asked for: checked before scanning, written after it."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paddlescan.cli.terminal import Terminal, printable
from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.errors import ExportExists, PaddleScanError
from paddlescan.export.atomic import check_target
from paddlescan.export.csv_export import write_csv
from paddlescan.export.items_csv import write_items_csv
from paddlescan.export.json_export import write_json
from paddlescan.words import caption, error_sentence

TABLE = ("merchant", "date", "total", "currency", "invoice_number")
"""The fields of the table that is printed where no file was asked for."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where results go."""

    json: Path | None
    csv: Path | None
    items: Path | None
    overwrite: bool

    @classmethod
    def asked_for(cls, options: argparse.Namespace) -> Outputs:
        """What the command line says. Raises ExportExists or ExportFailed for what could not be written later."""
        outputs = cls(
            Path(options.json) if options.json else None,
            Path(options.csv) if options.csv else beside(options.paths) if options.beside else None,
            Path(options.items) if options.items else None,
            options.overwrite,
        )
        targets = [path for path in (outputs.json, outputs.csv, outputs.items) if path is not None]
        for path in targets:
            check_target(path, options.overwrite)
        if len({path.absolute() for path in targets}) < len(targets):
            raise ExportExists(file=str(targets[0]))
        return outputs

    def write(self, rows: Sequence[ExportRow], language: Language, terminal: Terminal) -> bool:
        """Write every file; one that fails is told and the others are written. False if any failed."""
        good = True
        for path, kind in ((self.json, "json"), (self.csv, "csv"), (self.items, "items")):
            if path is None:
                continue
            try:
                match kind:
                    case "json":
                        write_json(rows, path, self.overwrite)
                    case "csv":
                        write_csv(rows, path, self.overwrite, language)
                    case _:
                        write_items_csv(rows, path, self.overwrite, language)
            except PaddleScanError as error:
                terminal.complain(" ".join(error_sentence(error.failure, language)))
                good = False
            else:
                terminal.say("wrote", file=path)
        if self.json is None and self.csv is None and self.items is None:
            print_table(rows, language)
        return good


def beside(paths: Sequence[str]) -> Path:
    """A name for the CSV beside the files that no file has yet."""
    first = Path(paths[0]).absolute()
    if first.is_dir():
        wanted = first / f"{first.name or 'PaddleScan'}.csv"
    elif len(paths) == 1:
        wanted = first.with_suffix(".csv")
    else:
        wanted = first.parent / f"{first.parent.name or 'PaddleScan'}.csv"
    free, number = wanted, 2
    while free.exists():
        free, number = wanted.with_stem(f"{wanted.stem} ({number})"), number + 1
    return free


def print_table(rows: Sequence[ExportRow], language: Language) -> None:
    """The receipts on standard output: a table for a person, tab-separated for a program."""
    head = [caption("state", language), *(caption(name, language) for name in TABLE), caption("file", language)]
    body = [
        [
            caption(row.status, language),
            *(printable(row.receipt.value(name)) for name in TABLE),
            printable(row.source) + (f" #{row.page}" if row.page_count > 1 else ""),
        ]
        for row in rows
    ]
    if not sys.stdout.isatty():
        out = io.StringIO()
        csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows([head, *body])
        sys.stdout.write(out.getvalue())
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for title in head:
        table.add_column(title, justify="right" if title == caption("total", language) else "left")
    for cells in body:
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
