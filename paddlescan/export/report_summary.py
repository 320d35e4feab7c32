"""The first sheet of a report: what was scanned, how much of it, and the sums by currency."""

from __future__ import annotations

from dataclasses import dataclass, field

from paddlescan import __version__
from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export.book import Sheet
from paddlescan.export.columns import Value, header
from paddlescan.export.looks import Mood
from paddlescan.export.report_sheets import moment
from paddlescan.export.totals import Sum, Totals
from paddlescan.words import sheet_words, wants_rescan

SUMMED = ("total", "subtotal", "tax")
"""The amounts that are summed."""


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What is to be said of a batch besides its rows."""

    name: str = field(repr=False)
    """As a person named it; may be empty."""
    begun_at: str
    """ISO 8601."""
    pages: int
    written_at: str
    """ISO 8601."""
    written_by: str = field(default="", repr=False)
    """Login name of who asked for the report; empty: not known."""


@dataclass(slots=True)
class Counts:
    """How many there are of each kind of receipt."""

    receipts: int = 0
    done: int = 0
    needs_review: int = 0
    failed: int = 0
    blank: int = 0
    copies: int = 0
    rescan: int = 0
    by_hand: int = 0
    removed: int = 0
    changed: int = 0
    changes: int = 0

    def add(self, row: ExportRow) -> None:
        """Count a receipt of the table."""
        self.receipts += 1
        self.done += row.status == "done" and not row.is_blank
        self.blank += row.status == "done" and row.is_blank
        self.needs_review += row.status == "needs_review"
        self.failed += row.status == "failed"
        self.copies += row.duplicate_of is not None
        self.rescan += wants_rescan(finding.name for finding in row.quality)
        self.by_hand += not row.source
        self._add_history(row)

    def add_removed(self, row: ExportRow) -> None:
        """Count a receipt that was taken out."""
        self.removed += 1
        self._add_history(row)

    def _add_history(self, row: ExportRow) -> None:
        self.changed += bool(row.history)
        self.changes += len(row.history)


def write_summary(sheet: Sheet, language: Language, facts: BatchFacts, counts: Counts, totals: Totals) -> None:
    """Fill the sheet."""
    _Summary(sheet, language).write(facts, counts, totals.sums())


class _Summary:
    def __init__(self, sheet: Sheet, language: Language) -> None:
        self.sheet, self.looks, self.language = sheet, sheet.looks, language

    def write(self, facts: BatchFacts, counts: Counts, sums: tuple[Sum, ...]) -> None:
        self.sheet.next_row(34)
        title = self.looks.of(bold=True, font_size=16, valign="vcenter", font_color="#1C2330")
        self.sheet.text(0, self.words("report"), title, widen=False)
        for key, said in (
            ("batch", facts.name or self.words("unnamed")),
            ("begun", moment(facts.begun_at)),
            ("written_at", moment(facts.written_at)),
            ("written_by", facts.written_by or self.words("not_known")),
            ("program", f"PaddleScan {__version__}"),
        ):
            self.line(key, said)
        self.head("counts")
        self.line("count_pages", facts.pages)
        self.line("count_receipts", counts.receipts)
        self.line("count_done", counts.done, "done")
        self.line("count_needs_review", counts.needs_review, "doubtful" if counts.needs_review else "plain")
        self.line("count_failed", counts.failed, "failed" if counts.failed else "plain")
        self.line("count_blank", counts.blank)
        self.line("count_copies", counts.copies, "doubtful" if counts.copies else "plain")
        self.line("count_rescan", counts.rescan, "doubtful" if counts.rescan else "plain")
        for name in ("by_hand", "removed", "changed", "changes"):
            self.line(f"count_{name}", getattr(counts, name))
        self.sums(sums)
        self.sheet.fit(8)

    def words(self, key: str) -> str:
        return sheet_words(key, self.language)

    def head(self, key: str) -> None:
        """The title of a part."""
        self.sheet.next_row()
        self.sheet.next_row(28)
        look = self.looks.of(bold=True, font_size=12, valign="vcenter", font_color="#2457D6")
        self.sheet.text(0, self.words(key), look, widen=False)

    def line(self, key: str, value: Value, mood: Mood = "plain") -> None:
        """A name and what is to be said of it."""
        self.sheet.next_row()
        self.sheet.text(0, self.words(key), self.looks.cell("text", "soft"))
        self.sheet.value(1, value, self.looks.cell("count" if isinstance(value, int) else "text", mood))

    def sums(self, sums: tuple[Sum, ...]) -> None:
        """A line a currency."""
        self.head("sums")
        self.sheet.next_row()
        captions = [header(key, self.language) for key in ("currency", *SUMMED)]
        captions[1:1] = [self.words("receipts_in_sum")]
        captions += [self.words(key) for key in ("copies_short", "doubt_short", "odd_short")]
        for column, caption in enumerate(captions):
            self.sheet.text(column, caption, self.looks.header())
        for found in sums:
            self.sheet.next_row()
            self.sheet.text(0, found.currency or self.words("no_currency"), self.looks.cell("text"))
            self.sheet.value(1, found.receipts, self.looks.cell("count"))
            for column, key in enumerate(SUMMED, 2):
                self.sheet.value(column, found.amounts.get(key, ""), self.looks.cell("amount"))
            unsure = (found.copies, sum(found.doubtful.values()), sum(found.odd.values()))
            for column, count in enumerate(unsure, 5):
                self.sheet.value(column, count, self.looks.cell("count", "doubtful" if count else "plain"))
        if not sums:
            self.sheet.next_row()
            self.sheet.text(0, self.words("nothing"), self.looks.cell("text", "soft"))
