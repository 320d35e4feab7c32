"""The store's front: one transaction a call, over the rooms behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from paddlescan.document import PageResult, ScanOptions, SourceFile, SourceInfo
from paddlescan.document.codec import encode
from paddlescan.document.export import ExportRow, HistoryEntry
from paddlescan.errors import Failure
from paddlescan.store import across, batches, edit_history, events, intake, joins, pages, receipts, results, same
from paddlescan.store.catching_up import catch_up
from paddlescan.store.connection import BUSY_SECONDS, Database
from paddlescan.store.edits import FieldEdit, Judge
from paddlescan.store.glances import Glances
from paddlescan.store.joins import Joining
from paddlescan.store.journal import Journal
from paddlescan.store.lease import Lease
from paddlescan.store.left_off import LeftOff
from paddlescan.store.page_queue import PageQueue
from paddlescan.store.remembered import Remembered
from paddlescan.store.rows import (
    BatchOwner,
    BatchSummary,
    PageRow,
    ReceiptRow,
    StoredReceipt,
)
from paddlescan.store.rules import Rules
from paddlescan.store.schema import MIGRATIONS
from paddlescan.store.watched import Watched

_EXPORT_CHUNK = 100
"""Receipts with their lines held in memory during an export."""


class Store(Glances, Remembered, Journal, PageQueue, LeftOff, Watched):
    """Everything that must survive, in one SQLite file. Belongs to the thread that made it; make one per thread.

    When a method that writes returns, what it wrote is on the disk. Every method may raise StoreBusy,
    DiskFull, StoreDamaged and StoreUnwritable; one that names something that is gone may raise RowGone.
    """

    def __init__(
        self,
        path: Path,
        busy_s: float = BUSY_SECONDS,
        rules: Rules | None = None,
        who: str = "",
        make: bool = True,
    ) -> None:
        """Open the store at a path, and (make) make it if it is not there. Raises StoreTooNew besides, and
        StoreUnwritable for one of an earlier version: `care.begin` brings that up to date.

        rules: for who writes receipts (`pipeline.keeping`); without them, what concerns several receipts stays as
        it is. who: whose edits these are, for the history.
        """
        self.path = Path(path)
        self._db = Database(self.path, MIGRATIONS, busy_s, make=make)
        self._rules, self._who = rules, who
        if rules is not None:
            with ExitStack() as opened:
                opened.callback(self._db.close)  # unless all goes well
                catch_up(self._db, rules)
                opened.pop_all()

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def journal_mode(self) -> str:
        """`wal`, or `delete` where WAL cannot be had."""
        return self._db.journal_mode

    # batches

    def create_batch(
        self,
        name: str = "",
        owner: BatchOwner = "window",
        options: ScanOptions | None = None,
        roots: Sequence[str] = (),
    ) -> int:
        """Add a batch and return its id. roots: what was given on the command line."""
        with self._db.writing() as db:
            return batches.create(db, name, owner, options or ScanOptions(), roots)

    def rename_batch(self, batch: int, name: str) -> None:
        """Name a batch."""
        with self._db.writing() as db:
            batches.rename(db, batch, name)
            events.note(db, batch, None, "renamed", who=self._who)

    def delete_batch(self, batch: int, lease: Lease | None = None) -> bool:
        """Delete a batch with all that belongs to it. False if another program works on it.

        lease: that of the batch where the caller holds it already; it is given up when the batch is gone.
        """
        lease = lease or self.lease(batch)
        if not lease.acquire():
            return False
        try:
            with self._db.writing() as db:
                batches.delete(db, batch, self._rules)
        except BaseException:
            lease.release()
            raise
        lease.discard()  # ids are never given again, so nobody else wants this lock
        return True

    def batches(self) -> tuple[BatchSummary, ...]:
        """All batches, the newest first."""
        with self._db.reading() as db:
            return batches.every(db)

    def summary(self, batch: int) -> BatchSummary:
        """One batch and its counts. Raises RowGone."""
        with self._db.reading() as db:
            return batches.one(db, batch)

    def lease(self, batch: int) -> Lease:
        """The right to work on a batch, not acquired yet."""
        return Lease(self.path, batch)

    # intake

    def add_sources(self, batch: int, sources: Sequence[SourceFile]) -> tuple[PageRow, ...]:
        """Add sources behind those that are there, each with its page 1, waiting."""
        with self._db.writing() as db:
            return intake.add(db, batch, sources)

    def add_failed_source(self, batch: int, source: SourceFile, failure: Failure) -> PageRow:
        """Add something that cannot even be queued (a folder that cannot be listed) as a failed page."""
        with self._db.writing() as db:
            (page,) = intake.add(db, batch, (source,), failure)
            results.fail(db, batch, page.id, encode(failure))
            events.note(db, batch, page.id, "failed", failure.code)
            return page

    def set_source_info(self, page_id: int, info: SourceInfo) -> tuple[PageRow, ...]:
        """Note what a look at a page's source told; add the pages that are missing and return these."""
        with self._db.writing() as db:
            return intake.set_info(db, page_id, info)

    def find_same(
        self, batch: int | None, paths: Sequence[bytes] = (), sha256: str | None = None
    ) -> tuple[PageRow, ...]:
        """First pages of sources at one of these raw paths or with this content, in a batch or (None) in all."""
        with self._db.reading() as db:
            found = list(intake.find_paths(db, batch, paths))
            if sha256 is not None:
                found.extend(intake.find_content(db, batch, sha256))
        return tuple({page.id: page for page in found}.values())

    # results

    def save_result(
        self, page_id: int, result: PageResult, token: int | None = None, judge: Judge | None = None
    ) -> bool:
        """Keep the result of a claimed page. False, and nothing is kept, if the claim holds no longer.

        Receipts keep their ids by number; what a person typed stays and the new reading becomes a
        candidate; judge says what the checks say of both together (None: the rules of this store, or what the
        reading said of itself). A page that fails keeps the receipts of an earlier reading, else it gets one empty
        row. With rules, a page that goes on with the one before has no row of its own.
        """
        with self._db.writing() as db:
            return results.save(db, page_id, result, token, judge, self._rules)

    # rows

    def page_rows(self, batch: int) -> tuple[PageRow, ...]:
        """All pages of a batch in dropping order."""
        with self._db.reading() as db:
            return pages.of_batch(db, batch)

    def page_row(self, page_id: int) -> PageRow | None:
        """One page, None if it is gone."""
        with self._db.reading() as db:
            return pages.one(db, page_id)

    def page_result(self, page_id: int) -> PageResult | None:
        """What the newest reading of a page gave, without edits; None: not read yet, or gone."""
        with self._db.reading() as db:
            return results.as_read(db, page_id)

    def receipt_rows(self, batch: int, include_removed: bool = False) -> tuple[ReceiptRow, ...]:
        """The rows of the table in dropping order, those by hand last."""
        with self._db.reading() as db:
            return receipts.of_batch(db, batch, include_removed)

    def receipt_rows_of_page(self, page_id: int) -> tuple[ReceiptRow, ...]:
        """The rows of one page, removed ones too."""
        with self._db.reading() as db:
            return receipts.of_page(db, page_id)

    def receipt_row(self, receipt_id: int) -> ReceiptRow | None:
        """One row, None if it is gone."""
        with self._db.reading() as db:
            return receipts.one(db, receipt_id)

    def touched(self, batch: int, since: int) -> tuple[int, tuple[int, ...]]:
        """The stamp of a batch now, and its receipts that changed since another stamp because others did."""
        with self._db.reading() as db:
            return receipts.touched(db, batch, since)

    def receipt(self, receipt_id: int) -> StoredReceipt:
        """One receipt with lines and history. Raises RowGone."""
        with self._db.reading() as db:
            return receipts.stored(db, receipt_id)

    # edits

    def apply_edit(self, edit: FieldEdit, judge: Judge | None = None) -> None:
        """Set a field, note it in the history, and set the checks to what `judge` says then. Raises RowGone."""
        self.apply_edits((edit,), judge)

    def apply_edits(self, edits: Iterable[FieldEdit], judge: Judge | None = None) -> None:
        """Several edits: all of them happen with their checks, or none. judge: in place of the rules of this store;
        with neither, checks stay as they are. Raises RowGone.
        """
        edits, rules = tuple(edits), self._rules
        with self._db.writing() as db:
            receipts.apply_edits(db, edits, judge or (None if rules is None else rules.recheck), self._who)
            if rules is not None:
                across.edited(db, edits, rules)

    def judge_checks(self, receipt_id: int, judge: Judge) -> None:
        """Set the checks of a receipt to what `judge` says of them as they stand. Raises RowGone."""
        with self._db.writing() as db:
            receipts.judge_checks(db, receipt_id, judge)
            if self._rules is not None:
                same.judge(db, receipt_id, self._rules)

    def add_receipt(self, batch: int) -> int:
        """Add an empty row by hand and return its id. Raises RowGone."""
        with self._db.writing() as db:
            return receipts.add(db, batch, self._who)

    def set_removed(self, receipt_ids: Iterable[int], removed: bool) -> None:
        """Take rows out of table and export, or put them back."""
        ids = tuple(receipt_ids)
        with self._db.writing() as db:
            receipts.set_removed(db, ids, removed, self._who)
            if self._rules is not None:
                across.removed(db, ids, self._rules)

    def joinings(self, page_ids: Sequence[int]) -> dict[int, Joining | None]:
        """What a person said of pages, whether they go on with the page before; None: nothing."""
        with self._db.reading() as db:
            return joins.joinings(db, page_ids)

    def set_joinings(self, said: dict[int, Joining | None]) -> None:
        """A person says it of pages, or takes it back (None). Needs the rules. Raises RowGone."""
        with self._db.writing() as db:
            joins.set_joinings(db, said, self._needed_rules())

    def history(self, receipt_id: int) -> tuple[HistoryEntry, ...]:
        """The edits of a receipt, the oldest first."""
        with self._db.reading() as db:
            return edit_history.of_receipt(db, receipt_id)

    # export

    def export_rows(self, batch: int, removed: bool = False) -> Iterator[ExportRow]:
        """The rows of the table, whole and with edits applied, a few at a time. Pages not read yet have none.

        removed: the rows that a person took out in place of those that are left.
        """
        rows = [row for row in self.receipt_rows(batch, include_removed=removed) if row.removed == removed]
        for start in range(0, len(rows), _EXPORT_CHUNK):
            with self._db.reading() as db:
                chunk = tuple(results.export_rows(db, rows[start : start + _EXPORT_CHUNK]))
            yield from chunk
