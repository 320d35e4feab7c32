"""Whether the receipts of a batch were read in an earlier one, as when the same files are scanned once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from paddlescan.store import ReceiptRow


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """Receipts of a batch whose first stands in another one."""

    receipts: int
    """How many."""
    batch: int
    """The batch that holds most of their firsts."""
    there: int
    """How many of them it holds."""
    whole: bool
    """Whether every receipt of the batch has its first there: the same papers once more."""


def read_before(rows: Iterable[ReceiptRow], batch: int) -> ReadBefore | None:
    """What of these rows of a batch was read before; None: nothing. Rows that were taken out do not count."""
    firsts: Counter[int] = Counter()
    receipts = 0
    for row in rows:
        if row.removed or not row.is_receipt:
            continue
        receipts += 1
        if row.same_as is not None and row.same_as.batch != batch:
            firsts[row.same_as.batch] += 1
    if not firsts:
        return None
    ((other, there),) = firsts.most_common(1)
    return ReadBefore(firsts.total(), other, there, whole=there == receipts)
