"""What a clerk did, as commands that the store writer carries out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from paddlescan.extraction.rules import recheck
from paddlescan.gui.kept_edits import KeptEdit
from paddlescan.gui.review.checks import Acceptance
from paddlescan.store import FieldEdit, Joining, Store


class Command(Protocol):
    """One thing to be saved; hashable by identity or value, and its own token in the signals."""

    def run(self, store: Store) -> object:
        """Do it: what is saved is saved in one transaction, whole or not at all. The result goes out with `saved`."""
        ...


@dataclass(frozen=True, slots=True)
class SaveEdit:
    """One field of one receipt."""

    edit: FieldEdit

    def run(self, store: Store) -> object:
        """Save the field, its history, and what the checks say then."""
        store.apply_edit(self.edit)
        return None


@dataclass(frozen=True, slots=True)
class SaveEdits:
    """Several fields of several receipts: all of them, or none."""

    edits: tuple[FieldEdit, ...]

    def run(self, store: Store) -> object:
        """Save the fields, their history, and what the checks say then."""
        store.apply_edits(self.edits)
        return None


@dataclass(frozen=True, slots=True)
class SaveAcceptance:
    """A person let failed checks of a receipt pass, or took that back."""

    acceptance: Acceptance

    def run(self, store: Store) -> object:
        """Save what becomes of the checks as they are by then."""
        said = self.acceptance
        store.judge_checks(said.receipt_id, lambda fields, read, now: said.over(recheck(fields, read, now)))
        return None


@dataclass(frozen=True, slots=True)
class SetRemoved:
    """Rows taken out of the batch, or put back."""

    receipt_ids: tuple[int, ...]
    removed: bool

    def run(self, store: Store) -> object:
        """Mark the rows."""
        store.set_removed(self.receipt_ids, self.removed)
        return None


@dataclass(frozen=True, slots=True)
class SetJoinings:
    """Which pages go on with the page before, as a person wants it."""

    said: tuple[tuple[int, Joining | None], ...]

    def run(self, store: Store) -> object:
        """Settle the rows anew."""
        store.set_joinings(dict(self.said))
        return None


@dataclass(frozen=True, slots=True)
class AddReceipt:
    """A row by hand."""

    batch: int

    def run(self, store: Store) -> object:
        """Add the row; the result is its receipt id."""
        return store.add_receipt(self.batch)


@dataclass(frozen=True, slots=True)
class LoadRows:
    """Nothing to save: the rows of a large batch, fetched where the window does not wait for them."""

    batch: int

    def run(self, store: Store) -> object:
        """Fetch them at a glance, removed ones too."""
        return store.receipt_lines(self.batch)


def kept_form(command: Command) -> KeptEdit | None:
    """What is written down of a command; None where nothing of it need outlive the window."""
    match command:
        case SaveEdit(edit):
            return KeptEdit(edits=(edit,))
        case SaveEdits(edits):
            return KeptEdit(edits=edits)
        case SaveAcceptance(acceptance):
            return KeptEdit(acceptance=acceptance)
        case SetRemoved(receipt_ids, removed):
            return KeptEdit(removed=receipt_ids) if removed else KeptEdit(put_back=receipt_ids)
        case SetJoinings(said):
            return KeptEdit(joinings=said)
    return None  # an empty row by hand, a look at the store


def command_of(kept: KeptEdit) -> Command:
    """The command that was written down."""
    if kept.acceptance is not None:
        return SaveAcceptance(kept.acceptance)
    if kept.joinings:
        return SetJoinings(kept.joinings)
    if kept.removed or kept.put_back:
        return SetRemoved(kept.removed or kept.put_back, bool(kept.removed))
    return SaveEdit(kept.edits[0]) if len(kept.edits) == 1 else SaveEdits(kept.edits)
