"""Lines and whole rows of one batch, with what is unsaved laid over them: where they are fetched and held. No Qt."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import Final

from paddlescan.document import Check
from paddlescan.errors import PaddleScanError
from paddlescan.extraction.rules import recheck
from paddlescan.gui.review.line_index import LineIndex
from paddlescan.gui.review.rows import bare_row, judged
from paddlescan.gui.review.unsaved import Unsaved
from paddlescan.store import ReceiptRow, Store, line_of

HELD: Final = 256
"""Whole rows: three megabytes at most. One is fetched in a tenth of a millisecond, so there is no need for more."""
UNCHECKED = frozenset({"category", "project", "note"})
"""What a person adds: no check asks for it, and these are what a thousand rows are given at once."""


class LaidOver:
    """Every line is held, and the whole rows that were wanted last."""

    def __init__(self, store: Store, unsaved: Unsaved, most: int = HELD) -> None:
        """most: whole rows that are held; the one that was not wanted for longest makes room."""
        self._store, self._unsaved, self._most = store, unsaved, most
        self.batch: int | None = None
        self.index = LineIndex()
        self.held: OrderedDict[int, ReceiptRow] = OrderedDict()

    def begin(self, batch: int | None) -> None:
        """Another batch is shown; what is unsaved stays so."""
        self.batch, self.index = batch, LineIndex()
        self.held.clear()

    def row(self, receipt_id: int) -> ReceiptRow:
        """A whole row: held, or fetched, or what its line knows of it. KeyError if the batch has none."""
        held = self.held.get(receipt_id)
        if held is not None:
            self.held.move_to_end(receipt_id)
            return held
        line = self.index.line(receipt_id)
        try:
            stored = self._store.receipt_row(receipt_id)
        except PaddleScanError:  # busy: the next look tells
            stored = None
        if stored is None:
            return bare_row(line, self.batch or 0)
        row = replace(self.overlaid(stored), removed=line.removed)  # its removal may not be on the disk yet
        self._hold(row)
        return row

    def take(self, stored: ReceiptRow) -> bool:
        """Show a row as the store has it now, what is unsaved on top. Whether that is news.

        It is where the row was not held: its line may be the same, and its evidence another.
        """
        row, line = self.overlaid(stored), None
        if row.receipt_id in self.index:
            line = self.index.line(row.receipt_id)
        if line is not None and self.held.get(row.receipt_id) == row and line_of(row) == line:
            return False
        self.put(row)
        return True

    def put(self, row: ReceiptRow) -> None:
        """Show a row as it is here, with all that is unsaved."""
        self.index.put(line_of(row))
        self._hold(row)

    def set_removed(self, receipt_id: int, removed: bool) -> None:
        """A row is taken out of the batch, or put back. KeyError if there is none."""
        self.index.put(replace(self.index.line(receipt_id), removed=removed))
        if receipt_id in self.held:
            self.held[receipt_id] = replace(self.held[receipt_id], removed=removed)

    def drop(self, receipt_id: int) -> None:
        """A row is gone. KeyError if there was none."""
        self.index.drop(receipt_id)
        self.held.pop(receipt_id, None)

    def judged(self, row: ReceiptRow, edited: str = "") -> ReceiptRow:
        """The row in the state that the store will find when what is unsaved is saved.

        edited: the one field that was changed, if it was only one.
        """
        if edited in UNCHECKED and row.state == "done":
            return judged(row, ())  # its checks passed, and none of them asks for this field
        try:
            checks = self.checks_now(row)
        except PaddleScanError:  # busy, or gone: the next refresh tells
            checks = ()
        return judged(row, checks)

    def checks_now(self, row: ReceiptRow) -> tuple[Check, ...]:
        """What the checks of a row say. Raises RowGone."""
        basis = self._store.basis(row.receipt_id)
        return self.checks(row, basis.checks, basis.read.checks if basis.read else None)

    def checks(self, row: ReceiptRow, now: tuple[Check, ...], read: tuple[Check, ...] | None) -> tuple[Check, ...]:
        """What the checks of a row say, given those that are stored and those of its reading."""
        checks = recheck(row.values.values(), now if read is None else read, now)
        return self._unsaved.over_checks(row.receipt_id, checks)

    def overlaid(self, row: ReceiptRow) -> ReceiptRow:
        """A row of the store with what is unsaved; the same one where nothing is."""
        mine = self._unsaved.over(row)
        return mine if mine is row and not self._unsaved.accepts(row.receipt_id) else self.judged(mine)

    def _hold(self, row: ReceiptRow) -> None:
        self.held[row.receipt_id] = row
        self.held.move_to_end(row.receipt_id)
        while len(self.held) > self._most:
            self.held.popitem(last=False)
