"""What a batch came to, in the words of the line that ends a command."""

from __future__ import annotations

from collections.abc import Sequence

from paddlescan.store import BatchSummary, ReceiptRow


def blank_among(rows: Sequence[ReceiptRow]) -> int:
    """How many blank pages are among the rows of a batch."""
    return sum(row.failure is None and not row.is_receipt for row in rows)


def scanned(summary: BatchSummary, rows: Sequence[ReceiptRow]) -> dict[str, int]:
    """The counts of the sentence `scanned`: of pages, blank ones apart from those that are done, and of receipts."""
    blank = blank_among(rows)
    return {
        "pages": summary.pages,
        "done": max(0, summary.done - blank),
        "review": summary.needs_review,
        "failed": summary.failed,
        "blank": blank,
        "receipts": sum(row.is_receipt for row in rows),
    }
