"""The exports of `watch`: one of each kind for every round, numbered, whole or absent, never replacing a file.

A round keeps its number from before the first of its files is written, so a program that was killed meanwhile writes
those that are missing, under the same number.
"""

from __future__ import annotations

import argparse
import copy
import re
from dataclasses import dataclass
from pathlib import Path

from paddlescan.cli.noting import note
from paddlescan.cli.outputs import Outputs
from paddlescan.cli.terminal import Terminal
from paddlescan.cli.work import Work
from paddlescan.cli.writers import WRITERS
from paddlescan.desktop.hot_folder.listing import is_wanted
from paddlescan.desktop.hot_folder.plan import Plan
from paddlescan.document.source import printable_name
from paddlescan.errors import FolderWithin, PaddleScanError
from paddlescan.paths import Paths
from paddlescan.pipeline.passwords import Passwords
from paddlescan.store import HotRound, Store

_NOT_HERE = {
    **{"beside": False, "rename": None, "rename_to": None, "dry_run": False, "overwrite": False},
    **{"cluster": None, "insecure_cluster": False},
}
"""What `scan` has and `watch` has not."""


@dataclass(frozen=True, slots=True)
class Exports:
    """What is written at the end of every round."""

    options: argparse.Namespace
    """The command line; the names of files are those that numbers are put into."""

    @classmethod
    def asked_for(cls, options: argparse.Namespace, plan: Plan) -> Exports:
        """What the command line says. Raises FolderWithin, and what `Outputs.asked_for` raises."""
        whole = copy.copy(options)
        for name, value in _NOT_HERE.items():
            setattr(whole, name, value)
        whole.paths = [str(plan.folder)]
        made = cls(whole)
        for path in made._files():
            inside = path.absolute().resolve().is_relative_to(plan.folder)
            if inside and is_wanted(path.name):
                raise FolderWithin(file=printable_name(str(path)))
        made._outputs(made._next_number())
        return made

    def write(self, store: Store, paths: Paths, round_: HotRound, terminal: Terminal, passwords: Passwords) -> None:
        """Write what is missing. Raises PaddleScanError where a file cannot be written now."""
        if not self._files():
            return
        number = round_.number or self._next_number()
        if not round_.number:
            store.number_hot_round(round_.batch, number)
        options = self._numbered(number)
        outputs = Outputs.asked_for(self._without_those_there(options))
        work = Work(store, round_.batch, paths, options, terminal, passwords, outputs.template)
        for writer, value in outputs.wanted:
            try:
                writer.write(value, work)
            except PaddleScanError as error:
                if error.code not in ("nothing_to_export", "pages_left_out"):
                    raise
                terminal.fail(error.failure)
            note(store, round_.batch, "exported", writer.option)

    def _files(self) -> list[Path]:
        return [Path(value) for writer in WRITERS if (value := getattr(self.options, writer.option))]

    def _outputs(self, number: int) -> Outputs:
        return Outputs.asked_for(self._numbered(number))

    def _numbered(self, number: int) -> argparse.Namespace:
        options = copy.copy(self.options)
        for writer in WRITERS:
            if value := getattr(options, writer.option):
                setattr(options, writer.option, str(numbered(Path(value), number)))
        return options

    def _without_those_there(self, options: argparse.Namespace) -> argparse.Namespace:
        """Those that an earlier try wrote under this number are whole."""
        left = copy.copy(options)
        for writer in WRITERS:
            value = getattr(left, writer.option)
            if value and Path(value).exists():
                setattr(left, writer.option, None)
        if not any(getattr(left, name) for name in ("csv", "xlsx")):
            left.template = None
        return left

    def _next_number(self) -> int:
        return 1 + max((highest_number(path) for path in self._files()), default=0)


def numbered(path: Path, number: int) -> Path:
    """`receipts.csv` as `receipts-0007.csv`."""
    return path.with_stem(f"{path.stem}-{number:04d}")


def highest_number(path: Path) -> int:
    """Of the files that are there already."""
    pattern = re.compile(re.escape(path.stem) + r"-(\d{4,9})" + re.escape(path.suffix))
    try:
        found = [pattern.fullmatch(each.name) for each in path.absolute().parent.iterdir()]
    except OSError:
        return 0
    return max((int(each[1]) for each in found if each), default=0)
