"""The first of receipts that are the same: how it is called, and the way to it, be it in another batch."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from paddlescan.errors import PaddleScanError
from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.gui.shared import batch_name
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

    def words(self, receipt_id: int) -> str:
        """Where the first is: `taxi.jpg #2`, and the batch where it is another; empty where there is none."""
        first = self._desk.sheet.row(receipt_id).same_as
        return "" if first is None else self._words(first)

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

    def _words(self, first: SameReceipt) -> str:
        translate = QCoreApplication.translate  # by this name, or lupdate does not see it
        place = first.place
        if not place.source:
            name = translate("SeenBefore", "a row added by hand")
        else:
            name = place.source.rsplit("/", 1)[-1]
            if place.page > 1:
                name = translate("SeenBefore", "{file} p. {number}").format(file=name, number=place.page)
            name += f" #{place.receipt}" if place.receipt > 1 else ""
        if first.batch == self._desk.sheet.batch:
            return name
        try:
            batch = batch_name(self._desk.sheet.summary_of(first.batch))
        except PaddleScanError:  # busy, or just erased: the next change tells
            return name
        return translate("SeenBefore", "{file} in “{batch}”").format(file=name, batch=batch)

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
