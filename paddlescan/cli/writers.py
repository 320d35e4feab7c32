"""What `scan` can write, a `Writer` each in WRITERS: the one place to add another.

A writer belongs to an option of the command line. `check` looks at the option's value before anything is scanned,
`write` does the work when all is read. A new one: the option in `parser.py`, a function here (or in a module of its
own beside this one), a line in WRITERS.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from paddlescan.cli.beside import beside
from paddlescan.cli.pdf import write_pdf_file
from paddlescan.cli.rename import check_rename, rename_copies
from paddlescan.cli.report import write_report_file
from paddlescan.cli.work import Work
from paddlescan.cli.xlsx import write_xlsx_file
from paddlescan.errors import EndingWrong, ExportExists
from paddlescan.export.atomic import check_target
from paddlescan.export.csv_export import write_csv
from paddlescan.export.items_csv import write_items_csv
from paddlescan.export.json_export import write_json

Check = Callable[[str, argparse.Namespace], Path | None]
_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_ENDINGS = frozenset((*_TABLES, ".json", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".html"))
"""Of files that people know by them: in one that is called so and is none, no program finds what it looks for."""


def file_ending(*own: str) -> Check:
    """A check of the file that an option's value names. own: its endings, the usual one first; what is no ending of
    another kind of file may be anything. Raises EndingWrong, ExportExists, and ExportFailed for what could not be
    written later."""

    def check(value: str, options: argparse.Namespace) -> Path:
        path = Path(value)
        if path.suffix.lower() in _ENDINGS.difference(own):
            raise EndingWrong(file=value, detail=own[0])
        check_target(path, options.overwrite)
        return path

    return check


@dataclass(frozen=True, slots=True)
class Writer:
    """One kind of export."""

    option: str
    """The option's name in the parsed command line; nothing is written where its value is empty."""
    write: Callable[[str, Work], None]
    """Writes it, given the option's value. May raise PaddleScanError, which is told; the others are written."""
    check: Check
    """Raises PaddleScanError for what cannot work. Returns the file that will be written, None where it is not one."""


def _json(value: str, work: Work) -> None:
    rows = write_json(work.rows(), Path(value), work.overwrite)
    work.terminal.say("wrote_rows", file=value, rows=rows)


def _csv(value: str, work: Work) -> None:
    try:
        rows = write_csv(work.rows(), Path(value), work.overwrite, work.language, template=work.template)
    except ExportExists:
        if not work.options.another_name:
            raise
        another = beside(work.options.paths)  # a file has got the name that was free when the scan began
        rows = write_csv(work.rows(), another, False, work.language, template=work.template)
        value = work.options.csv = str(another)
    work.terminal.say("wrote_rows", file=value, rows=rows)


def _items(value: str, work: Work) -> None:
    rows = write_items_csv(work.rows(), Path(value), work.overwrite, work.language)
    work.terminal.say("wrote_rows", file=value, rows=rows)


WRITERS: tuple[Writer, ...] = (
    Writer("json", _json, file_ending(".json")),
    Writer("csv", _csv, file_ending(".csv")),
    Writer("items", _items, file_ending(".csv")),
    Writer("xlsx", write_xlsx_file, file_ending(".xlsx")),
    Writer("report", write_report_file, file_ending(".xlsx")),
    Writer("pdf", write_pdf_file, file_ending(".pdf")),
    Writer("rename", rename_copies, check_rename),
)
"""In the order in which they write."""
