"""What one cell of the table says and how it looks, in the window's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from paddlescan.document import AMOUNT_FIELDS, PageState
from paddlescan.extraction.typed import problem_with
from paddlescan.gui.review.columns import FILE, STATE
from paddlescan.gui.review.labels import cell_value, problem_sentence
from paddlescan.gui.review.sheet import ReviewSheet
from paddlescan.gui.review.unsaved import Saving
from paddlescan.gui.shared import failure_words, language, state_word
from paddlescan.words import quality_sentences, quality_word, wants_rescan


@dataclass(frozen=True, slots=True)
class CellLook:
    """What the delegate paints."""

    state: PageState | None = None
    """Only in the column of states."""
    doubtful: bool = False
    impossible: bool = False
    saving: Saving = "saved"
    removed: bool = False
    soft: bool = False
    failed: bool = False
    """The page could not be read: why stands across the cells of its row."""
    words: str = field(default="", repr=False)
    """The text, in the window's language."""
    right: bool = False
    """Flush right, as amounts are."""


def cell_words(sheet: ReviewSheet, receipt_id: int, column: str) -> str:
    """The text of a cell in the window's language."""
    if column == STATE:
        line = sheet.line(receipt_id)
        if line.removed:
            return QCoreApplication.translate("Cells", "Removed")
        if line.copied:
            return QCoreApplication.translate("Cells", "Seen before")
        # What is to check stays so: the paper alone may not be at hand.
        named = line.state == "done" and (wants_rescan(line.quality) or not line.is_receipt)
        said = quality_word(line.quality, language()) if named else ""
        return said or state_word(line.state)
    if column == FILE and sheet.line(receipt_id).page_id is None:
        return QCoreApplication.translate("Cells", "Added by hand")
    return cell_value(column, sheet.text(receipt_id, column))


def cell_look(sheet: ReviewSheet, receipt_id: int, column: str) -> CellLook:
    """How a cell looks, its text included."""
    return row_looks(sheet, receipt_id, (column,))[0]


def row_looks(sheet: ReviewSheet, receipt_id: int, columns: Iterable[str]) -> list[CellLook]:
    """How the cells of a row look in these columns."""
    line = sheet.line(receipt_id)
    values, failed = line.values(), line.state == "failed"
    looks = []
    for column in columns:
        if column in (STATE, FILE):
            words = cell_words(sheet, receipt_id, column)
            state = line.state if column == STATE else None
            looks.append(CellLook(state=state, removed=line.removed, soft=True, words=words))
            continue
        value = values.get(column, "")
        looks.append(
            CellLook(
                doubtful=column in line.doubtful and not line.removed,
                impossible=bool(value) and problem_with(column, value) is not None,
                saving=sheet.saving(receipt_id, column),
                removed=line.removed,
                failed=failed,
                words=cell_value(column, value),
                right=column in AMOUNT_FIELDS,
            )
        )
    return looks


def cell_notes(sheet: ReviewSheet, receipt_id: int, column: str) -> list[str]:
    """What is to be said about a cell besides its text, a sentence each."""
    if column in (STATE, FILE):
        row = sheet.row(receipt_id)
        words = failure_words(row.failure) if row.failure and sheet.state(receipt_id) == "failed" else ()
        said = quality_sentences(row.quality, language())
        pages = len(row.later_pages) + 1
        many = [QCoreApplication.translate("Cells", "{count} pages").format(count=pages)] if pages > 1 else []
        return [*([row.source] if column == FILE and row.source else []), *many, *words, *said]
    look = cell_look(sheet, receipt_id, column)
    problem = sheet.problem(receipt_id, column)
    notes = [problem_sentence(problem)] if problem else []
    if look.doubtful and not problem:
        notes.append(QCoreApplication.translate("Cells", "To check"))
    if look.saving != "saved":
        notes.append(
            QCoreApplication.translate("Cells", "Being saved…")
            if look.saving == "saving"
            else QCoreApplication.translate("Cells", "Not saved yet")
        )
    return notes
