"""Scans of the command line that were not brought to their end: pages wait, or shared storage did not give their files,
or what was asked for is not written.

A scan that is at work has a mark, an empty file beside the store. It goes when the scan is over; after a kill it stays,
so that `--resume` finds a batch, too, of which every page was read already, and no page is read a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from paddlescan.document import ScanOptions
from paddlescan.document.source import printable_name
from paddlescan.errors import AWAY_CODES
from paddlescan.store import BatchSummary, PageRow, Store
from paddlescan.store.trouble import store_trouble


def begin(store: Store, batch: int) -> None:
    """This batch is being scanned. Raises DiskFull, StoreUnwritable."""
    try:
        _mark(store.path, batch).touch(mode=0o600)
    except OSError as error:
        raise store_trouble(error, store.path) from error


def end(store: Store, batch: int) -> None:
    """All is read and written."""
    with suppress(OSError):  # then `--resume` writes the exports once more
        _mark(store.path, batch).unlink(missing_ok=True)


def away(store: Store, batch: int) -> list[PageRow]:
    """Its pages that failed because shared storage did not give their files: another time it may."""
    return [row for row in store.page_rows(batch) if row.failure is not None and row.failure.code in AWAY_CODES]


def find(store: Store, roots: Sequence[str], options: ScanOptions, newest: bool = False) -> BatchSummary | None:
    """The newest scan of these paths with these switches that was not brought to its end.

    newest: only if no later scan of the same was.
    """
    wanted = tuple(printable_name(root) for root in roots)
    for summary in store.batches():
        if (summary.owner, summary.roots, summary.options) == ("cli", wanted, options):
            if summary.unfinished or _mark(store.path, summary.id).exists():
                return summary
            if newest:
                return None
    return None


def _mark(store: Path, batch: int) -> Path:
    return store.with_name(f"{store.name}.scan-{batch}")
