"""`scan --rename PATTERN [--rename-to FOLDER] [--dry-run]`: the originals copied under names that say what they are."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paddlescan.cli.printable import printable
from paddlescan.errors import CopiesFailed, ExportFailed
from paddlescan.export.name_pattern import NamePattern
from paddlescan.export.renaming import PlannedCopy, copy_renamed, plan_copies
from paddlescan.words import say

if TYPE_CHECKING:
    from paddlescan.cli.work import Work
    from paddlescan.document import Language


def check_rename(value: str, options: argparse.Namespace) -> None:
    """Look at the pattern and the folder. Raises PatternUnknown, PatternBroken, and ExportFailed for a folder that
    cannot be written later. Nothing is made."""
    NamePattern.of(value)
    if options.dry_run or options.rename_to is None:
        return  # the folder beside the inputs is named in a language that is known later
    folder = Path(options.rename_to).absolute()
    there = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    if not there.is_dir():
        raise ExportFailed(file=str(there), detail="it is no folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise ExportFailed(file=str(there), detail="it may not be written by you")


def rename_copies(value: str, work: Work) -> None:
    """Copy, or with --dry-run only print what would be copied. Raises CopiesFailed after the others are made."""
    pattern, language = NamePattern.of(value), work.language
    given = work.options.rename_to
    folder = Path(given) if given else folder_beside(work.options.paths, language)
    plan = plan_copies(work.rows(), pattern, folder, language)
    if work.options.dry_run:
        print_plan(plan)
        there = sum(one.there for one in plan)
        work.terminal.say("would_copy", copies=len(plan) - there, there=there, folder=folder)
        return
    report = copy_renamed(plan, folder)
    work.terminal.say("copied", copies=report.copied, there=report.there, folder=folder)
    for _, failure in report.failed:
        work.terminal.fail(failure)
    if report.failed:
        raise CopiesFailed(file=str(folder), detail=str(len(report.failed)))


def folder_beside(paths: Sequence[str], language: Language) -> Path:
    """The folder that is used where none is given: beside the first input, so that the next scan of a folder does not
    find the copies in it."""
    return Path(paths[0]).absolute().parent / say("renamed_folder", language)


def print_plan(plan: Sequence[PlannedCopy]) -> None:
    """A line a file on standard output: from and to, with an arrow for a person and a TAB for a program."""
    between = "  ->  " if sys.stdout.isatty() else "\t"
    for one in plan:
        print(printable(one.source.name) + between + printable(one.target))
