"""The report of a batch for an auditor: a workbook with what there is, what is not sure, and who changed what.

Sheets: a summary with counts and sums by currency; the pages; what is doubtful; what failed; what was seen before; what
a person removed; every change, the oldest first within a receipt. Rows are written as they come, so memory stays flat.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export.book import Sheet, new_book
from paddlescan.export.links import Link
from paddlescan.export.report_sheets import ALL_SHEETS
from paddlescan.export.report_summary import SUMMED, BatchFacts, Counts, write_summary
from paddlescan.export.totals import Totals
from paddlescan.words import sheet_words

__all__ = ["BatchFacts", "write_report"]


def write_report(
    rows: Iterable[ExportRow],
    path: Path,
    overwrite: bool,
    language: Language,
    facts: BatchFacts,
    removed: Iterable[ExportRow] = (),
    link: Link | None = None,
) -> None:
    """Write the report, whole or not at all.

    removed: receipts that a person took out of the table. link: makes the names of files links, as in the workbook.
    Raises ExportExists, ExportFailed, DiskFull.
    """
    with new_book(path, overwrite, language, sheet_words("report", language)) as book:
        summary = Sheet(book, sheet_words("summary", language))
        listings = tuple(kind(book, language, link) for kind in ALL_SHEETS)
        counts, totals = Counts(), Totals(SUMMED)
        for row in rows:
            counts.add(row)
            totals.add(row)
            for listing in listings:
                listing.add(row)
        for row in removed:
            counts.add_removed(row)
            for listing in listings:
                listing.add_removed(row)
        for listing in listings:
            listing.end()
        write_summary(summary, language, facts, counts, totals)
