"""What a clerk did that the store would not take (a full disk, a backup program's lock), kept beside it meanwhile.

A small file for each window, written when a save fails and gone when all is saved: see `kept_files`. The next window
saves what it holds before anything else. An edit that was saved after all changes nothing the second time.

Receipts are known by their numbers, so a file says of which store they are. What was kept of another one, that was
begun anew since, is set aside.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.errors import PaddleScanError
from paddlescan.gui.kept_files import KeptFiles
from paddlescan.gui.review.checks import Acceptance
from paddlescan.store import FieldEdit, Joining, presence

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
    store: str = ""
    """Its id; empty in files of an earlier version."""


class KeptEdits:
    """This window's file, and those that it took from windows that are gone."""

    def __init__(self, store: Path) -> None:
        self._files = KeptFiles(store.with_name(f"{store.name}.edits"), _Kept)
        self._file = self._files.new()
        self._taken: list[Path] = []
        self._store = store
        self.of_other_stores = 0
        """How many things were set aside, because they were kept of another store."""

    def keep(self, commands: Sequence[KeptEdit]) -> bool:
        """Write down what is not in the store, in its order. Whether it is written; if not, the log says why."""
        try:
            self._files.write(self._file, _Kept(tuple(commands), presence.known(self._store) or ""))
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
        """What windows that are gone left, in the order of coming. It stays on the disk until `forget`.

        This process must have the store open.
        """
        ours, edits = ("", *presence.known_ids(self._store)), list[KeptEdit]()
        for file, kept in self._files.take():
            if kept.store in ours:
                self._taken.append(file)
                edits += kept.commands
            else:
                log.warning("%d kept edits are of another store, set aside", len(kept.commands))
                self._files.set_aside(file)
                self.of_other_stores += len(kept.commands)
        return tuple(edits)
