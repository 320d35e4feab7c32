"""What the foot of the window says of the rows: how many, and what they come to in each currency."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from paddlescan.gui.review.looks import sums
from paddlescan.gui.review.sheet import ReviewSheet

if TYPE_CHECKING:
    from paddlescan.gui.review.table import ReviewTable

_PAUSE_MS = 120


class TableSums(QObject):
    """Part of the table: sums up its rows a moment after they or their selection changed."""

    told = Signal(str)
    """`3 selected · 108.00 CNY`, or of all rows shown where one or none is selected."""

    def __init__(self, table: ReviewTable) -> None:
        super().__init__(table)
        self._table = table
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        table.review_model.rearranged.connect(self._pause.start)
        table.desk.changed.connect(self._pause.start)

    @property
    def due(self) -> bool:
        """Whether they are still to be told."""
        return self._pause.isActive()

    def later(self) -> None:
        """Tell them in a moment."""
        self._pause.start()

    @Slot()
    def _tell(self) -> None:
        model, sheet, ids = self._table.review_model, self._table.desk.sheet, self._table.selected_ids()
        chosen = len(ids) > 1 or not model.rowCount()
        if not chosen:
            ids = model.shown()
        if model.arrangement.show_removed:
            ids = tuple(i for i in ids if not sheet.line(i).removed)
        if chosen:
            head = self.tr("{count} selected").format(count=len(ids))
        elif model.arrangement.narrows:
            head = self.tr("{count} shown").format(count=len(ids))
        else:
            head = self._receipts(ids)
        self.told.emit(sums_line(sheet, ids, head))

    def _receipts(self, ids: Sequence[int]) -> str:
        """`13 receipts · 1 blank page · 3 failed`: the last two are no receipts until somebody types in what stands
        there; what failed is counted as at the other end of the foot, typed in or not."""
        lines = tuple(self._table.desk.sheet.lines(ids))
        receipts = sum(line.is_receipt for line in lines)
        failed = sum(line.state == "failed" for line in lines)
        blank = sum(line.state != "failed" and not line.is_receipt for line in lines)
        said = [self.tr("%n receipt(s)", None, receipts)]
        if blank:
            said.append(self.tr("%n blank page(s)", None, blank))
        if failed:
            said.append(self.tr("{count} failed").format(count=failed))
        return " · ".join(said)


def sums_line(sheet: ReviewSheet, receipt_ids: Sequence[int], head: str) -> str:
    """`3 selected · 108.00 CNY · no currency 12.00 · 1 seen before: 9.00 CNY`; empty where there are no rows.

    head: what the rows are. What was seen before is in the sums, for it is in the sheet that is handed in.
    """
    if not receipt_ids:
        return ""
    said = [head, *_amounts(sums(sheet, receipt_ids))]
    seen = [line.receipt_id for line in sheet.lines(receipt_ids) if line.copied]
    if seen:
        said.append(seen_words(len(seen), sums(sheet, seen) if len(seen) < len(receipt_ids) else {}))
    return " · ".join(said)


def seen_words(count: int, totals: dict[str, Decimal]) -> str:
    """`5 seen before: 313.40 CNY`. totals: what these come to by currency; said where it is one."""
    if len(totals) != 1:  # of several currencies there is no room at the foot
        return QCoreApplication.translate("ReviewTable", "{count} seen before").format(count=count)
    said = QCoreApplication.translate("ReviewTable", "{count} seen before: {amounts}")
    return said.format(count=count, amounts=_amounts(totals)[0])


def _amounts(totals: dict[str, Decimal]) -> list[str]:
    """In words; what has no currency stands last."""
    last = {"": totals.pop("")} if "" in totals else {}
    return [sum_words(number, code) for code, number in (totals | last).items()]


def sum_words(number: Decimal, currency: str) -> str:
    """`1,234.50 CNY`, or `no currency 1,234.50`."""
    if currency:
        return f"{number:,.2f} {currency}"
    return QCoreApplication.translate("ReviewTable", "no currency {amount}").format(amount=f"{number:,.2f}")
