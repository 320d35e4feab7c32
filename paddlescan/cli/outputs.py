"""The exports that were asked for: checked before scanning, written after it. What there is to write: `writers.py`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from paddlescan.cli.beside import beside
from paddlescan.cli.noting import note
from paddlescan.cli.table import print_table
from paddlescan.cli.work import Work
from paddlescan.cli.writers import WRITERS, Writer
from paddlescan.document import SourceFile
from paddlescan.errors import ExportFailed, OptionAlone, PaddleScanError
from paddlescan.export.atomic import Obstacle
from paddlescan.export.originals import Originals
from paddlescan.export.template_files import Templates
from paddlescan.export.templates import Template
from paddlescan.paths import user_paths
from paddlescan.pipeline.cluster.storage import is_url
from paddlescan.pipeline.intake import walk

_NEEDS = {
    "--template": ("--csv", "--xlsx", "--beside"),
    "--rename-to": ("--rename",),
    "--dry-run": ("--rename",),
    "--insecure-cluster": ("--cluster",),
}
"""Options that do nothing without one of the others."""


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

        Raises OptionAlone for what would do nothing; TemplateUnknown, TemplateWrong, ExportExists, ExportFailed and
        the like for what could not work later.
        """
        for option, needed in _NEEDS.items():
            if getattr(options, _name(option)) and not any(getattr(options, _name(one)) for one in needed):
                raise OptionAlone(file=option, detail=" / ".join(needed))
        template = Templates(user_paths().templates).find(options.template) if options.template else None
        if options.beside and not options.csv:
            options.csv = str(beside(options.paths))
            options.another_name = True
        wanted = tuple((writer, value) for writer in WRITERS if (value := getattr(options, writer.option)))
        _check_apart([target for writer, value in wanted if (target := writer.check(value, options))], options.paths)
        return cls(wanted, template)

    def write(self, work: Work) -> bool:
        """Write every file; one that fails is told and the others are written. False if any failed."""
        good = True
        for writer, value in self.wanted:
            try:
                writer.write(value, work)
                note(work.store, work.batch, "exported", writer.option)
            except PaddleScanError as error:
                work.terminal.fail(error.failure)
                good = False
        if not self.wanted:
            print_table(work.rows(), work.language)
        return good


def _name(option: str) -> str:
    """What `argparse` calls an option."""
    return option.removeprefix("--").replace("-", "_")


def _check_apart(targets: Sequence[Path], scanned: Sequence[str]) -> None:
    """See that no export would replace another one, or a file that is to be scanned. Raises ExportFailed."""
    seen: set[str] = set()
    for target in targets:
        place = os.path.realpath(target)
        if place in seen:
            raise ExportFailed(file=str(target), detail=str(Obstacle.TWICE))
        seen.add(place)
    originals = Originals(lambda: walked(scanned))
    for target in targets:
        originals.refuse(target)


def walked(paths: Sequence[str]) -> Iterator[str]:
    """Where the files to scan are, on this computer."""
    for found in walk([path for path in paths if not is_url(path)]):
        yield (found if isinstance(found, SourceFile) else found.source).path
