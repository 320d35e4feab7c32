"""What the store hands out: frozen values, light enough for ten thousand rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from paddlescan.document import (
    BLANK,
    Check,
    EngineInfo,
    Field,
    Finding,
    Kind,
    Language,
    PageRef,
    PageState,
    PrepareOptions,
    Receipt,
    ScanOptions,
    Seconds,
)
from paddlescan.document.export import HistoryEntry, ReceiptPlace
from paddlescan.errors import Failure

BatchOwner = Literal["window", "cli"]
"""Who made a batch, and so who goes on with it."""


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """A batch and what there is in it."""

    id: int
    name: str = field(repr=False)
    """As a person named it; may be empty."""
    owner: BatchOwner
    created_at: str
    """ISO 8601 with the offset from UTC, to the second."""
    options: ScanOptions
    roots: tuple[str, ...] = field(repr=False)
    """What was given on the command line."""
    pages: int
    waiting: int
    reading: int
    done: int
    needs_review: int
    failed: int
    receipts: int
    """Rows of the table: receipts, failed pages and rows by hand, without the removed ones."""
    receipts_to_check: int
    """Those of the rows that are to check; `needs_review` counts pages, and one page may hold many."""
    receipts_failed: int = 0
    """Those of the rows whose page failed; `failed` counts the pages whose row was removed, too."""
    fronted: int = 0
    """Of the window's batches, the one with the highest was in front the last."""
    stopped: bool = False
    """Whether a person stopped its reading, and nobody has gone on with it since."""

    @property
    def unfinished(self) -> bool:
        """Whether a page waits or is being read."""
        return self.waiting + self.reading > 0


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page as the page list shows it."""

    id: int
    batch: int
    ref: PageRef
    """With the page's id."""
    position: int
    """Of its source in the order of dropping, from 0."""
    state: PageState
    attempts: int
    """How often reading it was begun since it was added or last asked to be read again."""
    prepare: PrepareOptions
    page_count: int | None
    """Of its source; None until somebody looked."""
    sha256: str | None
    """Of its source; None until somebody looked."""
    failure: Failure | None
    quality: tuple[str, ...] = ()
    """Names of the findings of its newest reading."""
    removed: bool = False
    """Whether a person took out all that stands on it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A page that was handed out for reading."""

    ref: PageRef
    """With the page's id."""
    prepare: PrepareOptions
    attempts: int
    """This one counted: 1 the first time."""
    inspected: bool
    """Whether its source was looked at, and not in a reading before this one."""
    token: int
    """Which claim of this page it is; save and release with it, so that a claim taken back changes nothing."""
    page_count: int | None
    sha256: str | None
    engines_lost: int = 0
    """How many engines the page took down, this program's and earlier ones', since it was last read or asked for."""

    @property
    def page_id(self) -> int:
        """The page's id."""
        return self.ref.id


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A row of the table: a receipt, the failure of a page, or a row by hand. Light: no lines, no history."""

    receipt_id: int
    batch: int
    page_id: int | None
    """None: added by hand."""
    position: int
    """Of its source in the order of dropping, from 0; for a row by hand one that sorts behind all others."""
    page_number: int
    page_count: int
    number: int
    """Counted from 1 within its page."""
    count: int
    source: str = field(repr=False)
    """Name of the source; the empty string for a row by hand."""
    state: PageState
    """waiting or reading while its page is read again, failed with its page, else needs_review or done."""
    kind: Kind
    language: Language
    values: Mapping[str, Field] = field(repr=False)
    """Fields by name, edits applied; cannot be written."""
    failure: Failure | None
    removed: bool
    cleared: frozenset[str] = frozenset()
    """Names of fields that a person took out although they were read."""
    quality: tuple[str, ...] = ()
    """Names of the findings about its page."""
    same_as: SameReceipt | None = None
    """The first of the receipts that are the same as this one, unless a person said that it is another."""
    later_pages: tuple[int, ...] = ()
    """Ids of the pages on which it goes on, in their order, right behind its own."""

    @property
    def is_receipt(self) -> bool:
        """Whether a receipt stands there: not so on a blank page or one that failed, until somebody types it in."""
        return (self.state != "failed" and BLANK not in self.quality) or any(f.value for f in self.values.values())


@dataclass(frozen=True, slots=True)
class SameReceipt:
    """A receipt of which another one is a copy."""

    receipt_id: int
    batch: int
    place: ReceiptPlace


@dataclass(frozen=True, slots=True)
class RememberedCategory:
    """What a person said that a merchant's receipts are for."""

    merchant: str = field(repr=False)
    category: str = field(repr=False)
    at: str
    """ISO 8601 with the offset from UTC, to the second."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a person made of a text that was read."""

    name: str
    """Of the field."""
    seen: str = field(repr=False)
    """The text as it was read, folded: letters and digits, look-alikes as one."""
    text: str = field(repr=False)
    """The same as it was read the last time."""
    value: str = field(repr=False)
    """What the person put in its place the last time."""
    at: str
    """ISO 8601 with the offset from UTC, to the second."""


@dataclass(frozen=True, slots=True)
class StoredReceipt:
    """All there is to know of one receipt."""

    row: ReceiptRow
    receipt: Receipt = field(repr=False)
    """With edits applied; lines and items as read."""
    read: Receipt | None = field(repr=False)
    """As the engine read it the last time; None: never read."""
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What the checks of a receipt rest on besides its fields: a fraction of a StoredReceipt to read."""

    checks: tuple[Check, ...]
    """As they stand."""
    read: Reading | None = field(repr=False)
    """As the engine read it the last time; None: never read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A receipt as it was read, without lines and items."""

    fields: tuple[Field, ...] = field(default=(), repr=False)
    checks: tuple[Check, ...] = ()

    def field(self, name: str) -> Field | None:
        """One of its fields."""
        return next((each for each in self.fields if each.name == name), None)


@dataclass(frozen=True, slots=True)
class PageHead:
    """A page result without its receipts, which have rows of their own."""

    page_count: int
    sha256: str | None
    width: int | None
    height: int | None
    quality: tuple[Finding, ...]
    engine: EngineInfo | None
    seconds: Seconds
