"""What a clerk did that the store would not take (a full disk, a backup program's lock), kept beside it meanwhile.

A small file for each window, written when a save fails and gone when all is saved: see `kept_files`. The next window
saves what it holds before anything else. An edit that was saved after all changes nothing the second time.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.errors import PaddleScanError
from paddlescan.gui.kept_files import KeptFiles
from paddlescan.gui.review.checks import Acceptance
from paddlescan.store import FieldEdit, Joining

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """One thing that a clerk did: exactly one of these is given, and all of it belongs into one transaction."""

    edits: tuple[FieldEdit, ...] = field(default=(), repr=False)
    acceptance: Acceptance | None = field(default=None, repr=False)
    removed: tuple[int, ...] = ()
    put_back: tuple[int, ...] = ()
    joinings: tuple[tuple[int, Joining | None], ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    commands: tuple[KeptEdit, ...]


class KeptEdits:
    """This window's file, and those that it took from windows that are gone."""

    def __init__(self, store: Path) -> None:
        self._files = KeptFiles(store.with_name(f"{store.name}.edits"), _Kept)
        self._file = self._files.new()
        self._taken: list[Path] = []

    def keep(self, commands: Sequence[KeptEdit]) -> bool:
        """Write down what is not in the store, in its order. Whether it is written; if not, the log says why."""
        try:
            self._files.write(self._file, _Kept(tuple(commands)))
        except PaddleScanError as error:
            log.warning("%d edits are kept in memory only: %s", len(commands), error.code)
            return False
        return True

    def forget(self) -> None:
        """All is saved, or a person let it go: what earlier windows left, too."""
        for file in (self._file, *self._taken):
            self._files.forget(file)
        self._taken.clear()

    def let_go(self) -> None:
        """The window ends: the next one may take what is kept here."""
        self._files.let_go()
        self._taken.clear()

    def take(self) -> tuple[KeptEdit, ...]:
        """What windows that are gone left, in the order of coming. It stays on the disk until `forget`."""
        found = self._files.take()
        self._taken += [file for file, _ in found]
        return tuple(edit for _, kept in found for edit in kept.commands)
