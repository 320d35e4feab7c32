"""The part of the store's front that hands out pages for reading, and takes them back."""

from __future__ import annotations

from paddlescan.document import PrepareOptions
from paddlescan.store import pages
from paddlescan.store.connection import Database
from paddlescan.store.rows import Claim


class PageQueue:
    """One transaction a call; raises what the store raises."""

    _db: Database
    _who: str

    def claim_page(
        self, batch: int, prefer: int | None = None, from_the_end: bool = False, most_starts: int | None = None
    ) -> Claim | None:
        """Hand out the preferred page if it waits, else the first in dropping order (or the last); None if none waits.

        most_starts: leave out those that were begun this often by now, without an end. The attempt is counted and on
        the disk before this returns.
        """
        with self._db.writing() as db:
            return pages.claim(db, batch, prefer, from_the_end, most_starts)

    def release_page(self, page_id: int, count_attempt: bool, token: int | None = None, why: str = "") -> bool:
        """Let a claimed page wait again. False if the claim (of this token, where given) holds no longer.

        why: a code for the journal (`crashed`, `timed_out`, `out_of_memory`, `stopped`, ...).
        """
        with self._db.writing() as db:
            return pages.release(db, page_id, count_attempt, token, why)

    def read_again(self, page_id: int, prepare: PrepareOptions | None = None) -> None:
        """Let a page wait again, with these switches where given; a reading in flight is not kept."""
        with self._db.writing() as db:
            pages.read_again(db, page_id, prepare, self._who)

    def set_prepare(self, page_id: int, prepare: PrepareOptions) -> None:
        """Set a page's switches for its next reading."""
        with self._db.writing() as db:
            pages.set_prepare(db, page_id, prepare)

    def recover(self, batch: int) -> int:
        """Let the pages wait again that a dead process was reading; only for who holds the lease."""
        with self._db.writing() as db:
            return pages.recover(db, batch)
