"""What follows from one row of the store: its place, its state, and edits of it. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from paddlescan.document import Check, Field
from paddlescan.store import FieldEdit, ReceiptLine, ReceiptRow

Place = tuple[int, int, int, int]
"""Where a row stands in dropping order: position of its source, page, number on the page, receipt id."""


def place_of(row: ReceiptRow | ReceiptLine) -> Place:
    """A key that sorts rows in dropping order; rows by hand come last, as they were added."""
    return row.position, row.page_number, row.number, row.receipt_id


def pages_of(row: ReceiptRow | ReceiptLine) -> tuple[int, ...]:
    """The ids of the pages of a row, in their order; none for a row by hand."""
    return () if row.page_id is None else (row.page_id, *row.later_pages)


def page_of(row: ReceiptRow, field: Field | None) -> int | None:
    """The page on which a field of a row stands: its first, unless it was read on a later one."""
    offset = field.page if field is not None else 0
    pages = pages_of(row)
    return pages[offset] if offset < len(pages) else row.page_id


def bare_row(line: ReceiptLine, batch: int) -> ReceiptRow:
    """A row as far as its line knows it, for when the store cannot be asked: values without their evidence."""
    texts = dict.fromkeys(line.doubtful, "") | line.values()
    fields = (Field(name, text, doubtful=name in line.doubtful) for name, text in texts.items())
    return ReceiptRow(
        receipt_id=line.receipt_id,
        batch=batch,
        page_id=line.page_id,
        position=line.position,
        page_number=line.page_number,
        page_count=line.page_count,
        number=line.number,
        count=line.count,
        source=line.source,
        state=line.state,
        kind="other",
        language="en",
        values={field.name: field for field in fields},
        failure=None,
        removed=line.removed,
        quality=line.quality,
        later_pages=line.later_pages,
    )


def judged(row: ReceiptRow, checks: Iterable[Check]) -> ReceiptRow:
    """The row in the state that follows from its fields and checks, if it was read."""
    if row.state not in ("done", "needs_review"):
        return row
    wants = any(field.doubtful for field in row.values.values()) or any(not check.passed for check in checks)
    return replace(row, state="needs_review" if wants else "done")


def with_field(row: ReceiptRow, edit: FieldEdit) -> ReceiptRow:
    """The row after an edit."""
    values = {name: field for name, field in row.values.items() if name != edit.name}
    cleared = row.cleared - {edit.name}
    if edit.after is not None:
        values[edit.name] = edit.after
    elif not edit.as_read and (edit.before is not None or edit.was_cleared):
        cleared |= {edit.name}
    return replace(row, values=values, cleared=cleared)
