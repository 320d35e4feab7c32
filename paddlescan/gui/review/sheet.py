"""The receipts of one batch as the clerk sees them: the store's rows with what is still being saved on top.

Knows no Qt. Rows are keyed by receipt id and never by number, for rows arrive while the clerk types.
Edits are laid over the rows at once and stay there until the writer says that they are on the disk.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from paddlescan.document import FIELD_NAMES, Check, Field, PageState
from paddlescan.errors import PaddleScanError
from paddlescan.extraction.rules import recheck
from paddlescan.extraction.typed import Around
from paddlescan.gui.review.around import NEAR, around
from paddlescan.gui.review.checks import Acceptance
from paddlescan.gui.review.columns import DUPLICATE, FILE, RESCAN, STATE, editable
from paddlescan.gui.review.labels import file_text
from paddlescan.gui.review.rows import Place, judged, pages_of, place_of, with_field
from paddlescan.gui.review.unsaved import Saving, Unsaved
from paddlescan.gui.review.values import Problem, problem_with
from paddlescan.gui.shared import language
from paddlescan.pipeline.hand_edits import confirming_edit, typed_edit
from paddlescan.store import BatchSummary, FieldEdit, ReceiptRow, Store, StoredReceipt
from paddlescan.words import wants_rescan


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh did, by receipt id."""

    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


class ReviewSheet:
    """Rows of one batch. Belongs to the thread of its store connection."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.batch: int | None = None
        self._rows: dict[int, ReceiptRow] = {}
        self._pages: dict[int, list[int]] = {}
        self._order: list[tuple[Place, int]] = []
        self._counts: Counter[str] = Counter()
        self._unsaved = Unsaved()
        self._stamp = 0

    # what stands there

    def ids(self) -> tuple[int, ...]:
        """Every receipt, removed ones too, in dropping order."""
        return tuple(receipt_id for _, receipt_id in self._order)

    def __contains__(self, receipt_id: object) -> bool:
        return receipt_id in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, receipt_id: int) -> ReceiptRow:
        """The row as it stands, edits applied. KeyError if it is gone."""
        return self._rows[receipt_id]

    def ids_of_page(self, page_id: int) -> tuple[int, ...]:
        """The receipts of one page, by their number."""
        return tuple(sorted(self._pages.get(page_id, ()), key=self.place))

    def pages_of(self, receipt_ids: Iterable[int]) -> set[int]:
        """The pages of these receipts, as far as they are there."""
        return {page_id for i in receipt_ids if i in self._rows for page_id in pages_of(self._rows[i])}

    def place(self, receipt_id: int) -> Place:
        """A key that sorts rows in dropping order; rows by hand come last."""
        return place_of(self._rows[receipt_id])

    def field(self, receipt_id: int, name: str) -> Field | None:
        """One field of a row, or None."""
        return self._rows[receipt_id].values.get(name)

    def state(self, receipt_id: int) -> PageState:
        """done, needs_review, failed, or (while its page is read again) waiting or reading."""
        return self._rows[receipt_id].state

    def counts(self) -> dict[str, int]:
        """How many rows that are not removed there are: `all`, each state, `rescan`, `duplicate`; and the `removed`."""
        return dict(self._counts)

    def text(self, receipt_id: int, column: str) -> str:
        """What a cell says, the same in every language (the state by its code)."""
        row = self._rows[receipt_id]
        if column == STATE:
            return row.state
        if column == FILE:
            return file_text(row)
        found = row.values.get(column)
        return found.value if found else ""

    def problem(self, receipt_id: int, name: str) -> Problem | None:
        """Why a value cannot be right, or None."""
        return problem_with(name, self.text(receipt_id, name)) if editable(name) else None

    def receipt(self, receipt_id: int) -> StoredReceipt:
        """The whole receipt from the store, lines and history, what is unsaved applied. Raises RowGone."""
        stored = self._store.receipt(receipt_id)
        row = self._rows.get(receipt_id, stored.row)
        receipt = replace(stored.receipt, fields=tuple(row.values.values()), checks=self._checks(row, stored))
        return replace(stored, receipt=receipt, row=row)

    def summary_of(self, batch: int) -> BatchSummary:
        """Any batch. Raises RowGone."""
        return self._store.summary(batch)

    def checks(self, receipt_id: int) -> tuple[Check, ...]:
        """What the checks of a receipt say now. Raises RowGone."""
        return self.receipt(receipt_id).receipt.checks

    # what there is to check

    def wants_look(self, receipt_id: int) -> tuple[str, ...]:
        """The fields a person should look at, in reading order; the total where only a check fails."""
        row = self._rows[receipt_id]
        if row.removed or row.state != "needs_review":
            return ()
        doubtful = tuple(n for n in FIELD_NAMES if n in row.values and row.values[n].doubtful)
        return doubtful or ("total",)

    # editing

    def edit_of(self, receipt_id: int, name: str, typed: str) -> FieldEdit:
        """The edit that a typed text makes. It changes nothing where `before == after`."""
        return typed_edit(self._rows[receipt_id], name, typed, self.around(receipt_id) if name == "date" else None)

    def around(self, receipt_id: int) -> Around:
        """What is known around a date of a receipt: its own evidence, and the receipts beside it."""
        row = self._rows[receipt_id]
        at = bisect_left(self._order, (place_of(row), receipt_id))
        near = self._order[max(0, at - NEAR) : at + NEAR + 1]
        return around(row, [self._rows[i] for _, i in near if i != receipt_id], language())

    def confirmation_of(self, receipt_id: int, name: str) -> FieldEdit:
        """The edit that says: this value is right as it stands."""
        return confirming_edit(self._rows[receipt_id], name)

    def as_of_now(self, edit: FieldEdit) -> FieldEdit:
        """The edit with the field of the newest reading, where that is what it leads to."""
        if not edit.as_read:
            return edit
        try:
            read = self._store.receipt(edit.receipt_id).read
        except PaddleScanError:  # busy, or gone: the store finds the field when it saves
            return edit
        return edit if read is None else replace(edit, after=read.field(edit.name))

    def apply(self, edit: FieldEdit) -> bool:
        """Lay an edit over its row until it is saved. False if the row is gone."""
        row = self._rows.get(edit.receipt_id)
        if row is None:
            return False
        self._unsaved.add_edit(edit)
        self._put(self._judged(with_field(row, edit)))
        return True

    def apply_acceptance(self, acceptance: Acceptance) -> bool:
        """Lay an acceptance over a row until it is saved. False if the row is gone."""
        row = self._rows.get(acceptance.receipt_id)
        if row is None:
            return False
        self._unsaved.add_acceptance(acceptance)
        self._put(self._judged(row))
        return True

    def settle_acceptance(self, acceptance: Acceptance) -> Changes:
        """An acceptance is on the disk, or was refused: take it off the pile and show what the store has."""
        self._unsaved.settle_acceptance(acceptance)
        return self.refresh_receipt(acceptance.receipt_id)

    def settle(self, edit: FieldEdit) -> Changes:
        """An edit is on the disk, or was refused: take it off the pile and show what the store has."""
        self._unsaved.settle_edit(edit)
        return self.refresh_receipt(edit.receipt_id)

    def set_saving_fails(self, failing: bool) -> bool:
        """Whether what is unsaved is being saved (False) or could not be (True). Says whether that is news."""
        return self._unsaved.set_fails(failing)

    def saving(self, receipt_id: int, name: str) -> Saving:
        """Whether a field is on the disk."""
        return self._unsaved.saving(receipt_id, name)

    def unsaved(self) -> tuple[tuple[int, str], ...]:
        """The fields that are not on the disk yet."""
        return self._unsaved.fields()

    # keeping up with the store

    def open(self, batch: int | None) -> None:
        """Show another batch, or none. Raises what the store raises."""
        self.show(batch, ())  # first the stamp, then the rows: what changes in between is looked at twice
        self.add(() if batch is None else self._store.receipt_rows(batch, include_removed=True))

    def show(self, batch: int | None, rows: Sequence[ReceiptRow]) -> None:
        """Show these rows of a batch, in whatever order they come."""
        self.batch = batch
        self._stamp = 0 if batch is None else self._store.touched(batch, 0)[0]
        self._rows, self._pages, self._order = {}, {}, []
        self._counts = Counter()
        self.add(rows)

    def add(self, rows: Sequence[ReceiptRow]) -> None:
        """Add rows of this batch; those that came meanwhile are newer and stay."""
        for row in rows:
            if row.receipt_id not in self._rows:
                self._put(self._overlaid(row), sort=False)
        self._order.sort()

    def refresh_page(self, page_id: int) -> Changes:
        """Look again at the rows of one page."""
        fresh = self._store.receipt_rows_of_page(page_id)
        if self.batch is None or any(row.batch != self.batch for row in fresh):
            return Changes()
        others = set(self._pages.get(page_id, ())) - {row.receipt_id for row in fresh}
        return self._look_again(fresh, others)

    def refresh_others(self) -> Changes:
        """Look again at the rows that changed because others did: copies, and pages that belong together."""
        if self.batch is None:
            return Changes()
        self._stamp, touched = self._store.touched(self.batch, self._stamp)
        return self._look_again((), touched)

    def refresh_receipt(self, receipt_id: int) -> Changes:
        """Look again at one row; a row by hand arrives this way."""
        row = self._store.receipt_row(receipt_id)
        if row is None:
            if receipt_id not in self._rows:
                return Changes()
            self._drop(receipt_id)
            return Changes(gone=(receipt_id,))
        return self._take((row,), ()) if row.batch == self.batch else Changes()

    def set_removed(self, receipt_ids: Iterable[int], removed: bool) -> Changes:
        """Take rows out of the batch or put them back, in what is shown; the writer saves it."""
        known = tuple(i for i in receipt_ids if i in self._rows)
        for receipt_id in known:
            self._put(replace(self._rows[receipt_id], removed=removed))
        return Changes(changed=known)

    # under the hood

    def _look_again(self, fresh: Iterable[ReceiptRow], others: Iterable[int]) -> Changes:
        """Take rows as they came, and others as they are; those that are none any more go."""
        found = {receipt_id: self._store.receipt_row(receipt_id) for receipt_id in others}
        gone = tuple(receipt_id for receipt_id, row in found.items() if row is None and receipt_id in self._rows)
        for receipt_id in gone:
            self._drop(receipt_id)
        return self._take((*fresh, *(row for row in found.values() if row is not None)), gone)

    def _take(self, fresh: Iterable[ReceiptRow], gone: tuple[int, ...]) -> Changes:
        added: list[int] = []
        changed: list[int] = []
        for row in fresh:
            known = self._rows.get(row.receipt_id)
            overlaid = self._overlaid(row)
            if known != overlaid:
                (changed if known else added).append(row.receipt_id)
                self._put(overlaid)
        return Changes(tuple(added), tuple(changed), gone)

    def _overlaid(self, row: ReceiptRow) -> ReceiptRow:
        mine = self._unsaved.over(row)
        return mine if mine is row and not self._unsaved.accepts(row.receipt_id) else self._judged(mine)

    def _judged(self, row: ReceiptRow) -> ReceiptRow:
        """The row in the state that the store will find when what is unsaved is saved."""
        try:
            checks = self._checks(row, self._store.receipt(row.receipt_id))
        except PaddleScanError:  # busy, or gone: the next refresh tells
            checks = ()
        return judged(row, checks)

    def _checks(self, row: ReceiptRow, stored: StoredReceipt) -> tuple[Check, ...]:
        now = stored.receipt.checks
        checks = recheck(row.values.values(), stored.read.checks if stored.read else now, now)
        return self._unsaved.over_checks(row.receipt_id, checks)

    def _put(self, row: ReceiptRow, sort: bool = True) -> None:
        known = self._rows.get(row.receipt_id)
        if known is not None:
            self._count(known, -1)
        if known is None or place_of(known) != place_of(row):
            if known is not None:
                del self._order[bisect_left(self._order, (place_of(known), row.receipt_id))]
            entry = (place_of(row), row.receipt_id)
            self._order.insert(bisect_left(self._order, entry) if sort else len(self._order), entry)
        before = pages_of(known) if known is not None else ()
        for page_id in set(before) - set(pages_of(row)):
            self._pages[page_id].remove(row.receipt_id)
        for page_id in set(pages_of(row)) - set(before):
            self._pages.setdefault(page_id, []).append(row.receipt_id)
        self._rows[row.receipt_id] = row
        self._count(row, 1)

    def _drop(self, receipt_id: int) -> None:
        row = self._rows[receipt_id]
        self._count(row, -1)
        del self._order[bisect_left(self._order, (place_of(row), receipt_id))]
        for page_id in pages_of(row):
            self._pages[page_id].remove(receipt_id)
        del self._rows[receipt_id]

    def _count(self, row: ReceiptRow, by: int) -> None:
        if row.removed:
            self._counts["removed"] += by
        else:
            self._counts["all"] += by
            self._counts[row.state] += by
            if wants_rescan(row.quality):
                self._counts[RESCAN] += by
            if row.same_as is not None:
                self._counts[DUPLICATE] += by
