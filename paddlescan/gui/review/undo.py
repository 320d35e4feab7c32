"""Undo steps, keyed by receipt and field: rows may have moved since, or be gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

from paddlescan.document import PrepareOptions
from paddlescan.gui.review.checks import Acceptance
from paddlescan.gui.review.labels import field_label
from paddlescan.gui.review.pages_together import Joinings
from paddlescan.store import FieldEdit

ReadWith = Callable[[int, PrepareOptions, bool], bool]
"""Reads a page once more with these switches, or with their regions alone; False if the page is gone."""


class Doer(Protocol):
    """What a step needs: the desk."""

    def do_edit(self, edit: FieldEdit) -> bool:
        """Show the edit, save it, bring it to the front. False if its row is gone."""
        ...

    def do_edits(self, edits: tuple[FieldEdit, ...]) -> bool:
        """Show several edits and save them as one. False if all of their rows are gone."""
        ...

    def do_acceptance(self, acceptance: Acceptance) -> bool:
        """Show what becomes of the checks and save it. False if the row is gone."""
        ...

    def do_remove(self, receipt_ids: tuple[int, ...], removed: bool) -> bool:
        """Take rows out, or put them back. False if all are gone."""
        ...


class Joiner(Protocol):
    """What a step about pages needs."""

    def do_joinings(self, said: Joinings) -> bool:
        """Save which pages belong together."""
        ...


class EditField(QUndoCommand):
    """One field of one receipt got another value, or was confirmed."""

    def __init__(self, desk: Doer, edit: FieldEdit) -> None:
        translate = QCoreApplication.translate  # by this name, or lupdate does not see it
        super().__init__(translate("Undo", "change of {field}").format(field=field_label(edit.name)))
        self._desk, self._edit = desk, edit

    def redo(self) -> None:
        """Make the edit."""
        self.setObsolete(not self._desk.do_edit(self._edit))

    def undo(self) -> None:
        """Put back what a person said before; where nobody had said anything, what was read the last time."""
        self.setObsolete(not self._desk.do_edit(self._edit.back))


class EditFields(QUndoCommand):
    """Several fields got other values by one thing that the clerk did."""

    def __init__(self, desk: Doer, edits: tuple[FieldEdit, ...], words: str) -> None:
        """words: what was done, as it stands behind "Undo"."""
        super().__init__(words)
        self._desk, self._edits = desk, edits

    def redo(self) -> None:
        """Make the edits."""
        self.setObsolete(not self._desk.do_edits(self._edits))

    def undo(self) -> None:
        """Take each back, the last first."""
        self.setObsolete(not self._desk.do_edits(tuple(edit.back for edit in reversed(self._edits))))


class AcceptChecks(QUndoCommand):
    """Failed checks of a receipt were let pass."""

    def __init__(self, desk: Doer, acceptance: Acceptance) -> None:
        super().__init__(QCoreApplication.translate("Undo", "acceptance of a check"))
        self._desk, self._acceptance = desk, acceptance

    def redo(self) -> None:
        """Let them pass."""
        self.setObsolete(not self._desk.do_acceptance(self._acceptance))

    def undo(self) -> None:
        """Judge them as they are today."""
        self.setObsolete(not self._desk.do_acceptance(replace(self._acceptance, taken_back=True)))


class JoinPages(QUndoCommand):
    """Pages were made one receipt, or a receipt of each."""

    def __init__(self, joiner: Joiner, before: Joinings, said: Joinings) -> None:
        translate = QCoreApplication.translate  # by this name, or lupdate does not see it
        apart = "apart" in said.values()
        super().__init__(translate("Undo", "separation of pages") if apart else translate("Undo", "joining of pages"))
        self._joiner, self._before, self._said = joiner, before, said

    def redo(self) -> None:
        """Say it of the pages."""
        self.setObsolete(not self._joiner.do_joinings(self._said))

    def undo(self) -> None:
        """What was said of them before."""
        self.setObsolete(not self._joiner.do_joinings(self._before))


class RemoveRows(QUndoCommand):
    """Rows were taken out of the batch, or put back."""

    def __init__(self, desk: Doer, receipt_ids: tuple[int, ...], removed: bool) -> None:
        translate = QCoreApplication.translate  # by this name, or lupdate does not see it
        super().__init__(translate("Undo", "removal of rows") if removed else translate("Undo", "return of rows"))
        self._desk, self._ids, self._removed = desk, receipt_ids, removed

    def redo(self) -> None:
        """Take them out, or put them back."""
        self.setObsolete(not self._desk.do_remove(self._ids, self._removed))

    def undo(self) -> None:
        """The other way round."""
        self.setObsolete(not self._desk.do_remove(self._ids, not self._removed))


class AddRow(QUndoCommand):
    """A row was added by hand; it stands in the store already when this is pushed."""

    def __init__(self, desk: Doer, receipt_id: int) -> None:
        super().__init__(QCoreApplication.translate("Undo", "added row"))
        self._desk, self._id, self._fresh = desk, receipt_id, True

    def redo(self) -> None:
        """Put the row back; nothing to do the first time."""
        if self._fresh:
            self._fresh = False
        else:
            self.setObsolete(not self._desk.do_remove((self._id,), False))

    def undo(self) -> None:
        """Take the row out."""
        self.setObsolete(not self._desk.do_remove((self._id,), True))


class DrawRegions(QUndoCommand):
    """A person said which receipts a page holds; the page is read again with that."""

    def __init__(self, read: ReadWith, page_id: int, before: PrepareOptions, after: PrepareOptions) -> None:
        super().__init__(QCoreApplication.translate("Undo", "receipts drawn on a page"))
        self._read, self._page, self._before, self._after = read, page_id, before, after
        self._fresh = True

    def redo(self) -> None:
        """Read the page with these receipts; once more, with the other switches as they are by then."""
        fresh, self._fresh = self._fresh, False
        self.setObsolete(not self._read(self._page, self._after, not fresh))

    def undo(self) -> None:
        """Read the page with the receipts it had."""
        self.setObsolete(not self._read(self._page, self._before, True))
