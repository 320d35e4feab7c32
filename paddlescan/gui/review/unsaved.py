"""What a clerk did that is not on the disk yet: edits and acceptances, laid over the rows until the writer has them."""

from __future__ import annotations

from typing import Literal

from paddlescan.document import FIELD_NAMES, Check
from paddlescan.gui.review.checks import Acceptance
from paddlescan.gui.review.rows import with_field
from paddlescan.store import FieldEdit, ReceiptRow

Saving = Literal["saved", "saving", "failed"]
"""`failed`: not on the disk, the last try failed, and it is tried again."""


class Unsaved:
    """Piles by receipt, each in the order in which it was done."""

    def __init__(self) -> None:
        self._edits: dict[tuple[int, str], list[FieldEdit]] = {}
        self._acceptances: dict[int, list[Acceptance]] = {}
        self._failed = False

    def add_edit(self, edit: FieldEdit) -> None:
        """An edit goes to the writer."""
        self._edits.setdefault((edit.receipt_id, edit.name), []).append(edit)

    def add_acceptance(self, acceptance: Acceptance) -> None:
        """An acceptance goes to the writer."""
        self._acceptances.setdefault(acceptance.receipt_id, []).append(acceptance)

    def settle_edit(self, edit: FieldEdit) -> None:
        """An edit is on the disk, or was refused."""
        cell = edit.receipt_id, edit.name
        pile = self._edits.get(cell, [])
        if edit in pile:
            pile.remove(edit)
        if not pile:
            self._edits.pop(cell, None)

    def settle_acceptance(self, acceptance: Acceptance) -> None:
        """An acceptance is on the disk, or was refused."""
        pile = self._acceptances.get(acceptance.receipt_id, [])
        if acceptance in pile:
            pile.remove(acceptance)
        if not pile:
            self._acceptances.pop(acceptance.receipt_id, None)

    def set_fails(self, failing: bool) -> bool:
        """Whether what is unsaved is being saved (False) or could not be (True). Says whether that is news."""
        news, self._failed = self._failed != failing, failing
        return news

    def saving(self, receipt_id: int, name: str) -> Saving:
        """Whether a field is on the disk."""
        if (receipt_id, name) not in self._edits:
            return "saved"
        return "failed" if self._failed else "saving"

    def fields(self) -> tuple[tuple[int, str], ...]:
        """The fields that are not on the disk yet, by receipt id and name."""
        return tuple(self._edits)

    def receipts(self) -> frozenset[int]:
        """The receipts of which something is not on the disk yet."""
        return frozenset((*(receipt_id for receipt_id, _ in self._edits), *self._acceptances))

    def over(self, row: ReceiptRow) -> ReceiptRow:
        """A row of the store with its unsaved edits; the same one where it has none."""
        for name in FIELD_NAMES if self._edits else ():
            for edit in self._edits.get((row.receipt_id, name), ()):
                row = with_field(row, edit)
        return row

    def accepts(self, receipt_id: int) -> bool:
        """Whether an acceptance of a receipt is not on the disk yet."""
        return receipt_id in self._acceptances

    def over_checks(self, receipt_id: int, checks: tuple[Check, ...]) -> tuple[Check, ...]:
        """The checks of a receipt with its unsaved acceptances."""
        for acceptance in self._acceptances.get(receipt_id, ()):
            checks = acceptance.over(checks)
        return checks
