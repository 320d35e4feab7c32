"""The part of the store's front that tells little of many receipts, or of one: for who shows ten thousand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from paddlescan.store import lines, receipts
from paddlescan.store.connection import Database
from paddlescan.store.lines import ReceiptLine
from paddlescan.store.rows import Basis, ReceiptRow

_SIZES = ("page_count", "freelist_count", "page_size")


class Glances:
    """One transaction a call; raises what the store raises."""

    _db: Database

    @contextmanager
    def looking(self) -> Iterator[None]:
        """All that is asked within sees the same moment, and a thousand small questions are answered in half the time.
        Nothing is written within."""
        with self._db.reading():
            yield

    def size(self) -> tuple[int, int]:
        """Bytes that the store's content takes, and how many pages are read in it."""
        with self._db.reading() as db:
            count, free, each = (db.execute(f"PRAGMA {of}").fetchone()[0] for of in _SIZES)
            query = "SELECT COUNT(*) FROM page WHERE state IN ('done', 'needs_review', 'failed')"
            return (count - free) * each, int(db.execute(query).fetchone()[0])

    def receipt_rows_at(self, receipt_ids: Sequence[int]) -> dict[int, ReceiptRow]:
        """Some rows by receipt; those that are gone are missing."""
        with self._db.reading() as db:
            return {row.receipt_id: row for row in receipts.some(db, receipt_ids)}

    def receipt_lines(self, batch: int) -> tuple[ReceiptLine, ...]:
        """All rows of the table at a glance, removed ones too, in dropping order, those by hand last."""
        with self._db.reading() as db:
            return lines.of_batch(db, batch)

    def count_receipts(self) -> int:
        """How many receipts there are in all batches, without the removed ones: see `ReceiptLine.is_receipt`."""
        with self._db.reading() as db:
            return lines.count_receipts(db)

    def basis(self, receipt_id: int) -> Basis:
        """What the checks of a receipt rest on. Raises RowGone."""
        with self._db.reading() as db:
            return lines.basis(db, receipt_id)
