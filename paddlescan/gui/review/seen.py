"""The first of receipts that are the same: where it is, and the way to it, be it in another batch."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from paddlescan.errors import PaddleScanError
from paddlescan.gui.review.check_words import First
from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.store import SameReceipt


class SeenBefore(QObject):
    """Knows the first of the receipt in front."""

    batch_wanted = Signal(int)
    """The first is in this batch, which is to be opened."""

    def __init__(self, desk: ReviewDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: SameReceipt | None = None
        desk.opened.connect(self._opened)

    def first_of(self, receipt_id: int) -> First | None:
        """The first of a receipt, None where there is none; the store is asked for the batch where it is another."""
        sheet = self._desk.sheet
        first = sheet.row(receipt_id).same_as
        if first is None:
            return None
        if first.batch == sheet.batch:
            return First(first.place)
        try:
            return First(first.place, sheet.summary_of(first.batch))
        except PaddleScanError:  # busy, or just erased: the next change tells
            return First(first.place)

    @Slot(int)
    def show_first(self, receipt_id: int) -> None:
        """Bring the first to the front; in another batch, once that is open."""
        sheet = self._desk.sheet
        first = sheet.row(receipt_id).same_as if receipt_id in sheet else None
        if first is None:
            return
        if first.batch == sheet.batch:
            self._desk.bring_to_front(first.receipt_id, "merchant")
        else:
            self._wanted = first
            self.batch_wanted.emit(first.batch)

    @Slot()
    def _opened(self) -> None:
        """The window brings the first page of a batch to the front when it opens; what is wanted comes after it."""
        if self._wanted is None:
            return
        if self._wanted.batch == self._desk.sheet.batch:
            QTimer.singleShot(0, self, self._bring)
        else:  # it was not opened, or the clerk has gone elsewhere
            self._wanted = None

    @Slot()
    def _bring(self) -> None:
        wanted = self._wanted
        if wanted is not None and wanted.receipt_id in self._desk.sheet:
            self._wanted = None
            self._desk.bring_to_front(wanted.receipt_id, "merchant")
