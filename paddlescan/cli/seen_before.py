"""What is said of receipts that were read before: where, when, and what to do about them."""

from __future__ import annotations

from collections.abc import Iterable

from paddlescan.cli.batches import shown_name
from paddlescan.document import Language
from paddlescan.errors import RowGone
from paddlescan.pipeline.read_before import read_before
from paddlescan.store import ReceiptRow, Store
from paddlescan.words import say


def seen_words(store: Store, batch: int, rows: Iterable[ReceiptRow], language: Language) -> str:
    """In which earlier batch most of them stand, and what helps; empty where there are none."""
    found = read_before(rows, batch)
    if found is None:
        return ""
    try:
        other = store.summary(found.batch)
    except RowGone:  # deleted a moment ago, by another program
        return ""
    said = {"batch": shown_name(other, language), "date": other.created_at[:10]}
    if found.whole:
        return say("seen_all", language, **said)
    return say("seen_there", language, receipts=found.there, **said)
