"""The part of the store's front that remembers what was taken from watched folders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paddlescan.document import ScanOptions
from paddlescan.store import hot_files
from paddlescan.store.connection import Database
from paddlescan.store.hot_files import HotFile, HotRound, HotState, NewFile
from paddlescan.store.rows import BatchOwner, PageRow
from paddlescan.store.rules import Rules


class Watched:
    """One transaction a call; raises what the store raises. folder: the real path of a watched folder."""

    _db: Database
    _rules: Rules | None

    def hot_files(self, folder: bytes) -> tuple[HotFile, ...]:
        """All that was ever taken from a folder, in the order of coming."""
        with self._db.reading() as db:
            return hot_files.every(db, folder)

    def hot_files_under_way(self, folder: bytes) -> tuple[tuple[HotFile, tuple[PageRow, ...]], ...]:
        """The files that are taken and not known to be read, each with its pages; copies are left out."""
        with self._db.reading() as db:
            return tuple(hot_files.under_way(db, folder))

    def take_hot_files(self, folder: bytes, batch: int, files: Sequence[NewFile]) -> tuple[PageRow, ...]:
        """Add whole files to a batch, waiting; they are known from now on. Their first pages."""
        with self._db.writing() as db:
            return hot_files.take(db, folder, batch, files)

    def add_hot_copy(self, folder: bytes, path: bytes, mark: str, of: HotFile) -> None:
        """Note that a file is a copy of one that was taken; it fares as that does."""
        with self._db.writing() as db:
            hot_files.add_copy(db, folder, path, mark, of)

    def see_hot_file(self, file: HotFile, path: bytes, mark: str, name: str | None = None) -> tuple[PageRow, ...]:
        """It lies here now. name: what its source is called from now on. The pages that lie elsewhere with it."""
        with self._db.writing() as db:
            return hot_files.see(db, file, path, mark, name)

    def aim_hot_file(self, file: HotFile, target: bytes | None) -> None:
        """It is about to be moved there; None: it is not any more."""
        with self._db.writing() as db:
            hot_files.set_target(db, file, target)

    def settle_hot_files(self, files: Iterable[HotFile], state: HotState) -> None:
        """They have been read, or could not be; so have their copies."""
        with self._db.writing() as db:
            hot_files.set_state(db, tuple(files), state)

    def forget_hot_files(self, files: Iterable[HotFile]) -> None:
        """They may come anew; what was read of them stays."""
        with self._db.writing() as db:
            hot_files.forget(db, tuple(files))

    def drop_hot_file(self, file: HotFile) -> tuple[int, ...]:
        """It is gone before it was read, or is another by now: its pages and receipts go, and their ids are returned.

        Where a person edited one of them, all stays and counts as read.
        """
        with self._db.writing() as db:
            return hot_files.drop(db, file, self._rules)

    def begin_hot_round(self, folder: bytes, day: str, name: str, owner: BatchOwner, options: ScanOptions) -> int:
        """Add a batch for files of a folder and return its id. day: the moment, as ISO 8601."""
        with self._db.writing() as db:
            return hot_files.begin_round(db, folder, day, name, owner, options)

    def hot_rounds(self, folder: bytes) -> tuple[HotRound, ...]:
        """The batches of a folder that are not closed, the oldest first."""
        with self._db.reading() as db:
            return hot_files.rounds(db, folder)

    def number_hot_round(self, batch: int, number: int) -> None:
        """The exports of this batch have this number from now on."""
        with self._db.writing() as db:
            hot_files.set_number(db, batch, number)

    def close_hot_round(self, batch: int) -> None:
        """Nothing is added to this batch any more, and nothing is left to be done for it."""
        with self._db.writing() as db:
            hot_files.close_round(db, batch)
