"""The receipts of one batch as the clerk sees them: the store's rows with what is still being saved on top.

Knows no Qt. Rows are keyed by receipt id and never by number, for rows arrive while the clerk types.
Of every receipt a line is held, for the table, sorting, searching and sums; whole rows with their evidence are fetched
when one is wanted, and only so many are held. Edits are laid over both at once and stay there until the writer says
that they are on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from paddlescan.document import Check, Field, PageState
from paddlescan.errors import PaddleScanError
from paddlescan.extraction.typed import Around, Problem, problem_with
from paddlescan.gui.review.around import NEAR, around
from paddlescan.gui.review.checks import Acceptance
from paddlescan.gui.review.columns import FILE, STATE, editable
from paddlescan.gui.review.labels import file_text
from paddlescan.gui.review.laid_over import HELD, LaidOver
from paddlescan.gui.review.line_index import LineIndex
from paddlescan.gui.review.rows import Place, pages_of, place_of, with_field
from paddlescan.gui.review.unsaved import Saving, Unsaved
from paddlescan.gui.shared import language
from paddlescan.pipeline.hand_edits import confirming_edit, typed_edit
from paddlescan.store import BatchSummary, FieldEdit, ReceiptLine, ReceiptRow, Store, StoredReceipt


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh did, by receipt id."""

    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


class ReviewSheet:
    """Rows of one batch. Belongs to the thread of its store connection."""

    def __init__(self, store: Store, held: int = HELD) -> None:
        """held: whole rows that are held at most."""
        self._store = store
        self._unsaved = Unsaved()
        self._rows = LaidOver(store, self._unsaved, held)
        self._stamp = 0

    @property
    def batch(self) -> int | None:
        """The batch that is shown; None: none is."""
        return self._rows.batch

    @property
    def _index(self) -> LineIndex:
        return self._rows.index

    # what stands there

    def ids(self) -> tuple[int, ...]:
        """Every receipt, removed ones too, in dropping order."""
        return self._index.ids()

    def __contains__(self, receipt_id: object) -> bool:
        return receipt_id in self._index

    def __len__(self) -> int:
        return len(self._index)

    def line(self, receipt_id: int) -> ReceiptLine:
        """What the table shows of a row, edits applied: for looking at many. KeyError if it is gone."""
        return self._index.line(receipt_id)

    def lines(self, receipt_ids: Iterable[int]) -> Iterator[ReceiptLine]:
        """The lines of these receipts, one after the other. KeyError for one that is gone."""
        return self._index.lines(receipt_ids)

    def row(self, receipt_id: int) -> ReceiptRow:
        """The whole row as it stands, edits applied; for looking at a few. KeyError if it is gone.

        Fetched where it is not held. Where the store has it no more, or cannot be asked, it is what the line knows:
        values without evidence.
        """
        return self._rows.row(receipt_id)

    @property
    def held(self) -> int:
        """How many whole rows are held now."""
        return len(self._rows.held)

    def ids_of_page(self, page_id: int) -> tuple[int, ...]:
        """The receipts of one page, by their number."""
        return self._index.ids_of_page(page_id)

    def pages_of(self, receipt_ids: Iterable[int]) -> set[int]:
        """The pages of these receipts, as far as they are there."""
        return {page_id for i in receipt_ids if i in self._index for page_id in pages_of(self._index.line(i))}

    def place(self, receipt_id: int) -> Place:
        """A key that sorts rows in dropping order; rows by hand come last."""
        return place_of(self._index.line(receipt_id))

    def field(self, receipt_id: int, name: str) -> Field | None:
        """One field of a row, or None."""
        return self.row(receipt_id).values.get(name)

    def state(self, receipt_id: int) -> PageState:
        """done, needs_review, failed, or (while its page is read again) waiting or reading."""
        return self._index.line(receipt_id).state

    def counts(self) -> dict[str, int]:
        """How many rows that are not removed there are: `all`, each state, `rescan`, `duplicate`; and the `removed`."""
        return dict(self._index.counts)

    def text(self, receipt_id: int, column: str) -> str:
        """What a cell says, the same in every language (the state by its code)."""
        line = self._index.line(receipt_id)
        if column == STATE:
            return line.state
        return file_text(line) if column == FILE else line.value(column)

    def problem(self, receipt_id: int, name: str) -> Problem | None:
        """Why a value cannot be right, or None."""
        return problem_with(name, self._index.line(receipt_id).value(name)) if editable(name) else None

    def receipt(self, receipt_id: int) -> StoredReceipt:
        """The whole receipt from the store, lines and history, what is unsaved applied. Raises RowGone."""
        stored = self._store.receipt(receipt_id)
        row = self.row(receipt_id) if receipt_id in self._index else stored.row
        read = stored.read.checks if stored.read else None
        checks = self._rows.checks(row, stored.receipt.checks, read)
        receipt = replace(stored.receipt, fields=tuple(row.values.values()), checks=checks)
        return replace(stored, receipt=receipt, row=row)

    def summary_of(self, batch: int) -> BatchSummary:
        """Any batch. Raises RowGone."""
        return self._store.summary(batch)

    def checks(self, receipt_id: int) -> tuple[Check, ...]:
        """What the checks of a receipt say now. Raises RowGone."""
        return self._rows.checks_now(self.row(receipt_id))

    # what there is to check

    def wants_look(self, receipt_id: int) -> tuple[str, ...]:
        """The fields a person should look at, in reading order; the total where only a check fails."""
        line = self._index.line(receipt_id)
        if line.state != "needs_review" or line.removed:
            return ()
        return line.doubtful or ("total",)

    # editing

    def edit_of(self, receipt_id: int, name: str, typed: str) -> FieldEdit:
        """The edit that a typed text makes. It changes nothing where `before == after`."""
        return typed_edit(self.row(receipt_id), name, typed, self.around(receipt_id) if name == "date" else None)

    def around(self, receipt_id: int) -> Around:
        """What is known around a date of a receipt: its own evidence, and the receipts beside it."""
        beside = self.lines(self._index.beside(receipt_id, NEAR))
        return around(self.row(receipt_id), beside, language())

    def confirmation_of(self, receipt_id: int, name: str) -> FieldEdit:
        """The edit that says: this value is right as it stands."""
        return confirming_edit(self.row(receipt_id), name)

    def as_of_now(self, edit: FieldEdit) -> FieldEdit:
        """The edit with the field of the newest reading, where that is what it leads to."""
        if not edit.as_read:
            return edit
        try:
            read = self._store.basis(edit.receipt_id).read
        except PaddleScanError:  # busy, or gone: the store finds the field when it saves
            return edit
        return edit if read is None else replace(edit, after=read.field(edit.name))

    def apply(self, edit: FieldEdit) -> bool:
        """Lay an edit over its row until it is saved. False if the row is gone."""
        if edit.receipt_id not in self._index:
            return False
        row = with_field(self.row(edit.receipt_id), edit)
        self._unsaved.add_edit(edit)
        self._rows.put(self._rows.judged(row, edit.name))
        return True

    def apply_acceptance(self, acceptance: Acceptance) -> bool:
        """Lay an acceptance over a row until it is saved. False if the row is gone."""
        if acceptance.receipt_id not in self._index:
            return False
        row = self.row(acceptance.receipt_id)
        self._unsaved.add_acceptance(acceptance)
        self._rows.put(self._rows.judged(row))
        return True

    def settle_acceptance(self, acceptance: Acceptance) -> Changes:
        """An acceptance is on the disk, or was refused: take it off the pile and show what the store has."""
        self._unsaved.settle_acceptance(acceptance)
        return self.refresh_receipt(acceptance.receipt_id)

    def settle(self, *edits: FieldEdit) -> Changes:
        """Edits are on the disk, or were refused: take them off the pile and show what the store has.

        Rows that are still there count as changed: what marks them as being saved goes.
        """
        for edit in edits:
            self._unsaved.settle_edit(edit)
        known = {edit.receipt_id: None for edit in edits if edit.receipt_id in self._index}
        found = self._store.receipt_rows_at(tuple(known))
        gone = tuple(receipt_id for receipt_id in known if receipt_id not in found)
        for receipt_id in gone:
            self._rows.drop(receipt_id)
        self._take(found.values(), ())
        return Changes(changed=tuple(i for i in known if i in found), gone=gone)

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
        self.add(() if batch is None else self._store.receipt_lines(batch))

    def show(self, batch: int | None, lines: Sequence[ReceiptLine]) -> None:
        """Show these lines of a batch, in whatever order they come."""
        self._stamp = 0 if batch is None else self._store.touched(batch, 0)[0]
        self._rows.begin(batch)
        self.add(lines)

    def add(self, lines: Sequence[ReceiptLine]) -> None:
        """Add lines of this batch; those that came meanwhile are newer and stay."""
        mine = self._unsaved.receipts()
        fresh = [line.receipt_id for line in lines if line.receipt_id in mine and line.receipt_id not in self._index]
        self._index.fill(lines)
        for row in self._store.receipt_rows_at(fresh).values() if fresh else ():
            self._rows.take(row)

    def refresh_page(self, page_id: int) -> Changes:
        """Look again at the rows of one page."""
        fresh = self._store.receipt_rows_of_page(page_id)
        if self.batch is None or any(row.batch != self.batch for row in fresh):
            return Changes()
        others = set(self._index.ids_of_page(page_id)) - {row.receipt_id for row in fresh}
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
            if receipt_id not in self._index:
                return Changes()
            self._rows.drop(receipt_id)
            return Changes(gone=(receipt_id,))
        return self._take((row,), ()) if row.batch == self.batch else Changes()

    def set_removed(self, receipt_ids: Iterable[int], removed: bool) -> Changes:
        """Take rows out of the batch or put them back, in what is shown; the writer saves it."""
        known = tuple(i for i in receipt_ids if i in self._index)
        for receipt_id in known:
            self._rows.set_removed(receipt_id, removed)
        return Changes(changed=known)

    # under the hood

    def _look_again(self, fresh: Iterable[ReceiptRow], others: Iterable[int]) -> Changes:
        """Take rows as they came, and others as they are; those that are none any more go."""
        wanted = tuple(others)
        found = self._store.receipt_rows_at(wanted) if wanted else {}
        gone = tuple(receipt_id for receipt_id in wanted if receipt_id not in found and receipt_id in self._index)
        for receipt_id in gone:
            self._rows.drop(receipt_id)
        return self._take((*fresh, *found.values()), gone)

    def _take(self, fresh: Iterable[ReceiptRow], gone: tuple[int, ...]) -> Changes:
        added: list[int] = []
        changed: list[int] = []
        for row in fresh:
            known = row.receipt_id in self._index
            if self._rows.take(row):
                (changed if known else added).append(row.receipt_id)
        return Changes(tuple(added), tuple(changed), gone)
