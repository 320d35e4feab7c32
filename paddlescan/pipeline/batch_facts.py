"""What the report of a batch says besides its rows."""

from __future__ import annotations

from datetime import datetime

from paddlescan.export.report import BatchFacts
from paddlescan.pipeline.keeping import login_name
from paddlescan.store import Store


def batch_facts(store: Store, batch: int) -> BatchFacts:
    """As it is now, for who is logged in. Raises RowGone."""
    summary = store.summary(batch)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return BatchFacts(summary.name, summary.created_at, summary.pages, now, login_name())
