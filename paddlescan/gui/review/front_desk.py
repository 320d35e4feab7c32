"""What is in front on the review desk: the receipt, its field, and where that was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.document import TextLine
from paddlescan.gui.review.looks import Cell, cell_at, next_look
from paddlescan.gui.review.rows import page_of
from paddlescan.gui.review.sheet import Changes, ReviewSheet
from paddlescan.store import Store


class FrontDesk(QObject):
    """The half of the review desk that looks and does not touch. Lives in the window's thread."""

    receipt_selected = Signal(int)
    """The receipt in front; -1: none."""
    field_selected = Signal(int, str)
    """The field in front."""
    look_taken = Signal(int, str)
    """The next field to look at came to the front: the caret belongs into it."""
    part_selected = Signal(int, int)
    """Page id, and the number within its page of the receipt in front; before its evidence."""
    evidence_selected = Signal(int, object, bool)
    """Page id, Quad or None, doubtful: where the field in front was read. Page -1: a row by hand has no page."""
    typing_ends = Signal()
    """Whoever has an open editor hands in what was typed."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = ReviewSheet(store)
        self.front: Cell | None = None
        self.in_hand: Cell | None = None
        """The field in front, once the caret was in it: the next look goes on from there."""
        self.bare_page: int | None = None
        """The page in front, where it has no receipt that could be in front with it."""
        self.order: Callable[[], Sequence[int]] = self.sheet.ids
        """The rows in the order in which the table shows them."""
        self._page: int | None = None
        """The page in view: a receipt may go on over several."""
        self._loading = False
        """The rows of a large batch are on their way."""

    @Slot(int, str)
    def bring_to_front(self, receipt_id: int, name: str) -> None:
        """Make a field the one in front (a column that is no field stands for the whole receipt)."""
        if receipt_id not in self.sheet or (receipt_id, name) == self.front:
            return
        new_receipt = self.front is None or self.front[0] != receipt_id
        self.front, self.bare_page, self.in_hand = (receipt_id, name), None, None
        if new_receipt:
            self.receipt_selected.emit(receipt_id)
        self.field_selected.emit(receipt_id, name)
        self._show_evidence()

    @Slot(int)
    def show_page(self, page_id: int) -> None:
        """Bring the first receipt of a page to the front; where it has none, no other may stand beside the page."""
        self._page = page_id
        found = next((i for i in self.sheet.ids_of_page(page_id) if not self.sheet.line(i).removed), None)
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
            if self.sheet.line(receipt_id).number == number:
                self.bring_to_front(receipt_id, "merchant")

    @Slot(object)
    def show_line(self, line: TextLine) -> None:
        """Bring the field to the front that was read from a line of the page in front."""
        front = self.front[0] if self.front is not None else None
        found = cell_at(self.sheet, self._page, line.quad, front) if self._page is not None else None
        if found is not None:
            self.bring_to_front(*found)

    def next_look(self, step: int = 1) -> Cell | None:
        """The next field to look at over all receipts: in the table's order, then those it does not show.

        What came to the front by itself, or with its row, was not looked at yet: it is the next one.
        """
        if self.front is not None and self.front != self.in_hand and self.front[0] in self.sheet:
            receipt_id, name = self.front
            if name in self.sheet.wants_look(receipt_id):
                return self.front
        shown = list(self.order())
        if len(shown) < len(self.sheet):
            known = set(shown)
            shown += (i for i in self.sheet.ids() if i not in known)
        return next_look(self.sheet, shown, self.front, step)

    @Slot()
    def go_to_next_look(self) -> bool:
        """F8: bring the next field to look at to the front. False where all is checked."""
        return self._go_to(self.next_look())

    @Slot()
    def go_to_look_before(self) -> bool:
        """Shift+F8: bring the field to look at before this one to the front. False where all is checked."""
        return self._go_to(self.next_look(-1))

    def _go_to(self, found: Cell | None) -> bool:
        if found is not None:
            self.bring_to_front(*found)
            self.in_hand = found
            self.look_taken.emit(*found)
        return found is not None

    def _follow_front(self, changes: Changes) -> None:
        """Rows changed: the evidence of the one in front may be another."""
        if self.front is not None and self.front[0] in changes.changed and self._evidence_page() == self._page:
            self._show_evidence()  # not while another of its pages is looked at

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
