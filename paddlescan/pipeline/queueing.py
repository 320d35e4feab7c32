"""From what was found in the dropped paths to waiting pages in the store, in the order of dropping."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from time import monotonic

from paddlescan.document import SourceFile
from paddlescan.pipeline.intake import IntakeProblem
from paddlescan.store import PageRow, Store

CHUNK = 1000
"""Sources a transaction."""

Rows = tuple[PageRow, ...]


def queue_all(
    store: Store,
    batch: int,
    found: Iterable[SourceFile | IntakeProblem],
    *,
    chunk: int = CHUNK,
    longest_wait_s: float = math.inf,
    added: Callable[[Rows], object] | None = None,
    known_before: Callable[[SourceFile, Rows], object] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> int:
    """Add everything found that the batch does not hold yet; returns how much was found.

    Called again after a crash in the middle it adds what is missing: a path is never queued twice, be it a file or
    a problem. chunk, longest_wait_s: sources a transaction at most, and how long the first of them waits for the
    others. added: hears of new rows, in dropping order, once the store has them. known_before: hears of what the
    batch held when this began, with its pages there. should_stop: asked before each; what was found is kept then.
    """
    before: dict[bytes, list[PageRow]] = {}
    for row in store.page_rows(batch):
        before.setdefault(row.ref.source.raw_path, []).append(row)
    fresh: set[bytes] = set()
    waiting: list[SourceFile] = []
    count, since = 0, monotonic()

    def tell(rows: Rows) -> None:
        if added is not None:
            added(rows)

    def flush() -> None:
        nonlocal since
        if waiting:
            rows = store.add_sources(batch, waiting)
            waiting.clear()
            tell(rows)
        since = monotonic()

    for item in found:
        if should_stop is not None and should_stop():
            break
        count += 1
        source = item.source if isinstance(item, IntakeProblem) else item
        if source.raw_path in before:
            if known_before is not None:
                known_before(source, tuple(before[source.raw_path]))
        elif source.raw_path not in fresh:
            fresh.add(source.raw_path)
            if isinstance(item, IntakeProblem):
                flush()  # what came before it stands before it
                tell((store.add_failed_source(batch, source, item.failure),))
            else:
                waiting.append(source)
        if len(waiting) >= chunk or monotonic() - since > longest_wait_s:
            flush()
    flush()
    return count
