"""What the store is told about receipts by who opens it. The store itself knows no rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from paddlescan.document import Check, Receipt
from paddlescan.document.sameness import SameKey
from paddlescan.store.edits import Judge


@dataclass(frozen=True, slots=True)
class Rules:
    """What concerns several receipts, so that it is settled in the transaction in which one of them changes."""

    recheck: Judge
    same_keys: Callable[[Receipt, str | None], tuple[SameKey, ...]]
    """The keys of a receipt and its picture, the strongest first."""
    apart: Callable[[SameKey, SameKey], bool]
    """Whether two receipts that share a key are two all the same."""
    seen_before: Callable[[SameKey | None], Check]
    """The failed check of a receipt that shares this key with an earlier one; None: it shares none, and passes."""
    continues: Callable[[Receipt, Receipt], bool]
    """Whether the second, alone on the next page of a file, goes on with the first."""
    join: Callable[[Sequence[Receipt]], Receipt]
    """One receipt of consecutive pages."""
    merchant_key: Callable[[str], str]
    """A merchant's name in the form in which it is compared."""
