"""What becomes of the desk when the writer has news: something is on the disk, could not be saved, or was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from paddlescan.errors import Failure, PaddleScanError
from paddlescan.gui.review.sheet import Changes
from paddlescan.gui.review.undo import AddRow
from paddlescan.gui.save_commands import (
    AddReceipt,
    Command,
    LoadRows,
    SaveAcceptance,
    SaveEdit,
    SaveEdits,
    SetJoinings,
    SetRemoved,
)
from paddlescan.gui.store_writer import StoreWriter

if TYPE_CHECKING:
    from paddlescan.gui.review.desk import ReviewDesk


class WriterNews(QObject):
    """Part of the desk. Nothing is heard any more once the writer was stopped: the store may be closed."""

    def __init__(self, desk: ReviewDesk, writer: StoreWriter) -> None:
        super().__init__(desk)
        self._desk, self._writer = desk, writer
        writer.saved.connect(self._saved)
        writer.save_failed.connect(self._save_failed)
        writer.rejected.connect(self._rejected)

    @Slot(object, object)
    def _saved(self, command: Command, answer: object) -> None:
        if self._writer.ended:
            return
        desk = self._desk
        if desk.sheet.set_saving_fails(False):
            desk.save_trouble.emit(None)
            self._tell_unsaved()
        try:
            if isinstance(command, AddReceipt) and isinstance(answer, int):
                self._added(answer)
            elif isinstance(command, LoadRows) and isinstance(answer, tuple):
                desk.take_rows(command.batch, answer)
            else:
                self._settle(command)
            desk.tell_settled(desk.sheet.refresh_others(), *_concerns(command))
        except PaddleScanError as error:
            desk.save_trouble.emit(error.failure)

    @Slot(object, object)
    def _save_failed(self, command: Command, failure: Failure) -> None:
        if self._writer.ended:
            return
        self._desk.sheet.set_saving_fails(True)
        self._tell_unsaved()
        self._desk.save_trouble.emit(failure)

    @Slot(object, object)
    def _rejected(self, command: Command, failure: Failure) -> None:
        if self._writer.ended:
            return
        self._settle(command)
        self._desk.save_trouble.emit(failure)

    def _settle(self, command: Command) -> None:
        """It is off the pile: what the store has is shown."""
        if isinstance(command, SaveEdit):
            self._desk.tell(self._desk.sheet.settle(command.edit))
        elif isinstance(command, SaveEdits):
            self._desk.tell(self._desk.sheet.settle(*command.edits))  # all at once: they are looked at once
        elif isinstance(command, SaveAcceptance):
            self._desk.tell(self._desk.sheet.settle_acceptance(command.acceptance))

    def _added(self, receipt_id: int) -> None:
        desk = self._desk
        desk.tell(desk.sheet.refresh_receipt(receipt_id))
        if receipt_id in desk.sheet:
            desk.undo_stack.push(AddRow(desk, receipt_id))
            desk.bring_to_front(receipt_id, "merchant")

    def _tell_unsaved(self) -> None:
        self._desk.tell(Changes(changed=tuple({receipt_id for receipt_id, _ in self._desk.sheet.unsaved()})))


def _concerns(command: Command) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The receipts, and the pages, of which a command says something."""
    match command:
        case SaveEdit(edit):
            return (edit.receipt_id,), ()
        case SaveEdits(edits):
            return tuple({edit.receipt_id: None for edit in edits}), ()
        case SaveAcceptance(acceptance):
            return (acceptance.receipt_id,), ()
        case SetRemoved(receipt_ids):
            return receipt_ids, ()
        case SetJoinings(said):
            return (), tuple(page_id for page_id, _ in said)
    return (), ()
