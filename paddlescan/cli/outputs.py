"""The exports that were asked for: checked before scanning, written after it. What there is to write: `writers.py`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paddlescan.cli.table import print_table
from paddlescan.cli.work import Work
from paddlescan.cli.writers import WRITERS, Writer
from paddlescan.errors import ExportExists, PaddleScanError
from paddlescan.export.template_files import Templates
from paddlescan.export.templates import Template
from paddlescan.paths import user_paths
from paddlescan.words import error_sentence


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where results go."""

    wanted: tuple[tuple[Writer, str], ...]
    """Writers with the values of their options."""
    template: Template | None
    """Of the CSV and of the workbook; None: all columns."""

    @classmethod
    def asked_for(cls, options: argparse.Namespace) -> Outputs:
        """What the command line says.

        Raises TemplateUnknown, TemplateWrong, ExportExists, ExportFailed and the like for what could not work later.
        """
        template = Templates(user_paths().templates).find(options.template) if options.template else None
        if options.beside and not options.csv:
            options.csv = str(beside(options.paths))
        wanted = tuple((writer, value) for writer in WRITERS if (value := getattr(options, writer.option)))
        targets = [target for writer, value in wanted if (target := writer.check(value, options)) is not None]
        if len({path.absolute() for path in targets}) < len(targets):
            raise ExportExists(file=str(targets[0]))
        return cls(wanted, template)

    def write(self, work: Work) -> bool:
        """Write every file; one that fails is told and the others are written. False if any failed."""
        good = True
        for writer, value in self.wanted:
            try:
                writer.write(value, work)
            except PaddleScanError as error:
                work.terminal.complain(" ".join(error_sentence(error.failure, work.language)))
                good = False
        if not self.wanted:
            print_table(work.rows(), work.language)
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
