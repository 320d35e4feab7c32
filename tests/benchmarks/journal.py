"""What the journal costs: seconds of a claim and a save with and without it, and bytes a page.

    python -m tests.benchmarks.journal [PAGES]

The same pages are claimed and saved one by one, each with its own commits, in stores that take turns; in half of them
events are not written. Sizes are of stores that were vacuumed.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from paddlescan.document import PageResult, SourceFile
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import Store, events
from tests.benchmarks.big_store import receipt

ROUNDS = 5


def main(pages: int) -> None:
    """Print it."""
    seconds: dict[bool, list[float]] = {True: [], False: []}
    sizes: dict[bool, int] = {}
    for n in range(2 * ROUNDS):
        kept = (n % 2 == 0) == (n // 2 % 2 == 0)
        with tempfile.TemporaryDirectory() as folder, nothing_noted(not kept):
            path = Path(folder, "receipts.sqlite")
            seconds[kept].append(read_pages(path, pages) / pages)
            sizes[kept] = vacuumed(path)
    for kept, name in ((False, "without journal"), (True, "with journal")):
        middle, least, most = statistics.median(seconds[kept]), min(seconds[kept]), max(seconds[kept])
        print(f"{name}: {middle * 1000:.2f} ms a page ({least * 1000:.2f} to {most * 1000:.2f}), {ROUNDS} rounds")
    ratios = [mine / other for mine, other in zip(seconds[True], seconds[False], strict=True)]
    print(f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    each = (sizes[True] - sizes[False]) / pages
    print(f"size: {sizes[False] / pages:.0f} bytes a page without, {each:.0f} more with it ({pages} pages)")


@contextmanager
def nothing_noted(wanted: bool) -> Iterator[None]:
    """Within, events are not written."""
    if not wanted:
        yield
        return
    with mock.patch.multiple(events, note=ignore, note_page=ignore, note_pages=ignore):
        yield


def ignore(*args: object, **words: object) -> None:
    """In place of writing an event."""


def read_pages(path: Path, count: int) -> float:
    """Claim and save so many pages; returns the seconds of that."""
    with open_store(path) as store:
        batch = store.create_batch()
        store.add_sources(batch, [SourceFile.at(f"/scans/receipt {n}.png") for n in range(count)])
        start = time.perf_counter()
        read_all(store, batch)
        return time.perf_counter() - start


def read_all(store: Store, batch: int) -> None:
    """As a worker does it, without an engine."""
    number = 0
    while (claim := store.claim_page(batch)) is not None:
        number += 1
        result = PageResult(claim.ref, 1, f"{number:064x}", 1000, 1600, receipts=(receipt(number),))
        store.save_result(claim.page_id, result, claim.token)


def vacuumed(path: Path) -> int:
    """Bytes of a store without its gaps."""
    with sqlite3.connect(path) as db:
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
