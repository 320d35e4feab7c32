"""The lists of a report, a class each: which rows they take, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from paddlescan.document import Field, Language
from paddlescan.document.export import ExportRow, HistoryEntry
from paddlescan.export.book import Book, Sheet
from paddlescan.export.columns import KEYS, Kind, Value, header, kind, state_word, typed, value
from paddlescan.export.links import Link, target_of
from paddlescan.export.looks import Mood
from paddlescan.export.remarks import mood
from paddlescan.words import caption, category_word, check_sentence, error_sentence, quality_sentences, sheet_words

_HASH = 68
"""Digits wide: a SHA-256 can be read whole."""
_PLACE = ("file", "page", "receipt_number")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a column."""

    value: Value = field(repr=False)
    kind: Kind = "text"
    mood: Mood = "plain"


class Listing:
    """A sheet with a header and rows; what it lists is said by its kinds."""

    name: ClassVar[str]
    """Of its words."""
    columns: ClassVar[tuple[str, ...]]
    """Keys of columns, or of words."""

    def __init__(self, book: Book, language: Language, link: Link | None = None) -> None:
        self.language, self.link, self.path = language, link, book.path
        self.sheet = Sheet(book, sheet_words(self.name, language), widest=_HASH)
        self.sheet.header(
            [header(key, language) if key in KEYS else sheet_words(key, language) for key in self.columns]
        )

    def lines(self, row: ExportRow) -> Iterator[tuple[Cell, ...]]:
        """The lines that a receipt makes."""
        raise NotImplementedError

    def add(self, row: ExportRow) -> None:
        """List a receipt of the table."""
        for cells in self.lines(row):
            self.write(row, cells)

    def write(self, row: ExportRow, cells: tuple[Cell, ...]) -> None:
        """Write a line about a receipt."""
        self.sheet.next_row()
        for column, cell in enumerate(cells):
            look = self.sheet.looks.cell(cell.kind, cell.mood)
            file = self.link(row) if self.link is not None and self.columns[column] == "file" else None
            if file is None:
                self.sheet.value(column, cell.value, look)
            else:
                target, tip = target_of(file, self.path), sheet_words("open_file", self.language)
                self.sheet.link(column, row.source, target, self.sheet.looks.cell("text", "link"), tip)

    def add_removed(self, row: ExportRow) -> None:
        """List a receipt that was taken out of the table; most lists have none of these."""

    def end(self) -> None:
        """Say so where there is nothing, and set the widths."""
        last = self.sheet.row
        if last == 0:
            self.sheet.next_row()
            self.sheet.text(0, sheet_words("nothing", self.language), self.sheet.looks.cell("text", "soft"))
        self.sheet.end(len(self.columns), last)

    def known(self, row: ExportRow, *keys: str) -> tuple[Cell, ...]:
        """Cells of a receipt by their columns' keys."""
        return tuple(Cell(value(row, key, self.language, 1), kind(key)) for key in keys)

    def field_text(self, name: str, written: str | None) -> Cell:
        """A value of a field in a column of all kinds."""
        shown = category_word(written, self.language) if name == "category" and written else written or ""
        found = typed(shown, kind(name))
        return Cell(found, "text" if isinstance(found, str) else kind(name))


class Pages(Listing):
    """Every row of the table, with what a check of the reading wants to know."""

    name = "pages"
    columns = (
        *("state", *_PLACE, "kind", "merchant", "date", "total", "currency", "invoice_number"),
        *("quality", "engine", "sha256"),
    )

    def lines(self, row: ExportRow) -> Iterator[tuple[Cell, ...]]:
        """One line."""
        state = Cell(state_word(row, self.language), "text", mood(row, "state", said=False))
        findings = quality_sentences((finding.name for finding in row.quality), self.language)
        engine = row.engine
        read_by = "" if engine is None else f"{engine.name} ({engine.device}), {engine.models}"
        said = Cell(("" if self.language == "zh" else " ").join(findings))
        yield (
            state,
            *self.known(row, *_PLACE, "kind", "merchant", "date", "total", "currency", "invoice_number"),
            *(said, Cell(read_by), Cell(row.sha256 or "", "text", "soft")),
        )


class Doubtful(Listing):
    """Every doubtful field and every check that failed."""

    name = "doubtful_sheet"
    columns = (*_PLACE, "merchant", "field", "value", "printed", "percent", "others", "check")

    def lines(self, row: ExportRow) -> Iterator[tuple[Cell, ...]]:
        """A line a field and a line a check."""
        place = self.known(row, *_PLACE, "merchant")
        for found in row.receipt.fields:
            if found.doubtful:
                yield (*place, *self._field(found), Cell(""))
        for check in row.receipt.checks:
            if not check.passed:
                said = Cell(check_sentence(check, self.language), "text", "doubtful")
                yield (*place, *(Cell("") for _ in range(5)), said)

    def _field(self, found: Field) -> tuple[Cell, ...]:
        others = (category_word(c, self.language) if found.name == "category" else c for c in found.candidates)
        shown = self.field_text(found.name, found.value)
        return (
            Cell(caption(found.name, self.language)),
            Cell(shown.value, shown.kind, "doubtful"),
            Cell(found.text or ""),
            Cell(int(found.confidence * 100), "count"),
            Cell(("、" if self.language == "zh" else ", ").join(others)),
        )


class Failed(Listing):
    """Every page that could not be read."""

    name = "failed_sheet"
    columns = (*_PLACE, "message", "remedy", "code")

    def lines(self, row: ExportRow) -> Iterator[tuple[Cell, ...]]:
        """One line where the page failed."""
        if row.failure is not None:
            message, remedy = error_sentence(row.failure, self.language)
            said = Cell(message, "text", "failed"), Cell(remedy), Cell(row.failure.code, "text", "soft")
            yield (*self.known(row, *_PLACE), *said)


class SeenBefore(Listing):
    """Every receipt that is a copy of another."""

    name = "seen_before_sheet"
    columns = (
        *(*_PLACE, "merchant", "date", "total", "currency", "invoice_number"),
        *("first_file", "first_page", "first_number"),
    )

    def lines(self, row: ExportRow) -> Iterator[tuple[Cell, ...]]:
        """One line where it is a copy."""
        first = row.duplicate_of
        if first is not None:
            known = self.known(row, *_PLACE, "merchant", "date", "total", "currency", "invoice_number")
            there = Cell(first.source, "text", "doubtful"), Cell(first.page, "count"), Cell(first.receipt, "count")
            yield (*known, *there)


class Removed(Listing):
    """Every receipt that a person took out of the table."""

    name = "removed_sheet"
    columns = (*_PLACE, "kind", "merchant", "date", "total", "currency", "invoice_number", "sha256")

    def lines(self, row: ExportRow) -> Iterator[tuple[Cell, ...]]:
        """None: what is in the table was not removed."""
        yield from ()

    def add_removed(self, row: ExportRow) -> None:
        """One line."""
        keys = (*_PLACE, "kind", "merchant", "date", "total", "currency", "invoice_number")
        self.write(row, (*self.known(row, *keys), Cell(row.sha256 or "", "text", "soft")))


class Changes(Listing):
    """Every change of every field, removed receipts' too."""

    name = "changes_sheet"
    columns = ("when", "who", *_PLACE, "merchant", "field", "what", "from", "to")

    def lines(self, row: ExportRow) -> Iterator[tuple[Cell, ...]]:
        """A line a change."""
        place = self.known(row, *_PLACE, "merchant")
        for entry in row.history:
            who = Cell(entry.by) if entry.by else Cell(sheet_words("not_known", self.language), "text", "soft")
            name = Cell(caption(entry.field, self.language))
            values = self.field_text(entry.field, entry.before), self.field_text(entry.field, entry.after)
            yield (Cell(moment(entry.at)), who, *place, name, Cell(self._what(entry)), *values)

    def add_removed(self, row: ExportRow) -> None:
        """What was changed before it was taken out."""
        self.add(row)

    def _what(self, entry: HistoryEntry) -> str:
        if entry.before == entry.after:
            return sheet_words("confirmed", self.language)
        if not entry.after:
            return sheet_words("cleared", self.language)
        return sheet_words("corrected" if entry.before else "added", self.language)


ALL_SHEETS: tuple[type[Listing], ...] = (Pages, Doubtful, Failed, SeenBefore, Removed, Changes)
"""In the order in which they stand in the workbook."""


def moment(at: str) -> str:
    """A moment as a person reads it: `2026-11-23 10:00:00 +08:00`."""
    day, _, rest = at.partition("T")
    if not rest:
        return at
    clock, offset = rest[:8], rest[8:]
    return f"{day} {clock} {offset}".rstrip()
