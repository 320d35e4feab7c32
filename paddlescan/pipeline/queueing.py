"""From what was found in the dropped paths to waiting pages in the store, in the order of dropping."""

from __future__ import annotations

from collections.abc import Iterable

from paddlescan.document import SourceFile
from paddlescan.pipeline.intake import IntakeProblem
from paddlescan.store import Store

CHUNK = 1000
"""Sources a transaction."""


def queue_all(store: Store, batch: int, found: Iterable[SourceFile | IntakeProblem]) -> int:
    """Add everything found that the batch does not hold yet; returns how much was found.

    Called again after a crash in the middle it adds what is missing: a path is never queued twice.
    """
    known = {row.ref.source.raw_path for row in store.page_rows(batch)}
    chunk: list[SourceFile] = []
    count = 0
    for item in found:
        count += 1
        source = item.source if isinstance(item, IntakeProblem) else item
        if source.raw_path in known:
            continue
        known.add(source.raw_path)
        if isinstance(item, SourceFile):
            chunk.append(item)
        if chunk and (len(chunk) >= CHUNK or isinstance(item, IntakeProblem)):
            store.add_sources(batch, chunk)
            chunk = []
        if isinstance(item, IntakeProblem):
            store.add_failed_source(batch, item.source, item.failure)
    if chunk:
        store.add_sources(batch, chunk)
    return count
