"""The review desk: what the table and the fields panel share. One per window.

It holds the sheet and the undo stack, knows what is in front (`front_desk`), and sends what the clerk did to the
store writer. Table and panel look at it and tell it what the clerk wants; they do not know each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from paddlescan.errors import PaddleScanError
from paddlescan.gui.review.checks import Acceptance, copy_alone, to_accept
from paddlescan.gui.review.front_desk import FrontDesk
from paddlescan.gui.review.joiner import PageJoiner
from paddlescan.gui.review.memory import ReviewMemory
from paddlescan.gui.review.sheet import Changes
from paddlescan.gui.review.taking import Taken, taken_edit
from paddlescan.gui.review.undo import AcceptChecks, EditField, EditFields, RemoveRows
from paddlescan.gui.review.writer_news import WriterNews
from paddlescan.gui.save_commands import AddReceipt, LoadRows, SaveAcceptance, SaveEdit, SaveEdits, SetRemoved
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.store import FieldEdit, ReceiptLine, Store

_LARGE = 500
"""Rows; more take longer than a clerk should wait (0.1 ms each)."""


class ReviewDesk(FrontDesk):
    """Edits and undo, besides what is in front. Lives in the window's thread; its store is only read."""

    opened = Signal()
    """Another batch is shown."""
    changed = Signal(object)
    """Changes: rows came, went or look different."""
    counts_changed = Signal(object)
    """Rows by state, as `ReviewSheet.counts`."""
    edited = Signal(object)
    """frozenset[tuple[int, str]]: these fields were edited just now, by receipt id and name."""
    came_back = Signal(int, str)
    """Undo or redo changed this field."""
    rows_removed = Signal(object, bool)
    """tuple[int, ...]: these rows were taken out (True) or put back, by whatever."""
    pages_settled = Signal(object)
    """tuple[int, ...]: pages of rows that the store has anew; what it says of these pages may be another thing now."""
    save_trouble = Signal(object)
    """Failure: something could not be saved and is kept; None: all is well again."""

    def __init__(
        self, store: Store, writer: StoreWriter, undo_stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(store, parent)
        self._store = store
        self.undo_stack = undo_stack
        self._writer = writer
        self.memory = ReviewMemory(writer, self)
        self.opened.connect(self.memory.load)
        self.pages = PageJoiner(self, store, writer)
        self._doing = False
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

    # what the clerk does

    def type_into(self, receipt_id: int, name: str, typed: str) -> bool:
        """Take a typed text. False where it changes nothing."""
        return self._push(self.sheet.edit_of(receipt_id, name, typed))

    def take_text(self, receipt_id: int, name: str, taken: Taken) -> bool:
        """Take a text that was pointed at, with its place as the evidence. False where nothing in it fits the field."""
        edit = taken_edit(self.sheet.row(receipt_id), name, taken) if receipt_id in self.sheet else None
        if edit is not None:
            self._push(edit)
        return edit is not None

    def type_many(self, typed: Iterable[tuple[int, str, str]], words: str) -> int:
        """Take typed texts for several fields (receipt id, field, text) as one step. How many of them change anything.

        words: what was done, as it stands behind "Undo".
        """
        with self._store.looking():
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

        seen_before: let pass that it was seen before, and only that; nobody should say so by an Enter for something
        else.
        """
        try:
            said = to_accept(self.sheet.checks(receipt_id), seen_before)
        except PaddleScanError as error:
            self.save_trouble.emit(error.failure)
            return False
        if said:
            self._do(AcceptChecks(self, Acceptance(receipt_id, said)))
        return bool(said)

    def is_copy_alone(self, receipt_id: int) -> bool:
        """Whether a receipt is only to be looked at because it was seen before."""
        try:
            return copy_alone(self.sheet, receipt_id, self.sheet.checks(receipt_id))
        except PaddleScanError:  # busy, or just gone: nothing is said of it then
            return False

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
        self.edited.emit(frozenset({(edit.receipt_id, edit.name)}))
        self.tell(Changes(changed=(edit.receipt_id,)))
        self._come_to(edit.receipt_id, edit.name)
        return True

    def do_edits(self, edits: tuple[FieldEdit, ...], show: bool = True) -> bool:
        """Show several edits and send them to the writer as one. show: undo and redo bring the first to the front."""
        with self._store.looking():
            done = tuple(edit for edit in map(self.sheet.as_of_now, edits) if self.sheet.apply(edit))
        if done:
            self._writer.submit(SaveEdits(done))
            self.edited.emit(frozenset((edit.receipt_id, edit.name) for edit in done))
            self.tell(Changes(changed=tuple({edit.receipt_id: None for edit in done})))
            if show:
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
        self.rows_removed.emit(changes.changed, removed)
        self.tell(changes)
        if not removed:
            self._come_to(changes.changed[0], self.front[1] if self.front else "merchant")
        return True

    def _push(self, edit: FieldEdit) -> bool:
        if edit.before == edit.after:
            return False
        self._do(EditField(self, edit))
        return True

    def _push_removal(self, receipt_ids: Iterable[int], removed: bool) -> None:
        ids = tuple(i for i in receipt_ids if i in self.sheet and self.sheet.line(i).removed != removed)
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

    def take_rows(self, batch: int, rows: tuple[ReceiptLine, ...]) -> None:
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
        self._follow_front(changes)

    def tell_settled(self, others: Changes, receipt_ids: Iterable[int] = (), page_ids: Iterable[int] = ()) -> None:
        """Of these receipts and pages the store has something new, and `others` changed because of it."""
        self.tell(others)
        pages = self.sheet.pages_of((*receipt_ids, *others.added, *others.changed))
        if pages := pages.union(page_ids):
            self.pages_settled.emit(tuple(pages))
