"""The part of the store's front that tells what persons said before, of whatever batch."""

from __future__ import annotations

from collections.abc import Sequence

from paddlescan.store import categories, earlier, learned
from paddlescan.store.connection import Database
from paddlescan.store.rows import Learned, RememberedCategory
from paddlescan.store.rules import Rules


class Remembered:
    """One transaction a call; raises what the store raises."""

    _db: Database
    _rules: Rules | None

    def categories(self) -> tuple[RememberedCategory, ...]:
        """What a person said that merchants' receipts are for, by merchant."""
        with self._db.reading() as db:
            return categories.every(db)

    def learned(self) -> tuple[Learned, ...]:
        """What a person made of texts that were read, the newest first."""
        with self._db.reading() as db:
            return learned.every(db)

    def forget(self, items: Sequence[Learned | RememberedCategory]) -> None:
        """Remember none of these any more, all at once; receipts stay as they are. Needs the rules."""
        with self._db.writing() as db:
            for item in items:
                if isinstance(item, Learned):
                    learned.forget(db, item.name, item.seen)
                else:
                    categories.forget(db, item.merchant, self._needed_rules())

    def remember(self, items: Sequence[Learned | RememberedCategory]) -> None:
        """Take back that these were forgotten; what was said of the same anew meanwhile stays. Needs the rules."""
        with self._db.writing() as db:
            for item in items:
                if isinstance(item, Learned):
                    learned.put_back(db, item)
                else:
                    categories.put_back(db, item, self._needed_rules())

    def earlier_values(self, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """What these fields say on receipts of all batches, without a doubt: the most used first."""
        with self._db.reading() as db:
            return earlier.values(db, names)

    def _needed_rules(self) -> Rules:
        if self._rules is None:
            raise ValueError("this store was opened without rules")
        return self._rules
