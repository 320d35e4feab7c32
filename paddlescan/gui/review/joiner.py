"""Makes one receipt of several pages, and several of one, as the clerk wants it; each can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from paddlescan.errors import PaddleScanError
from paddlescan.gui.review.pages_together import Joinings, put_together, taken_apart
from paddlescan.gui.review.undo import JoinPages
from paddlescan.gui.save_commands import Command, SetJoinings
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.store import ReceiptLine, Store

if TYPE_CHECKING:
    from paddlescan.gui.review.desk import ReviewDesk


class PageJoiner(QObject):
    """Part of the desk. Its store is only read."""

    def __init__(self, desk: ReviewDesk, store: Store, writer: StoreWriter) -> None:
        super().__init__(desk)
        self._desk, self._store, self._writer = desk, store, writer
        writer.saved.connect(self._saved)

    def take_apart(self, receipt_ids: Iterable[int]) -> None:
        """Make a receipt of each page of these rows."""
        self._push(taken_apart(self._lines(receipt_ids)))

    def put_together(self, receipt_ids: Iterable[int]) -> None:
        """Make one receipt of these rows, if they are consecutive pages of a file."""
        self._push(put_together(self._lines(receipt_ids)))

    def do_joinings(self, said: Joinings) -> bool:
        """Send to the writer which pages belong together; the rows follow when it is saved."""
        self._writer.submit(SetJoinings(tuple(said.items())))
        return True

    @Slot(object, object)
    def _saved(self, command: Command, _answer: object) -> None:
        if isinstance(command, SetJoinings) and not self._writer.ended:
            for page_id, _ in command.said:
                self._desk.page_changed(page_id)

    def _lines(self, receipt_ids: Iterable[int]) -> list[ReceiptLine]:
        sheet = self._desk.sheet
        return [sheet.line(receipt_id) for receipt_id in receipt_ids if receipt_id in sheet]

    def _push(self, said: Joinings) -> None:
        if not said:
            return
        self._desk.typing_ends.emit()
        try:
            before = self._store.joinings(tuple(said))
        except PaddleScanError as error:
            self._desk.save_trouble.emit(error.failure)
        else:
            self._desk.undo_stack.push(JoinPages(self, before, said))
