"""What becomes of a text that the clerk pointed at: an edit of a field, with the place as its evidence. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from paddlescan.document import Field, Quad, TextLine, bounds
from paddlescan.extraction.fitting import fitting, joined
from paddlescan.extraction.typed import problem_with, tidy
from paddlescan.gui.review.rows import pages_of
from paddlescan.store import FieldEdit, ReceiptRow, taken_field


@dataclass(frozen=True, slots=True)
class Taken:
    """A text and where it stands."""

    page_id: int
    quad: Quad
    """In pixels of the source page."""
    texts: tuple[str, ...] = field(repr=False)
    """Line by line."""

    @property
    def text(self) -> str:
        """All of it in one line."""
        return joined(self.texts)


def taken_of(page_id: int, place: Quad, lines: Sequence[TextLine]) -> Taken:
    """What was read in a place: around the lines where they are known, and that is closer than a hand can draw."""
    only = lines[0].quad if len(lines) == 1 else _around([line.quad for line in lines]) if lines else place
    return Taken(page_id, only, tuple(line.text for line in lines))


def taken_edit(row: ReceiptRow, name: str, taken: Taken, today: date | None = None) -> FieldEdit | None:
    """The edit that pointing at a place makes of a field; None where nothing there fits the field.

    The value is the person's: what was read before becomes a candidate. One that cannot be right is kept, and doubtful.
    """
    before = row.values.get(name)
    currency = row.values.get("currency")
    value = tidy(name, fitting(name, taken.texts, currency.value if currency else "", today))
    if not value:
        return None
    pages = pages_of(row)
    offset = pages.index(taken.page_id) if taken.page_id in pages else None
    after: Field = taken_field(
        name, value, taken.text, taken.quad, offset or 0, before, problem_with(name, value) is not None
    )
    if offset is None:  # of another receipt's page: the value is taken, but its place cannot be shown
        after = Field(name, value, origin="user", doubtful=after.doubtful, candidates=after.candidates)
    return FieldEdit(row.receipt_id, name, before, after, before is None and name in row.cleared)


def _around(quads: Sequence[Quad]) -> Quad:
    boxes = [bounds(quad) for quad in quads]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return (left, top), (right, top), (right, bottom), (left, bottom)
