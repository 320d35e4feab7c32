"""Writes into the journal what a command did; where the store cannot take it, the command goes on as if it had."""

from __future__ import annotations

from contextlib import suppress

from paddlescan.errors import PaddleScanError
from paddlescan.store import Store


def note(store: Store, batch: int, what: str, detail: str) -> None:
    """As `Store.note` of a batch; a full disk or a busy store is told elsewhere, or does no harm."""
    with suppress(PaddleScanError):
        store.note(batch, None, what, detail)
