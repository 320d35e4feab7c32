"""Which batch a person means on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from paddlescan.errors import BatchUnknown
from paddlescan.store import BatchSummary


def named_batch(batches: Sequence[BatchSummary], asked: str) -> BatchSummary:
    """The batch of that number, else the newest of that name. batches: the newest first. Raises BatchUnknown."""
    by_number = [batch for batch in batches if str(batch.id) == asked]
    by_name = [batch for batch in batches if batch.name.casefold() == asked.strip().casefold()]
    if not by_number and not by_name:
        raise BatchUnknown(detail=asked)
    return (by_number or by_name)[0]
