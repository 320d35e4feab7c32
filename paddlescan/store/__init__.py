"""What must survive: batches, pages, results and edits, in one SQLite file. Knows nothing of windows and engines."""

from paddlescan.document.export import ExportRow, HistoryEntry
from paddlescan.store.edits import FieldEdit, Judge, merge_reading, taken_field, typed_field
from paddlescan.store.events import Event
from paddlescan.store.hot_files import HotFile, HotRound, HotState, NewFile
from paddlescan.store.joins import Joining
from paddlescan.store.lease import Lease
from paddlescan.store.lines import ReceiptLine, line_of
from paddlescan.store.rows import (
    Basis,
    BatchOwner,
    BatchSummary,
    Claim,
    Learned,
    PageRow,
    Reading,
    ReceiptRow,
    RememberedCategory,
    SameReceipt,
    StoredReceipt,
)
from paddlescan.store.rules import Rules
from paddlescan.store.store import Store

__all__ = [
    "Basis",
    "BatchOwner",
    "BatchSummary",
    "Claim",
    "Event",
    "ExportRow",
    "FieldEdit",
    "HistoryEntry",
    "HotFile",
    "HotRound",
    "HotState",
    "Joining",
    "Judge",
    "Learned",
    "Lease",
    "NewFile",
    "PageRow",
    "Reading",
    "ReceiptLine",
    "ReceiptRow",
    "RememberedCategory",
    "Rules",
    "SameReceipt",
    "Store",
    "StoredReceipt",
    "line_of",
    "merge_reading",
    "taken_field",
    "typed_field",
]
