"""What must survive: batches, pages, results and edits, in one SQLite file. Knows nothing of windows and engines."""

from paddlescan.document.export import ExportRow, HistoryEntry
from paddlescan.store.edits import FieldEdit, Judge, merge_reading, taken_field, typed_field
from paddlescan.store.joins import Joining
from paddlescan.store.lease import Lease
from paddlescan.store.rows import (
    BatchOwner,
    BatchSummary,
    Claim,
    Learned,
    PageRow,
    ReceiptRow,
    RememberedCategory,
    SameReceipt,
    StoredReceipt,
)
from paddlescan.store.rules import Rules
from paddlescan.store.store import Store

__all__ = [
    "BatchOwner",
    "BatchSummary",
    "Claim",
    "ExportRow",
    "FieldEdit",
    "HistoryEntry",
    "Joining",
    "Judge",
    "Learned",
    "Lease",
    "PageRow",
    "ReceiptRow",
    "RememberedCategory",
    "Rules",
    "SameReceipt",
    "Store",
    "StoredReceipt",
    "merge_reading",
    "taken_field",
    "typed_field",
]
