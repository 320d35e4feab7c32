"""What reading an edited export back would change: frozen values for whoever shows or makes the changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from paddlescan.document import Language
from paddlescan.export.read_back import Trouble
from paddlescan.extraction.typed import Problem
from paddlescan.pipeline.hand_edits import typed_edit
from paddlescan.store import FieldEdit, ReceiptRow
from paddlescan.words import category_word
from paddlescan.words.sentences import returning_words

Why = Literal["elsewhere", "removed", "twice", "unclear"]
"""Why a row fits nothing: no such receipt in this batch, or it was removed from it; another row is the same receipt;
or several receipts fit as well."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that means something else than the list of receipts says."""

    receipt_id: int
    line: int
    """Which row of the file, as `ReadRow.line`."""
    source: str = field(repr=False)
    """Of the receipt, as the list has it; the empty string for a row by hand."""
    page: int
    number: int
    name: str
    """Of the field."""
    before: str = field(repr=False)
    """What the list says."""
    after: str = field(repr=False)
    """What a person would type for it; the empty string takes the field out. Of a damaged cell what stands in it."""
    trouble: Trouble | None = None
    """Why it cannot be made."""
    exported: str | None = field(default=None, repr=False)
    """A conflict: what was exported. The list was edited since, in another way."""
    problem: Problem | None = None
    """Why the new value cannot be right; it is made all the same, and is doubtful."""

    @property
    def possible(self) -> bool:
        """Whether it can be made."""
        return self.trouble is None

    @property
    def is_conflict(self) -> bool:
        """Whether the list was edited since the export, in another way."""
        return self.possible and self.exported is not None

    @property
    def is_plain(self) -> bool:
        """Whether nothing speaks against making it."""
        return self.possible and not self.is_conflict


@dataclass(frozen=True, slots=True)
class Stranger:
    """A row that fits no receipt."""

    line: int
    source: str | None = field(repr=False)
    page: int | None
    number: int | None
    words: str = field(repr=False)
    """What stands in it, so that a person knows which row it is."""
    why: Why


@dataclass(frozen=True, slots=True)
class Comparison:
    """An edited export beside a batch."""

    batch: int
    changes: tuple[Change, ...]
    """In the order of the file."""
    strangers: tuple[Stranger, ...]
    rows: int
    """Rows of the file, strangers too."""
    ignored: tuple[str, ...] = field(default=(), repr=False)
    """Headers of columns that are none of an export."""

    def plain(self) -> tuple[Change, ...]:
        """The changes that nothing speaks against."""
        return tuple(change for change in self.changes if change.is_plain)

    def conflicts(self) -> tuple[Change, ...]:
        """The changes of what was edited since."""
        return tuple(change for change in self.changes if change.is_conflict)

    def damaged(self) -> tuple[Change, ...]:
        """The cells that cannot be taken."""
        return tuple(change for change in self.changes if not change.possible)


def edits_of(changes: Iterable[Change], rows: Mapping[int, ReceiptRow]) -> tuple[FieldEdit, ...]:
    """The edits that make these changes, as if a person had typed them. rows: by receipt id, as the store has them."""
    made = (typed_edit(rows[each.receipt_id], each.name, each.after) for each in changes if each.receipt_id in rows)
    return tuple(edit for edit in made if edit.before != edit.after)


def remark(change: Change, language: Language) -> str:
    """What a person should know before a change is made; nothing where nothing speaks against it."""
    if change.trouble is not None:
        return returning_words(f"trouble.{change.trouble}", language)
    if change.exported is not None:
        key = "conflict" if change.exported else "conflict.empty"
        shown = category_word(change.exported, language) if change.name == "category" else change.exported
        return returning_words(key, language, exported=shown)
    return "" if change.problem is None else returning_words("doubtful", language)
