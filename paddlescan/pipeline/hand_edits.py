"""The edits that a person's hand makes of a row: in the window, and in a sheet that is read back."""

from __future__ import annotations

from dataclasses import replace

from paddlescan.document import Field
from paddlescan.extraction.typed import Around, problem_with, tidy
from paddlescan.store import FieldEdit, ReceiptRow, typed_field


def by_user(name: str, before: Field | None, value: str, doubtful: bool) -> Field:
    """The field as a person wants it; doubtful where the value cannot be right."""
    return replace(typed_field(name, value, before), doubtful=doubtful)


def typed_edit(row: ReceiptRow, name: str, typed: str, around: Around | None = None) -> FieldEdit:
    """The edit that a typed text makes. It changes nothing where `before == after`.

    around: what is known around a date that is not written out.

    The reading's evidence stays with the field, what was read becomes a candidate. A value that cannot be
    right is kept, and doubtful.
    """
    before = row.values.get(name)
    value = tidy(name, typed, around)
    if value == (before.value if before else ""):
        return FieldEdit(row.receipt_id, name, before, before)
    if not value:
        return FieldEdit(row.receipt_id, name, before, None)
    doubtful = problem_with(name, value) is not None
    was_cleared = before is None and name in row.cleared
    return FieldEdit(row.receipt_id, name, before, by_user(name, before, value, doubtful), was_cleared)


def confirming_edit(row: ReceiptRow, name: str) -> FieldEdit:
    """The edit that says: this value is right as it stands. One that cannot be right stays doubtful all the same."""
    before = row.values.get(name)
    doubtful = before is not None and problem_with(name, before.value) is not None
    if before is None or (before.origin == "user" and before.doubtful == doubtful):
        return FieldEdit(row.receipt_id, name, before, before)
    return FieldEdit(row.receipt_id, name, before, by_user(name, before, before.value, doubtful))
