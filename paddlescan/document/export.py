"""What an export knows of one receipt. Written by the store, read by `export`: siblings that never meet."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from paddlescan.document.receipt import Language, Receipt
from paddlescan.document.result import BLANK, EngineInfo, Finding, PageResult, Seconds, Status
from paddlescan.document.source import PageRef
from paddlescan.errors import Failure


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One edit of one field, as an auditor wants it."""

    field: str
    """Name of the field."""
    before: str | None = dataclasses.field(repr=False)
    """Its value before the edit; None: the receipt had no such field."""
    after: str | None = dataclasses.field(repr=False)
    """Its value after the edit; None: the field was taken out. Equal to `before`: the reading was confirmed."""
    at: str
    """ISO 8601 with the offset from UTC, to the second."""
    by: str = dataclasses.field(default="", repr=False)
    """Login name of who made it; the empty string where that is not known."""


@dataclass(frozen=True, slots=True)
class ReceiptPlace:
    """Where a receipt stands: its source's name, page and number on the page."""

    source: str = dataclasses.field(repr=False)
    page: int
    receipt: int


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One receipt with its edits applied, or the failure of a page: one entry of an export.

    A row added by hand stands on no page: its `source` is the empty string, its page 1 of 1.
    """

    source: str = dataclasses.field(repr=False)
    """Relative to what was dropped, with `/`."""
    status: Status
    page: int = 1
    page_count: int = 1
    receipt: Receipt = dataclasses.field(default_factory=Receipt)
    """With edits applied; its number and count say which receipt of the page it is."""
    was_read: bool = True
    """False: nobody read the page (it failed, or the row was added by hand), so its language is unknown."""
    sha256: str | None = None
    failure: Failure | None = None
    width: int | None = None
    height: int | None = None
    quality: tuple[Finding, ...] = ()
    engine: EngineInfo | None = None
    seconds: Seconds | None = None
    duplicate_of: ReceiptPlace | None = None
    more_pages: tuple[ReceiptPlace, ...] = ()
    """Further pages of the same receipt; their receipt number is not exported."""
    history: tuple[HistoryEntry, ...] = ()
    receipt_id: int = 0
    """The store's number for the receipt; 0: it went through no store."""
    ref: PageRef | None = None
    """The page it stands on, with the path of its source; None for a row added by hand."""

    @property
    def language(self) -> Language | None:
        """The language of the receipt, None where nothing was read."""
        return self.receipt.language if self.was_read else None

    @property
    def is_receipt(self) -> bool:
        """Whether a receipt stands there: not so on a blank page or one that failed, until somebody types it in."""
        empty = self.status == "failed" or any(finding.name == BLANK for finding in self.quality)
        return not empty or any(found.value for found in self.receipt.fields)

    @property
    def is_blank(self) -> bool:
        """Whether it is a blank page with nothing typed into it."""
        return self.status != "failed" and not self.is_receipt


def rows_of(result: PageResult) -> tuple[ExportRow, ...]:
    """The rows of a page result that went through no store: one a receipt, or one for the failure."""
    receipts = result.receipts or (Receipt(),)
    return tuple(
        ExportRow(
            source=result.page.source.name,
            status="failed" if result.error else "needs_review" if receipt.needs_review else "done",
            page=result.page.number,
            page_count=result.page_count,
            receipt=receipt,
            was_read=result.error is None,
            sha256=result.sha256,
            failure=result.error,
            width=result.width,
            height=result.height,
            quality=result.quality,
            engine=result.engine,
            seconds=result.seconds if result.error is None else None,
            ref=result.page,
        )
        for receipt in receipts
    )
