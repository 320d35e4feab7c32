"""The review desk: what the table and the fields panel share. One per window.

It holds the sheet, the undo stack and which field is in front, and sends what the clerk did to the
store writer. Table and panel look at it and tell it what the clerk wants; they do not know each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from paddlescan.document import TextLine
from paddlescan.errors import PaddleScanError
from paddlescan.gui.review.checks import Acceptance, to_accept
from paddlescan.gui.review.joiner import PageJoiner
from paddlescan.gui.review.looks import Cell, cell_at, next_look
from paddlescan.gui.review.rows import page_of
from paddlescan.gui.review.sheet import Changes, ReviewSheet
from paddlescan.gui.review.undo import AcceptChecks, EditField, EditFields, RemoveRows
from paddlescan.gui.review.writer_news import WriterNews
from paddlescan.gui.store_writer import (
    AddReceipt,
    LoadRows,
    SaveAcceptance,
    SaveEdit,
    SaveEdits,
    SetRemoved,
    StoreWriter,
)
from paddlescan.store import FieldEdit, ReceiptRow, Store

_LARGE = 500
"""Rows; more take longer than a clerk should wait (0.1 ms each)."""


class ReviewDesk(QObject):
    """Edits, undo, and the field in front. Lives in the window's thread; its store is only read."""

    opened = Signal()
    """Another batch is shown."""
    changed = Signal(object)
    """Changes: rows came, went or look different."""
    counts_changed = Signal(object)
    """Rows by state, as `ReviewSheet.counts`."""
    receipt_selected = Signal(int)
    """The receipt in front; -1: none."""
    field_selected = Signal(int, str)
    """The field in front."""
    look_taken = Signal(int, str)
    """The next field to look at came to the front: the caret belongs into it."""
    came_back = Signal(int, str)
    """Undo or redo changed this field."""
    part_selected = Signal(int, int)
    """Page id, and the number within its page of the receipt in front; before its evidence."""
    evidence_selected = Signal(int, object, bool)
    """Page id, Quad or None, doubtful: where the field in front was read. Page -1: a row by hand has no page."""
    pages_settled = Signal(object)
    """tuple[int, ...]: pages of rows that the store has anew; what it says of these pages may be another thing now."""
    typing_ends = Signal()
    """Whoever has an open editor hands in what was typed."""
    save_trouble = Signal(object)
    """Failure: something could not be saved and is kept; None: all is well again."""

    def __init__(
        self, store: Store, writer: StoreWriter, undo_stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self.sheet = ReviewSheet(store)
        self.undo_stack = undo_stack
        self.front: Cell | None = None
        self.bare_page: int | None = None
        """The page in front, where it has no receipt that could be in front with it."""
        self._page: int | None = None
        """The page in view: a receipt may go on over several."""
        self.order: Callable[[], Sequence[int]] = self.sheet.ids
        """The rows in the order in which the table shows them."""
        self._writer = writer
        self.pages = PageJoiner(self, store, writer)
        self._doing = False
        self._loading = False
        self._news = WriterNews(self, writer)

    # what is shown

    @Slot(object)
    def open_batch(self, batch: int | None) -> None:
        """Show a batch from the start; the undo steps of the one before are gone. A large one comes a little later."""
        try:
            large = batch is not None and self._store.summary(batch).receipts > _LARGE
            self._loading = large and not self._writer.failure()
            if batch is not None and self._loading:
                self.sheet.show(batch, ())
                self._writer.submit(LoadRows(batch))
            else:
                self.sheet.open(batch)
        except PaddleScanError as error:
            self.save_trouble.emit(error.failure)
            return
        self.front = self.bare_page = None
        self.undo_stack.clear()
        self.opened.emit()
        self.counts_changed.emit(self.sheet.counts())
        self.receipt_selected.emit(-1)

    @Slot(int)
    def page_changed(self, page_id: int) -> None:
        """A page was read, or is being read: look at its rows again."""
        try:
            own = self.sheet.refresh_page(page_id)
            self.tell(own)
            self.tell_settled(self.sheet.refresh_others(), (*own.added, *own.changed), (page_id,))
        except PaddleScanError as error:
            self.save_trouble.emit(error.failure)

    @Slot(int, str)
    def bring_to_front(self, receipt_id: int, name: str) -> None:
        """Make a field the one in front (a column that is no field stands for the whole receipt)."""
        if receipt_id not in self.sheet or (receipt_id, name) == self.front:
            return
        new_receipt = self.front is None or self.front[0] != receipt_id
        self.front, self.bare_page = (receipt_id, name), None
        if new_receipt:
            self.receipt_selected.emit(receipt_id)
        self.field_selected.emit(receipt_id, name)
        self._show_evidence()

    @Slot(int)
    def show_page(self, page_id: int) -> None:
        """Bring the first receipt of a page to the front; where it has none, no other may stand beside the page."""
        self._page = page_id
        found = next((i for i in self.sheet.ids_of_page(page_id) if not self.sheet.row(i).removed), None)
        if found is None and not self._loading:
            self.typing_ends.emit()  # into the receipt that was typed into
            self.front, self.bare_page = None, page_id
            self.receipt_selected.emit(-1)
        elif found is not None and (self.front is None or self.front[0] != found):
            self.bring_to_front(found, "merchant")
            self._page = page_id  # which may be a later one than the merchant's

    @Slot(int, int)
    def show_part(self, page_id: int, number: int) -> None:
        """Bring the receipt of that number within a page to the front."""
        for receipt_id in self.sheet.ids_of_page(page_id):
            if self.sheet.row(receipt_id).number == number:
                self.bring_to_front(receipt_id, "merchant")

    @Slot(object)
    def show_line(self, line: TextLine) -> None:
        """Bring the field to the front that was read from a line of the page in front."""
        found = cell_at(self.sheet, self._page, line.quad) if self._page is not None else None
        if found is not None:
            self.bring_to_front(*found)

    def next_look(self, step: int = 1) -> Cell | None:
        """The next field to look at over all receipts: in the table's order, then those it does not show."""
        shown = list(self.order())
        known = set(shown)
        return next_look(self.sheet, [*shown, *(i for i in self.sheet.ids() if i not in known)], self.front, step)

    @Slot()
    def go_to_next_look(self) -> bool:
        """F8: bring the next field to look at to the front. False where all is checked."""
        found = self.next_look()
        if found is not None:
            self.bring_to_front(*found)
            self.look_taken.emit(*found)
        return found is not None

    # what the clerk does

    def type_into(self, receipt_id: int, name: str, typed: str) -> bool:
        """Take a typed text. False where it changes nothing."""
        return self._push(self.sheet.edit_of(receipt_id, name, typed))

    def type_many(self, typed: Iterable[tuple[int, str, str]], words: str) -> int:
        """Take typed texts for several fields (receipt id, field, text) as one step. How many of them change anything.

        words: what was done, as it stands behind "Undo".
        """
        edits = [self.sheet.edit_of(*one) for one in typed if one[0] in self.sheet]
        edits = [edit for edit in edits if edit.before != edit.after]
        if edits:
            self._do(EditFields(self, tuple(edits), words))
        return len(edits)

    def accept(self, receipt_id: int, name: str, typed: str) -> bool:
        """Enter: take the text, or confirm the value if it is the same. False where that changes nothing.

        Where only a check asks for a look, confirming the value lets the check pass.
        """
        if self.type_into(receipt_id, name, typed):
            return True
        looks = self.sheet.wants_look(receipt_id)
        field = self.sheet.field(receipt_id, name)
        if looks == (name,) and not (field and field.doubtful):
            return self.accept_checks(receipt_id)
        return self._push(self.sheet.confirmation_of(receipt_id, name))

    def accept_checks(self, receipt_id: int, seen_before: bool = False) -> bool:
        """Let the failed checks of a receipt pass: it is right as it is. False where none fails.

        seen_before: let pass that it was seen before, and only that; nobody should say so by an Enter too many.
        """
        try:
            said = to_accept(self.sheet.checks(receipt_id), seen_before)
        except PaddleScanError as error:
            self.save_trouble.emit(error.failure)
            return False
        if said:
            self._do(AcceptChecks(self, Acceptance(receipt_id, said)))
        return bool(said)

    def remove(self, receipt_ids: Iterable[int]) -> None:
        """Take rows out of the batch; undo or Restore puts them back."""
        self._push_removal(receipt_ids, True)

    def restore(self, receipt_ids: Iterable[int]) -> None:
        """Put rows back that were taken out."""
        self._push_removal(receipt_ids, False)

    @Slot()
    def add_row(self) -> None:
        """Add a row by hand; it comes to the front when it is saved."""
        if self.sheet.batch is not None:
            self._writer.submit(AddReceipt(self.sheet.batch))

    @Slot()
    def retry_saving(self) -> None:
        """Try at once to save what could not be saved."""
        self._writer.retry()

    # the undo steps' side

    def do_edit(self, edit: FieldEdit) -> bool:
        """Show an edit and send it to the writer."""
        edit = self.sheet.as_of_now(edit)
        if not self.sheet.apply(edit):
            return False
        self._writer.submit(SaveEdit(edit))
        self.tell(Changes(changed=(edit.receipt_id,)))
        self._come_to(edit.receipt_id, edit.name)
        return True

    def do_edits(self, edits: tuple[FieldEdit, ...]) -> bool:
        """Show several edits and send them to the writer as one."""
        done = tuple(edit for edit in map(self.sheet.as_of_now, edits) if self.sheet.apply(edit))
        if done:
            self._writer.submit(SaveEdits(done))
            self.tell(Changes(changed=tuple({edit.receipt_id: None for edit in done})))
            self._come_to(done[0].receipt_id, done[0].name)
        return bool(done)

    def do_acceptance(self, acceptance: Acceptance) -> bool:
        """Show what becomes of the checks and send it to the writer."""
        if not self.sheet.apply_acceptance(acceptance):
            return False
        self._writer.submit(SaveAcceptance(acceptance))
        self.tell(Changes(changed=(acceptance.receipt_id,)))
        self._come_to(acceptance.receipt_id, "total")
        return True

    def do_remove(self, receipt_ids: tuple[int, ...], removed: bool) -> bool:
        """Show a removal or its undoing and send it to the writer."""
        changes = self.sheet.set_removed(receipt_ids, removed)
        if not changes.changed:
            return False
        self._writer.submit(SetRemoved(changes.changed, removed))
        self.tell(changes)
        return True

    def _push(self, edit: FieldEdit) -> bool:
        if edit.before == edit.after:
            return False
        self._do(EditField(self, edit))
        return True

    def _push_removal(self, receipt_ids: Iterable[int], removed: bool) -> None:
        ids = tuple(i for i in receipt_ids if i in self.sheet and self.sheet.row(i).removed != removed)
        if ids:
            self._do(RemoveRows(self, ids, removed))

    def _do(self, step: QUndoCommand) -> None:
        self._doing = True
        try:
            self.undo_stack.push(step)
        finally:
            self._doing = False

    def _come_to(self, receipt_id: int, name: str) -> None:
        """Undo and redo show what they change; the clerk's own work is in sight, or was just left."""
        if not self._doing:
            self.bring_to_front(receipt_id, name)
            self.came_back.emit(receipt_id, name)

    # the writer's side

    def take_rows(self, batch: int, rows: tuple[ReceiptRow, ...]) -> None:
        """The rows of a large batch are here."""
        if batch == self.sheet.batch:
            self._loading = False
            self.sheet.add(rows)
            self.opened.emit()
            self.counts_changed.emit(self.sheet.counts())

    def tell(self, changes: Changes) -> None:
        """Rows came, went or look different: whoever shows them follows."""
        if not (changes.added or changes.changed or changes.gone):
            return
        if self.front is not None and self.front[0] in changes.gone:
            self.front = None
            self.receipt_selected.emit(-1)
        self.changed.emit(changes)
        self.counts_changed.emit(self.sheet.counts())
        if self.front is not None and self.front[0] in changes.changed and self._evidence_page() == self._page:
            self._show_evidence()  # not while another of its pages is looked at

    def tell_settled(self, others: Changes, receipt_ids: Iterable[int] = (), page_ids: Iterable[int] = ()) -> None:
        """Of these receipts and pages the store has something new, and `others` changed because of it."""
        self.tell(others)
        pages = self.sheet.pages_of((*receipt_ids, *others.added, *others.changed))
        if pages := pages.union(page_ids):
            self.pages_settled.emit(tuple(pages))

    def _evidence_page(self) -> int | None:
        """The page on which the field in front stands; None for a row by hand."""
        if self.front is None:
            return None
        row = self.sheet.row(self.front[0])
        return page_of(row, row.values.get(self.front[1]))

    def _show_evidence(self) -> None:
        if self.front is None:
            return
        receipt_id, name = self.front
        row = self.sheet.row(receipt_id)
        field = row.values.get(name)
        self._page = self._evidence_page()
        page_id = -1 if self._page is None else self._page
        if page_id >= 0:
            self.part_selected.emit(page_id, row.number)
        self.evidence_selected.emit(page_id, field.quad if field else None, bool(field and field.doubtful))
